"""What is committed in a database, read by a connection of its own, and whether it is right."""

import time

import psycopg2

CLAIMED = "(state = 'running' OR (state = 'approved' AND claimed_at IS NOT NULL))"


class Books:
    """The ledger and the log as an auditor with direct access would see them.

    Address and password of PostgreSQL come from the environment, see scripts/test.sh.

    :param database: name of the database
    """

    def __init__(self, database):
        self.connection = psycopg2.connect(dbname=database)
        self.connection.autocommit = True

    def close(self):
        self.connection.close()

    def rows(self, query, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall()

    def column(self, query, *values):
        return [row[0] for row in self.rows(query, *values)]

    def value(self, query, *values):
        [[value]] = self.rows(query, *values)
        return value

    # ------------------------------------------------------------------
    # What is there
    # ------------------------------------------------------------------

    def lines(self, like="%"):
        """Ids of the bank lines whose label is ``like``, oldest first."""
        return self.column(
            "SELECT id FROM account_bank_statement_line WHERE payment_ref LIKE %s ORDER BY id", like
        )

    def states(self, lines):
        """``{bank line: [state of each of its suggestions]}``, also for lines without any."""
        found = {line: [] for line in lines}
        query = """
            SELECT res_id, state FROM ai_audit_log
            WHERE res_model = 'account.bank.statement.line' AND res_id = ANY(%s) ORDER BY id
        """
        for line, state in self.rows(query, lines):
            found[line].append(state)
        return found

    def suggestion(self, line):
        """Id of the live suggestion of a bank line."""
        return self.value(
            "SELECT id FROM ai_audit_log WHERE res_id = %s AND state IN ('proposed', 'approved')",
            line,
        )

    def state(self, log):
        return self.value("SELECT state FROM ai_audit_log WHERE id = %s", log)

    def count(self, condition):
        """How many suggestions fulfil an SQL condition."""
        return self.value(f"SELECT count(*) FROM ai_audit_log WHERE {condition}")

    def waiting(self):
        """How many suggestions the work queue still has to deal with."""
        return self.count("state IN ('queued', 'running', 'approved')")

    def ledger_is_being_written(self):
        """Whether a transaction under way has reconciled something and not committed yet."""
        return bool(
            self.rows("""
                SELECT 1 FROM pg_locks JOIN pg_class ON pg_class.oid = pg_locks.relation
                WHERE pg_class.relname = 'account_partial_reconcile'
                  AND mode = 'RowExclusiveLock' AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        )

    def transactions_under_way(self):
        return self.value("""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid != pg_backend_pid()
              AND xact_start IS NOT NULL
        """)

    # ------------------------------------------------------------------
    # Whether it is right
    # ------------------------------------------------------------------

    def assert_right(self):
        """Check all that must hold at any moment, whatever was killed or raced."""
        for check in (
            self._entries_balance,
            self._documents_are_not_paid_twice,
            self._log_agrees_with_ledger,
            self._open_money_is_on_the_suspense_account,
            self._events_agree_with_states,
            self._one_live_suggestion_a_line,
        ):
            wrong = check()
            assert not wrong, f"{check.__doc__} Not so: {wrong[:5]} ({len(wrong)} in all)"

    def _entries_balance(self):
        """Debit equals credit in every entry."""
        return self.rows("""
            SELECT move_id, sum(balance) FROM account_move_line
            GROUP BY move_id HAVING sum(balance) != 0
        """)

    def _documents_are_not_paid_twice(self):
        """What was matched with a document and what is open of it make up its amount."""
        return self.rows("""
            SELECT line.move_name, line.balance, line.amount_residual, paid.amount
            FROM account_move_line line
            JOIN account_account account ON account.id = line.account_id
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(amount), 0) AS amount FROM account_partial_reconcile
                WHERE line.id IN (debit_move_id, credit_move_id)
            ) paid
            WHERE account.account_type = 'asset_receivable'
              AND (abs(line.balance) - paid.amount != abs(line.amount_residual)
                   OR paid.amount > abs(line.balance))
        """)

    def _log_agrees_with_ledger(self):
        """A bank line is matched exactly when one suggestion for it is applied."""
        return self.rows("""
            SELECT line.payment_ref, line.is_reconciled, line.ai_generated, count(log.id)
            FROM account_bank_statement_line line
            LEFT JOIN ai_audit_log log ON log.res_id = line.id AND log.state = 'applied'
                 AND log.res_model = 'account.bank.statement.line'
            GROUP BY line.id
            HAVING count(log.id) != line.is_reconciled::int
                OR coalesce(line.ai_generated, false) != line.is_reconciled
        """)

    def _open_money_is_on_the_suspense_account(self):
        """The suspense account holds the open bank lines and nothing else."""
        return self.rows("""
            SELECT held.balance, open.amount
            FROM (
                SELECT coalesce(-sum(item.balance), 0) AS balance
                FROM account_move_line item
                WHERE item.account_id IN (SELECT suspense_account_id FROM account_journal)
            ) held, (
                SELECT coalesce(sum(amount), 0) AS amount
                FROM account_bank_statement_line WHERE NOT is_reconciled
            ) open
            WHERE held.balance != open.amount
        """)

    def _events_agree_with_states(self):
        """A suggestion was applied as often as it says: once, or never."""
        return self.rows("""
            SELECT log.id, log.state, count(event.id)
            FROM ai_audit_log log
            LEFT JOIN ai_audit_log_event event
                 ON event.log_id = log.id AND event.new_state = 'applied'
            GROUP BY log.id
            HAVING count(event.id) != (log.state IN ('applied', 'undone'))::int
        """)

    def _one_live_suggestion_a_line(self):
        """No bank line has two suggestions that could both be approved."""
        return self.rows("""
            SELECT res_id, count(*) FROM ai_audit_log
            WHERE state IN ('proposed', 'approved') GROUP BY res_id HAVING count(*) > 1
        """)


def wait_until(condition, what, timeout=180, poke=None, every=0.005):
    """Return what ``condition()`` gives as soon as it is true.

    :param what: what is waited for, for the message when it does not come
    :param poke: called once a second while waiting
    :param every: seconds between two looks
    """
    started = poked = time.monotonic()
    while not (result := condition()):
        now = time.monotonic()
        assert now - started < timeout, f"{what}: not within {timeout} s"
        if poke and now - poked > 1:
            poked = now
            poke()
        time.sleep(every)
    return result
