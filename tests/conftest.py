"""Fixtures for the tests that need real server processes (tests/faults, tests/load)."""

import uuid

import pytest

from tests.support import odoo_server


@pytest.fixture
def fresh_database():
    """Name of a new database with our addons and no demo data; dropped after the test."""
    name = f"heavy_{uuid.uuid4().hex[:10]}"
    odoo_server.new_database(name)
    yield name
    odoo_server.drop_database(name)


@pytest.fixture
def start_server(fresh_database, tmp_path):
    """Start a real server on the fresh database: ``start_server(workers=2, ...)``.

    Call it again for a second one, or after a kill; all are stopped after the test.
    """
    servers = []

    def start(**options):
        server = odoo_server.OdooServer(
            fresh_database, tmp_path / f"odoo-{len(servers)}.log", **options
        )
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.stop()
