from . import (
    ai_bank_by_hand,
    ai_bank_by_hand_part,
    ai_bank_statement_file,
    ai_bank_statement_import,
)
