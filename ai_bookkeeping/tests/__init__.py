from . import test_bill_browser, test_bill_page, test_landing
