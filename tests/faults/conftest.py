"""Each fault test gets a fresh company, real server processes and an auditor's view."""

import uuid

import pytest

from tests.faults.books import Books
from tests.faults.company import prepare
from tests.faults.people import Office
from tests.support import odoo_server

INVOICES = 200
UNKNOWN = 400


@pytest.fixture(scope="session")
def company_database():
    """A company with open invoices and bank lines, made once and copied for each test."""
    name = f"heavy_company_{uuid.uuid4().hex[:8]}"
    odoo_server.new_database(name)
    try:
        prepare(name, invoices=INVOICES, unknown=UNKNOWN)
        yield name
    finally:
        odoo_server.drop_database(name)


@pytest.fixture
def fresh_database(company_database):
    """Name of a copy of the company's database; dropped after the test."""
    name = f"heavy_{uuid.uuid4().hex[:10]}"
    odoo_server.new_database(name, template=company_database)
    yield name
    odoo_server.drop_database(name)


@pytest.fixture
def books(fresh_database):
    """What is committed, and whether it is right."""
    books = Books(fresh_database)
    yield books
    books.close()


@pytest.fixture
def office(start_server, books):
    """Start a server and log everybody in: ``office(workers=2, cron_threads=1)``."""
    servers = []

    def open_office(**options):
        servers.append(start_server(**options))
        return Office(servers[-1], books)

    yield open_office
    for server in servers:
        server.kill()  # the database is thrown away, nobody has to say good-bye
