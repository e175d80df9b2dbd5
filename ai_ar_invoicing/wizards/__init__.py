from . import ai_invoice_check_override
