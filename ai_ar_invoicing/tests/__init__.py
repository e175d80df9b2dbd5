from . import (
    test_invoice_delivery,
    test_send,
)
