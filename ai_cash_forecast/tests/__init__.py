from . import (
    test_access,
    test_actions,
    test_companies,
    test_forecast,
    test_lineage,
    test_scenarios,
    test_snapshots,
)
