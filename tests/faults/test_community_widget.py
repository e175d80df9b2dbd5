"""The bridge to OCA's reconciliation widget, and files that OCA's importers read.

The databases of other tests do without these community addons; here they are installed, which
brings the bridge by itself, and the bridge's own tests run, the browser's too.
"""

import uuid

import pytest

from tests.faults.test_queue_job import odoo
from tests.support import odoo_server

BRIDGE = "ai_bank_reconcile_oca"
COMMUNITY = "account_reconcile_oca,account_statement_import_camt"


@pytest.fixture
def community_database():
    name = f"heavy_community_{uuid.uuid4().hex[:8]}"
    odoo_server.new_database(name)
    try:
        odoo(f"--database={name}", f"--init={COMMUNITY}", "--no-http", "--log-level=warn")
        yield name
    finally:
        odoo_server.drop_database(name)


def test_it_installs_itself_and_its_own_tests_pass(community_database):
    output = odoo(
        f"--database={community_database}",
        f"--update={BRIDGE}",
        f"--test-tags=/{BRIDGE}",
        f"--http-port={odoo_server.free_port()}",
    )
    for name in ("test_widget", "test_community_formats"):
        assert f"{BRIDGE}.tests.{name}" in output, output[-4000:]
    assert "0 failed, 0 error(s) of" in output, output[-4000:]
    assert "of 0 tests" not in output, "the addon's tests were not found"
