from . import test_access, test_browser, test_apply_undo, test_outbox, test_policy, test_suggest
