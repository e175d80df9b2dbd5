from decimal import Decimal

from odoo import api, models
from odoo.tools.misc import format_amount, format_date

from odoo.addons.ai_audit_log.engine import lifecycle

#: The suggestion and the next best explanations; more would only blur the choice.
MOST_CANDIDATES = 3
#: From this probability on another candidate is a reason not to be sure.
RIVAL = 0.05
NAMED = {"reference", "reference_nearly", "batch", "registered_payment"}
KNOWN_PAYER = {"name", "name_in_text", "iban", "partner_set"}
EXACT = {"amount_exact", "set_sum", "batch", "discount", "tolerance", "fee_stated"}


class AiBankDeskCard(models.AbstractModel):
    """One bank line as the desk shows it: candidates, entry, difference, and why in a sentence."""

    _name = "ai.bank.desk.card"
    _description = "Bank Line on the Desk"

    @api.model
    def _card(self, line):
        """Return all about ``line`` and its live suggestion, JSON-ready."""
        log = line.ai_suggestion_id
        handler = self.env["ai.finance.task.bank.match"]
        problems, entry = [], []
        if log and log.decision != "none":
            problems = handler._check({line: log.proposal}).get(line, [])
            if not problems:
                entry = self.env["ai.bank.booking"]._preview(line, log.proposal)
        return {
            **self._head(line),
            "suggestion": self._suggestion(line, log, problems) if log else False,
            "candidates": self._candidates(line, log) if log else [],
            "difference": self._difference(line, log) if log and not problems else False,
            "entry": entry or (self._booked(line) if line.is_reconciled else []),
            "history": False if log else self._history(line),
            "applied": self._applied(line),
        }

    def _head(self, line):
        foreign = line.foreign_currency_id
        return {
            "id": line.id,
            "label": line.payment_ref or "",
            "partner": line.partner_id.display_name or "",
            "name": line.partner_name or "",
            "account_number": line.account_number or "",
            "date": format_date(self.env, line.date),
            "journal": line.journal_id.display_name,
            "statement": line.statement_id.display_name or "",
            "amount": format_amount(self.env, line.amount, line.currency_id),
            "foreign": format_amount(self.env, line.amount_currency, foreign) if foreign else "",
            "incoming": line.amount > 0,
            "matched": line.is_reconciled,
            "move_id": line.move_id.id,
            **self._ways(line),
        }

    def _ways(self, line):
        """Return which ways out there are where no suggestion fits."""
        by_hand = hasattr(line, "action_ai_by_hand")
        return {
            "by_hand": by_hand,
            "may_bill": by_hand and line.ai_bill_offered,
            "may_expense": by_hand and line.ai_expense_offered,
        }

    def _suggestion(self, line, log, problems):
        waits = {
            "approve": self.env._("Waits for an approver."),
            "apply": self.env._("Will be applied automatically."),
        }
        return {
            "log_id": log.id,
            "fits": log.decision != "none",
            "open": log.state == "proposed",
            "why": self._why(log),
            "vetoes": log.vetoes or [],
            "explanation": log.explanation or "",
            "model_name": log.model_name or "",
            "waits": waits.get(log.decision, ""),
            "problems": [problem["text"] for problem in problems],
        }

    # ------------------------------------------------------------------
    # Candidates
    # ------------------------------------------------------------------

    def _candidates(self, line, log):
        """Return the suggestion and its alternatives, ranked as 1, 2, 3.

        Each has ``index``, its place among the alternatives, or None for what is suggested now.
        """
        found = []
        if log.proposal["kind"] != "none":
            found.append((None, log.proposal, log.confidence, log.reasons, log.summary))
        for index, other in enumerate(log.proposal.get("alternatives") or ()):
            found.append((index, other, other["confidence"], other["reasons"], None))
        found = found[:MOST_CANDIDATES]
        handler = self.env["ai.finance.task.bank.match"]
        # One read for the items of all of them.
        items = handler._items({number: row[1] for number, row in enumerate(found)})
        return [
            {
                "rank": rank,
                "index": index,
                "title": summary or handler._summary_text(proposal, items),
                "confidence": confidence,
                "reasons": reasons or [],
                "documents": self._documents(line, proposal, items),
            }
            for rank, (index, proposal, confidence, reasons, summary) in enumerate(found, 1)
        ]

    def _documents(self, line, proposal, items):
        """Return the documents of a candidate, or the account it books on."""
        rows = []
        for part in proposal["counterparts"]:
            item = items.get(part["move_line_id"])
            if not item:
                continue
            rows.append(
                {
                    "name": item.move_name or item.name or "",
                    "move_id": item.move_id.id,
                    "partner": item.partner_id.display_name or "",
                    "due": format_date(self.env, item.date_maturity or item.date),
                    "open": format_amount(
                        self.env, abs(item.amount_residual_currency), item.currency_id
                    ),
                }
            )
        currency = line.foreign_currency_id or line.currency_id
        for part in self._on_accounts(proposal):
            account = self.env["account.account"].browse(part["account_id"])
            partner = self.env["res.partner"].browse(part.get("partner_id") or [])
            rows.append(
                {
                    "name": account.display_name,
                    "move_id": False,
                    "partner": partner.display_name or "",
                    "due": "",
                    "open": format_amount(self.env, abs(float(part["amount"])), currency),
                }
            )
        return rows

    def _on_accounts(self, proposal):
        """Return what a candidate without documents books on accounts."""
        if proposal["counterparts"]:
            return []
        return self.env["ai.bank.write.off"]._parts(proposal)

    # ------------------------------------------------------------------
    # The difference
    # ------------------------------------------------------------------

    def _difference(self, line, log):
        """Return what lies between the line and its documents, and what becomes of it.

        :return: False without a difference; else ``over`` tells whether the line brings more
            than is open, ``choice`` is one of open, write_off, on_account, and ``choices`` what
            may be chosen instead
        """
        gap = self._gap(line, log.proposal)
        if not gap:
            return False
        choice, account = self._treatment(log.proposal)
        currency = line.foreign_currency_id or line.currency_id
        choices = []
        if "ai.bank.difference" in self.env:
            choices = self.env["ai.bank.difference"]._choices(line, log)
        return {
            "amount": format_amount(self.env, abs(float(gap)), currency),
            "over": gap > 0,
            "choice": choice,
            "choices": choices,
            "account_id": account.id,
            "account": account.display_name or "",
        }

    def _gap(self, line, proposal):
        """Return what the line brings more than is open on its documents; negative if less."""
        parts = proposal["counterparts"]
        # Where there is a rate between them, the difference is core's exchange difference.
        if not parts or any(part.get("item_amount") for part in parts):
            return Decimal(0)
        decimal = self.env["ai.bank.context"]._decimal
        items = self.env["ai.finance.task.bank.match"]._items({line: proposal}).values()
        sign = 1 if line.amount > 0 else -1
        amount = line.amount_currency if line.foreign_currency_id else line.amount
        currency = line.foreign_currency_id or line.currency_id
        return abs(decimal(amount, currency)) - sign * sum(
            decimal(item.amount_residual_currency, item.currency_id) for item in items
        )

    def _treatment(self, proposal):
        """Return (what becomes of the difference, on which account)."""
        accounts = self.env["account.account"]
        offs = self.env["ai.bank.write.off"]._parts(proposal)
        if offs:
            account = accounts.browse(offs[0]["account_id"])
            partners = ("asset_receivable", "liability_payable")
            on_account = account.account_type in partners
            return ("on_account" if on_account else "write_off"), account
        on_account = proposal.get("remainder_handling") == "on_account"
        return ("on_account" if on_account else "open"), accounts

    # ------------------------------------------------------------------
    # Why, in a sentence
    # ------------------------------------------------------------------

    def _why(self, log):
        """Say why a suggestion is not surer, or why nothing fits; empty where all is clear."""
        if log.decision == "none":
            texts = [reason["text"] for reason in log.reasons or ()]
            if not texts:
                return self.env._("Nothing fits this line.")
            return self.env._("Nothing fits: %(reasons)s.", reasons="; ".join(texts))
        causes = [veto["text"] for veto in log.vetoes or ()]
        if log.confidence_level != "sure":
            causes = self._doubts(log) + causes
        if not causes:
            return ""
        return self.env._("Not surer because: %(causes)s.", causes="; ".join(causes))

    def _doubts(self, log):
        """Return what is missing to be sure: a rival out of the way, a number, a payer."""
        found = []
        rival = next(iter(log.proposal.get("alternatives") or ()), None)
        if rival and rival["confidence"] >= RIVAL:
            found.append(
                self.env._("another candidate fits too (%s %%)", int(100 * rival["confidence"]))
            )
        if log.proposal["kind"] != "match":
            return found
        codes = {reason["code"] for reason in log.reasons or ()}
        if not codes & NAMED:
            found.append(self.env._("the text names no document"))
        if not codes & KNOWN_PAYER:
            found.append(self.env._("the payer is not recognised"))
        if not codes & EXACT:
            found.append(self.env._("the amount is not that of the document"))
        return found

    # ------------------------------------------------------------------
    # What was
    # ------------------------------------------------------------------

    def _history(self, line):
        """Say what became of the last suggestion of a line that has none now."""
        Log = self.env["ai.audit.log"]
        if line.is_reconciled or not Log.has_access("read"):
            return ""
        last = Log.search(
            [("res_model", "=", line._name), ("res_id", "=", line.id)], order="id desc", limit=1
        )
        if last.state in lifecycle.WAITING:
            return self.env._("A suggestion is being made.")
        texts = {
            "rejected": self.env._("The suggestion was rejected by %s", last.decided_by_id.name),
            "undone": self.env._("The match was undone"),
            "stale": self.env._("The suggestion was out of date"),
            "expired": self.env._("Nobody decided in time"),
        }
        if last.state not in texts:
            return ""
        note = last.event_ids.sorted("id")[-1:].note or ""
        return texts[last.state] + (f": {note}" if note and last.state == "rejected" else ".")

    def _applied(self, line):
        """Return who matched a line by a suggestion, and the row to undo."""
        log = line.ai_applied_log_id
        if not (line.is_reconciled and log):
            return False
        when = format_date(self.env, log.applied_at)
        text = self.env._(
            "%(summary)s, applied by %(user)s on %(date)s",
            summary=log.summary or "",
            user=log.executed_by_id.name,
            date=when,
        )
        return {"log_id": log.id, "text": text}

    def _booked(self, line):
        """Return the entry as it stands in the ledger."""
        currency = line.company_id.currency_id.id
        return [
            {
                "account": item.account_id.display_name,
                "partner": item.partner_id.display_name or "",
                "label": item.name or "",
                "balance": item.balance,
                "currency_id": currency,
            }
            for item in line.move_id.line_ids
        ]
