from . import (
    test_browser,
    test_invoice_cases,
    test_invoice_companies,
    test_invoice_delivery,
    test_invoice_policy,
    test_invoice_property,
    test_invoice_undo,
    test_checks,
    test_checks_browser,
    test_revenue_account,
    test_texts,
)
