"""The project's own rules, read off its files. A rule with nothing to look at passes."""

from pathlib import Path

import pytest
import yaml

from tests.repo_rules import manifests, models, rings, sizes, words
from tests.repo_rules.sources import text


@pytest.mark.parametrize(
    "rule",
    [
        rings.breaches,
        sizes.long_files,
        sizes.long_methods,
        manifests.problems,
        models.misplaced,
        models.without_access,
        models.without_company_rule,
        models.not_imported,
        words.old_idioms,
        words.swallowed_errors,
        words.grab_bags,
        words.machine_details,
    ],
    ids=lambda rule: f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}",
)
def test_rule(rule):
    found = list(rule())
    assert not found, f"{rule.__doc__ or rule.__name__}\n" + "\n".join(found)


def test_compose_file():
    services = yaml.safe_load(text(Path("docker-compose.yml")))["services"]
    assert {"db", "odoo"} <= set(services)
    assert all("image" in service for service in services.values())
