from . import (
    test_access,
    test_apply_undo,
    test_browser,
    test_demo_statement,
    test_outbox,
    test_policy,
    test_statement_import,
    test_suggest,
)
