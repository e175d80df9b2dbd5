"""pytest plugin: every parallel worker of the Odoo tests gets a database of its own, kept tidy.

The script that starts pytest has made them: ``<database>_gw0``, ``<database>_gw1``, ... (The way of
pytest-odoo 2.3 itself, which copies the database, does not fit Odoo 19's list of databases.)

A test's rows live in one transaction. PostgreSQL's own housekeeping, coming by in the middle of it,
counts such tables as empty, and every later query of that test is planned for no rows: a test of
seconds then takes minutes. So it is switched off, and tables are cleaned between two classes.
"""

import os
from contextlib import closing

import psycopg2
import pytest

DEAD_ROWS = 2000  # a table is cleaned when it holds more rows of tests that are over

SWITCH_OFF = """
DO $$ DECLARE name regclass; BEGIN
    FOR name IN SELECT oid FROM pg_class
                 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', name); END LOOP;
END $$
"""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    worker = os.environ.pop("PYTEST_XDIST_WORKER", None)
    if worker:
        config.option.odoo_database += f"_{worker}"
        with closing(_connection(config)) as connection, connection.cursor() as cursor:
            cursor.execute(SWITCH_OFF)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    result = yield
    if os.environ.get("PYTEST_XDIST_WORKER_COUNT") and item.cls is not getattr(
        nextitem, "cls", None
    ):
        with closing(_connection(item.config)) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(relname) FROM pg_stat_user_tables WHERE n_dead_tup > %s",
                (DEAD_ROWS,),
            )
            for (table,) in cursor.fetchall():
                cursor.execute(f"VACUUM (SKIP_LOCKED) {table}")
    return result


def _connection(config):
    connection = psycopg2.connect(dbname=config.option.odoo_database)
    connection.autocommit = True  # VACUUM runs in no transaction
    return connection
