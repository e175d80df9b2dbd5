from . import (
    test_access,
    test_amounts,
    test_coding,
    test_duplicates,
    test_electronic,
    test_hostile,
    test_landing,
    test_mail,
    test_model,
    test_post,
    test_vendor,
)
