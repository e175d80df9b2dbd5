from . import (
    test_project_access,
    test_project_browser,
    test_project_invoice,
    test_project_periods,
)
