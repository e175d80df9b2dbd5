from . import (
    test_browser,
    test_invoice_cases,
    test_invoice_companies,
    test_invoice_delivery,
    test_invoice_policy,
    test_invoice_property,
    test_invoice_recurring,
    test_invoice_undo,
)
