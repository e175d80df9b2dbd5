from . import test_bill_browser, test_bill_page
from . import test_coding, test_duplicates, test_landing, test_post, test_vendor
