"""What evidence costs: rows logged with and without it, sealing and verifying many rows."""

from odoo.tools import SQL

from bench.stopwatch import forget, measure, median

ROUNDS = 3
#: Columns the database writes by itself, or that are another row's.
OWN_COLUMNS = {"id", "content_hash", "log_hash"}


def logging(env, sample, number):
    """Log copies of a real suggestion in four ways, from the barest to all that an auditor gets.

    :param sample: an ``ai.audit.log`` row that the kernel wrote
    :param number: rows a round; nothing is committed
    :return: a ``Cost`` for each way
    """
    ways = {
        "plain model with 4 columns (ai.finance.run)": (plain_rows, False),
        "log row, no event, triggers off": (bare_rows, False),
        "log row and event, triggers off": (logged_rows, False),
        "log row and event, triggers on (the product)": (logged_rows, True),
    }
    costs = {label: [] for label in ways}
    for _round in range(ROUNDS):  # in turn, so that a busy moment of the machine hits all
        for label, (work, triggers) in ways.items():
            if not triggers:
                triggers_off(env)
            values = [copied(sample, number_of_row) for number_of_row in range(number)]
            costs[label].append(measure(env, label, number, work, env, values))
            forget(env)
    return [median(rounds) for rounds in costs.values()]


def triggers_off(env):
    """Take away what protects evidence, until the transaction is undone."""
    for table in ("ai_audit_log", "ai_audit_log_event"):
        env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table)))


def copied(sample, number):
    """Return the values of a new row with the evidence of ``sample`` and a checksum of its own."""
    names = (
        "task_code res_model res_id trigger proposal confidence reasons vetoes summary amount "
        "policy_values decision decision_reasons auto_eligible"
    ).split()
    values = {name: sample[name] for name in names}
    for name in ("task_id", "company_id", "run_id", "maker_id", "partner_id", "policy_id"):
        values[name] = sample[name].id
    return {**values, "input_checksum": f"bench {number}", "state": "running"}


def plain_rows(env, values):
    names = ("task_id", "company_id", "trigger")
    rows = [{**{name: row[name] for name in names}, "user_id": env.uid} for row in values]
    env["ai.finance.run"].create(rows)


def bare_rows(env, values):
    env["ai.audit.log"].create([{**row, "state": "proposed"} for row in values])


def logged_rows(env, values):
    """As the kernel does it: the row is completed and goes to people, which is an event."""
    env["ai.audit.log"].create(values)._transition("proposed")


# ----------------------------------------------------------------------
# The chain
# ----------------------------------------------------------------------


def chain(env, sample, number):
    """Write many rows with their events by SQL, seal and verify them; committed on the way.

    :return: a ``Cost`` for each step, and what Verify said
    """
    costs = [
        measure(env, "insert by SQL, triggers on", number, fill, env, sample, number),
    ]
    env.cr.commit()
    env.cr.execute("ANALYZE ai_audit_log, ai_audit_log_event, ai_audit_seal")
    chains, company = env["ai.audit.chain"], sample.company_id
    costs.append(measure(env, "seal", number, seal_all, chains, company))
    env.cr.commit()
    found = {}
    costs.append(
        measure(env, "verify", number, lambda: found.update(chains._verify(company))),
    )
    return costs, found


def fill(env, sample, number):
    event = sample.event_ids.filtered(lambda event: event.new_state == "proposed")[:1]
    first = insert_copies(
        env, sample, SQL("'bench chain ' || number"), "input_checksum", SQL("%s", number)
    )
    insert_copies(env, event, SQL("%s + number - 1", first), "log_id", SQL("%s", number))


def insert_copies(env, record, value, column, number):
    """Insert copies of a row, ``column`` of each being ``value``; return the first one's id."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
        [record._table],
    )
    names = [name for [name] in env.cr.fetchall() if name not in {*OWN_COLUMNS, column}]
    columns = SQL(", ").join(SQL.identifier(name) for name in names)
    inserted = env.execute_query(
        SQL(
            """
            WITH inserted AS (
                INSERT INTO %(table)s (%(columns)s, %(column)s)
                SELECT %(columns)s, %(value)s
                  FROM %(table)s, generate_series(1, %(number)s) AS number
                 WHERE id = %(id)s ORDER BY number
             RETURNING id
            ) SELECT min(id) FROM inserted
            """,
            table=SQL.identifier(record._table),
            columns=columns,
            column=SQL.identifier(column),
            value=value,
            number=number,
            id=record.id,
        )
    )
    return inserted[0][0]


def seal_all(chains, company):
    while chains._seal(company):
        continue
