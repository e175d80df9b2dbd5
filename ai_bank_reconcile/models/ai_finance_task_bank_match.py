from decimal import Decimal

from pydantic import ValidationError

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine import matcher
from ..engine.account_choice import ACCOUNT_TEXT
from ..engine.flagged import without_flagged
from ..engine.memory import MEMORY_TEXT
from ..engine.payload import payloads
from ..engine.proposal import validate
from ..engine.reasons import REASON_TEXT

TEXTS = REASON_TEXT | ACCOUNT_TEXT | MEMORY_TEXT


class AiFinanceTaskBankMatch(models.AbstractModel):
    """Task ``bank.match``: which open documents does a bank line pay."""

    _name = "ai.finance.task.bank.match"
    _inherit = "ai.finance.task"
    _description = "Bank Match"

    _apply_batch = 100

    def _build_context(self, records):
        open_lines = records.filtered(
            lambda line: line.state == "posted" and not line.is_reconciled
        )
        return self.env["ai.bank.context"]._read(open_lines)

    def _propose(self, context):
        suggestions = []
        for part in context:
            outside = {line.id: (line.label, line.partner_name) for line in part.lines}
            results = [
                without_flagged(result, part.flagged.get(result.line_id, ()))
                for result in matcher.propose(part)
            ]
            for handler in self._completers():
                results = self.env[handler]._complete(part, results)
            lines = self.env["account.bank.statement.line"].browse(outside)
            results = self.env["ai.bank.rule"]._told(lines, results)
            pairs = zip(results, payloads(part, results), strict=True)
            suggestions += [
                self._suggestion(result, payload, outside[result.line_id])
                for result, payload in pairs
            ]
        return suggestions

    def _completers(self):
        """Return the models that complete the engine's results, in order; bridges add theirs."""
        return ("ai.bank.returns", "ai.bank.account.choice")

    def _suggestion(self, result, payload, outside):
        proposal = result.proposal.to_json()
        for alternative in proposal["alternatives"]:
            alternative["reasons"] = self._texts(alternative["reasons"])
        return Suggestion(
            record_id=result.line_id,
            proposal=proposal,
            confidence=result.confidence,
            reasons=tuple(self._texts([reason.to_json() for reason in result.reasons])),
            vetoes=tuple(self._texts([reason.to_json() for reason in result.guards])),
            actionable=proposal["kind"] != "none",
            payload=payload,
            alarms=tuple(self._texts([alarm.to_json() for alarm in result.alarms])),
            outside=outside,
        )

    def _questions(self, context, suggestions, every=False):
        return self.env["ai.bank.model.order"]._questions(context, suggestions, every)

    def _answered(self, suggestion, question, value):
        return self.env["ai.bank.model.order"]._answered(suggestion, question, value)

    def _texts(self, reasons):
        """Add the text in the current language to engine reasons, kept with code and params."""
        return [
            {**reason, "text": self.env._(TEXTS[reason["code"]], **reason["params"])}
            for reason in reasons
        ]

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _check(self, proposals):
        items = self._items(proposals)
        of_accounts = self.env["ai.bank.write.off"]._problems(proposals)
        problems = {}
        for line, proposal in proposals.items():
            found = self._form_problems(proposal) or self._total_problems(line, proposal)
            found += self._line_problems(line, proposal)
            found += [self._problem(code, text) for code, text in of_accounts.get(line, ())]
            for part in proposal["counterparts"]:
                found += self._item_problems(line, part, items)
            if found:
                problems[line] = found
        return problems

    def _form_problems(self, proposal):
        """Refuse what is not a complete, consistent proposal, wherever it came from."""
        try:
            validate(proposal)
        except ValidationError as error:
            text = self.env._(
                "The suggestion is invalid: %(error)s", error=error.errors()[0]["msg"]
            )
            return [self._problem("invalid", text)]
        return []

    def _total_problems(self, line, proposal):
        """Refuse parts that are more or less than the line: its entry would not balance."""
        parts = [*proposal["counterparts"], *self.env["ai.bank.write.off"]._parts(proposal)]
        left = sum(Decimal(part["amount"]) for part in parts) + Decimal(proposal["remainder"])
        if proposal["kind"] == "none" or left == self.env["ai.bank.split"]._total(line):
            return []
        text = self.env._("The parts do not add up to the bank line.")
        return [self._problem("total", text)]

    def _line_problems(self, line, proposal):
        problems = []
        _liquidity, suspense, _other = line._seek_for_lines()
        if line.is_reconciled or len(suspense) != 1:
            problems.append(self._problem("line_matched", self.env._("The bank line is matched.")))
        has_tax = self.env["ai.bank.write.off"]._has_tax(line, proposal)
        locked = line.company_id._get_violated_lock_dates(line.date, has_tax, line.journal_id)
        if locked:
            text = self.env._("The period of %(date)s is locked.", date=line.date)
            problems.append(self._problem("locked", text))
        return problems

    def _item_problems(self, line, part, items):
        item = items.get(part["move_line_id"])
        if not item:
            return [self._problem("item_gone", self.env._("A document does not exist any more."))]
        currency = line.foreign_currency_id or line.currency_id
        sign = 1 if line.amount > 0 else -1
        # In another currency than the line the item's own amount counts, and it is taken whole.
        other = part.get("item_amount")
        wanted = sign * Decimal(other or part["amount"])
        if part.get("reopens"):
            text = self.env["ai.bank.returns"]._problem(part, item, wanted)
            return [self._problem("item_closed", text)] if text else []
        residual = self.env["ai.bank.context"]._decimal(
            item.amount_residual_currency, item.currency_id
        )
        fits = bool(other) == (item.currency_id != currency) and wanted * residual > 0
        if item.reconciled or item.parent_state != "posted" or not fits:
            text = self.env._("%(document)s is not open any more.", document=item.move_name)
            return [self._problem("item_closed", text)]
        if abs(wanted) > abs(residual):
            text = self.env._("Less than that is open on %(document)s.", document=item.move_name)
            return [self._problem("item_less_open", text)]
        return []

    def _problem(self, code, text):
        return {"code": code, "params": {}, "text": text}

    def _items(self, proposals):
        """Return ``{id: journal item}`` of all items that proposals name, if they still exist."""
        ids = {
            part["move_line_id"]
            for proposal in proposals.values()
            for part in proposal["counterparts"]
        }
        items = self.env["account.move.line"].browse(ids).exists()
        return {item.id: item for item in items}

    def _checksum(self, proposals):
        items = self._items(proposals)
        decimal = self.env["ai.bank.context"]._decimal
        checksums = {}
        for line, proposal in proposals.items():
            chosen = [
                [
                    item.id,
                    decimal(item.amount_residual_currency, item.currency_id),
                    item.currency_id.id,
                    item.account_id.id,
                    item.parent_state,
                ]
                for part in proposal["counterparts"]
                if (item := items.get(part["move_line_id"]))
            ]
            checksums[line] = checksum(
                {
                    "line": [
                        decimal(line.amount, line.currency_id),
                        decimal(line.amount_currency, line.foreign_currency_id)
                        if line.foreign_currency_id
                        else None,
                        line.foreign_currency_id.id,
                        line.journal_id.id,
                        line.date,
                        line.partner_id.id,
                        line.is_reconciled,
                    ],
                    "items": sorted(chosen),
                    "effect": self._effect(proposal),
                }
            )
        return checksums

    def _effect(self, proposal):
        """Return the part of a proposal that changes the ledger."""
        names = ("kind", "counterparts", "remainder", "remainder_handling", "partner_id")
        effect = {name: proposal[name] for name in names}
        # What a person made is theirs, also where the engine came to the same.
        effect |= {"by_hand": True} if proposal.get("by_hand") else {}
        return effect | self.env["ai.bank.write.off"]._effect(proposal)

    def _summary(self, proposals):
        items = self._items(proposals)
        return {
            line: Summary(
                text=self._summary_text(proposal, items),
                amount=self._company_amount(line),
                partner_id=proposal["partner_id"] or line.partner_id.id or None,
            )
            for line, proposal in proposals.items()
        }

    def _summary_text(self, proposal, items):
        if proposal["kind"] == "none":
            return self.env._("Nothing fits")
        if proposal["kind"] == "account":
            return self.env["ai.bank.write.off"]._text(proposal)
        text = self._match_text(proposal, items)
        if not proposal.get("splits"):
            return text
        accounts = self.env["ai.bank.write.off"]._names(proposal["splits"])
        return self.env._("%(match)s, rest on %(accounts)s", match=text, accounts=accounts)

    def _match_text(self, proposal, items):
        if self.env["ai.bank.returns"]._parts(proposal):
            return self.env["ai.bank.returns"]._text(proposal, items)
        found = [items[part["move_line_id"]] for part in proposal["counterparts"]]
        names = ", ".join(item.move_name or item.name or "" for item in found[:3])
        names += ", …" if len(found) > 3 else ""
        if len(found) > 1:
            return self.env._("Match %(count)s: %(names)s", count=len(found), names=names)
        if found[0].amount_residual_currency and self._is_partial(proposal, found[0]):
            return self.env._("Match %(names)s in part", names=names)
        return self.env._("Match %(names)s", names=names)

    def _is_partial(self, proposal, item):
        residual = self.env["ai.bank.context"]._decimal(
            item.amount_residual_currency, item.currency_id
        )
        return abs(Decimal(proposal["counterparts"][0]["amount"])) < abs(residual)

    def _company_amount(self, line):
        liquidity, _suspense, _other = line._seek_for_lines()
        balance = sum(liquidity.mapped("balance"))
        return abs(self.env["ai.bank.context"]._decimal(balance, line.company_id.currency_id))

    # ------------------------------------------------------------------
    # Apply, undo, edit
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        return self.env["ai.bank.booking"]._book(proposals)

    def _undo(self, undo_data):
        for line in undo_data:
            has_tax = self.env["ai.bank.write.off"]._has_tax(line)
            locked = line.company_id._get_violated_lock_dates(line.date, has_tax, line.journal_id)
            if locked:
                raise UserError(self.env._("The period of %(date)s is locked.", date=line.date))
        self.env["ai.bank.booking"]._unbook(undo_data)

    def _learn(self, logs):
        self.env["ai.bank.memory.lessons"]._wake()

    def _unlearn(self, logs):
        self.env["ai.bank.memory.lessons"]._forget(logs._documents())

    def _amend(self, log, change):
        if "parts" in change:
            return self.env["ai.bank.split"]._suggestion(log._document(), change["parts"], log)
        old = log.proposal
        try:
            chosen = old["alternatives"][change["alternative"]]
        except (IndexError, KeyError, TypeError) as error:
            raise UserError(self.env._("This candidate is not offered any more.")) from error
        others = [item for item in old["alternatives"] if item is not chosen]
        others[:0] = self._as_alternative(log)
        effect = {
            name: value for name, value in chosen.items() if name not in ("confidence", "reasons")
        }
        return Suggestion(
            record_id=log.res_id,
            proposal={**effect, "alternatives": others, "why_not": None},
            confidence=chosen["confidence"],
            reasons=(
                *chosen["reasons"],
                {"code": "chosen", "params": {}, "text": self.env._("chosen by a person")},
            ),
        )

    def _as_alternative(self, log):
        """Return what ``log`` proposes as a list of one alternative, or of none."""
        if log.proposal["kind"] == "none":
            return []
        mine = {
            name: value
            for name, value in log.proposal.items()
            if name not in ("alternatives", "why_not")
        }
        return [{**mine, "confidence": log.confidence, "reasons": log.reasons}]

    def _outcome(self, proposals):
        done = {}
        for line, proposal in proposals.items():
            if not line.is_reconciled:
                continue
            wanted = {part["move_line_id"] for part in proposal["counterparts"]}
            if proposal["kind"] == "account":
                agrees = self.env["ai.bank.write.off"]._agrees(line, proposal)
                done[line] = "agreed" if agrees else "differed"
            elif not wanted:
                done[line] = "unforeseen"
            else:
                matched = set(self.env["ai.bank.booking"]._matched_items(line).ids)
                done[line] = "agreed" if matched == wanted else "differed"
        return done

    def _entry_preview(self, line, proposal):
        """Return the entry an open suggestion will make, for the screen."""
        if not proposal or proposal["kind"] == "none" or self._check({line: proposal}):
            return []
        return self.env["ai.bank.booking"]._preview(line, proposal)
