from . import (
    test_invoice_delivery,
    test_payment_link,
    test_send,
)
