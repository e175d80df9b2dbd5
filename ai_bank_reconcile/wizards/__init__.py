from . import ai_bank_statement_file, ai_bank_statement_import
