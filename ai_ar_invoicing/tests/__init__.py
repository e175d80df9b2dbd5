from . import (
    test_checks,
    test_invoice_delivery,
)
