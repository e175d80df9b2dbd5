"""pytest plugin: every parallel worker of the Odoo tests gets a database of its own.

The script that starts pytest has made them: ``<database>_gw0``, ``<database>_gw1``, ... (The way of
pytest-odoo 2.3 itself, which copies the database, does not fit Odoo 19's list of databases.)
"""

import os

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    worker = os.environ.pop("PYTEST_XDIST_WORKER", None)
    if worker:
        config.option.odoo_database += f"_{worker}"
    return (yield)
