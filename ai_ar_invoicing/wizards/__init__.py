from . import ai_invoice_sending_change, ai_payment_link
