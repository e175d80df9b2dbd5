from bisect import bisect_left
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..engine.statement_proof import Item, Proof, Statement, statement_items


class AiBankProofReader(models.AbstractModel):
    """Reads the figures of a bank balance proof, each in one query whatever the number of lines.

    Plain SQL: the open part of an item on a day in the past is not in the ORM. What is read is
    that of one journal of a chosen company, which the caller has the right to see.
    """

    _name = "ai.bank.proof.reader"
    _description = "Figures of a Bank Balance Proof"

    @api.model
    def _read(self, journal, date):
        """Return the ``Proof`` of a bank journal, and its last statement.

        :param date: the day of the proof; later entries do not count
        :return: ``(Proof, id of the last statement or False)``
        """
        journal.check_access("read")
        for name in ("account.move.line", "account.bank.statement.line"):
            self.env[name].check_access("read")
        self.env.flush_all()
        statements = self._statements(journal, date)
        first_index = statements[-1][1] if statements else False
        loose = self._loose_lines(journal, date, [one.id for one, _index in statements])
        between = [row for row in loose if row[-1] is None and first_index and row[1] < first_index]
        statements = self._with_between(statements, between)
        after = [row for row in loose if row not in set(between)]
        suspense = self._open_items(journal, date, journal.suspense_account_id, "suspense")
        outstanding = self._outstanding(journal, date)
        items = [
            *suspense,
            *outstanding,
            *(self._line_item("after", -row[2], row) for row in after),
            *self._without_line(journal, date),
            *self._changed(journal, date),
            *statement_items(statements),
        ]
        proof = Proof(
            bank=statements[-1].end if statements else Decimal(0),
            ledger=self._ledger(journal, date),
            outstanding=-sum(item.amount for item in outstanding),
            suspense=-sum(item.amount for item in suspense),
            items=tuple(items),
        )
        return proof, statements[-1].id if statements else False

    def _rows(self, query):
        self.env.cr.execute(query)
        # Odoo reads exact numbers as floats; with their 15 digits amounts come back as they were.
        return [
            tuple(Decimal(repr(value)) if isinstance(value, float) else value for value in row)
            for row in self.env.cr.fetchall()
        ]

    def _amount(self, journal, date):
        """Return the SQL of a journal item's amount in the journal's currency."""
        own, currency = journal.company_id.currency_id, journal.currency_id
        if not currency or currency == own:
            return SQL("aml.balance")
        rate = own._get_conversion_rate(own, currency, journal.company_id, date)
        return SQL(
            "CASE WHEN aml.currency_id = %s THEN aml.amount_currency "
            "ELSE ROUND(aml.balance * %s::numeric, %s) END",
            currency.id,
            str(rate),
            currency.decimal_places,
        )

    def _posted(self, journal, date, alias="aml"):
        return SQL(
            "%(alias)s.parent_state = 'posted' AND %(alias)s.date <= %(date)s "
            "AND %(alias)s.company_id = %(company)s",
            alias=SQL.identifier(alias),
            date=date,
            company=journal.company_id.id,
        )

    def _ledger(self, journal, date):
        """Return the balance of the bank account."""
        query = SQL(
            "SELECT COALESCE(SUM(%s), 0) FROM account_move_line aml "
            "WHERE aml.account_id = %s AND %s",
            self._amount(journal, date),
            journal.default_account_id.id,
            self._posted(journal, date),
        )
        return self._rows(query)[0][0]

    # ------------------------------------------------------------------
    # Statements and their lines
    # ------------------------------------------------------------------

    def _statements(self, journal, date):
        """Return pairs of ``Statement`` and index of its first line, in order."""
        rows = self._rows(
            SQL(
                "SELECT st.id, st.name, st.date, st.balance_start, st.balance_end_real, "
                "COALESCE(SUM(line.amount) FILTER (WHERE move.state = 'posted'), 0), "
                "st.first_line_index FROM account_bank_statement st "
                "LEFT JOIN account_bank_statement_line line ON line.statement_id = st.id "
                "LEFT JOIN account_move move ON move.id = line.move_id "
                "WHERE st.journal_id = %s AND st.date <= %s AND st.first_line_index IS NOT NULL "
                "GROUP BY st.id ORDER BY st.first_line_index, st.id",
                journal.id,
                date,
            )
        )
        return [
            (Statement(row[0], row[1] or "", row[2], *(one or Decimal(0) for one in row[3:6])),
             row[6])
            for row in rows
        ]  # fmt: skip

    def _loose_lines(self, journal, date, statement_ids):
        """Return the lines that are on none of the statements."""
        return self._rows(
            SQL(
                "SELECT line.id, line.internal_index, line.amount, line.payment_ref, move.date, "
                "COALESCE(partner.complete_name, line.partner_name, ''), line.statement_id "
                "FROM account_bank_statement_line line "
                "JOIN account_move move ON move.id = line.move_id "
                "LEFT JOIN res_partner partner ON partner.id = line.partner_id "
                "WHERE line.journal_id = %s AND move.state = 'posted' AND move.date <= %s "
                "AND (line.statement_id IS NULL OR NOT line.statement_id = ANY(%s)) "
                "ORDER BY line.internal_index",
                journal.id,
                date,
                list(statement_ids),
            )
        )

    def _with_between(self, statements, between):
        """Return the statements with the sums of loose lines since the one before each."""
        starts = [index for _one, index in statements]
        sums = [Decimal(0)] * len(starts)
        for row in between:
            sums[bisect_left(starts, row[1])] += row[2]
        return [
            Statement(one.id, one.name, one.date, one.start, one.end, one.lines, loose)
            for (one, _index), loose in zip(statements, sums, strict=True)
        ]

    def _line_item(self, kind, amount, row):
        record = ("account.bank.statement.line", row[0])
        return Item(kind, amount, row[3] or "", row[4], row[5] or "", record)

    def _changed(self, journal, date):
        """Return bank lines whose entry has another amount on the bank account than the line."""
        rows = self._rows(
            SQL(
                "SELECT line.id, NULL, line.amount - COALESCE(SUM(%(amount)s) "
                "FILTER (WHERE aml.account_id = %(account)s), 0), "
                "line.payment_ref, move.date, line.partner_name "
                "FROM account_bank_statement_line line "
                "JOIN account_move move ON move.id = line.move_id "
                "LEFT JOIN account_move_line aml ON aml.move_id = move.id "
                "WHERE line.journal_id = %(journal)s AND move.state = 'posted' "
                "AND move.date <= %(date)s GROUP BY line.id, move.id "
                "HAVING line.amount <> COALESCE(SUM(%(amount)s) "
                "FILTER (WHERE aml.account_id = %(account)s), 0) ORDER BY move.date, line.id",
                amount=self._amount(journal, date),
                account=journal.default_account_id.id,
                journal=journal.id,
                date=date,
            )
        )
        return [self._line_item("changed", row[2], row) for row in rows]

    # ------------------------------------------------------------------
    # Journal items
    # ------------------------------------------------------------------

    def _without_line(self, journal, date):
        """Return entries on the bank account that come from no line of this bank."""
        rows = self._rows(
            SQL(
                "SELECT aml.id, %s, COALESCE(NULLIF(aml.name, ''), aml.move_name), aml.date, "
                "partner.complete_name, aml.move_name FROM account_move_line aml "
                "LEFT JOIN account_bank_statement_line line ON line.id = aml.statement_line_id "
                "LEFT JOIN res_partner partner ON partner.id = aml.partner_id "
                "WHERE aml.account_id = %s AND %s AND line.journal_id IS DISTINCT FROM %s "
                "ORDER BY aml.date, aml.id",
                self._amount(journal, date),
                journal.default_account_id.id,
                self._posted(journal, date),
                journal.id,
            )
        )
        return [self._move_item("no_line", row) for row in rows if row[1]]

    def _outstanding(self, journal, date):
        """Return registered payments that no bank line has met, receipts and payments apart."""
        accounts = (
            journal._get_journal_inbound_outstanding_payment_accounts()
            | journal._get_journal_outbound_outstanding_payment_accounts()
        ) - journal.default_account_id
        return self._open_items(journal, date, accounts)

    def _open_items(self, journal, date, accounts, kind=None):
        """Return the items of a bank journal on some accounts that are open on a day."""
        amount = self._amount(journal, date)
        foreign = journal.currency_id and journal.currency_id != journal.company_id.currency_id
        debit = SQL("debit_amount_currency") if foreign else SQL("amount")
        credit = SQL("credit_amount_currency") if foreign else SQL("amount")
        rows = self._rows(
            SQL(
                "SELECT aml.id, %(amount)s - COALESCE(paid.amount, 0) AS open, "
                "COALESCE(NULLIF(aml.name, ''), aml.move_name), aml.date, "
                "partner.complete_name, aml.move_name FROM account_move_line aml "
                "LEFT JOIN res_partner partner ON partner.id = aml.partner_id "
                "LEFT JOIN LATERAL (SELECT SUM(CASE WHEN part.debit_move_id = aml.id "
                "THEN part.%(debit)s ELSE -part.%(credit)s END) AS amount "
                "FROM account_partial_reconcile part WHERE part.max_date <= %(date)s "
                "AND (part.debit_move_id = aml.id OR part.credit_move_id = aml.id)) paid ON TRUE "
                "WHERE aml.journal_id = %(journal)s AND aml.account_id = ANY(%(accounts)s) "
                "AND %(posted)s ORDER BY aml.date, aml.id",
                amount=amount,
                debit=debit,
                credit=credit,
                date=date,
                journal=journal.id,
                accounts=accounts.ids,
                posted=self._posted(journal, date),
            )
        )
        return [
            self._move_item(kind or ("receipts" if row[1] > 0 else "payments"), row)
            for row in rows
            if row[1]
        ]

    def _move_item(self, kind, row):
        """Return what the books have and the bank has not: its amount counts the other way."""
        label = row[2] or ""
        if row[5] and row[5] not in label:
            label = f"{row[5]} {label}".strip()
        return Item(kind, -row[1], label, row[3], row[4] or "", ("account.move.line", row[0]))
