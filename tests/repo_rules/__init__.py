"""What every addon and file must keep to; run by tests/test_repo_rules.py."""
