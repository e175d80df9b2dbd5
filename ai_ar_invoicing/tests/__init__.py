from . import (
    test_checks,
    test_checks_at_work,
    test_checks_browser,
    test_invoice_delivery,
    test_revenue_account,
    test_texts,
)
