from . import ai_invoice_check_override, ai_invoice_sending_change, ai_payment_link
