from . import test_coding, test_duplicates, test_landing, test_post, test_vendor
