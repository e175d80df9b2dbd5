from . import (
    test_invoice_delivery,
    test_payment_link,
    test_send,
    test_send_access,
    test_send_channels,
    test_send_once,
    test_send_trouble,
)
