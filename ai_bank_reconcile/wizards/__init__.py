from . import (
    ai_bank_by_hand,
    ai_bank_by_hand_part,
    ai_bank_proof,
    ai_bank_proof_line,
    ai_bank_statement_community,
    ai_bank_statement_file,
    ai_bank_statement_import,
)
