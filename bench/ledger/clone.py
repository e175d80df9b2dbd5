"""Many records quickly: copies of one real record, made by SQL with all its stored columns."""

import json

from psycopg2.extras import Json

from odoo.tools import SQL


def clone(env, record, rows):
    """Insert copies of ``record`` and return their ids, in the order of ``rows``.

    :param rows: list of dicts: the columns in which a copy differs; JSON-ready values
    """
    env.flush_all()
    ids = next_ids(env, record._table, len(rows))
    values = [{**row, "id": new} for row, new in zip(rows, ids, strict=True)]
    table = SQL.identifier(record._table)
    for start in range(0, len(values), 5000):
        env.cr.execute(
            SQL(
                "INSERT INTO %(table)s SELECT made.* FROM %(table)s base"
                " CROSS JOIN jsonb_array_elements(%(rows)s) AS new(own)"
                " CROSS JOIN LATERAL jsonb_populate_record(base, new.own) AS made"
                " WHERE base.id = %(id)s",
                table=table,
                rows=Json(values[start : start + 5000], dumps=lambda part: json.dumps(part)),
                id=record.id,
            ),
            log_exceptions=False,  # the query is very long
        )
    env.invalidate_all()
    return ids


def next_ids(env, table, number):
    """Return ids that the sequence of ``table`` gives to nobody else."""
    env.cr.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [table, number],
    )
    return [new for [new] in env.cr.fetchall()]


def columns(env, record):
    """Return ``{column: value}`` of one record as the database holds it."""
    env.flush_all()
    table = SQL.identifier(record._table)
    env.cr.execute(SQL("SELECT * FROM %s WHERE id = %s", table, record.id))
    return env.cr.dictfetchone()


def scaled(base, names, factor):
    """Return the amounts of a record whose total is 1, for a total of ``factor``."""
    return {
        name: float(round(float(base[name]) * float(factor), 2)) for name in names if base.get(name)
    }
