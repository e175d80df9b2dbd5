from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from .account_move import BILLS


class AiFinanceTaskBillCode(models.AbstractModel):
    """Task ``bill.code``: account, taxes, analytic and product of a draft's lines.

    What is sure is set at once, the rest stays as Odoo has it, with up to three ways to choose
    from on the line.
    """

    _name = "ai.finance.task.bill.code"
    _inherit = "ai.finance.task"
    _description = "Code Bill"

    _harmless = True

    def _build_context(self, records):
        drafts = records.filtered(
            lambda move: move.state == "draft" and move.move_type in BILLS and move.ai_bill_state
        )
        by_move = {}
        for line, found in self.env["ai.bill.coding"]._choices(drafts).items():
            by_move.setdefault(line.move_id, []).append((line, found))
        return list(by_move.items())

    def _propose(self, context):
        return [self._suggestion(move, lines) for move, lines in context]

    def _suggestion(self, move, lines):
        coding = self.env["ai.bill.coding"].with_company(move.company_id)
        least = move.company_id.ai_bill_coding_least
        parts, reasons, best = [], [], []
        for line, found in lines:
            choices = [coding._shown(one) for one in found]
            sure = bool(choices) and choices[0]["confidence"] >= least
            set_it = sure and self._is_free(move, line)
            parts.append({"line_id": line.id, "choices": choices, "set": set_it})
            best.append(choices[0]["confidence"] if choices else 0.0)
            if set_it:
                reasons.append(self._reason(line, choices[0]))
        return Suggestion(
            record_id=move.id,
            proposal={"lines": parts},
            confidence=min(best, default=0.0),
            reasons=tuple(reasons),
            actionable=any(part["choices"] for part in parts),
        )

    def _is_free(self, move, line):
        """Tell whether nobody chose the account: it is the one that the line began with."""
        began = ((move.ai_bill_filled or {}).get("accounts") or {}).get(str(line.id))
        return began == line.account_id.id

    def _reason(self, line, choice):
        text = self.env._(
            "%(line)s: %(account)s, %(why)s",
            line=(line.name or "").partition("\n")[0][:60],
            account=choice["account"],
            why="; ".join(choice["reasons"][:1]),
        )
        return {"code": "similar", "params": {}, "text": text}

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _lines(self, proposals):
        ids = {part["line_id"] for one in proposals.values() for part in one["lines"]}
        return {line.id: line for line in self.env["account.move.line"].browse(ids).exists()}

    def _check(self, proposals):
        lines = self._lines(proposals)
        # An account that was archived meanwhile is no choice any more.
        wanted = {
            part["choices"][0]["account_id"]
            for one in proposals.values()
            for part in one["lines"]
            if part["set"]
        }
        usable = set(self.env["account.account"].browse(wanted).exists().filtered("active").ids)
        problems = {}
        for move, proposal in proposals.items():
            texts = []
            if move.state != "draft":
                texts.append(self.env._("The bill is not a draft any more."))
            for part in proposal["lines"]:
                line = lines.get(part["line_id"])
                if not line or line.move_id != move:
                    texts.append(self.env._("A line does not exist any more."))
                elif part["set"] and part["choices"][0]["account_id"] not in usable:
                    texts.append(self.env._("The account is not in use any more."))
            if texts:
                problems[move] = [{"code": "changed", "params": {}, "text": one} for one in texts]
        return problems

    def _checksum(self, proposals):
        lines = self._lines(proposals)
        return {
            move: checksum(
                [
                    move.state,
                    [
                        self._line_sum(lines.get(part["line_id"]), part)
                        for part in proposal["lines"]
                    ],
                ]
            )
            for move, proposal in proposals.items()
        }

    def _line_sum(self, line, part):
        choices = [[one["account_id"], one["tax_ids"]] for one in part["choices"]]
        if line is None:
            return [part["line_id"], choices]
        return [line.id, line.account_id.id, sorted(line.tax_ids.ids), part["set"], choices]

    def _summary(self, proposals):
        return {move: self._summary_of(move, one) for move, one in proposals.items()}

    def _summary_of(self, move, proposal):
        done = [part["choices"][0]["account"] for part in proposal["lines"] if part["set"]]
        if done:
            names = ", ".join(dict.fromkeys(done))
            text = self.env._("Book on %(accounts)s", accounts=names)
        else:
            text = self.env._("Offer accounts for %(count)s lines", count=len(proposal["lines"]))
        amount = Decimal(str(abs(move.amount_untaxed_signed)))
        return Summary(text, amount, move.commercial_partner_id.id or None)

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        lines = self._lines(proposals)
        undo = {}
        for move, proposal in proposals.items():
            before, commands, kept = [], [], dict((move.ai_bill_filled or {}).get("accounts") or {})
            for part in proposal["lines"]:
                line = lines[part["line_id"]]
                values = {"ai_coding_choices": part["choices"]}
                if part["set"]:
                    before.append(self._snapshot(line))
                    choice = part["choices"][0]
                    values |= self.env["ai.bill.coding"]._values(line, choice)
                    kept[str(line.id)] = choice["account_id"]
                commands.append(Command.update(line.id, values))
            self._write(move, commands, kept)
            undo[move] = {"lines": before, "after": kept}
        moves = self.env["account.move"].union(*proposals)
        moves._ai_bill_changed()
        return undo

    def _snapshot(self, line):
        return {
            **{"line_id": line.id, "account_id": line.account_id.id},
            **{"tax_ids": line.tax_ids.ids, "product_id": line.product_id.id},
            **{"analytic_distribution": line.analytic_distribution or False, "name": line.name},
            **{"price_unit": line.price_unit, "quantity": line.quantity},
        }

    def _write(self, move, commands, accounts):
        work = move.with_context(ai_bill_working=True, skip_is_manually_modified=True)
        filled = {**(move.ai_bill_filled or {}), "accounts": accounts}
        # The lines' signatures go along: taxes set here were not changed by a person.
        signatures = filled.get("lines") or {}
        work.write({"invoice_line_ids": commands})
        values = self.env["ai.bill.draft.values"]
        filled["lines"] = {
            str(line.id): values._signature(line)
            for line in values._own_lines(move)
            if str(line.id) in signatures
        }
        work.write({"ai_bill_filled": filled})

    def _undo(self, undo_data):
        for move, data in undo_data.items():
            if move.state != "draft":
                raise UserError(
                    self.env._("%(name)s is no draft any more.", name=move.display_name)
                )
            lines = {line.id: line for line in move.invoice_line_ids}
            same = [
                part
                for part in data["lines"]
                if part["line_id"] in lines
                and lines[part["line_id"]].account_id.id == data["after"][str(part["line_id"])]
            ]
            commands = [
                Command.update(
                    part["line_id"],
                    {
                        **{name: part[name] for name in part if name not in ("line_id", "tax_ids")},
                        "tax_ids": [Command.set(part["tax_ids"])],
                    },
                )
                for part in same
            ]
            back = {str(part["line_id"]): part["account_id"] for part in same}
            self._write(move, commands, {**data["after"], **back})
            move._ai_bill_changed()

    def _outcome(self, proposals):
        """A posted bill shows which accounts people took."""
        lines = self._lines(proposals)
        done = {}
        for move, proposal in proposals.items():
            parts = [part for part in proposal["lines"] if part["choices"]]
            if move.state == "posted" and parts:
                same = all(
                    part["line_id"] in lines
                    and lines[part["line_id"]].account_id.id == part["choices"][0]["account_id"]
                    for part in parts
                )
                done[move] = "agreed" if same else "differed"
        return done
