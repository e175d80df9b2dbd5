from . import (
    test_access,
    test_amounts,
    test_bill_browser,
    test_bill_page,
    test_coding,
    test_duplicates,
    test_electronic,
    test_hostile,
    test_landing,
    test_mail,
    test_post,
    test_vendor,
)
