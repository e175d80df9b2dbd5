from . import (
    test_access,
    test_actions,
    test_cash_browser,
    test_cash_demo,
    test_cash_report,
    test_companies,
    test_forecast,
    test_insight,
    test_lineage,
    test_scenarios,
    test_snapshots,
)
