from . import (
    test_invoice_delivery,
)
