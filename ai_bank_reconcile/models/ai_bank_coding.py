import threading
from collections import namedtuple

from odoo import api, models
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.ai_finance_engine import coding

from ..engine.account_choice import Booked, Usual, coded_line, payer_keys

#: Past lines a company's model is learned from, the newest.
MOST = 10_000
#: As many are learned from at once while somebody waits; all of them meanwhile, beside.
AT_ONCE = 140
DOCUMENT_TYPES = ("asset_receivable", "liability_payable")
MONEY_TYPES = ("asset_cash", "liability_credit_card")
LINE_FIELDS = ["payment_ref", "partner_name", "account_number", "transaction_type"]

#: What a company's model knows. ``mark`` and ``places`` (account by journal item) show whether its
#: history has changed since; ``fitted`` is how many lines there were when it was learned anew.
#: Without a mark it is of the newest lines only.
Learned = namedtuple("Learned", "mark places fitted model usual")
NOTHING = Learned(None, {}, 0, coding.fit([]), Usual())
_lock = threading.RLock()
_busy = set()  # (database, company id) that a thread learns at the moment


class AiBankCoding(models.AbstractModel):
    """What past bank lines say about the account of a new one: read, learned, kept by company.

    The books themselves are the memory: what was undone or flagged as wrong is not among the lines
    any more, and the model is learned anew without it.
    """

    _name = "ai.bank.coding"
    _description = "Accounts of Bank Lines from History"

    @api.model
    def _model(self, company):
        """Return what was :class:`Learned` of ``company``, brought up to date with its books."""
        kept = self._kept()
        # With full rights: one model for all, it must not depend on who asked first.
        history = self.sudo().with_company(company)
        domain = history._domain(company)
        [mark] = self.env["account.move.line"].sudo()._read_group(domain, [], _MARK)
        known = kept.get(company.id, NOTHING)
        if known.mark == mark:
            return known
        with _lock:
            learned = history._up_to_date(known, mark, domain)
            if learned is None:
                return known
            kept[company.id] = learned
            return learned

    def _domain(self, company):
        """Return which journal items say where a bank line was booked: no tax, no document."""
        journals = self.env["account.journal"].search_fetch(
            [
                *self.env["account.journal"]._check_company_domain(company),
                ("type", "in", ("bank", "cash", "credit")),
            ],
            ["suspense_account_id"],
        )
        flagged = self.env["ai.audit.log"]._search(
            [
                ("res_model", "=", "account.bank.statement.line"),
                ("company_id", "=", company.id),
                ("state", "=", "applied"),
                ("flagged", "=", True),
            ]
        )
        return (
            Domain("company_id", "=", company.id)
            & Domain("parent_state", "=", "posted")
            & Domain("statement_line_id.is_reconciled", "=", True)
            & Domain("statement_line_id", "not in", flagged.subselect("res_id"))
            & Domain("tax_repartition_line_id", "=", False)
            & Domain("account_id.account_type", "not in", DOCUMENT_TYPES + MONEY_TYPES)
            & Domain("account_id", "not in", journals.suspense_account_id.ids)
            & Domain("matched_debit_ids", "=", False)
            & Domain("matched_credit_ids", "=", False)
        )

    @api.model
    def _predict(self, learned, lines):
        """Return the choices for ``lines``; not while the model learns."""
        with _lock:
            return learned.model.predict(lines)

    def _up_to_date(self, known, mark, domain):
        """Return what is learned now; None where it is being learned beside."""
        if known.places and self._key() in _busy:
            return None  # what is known has to do
        rows = self.env["account.move.line"].search_read(
            domain, ["account_id"], order="id desc", limit=MOST, load=None
        )
        places = {row["id"]: row["account_id"] for row in rows}
        fresh = [item_id for item_id in places if item_id not in known.places]
        moved = any(places.get(item_id) != account for item_id, account in known.places.items())
        if moved and len(places) == MOST:
            # The oldest leave the window: nothing is wrong with them.
            kept = {item_id for item_id in known.places if item_id > min(places)}
            moved = any(places.get(item_id) != known.places[item_id] for item_id in kept)
        grown = len(places) >= 1.25 * known.fitted
        if known.mark and not moved and not (grown and self._would_wait(places)):
            new = self._read(fresh).values()
            known.model.update(new)
            known.usual.add(new)
            fitted = len(places) if grown else known.fitted
            return Learned(mark, places, fitted, known.model, known.usual)
        lines = list(self._read(places).values())
        if not self._would_wait(places):
            return _fit(mark, places, lines)
        # Until that is done, what was known has to do if it is not wrong, else the newest lines.
        right = known.places and not moved
        meanwhile = None if right else _fit(None, places, lines[-AT_ONCE:])
        self._learn_beside(mark, places, lines)
        return meanwhile

    def _would_wait(self, places):
        return bool(request) and len(places) > AT_ONCE

    def _kept(self):
        """Return ``{company id: Learned}``, which lives as long as the registry."""
        return vars(self.env.registry).setdefault("_ai_bank_coding", {})

    def _key(self):
        return self.env.cr.dbname, self.env.company.id

    def _learn_beside(self, mark, places, lines):
        """Learn in a thread, which sees no database but what was read."""
        key, kept = self._key(), self._kept()

        def learn():
            try:
                learned = _fit(mark, places, lines)
                with _lock:
                    kept[key[1]] = learned
            finally:
                _busy.discard(key)

        if key not in _busy:
            _busy.add(key)
            threading.Thread(target=learn, name="ai_bank_coding", daemon=True).start()

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _read(self, item_ids):
        """Return ``{item id: CodedLine}`` of lines booked as a whole on one account, oldest first.

        :param item_ids: journal items of :meth:`_domain`
        """
        names = ["statement_line_id", "account_id", "partner_id", "analytic_distribution"]
        names += ["tax_ids", "date", "journal_id"]
        items = self.env["account.move.line"].browse(item_ids).read(names, load=None)
        line_ids = [item["statement_line_id"] for item in items]
        lines = self.env["account.bank.statement.line"].browse(line_ids).read(LINE_FIELDS)
        lines = {line["id"]: line for line in lines}
        money, with_documents = self._others(line_ids)
        whole = {}
        for item in items:
            line_id = item["statement_line_id"]
            whole[line_id] = None if line_id in whole else item
        found = [item for line_id, item in whole.items() if item and line_id not in with_documents]
        found.sort(key=lambda item: (item["date"], item["id"]))
        return {
            item["id"]: self._coded(item, lines[item["statement_line_id"]], money) for item in found
        }

    def _others(self, line_ids):
        """Return ``{line id: money in company currency}`` and the lines that settle documents."""
        rows = self.env["account.move.line"]._read_group(
            [
                ("statement_line_id", "in", line_ids),
                ("account_id.account_type", "in", DOCUMENT_TYPES + MONEY_TYPES),
            ],
            ["statement_line_id", "account_id"],
            ["balance:sum"],
        )
        money, with_documents = {}, set()
        for line, account, balance in rows:
            if account.account_type in DOCUMENT_TYPES:
                with_documents.add(line.id)
            else:
                money[line.id] = money.get(line.id, 0.0) + balance
        return money, with_documents

    def _coded(self, item, line, money):
        texts = {
            "text": line["payment_ref"] or "",
            "partner_name": line["partner_name"] or "",
            "account_number": line["account_number"] or "",
        }
        amount = self.env["ai.bank.context"]._decimal(
            money.get(line["id"], 0.0), self.env.company.currency_id
        )
        booked = Booked(
            item_id=item["id"],
            line_id=line["id"],
            text=texts["text"] or texts["partner_name"],
            date=item["date"].isoformat(),
            amount=amount,
            account_id=item["account_id"],
            partner_id=item["partner_id"] or None,
            tax_ids=tuple(sorted(item["tax_ids"])),
            analytic=tuple(sorted((item["analytic_distribution"] or {}).items())),
            payers=payer_keys(**texts),
        )
        return coded_line(
            **texts,
            transaction_type=line["transaction_type"] or "",
            journal_id=item["journal_id"],
            date=booked.date,
            amount=amount,
            booked=booked,
        )

    @api.model
    def _new_line(self, line, amount):
        """Return an open bank line as the coding engine reads it, and its payer's keys.

        :param amount: ``Decimal``, signed, in company currency
        """
        texts = {
            "text": line.payment_ref or "",
            "partner_name": line.partner_name or "",
            "account_number": line.account_number or "",
        }
        coded = coded_line(
            **texts,
            transaction_type=line.transaction_type or "",
            journal_id=line.journal_id.id,
            date=line.date.isoformat(),
            amount=amount,
        )
        return coded, payer_keys(**texts)


#: Changes whenever a line is booked, booked elsewhere, undone or flagged.
_MARK = ["__count", "id:max", "write_date:max"]


def _fit(mark, places, lines):
    return Learned(mark, places, len(places), coding.fit(lines), Usual(lines))
