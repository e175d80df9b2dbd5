from . import ai_bank_remittance_upload
