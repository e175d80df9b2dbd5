from . import ai_bank_statement_import
