from . import (
    test_access,
    test_apply_undo,
    test_autonomy,
    test_approval,
    test_browser,
    test_demo_statement,
    test_model,
    test_model_browser,
    test_outbox,
    test_policy,
    test_statement_import,
    test_suggest,
)
