from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.revenue_account import REASON_TEXT


class AiFinanceTaskInvoiceAccount(models.AbstractModel):
    """Task ``invoice.account``: the usual revenue account for lines of a draft."""

    _name = "ai.finance.task.invoice.account"
    _inherit = "ai.finance.task"
    _description = "Revenue Accounts of an Invoice"

    def _build_context(self, records):
        return self.env["ai.revenue.coding"]._changes(records)

    def _propose(self, context):
        by_move = {}
        for change in context:
            by_move.setdefault(change.line.move_id, []).append(change)
        return [
            Suggestion(
                record_id=move_id,
                proposal=self._proposal(changes),
                confidence=min(change.confidence for change in changes),
                reasons=tuple(self._reason(change) for change in changes),
            )
            for move_id, changes in by_move.items()
        ]

    def _proposal(self, changes):
        return {
            "lines": [
                {
                    "line_id": change.line.id,
                    "account_id": change.account_id,
                    "current_id": change.line.account_id,
                }
                for change in changes
            ]
        }

    def _reason(self, change):
        move = self.env["account.move"].browse(change.line.move_id)
        named = self.with_company(move.company_id)
        params = {
            "line": change.line.text,
            "account": named._account_name(change.account_id),
            "current": named._account_name(change.line.account_id),
            "invoices": ", ".join(change.invoices),
        }
        text = self.env._(REASON_TEXT["usual_account"], **params)
        return {"code": "usual_account", "params": params, "text": text}

    def _account_name(self, account_id):
        account = self.env["account.account"].browse(account_id)
        return " ".join(filter(None, (account.code, account.name)))

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _lines(self, proposals):
        """Return ``{line id: line}`` of the lines that proposals name, if they still exist."""
        ids = {part["line_id"] for one in proposals.values() for part in one["lines"]}
        return {line.id: line for line in self.env["account.move.line"].browse(ids).exists()}

    def _check(self, proposals):
        lines = self._lines(proposals)
        wanted = {part["account_id"] for one in proposals.values() for part in one["lines"]}
        usable = set(self.env["account.account"].browse(wanted).exists().filtered("active").ids)
        problems = {}
        for move, proposal in proposals.items():
            texts = []
            if move.state != "draft":
                texts.append(self.env._("The invoice is not a draft any more."))
            for part in proposal["lines"]:
                line = lines.get(part["line_id"])
                if not line or line.move_id != move:
                    texts.append(self.env._("A line does not exist any more."))
                elif part["account_id"] not in usable:
                    texts.append(self.env._("The account is not in use any more."))
            if texts:
                problems[move] = [{"code": "changed", "params": {}, "text": one} for one in texts]
        return problems

    def _checksum(self, proposals):
        lines = self._lines(proposals)
        return {
            move: checksum(
                {
                    "state": move.state,
                    "lines": [
                        [
                            part["line_id"],
                            part["account_id"],
                            lines[part["line_id"]].account_id.id,
                            lines[part["line_id"]].product_id.id,
                        ]
                        if part["line_id"] in lines
                        else [part["line_id"]]
                        for part in proposal["lines"]
                    ],
                }
            )
            for move, proposal in proposals.items()
        }

    def _summary(self, proposals):
        lines = self._lines(proposals)
        summaries = {}
        for move, proposal in proposals.items():
            parts = [part for part in proposal["lines"] if part["line_id"] in lines]
            ids = dict.fromkeys(part["account_id"] for part in parts)
            names = ", ".join(map(self.with_company(move.company_id)._account_name, ids))
            balances = [lines[part["line_id"]].balance for part in parts]
            summaries[move] = Summary(
                text=self.env._("Book on %(accounts)s", accounts=names),
                amount=sum((Decimal(str(abs(one))) for one in balances), Decimal(0)),
                partner_id=move.commercial_partner_id.id or None,
            )
        return summaries

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        undo = {}
        for move, proposal in proposals.items():
            wanted = {part["line_id"]: part["account_id"] for part in proposal["lines"]}
            lines = move.invoice_line_ids.filtered(lambda line, wanted=wanted: line.id in wanted)
            undo[move] = {
                "lines": [
                    {"line_id": line.id, "from": line.account_id.id, "to": wanted[line.id]}
                    for line in lines
                ]
            }
            self._write(move, wanted)
        return undo

    def _undo(self, undo_data):
        for move, data in undo_data.items():
            lines = {line.id: line for line in move.invoice_line_ids}
            for part in data["lines"]:
                line = lines.get(part["line_id"])
                if move.state != "draft" or not line or line.account_id.id != part["to"]:
                    raise UserError(
                        self.env._("%(name)s changed since: it stays as it is.", name=move.name)
                    )
            self._write(move, {part["line_id"]: part["from"] for part in data["lines"]})

    def _write(self, move, accounts):
        """Write accounts on lines of a draft; their taxes and prices stay as they are."""
        move.with_context(skip_is_manually_modified=True).write(
            {
                "invoice_line_ids": [
                    Command.update(line_id, {"account_id": account_id})
                    for line_id, account_id in accounts.items()
                ]
            }
        )

    def _amend(self, log, change):
        raise UserError(self.env._("Choose another account on the line itself."))

    def _outcome(self, proposals):
        """A posted invoice shows which account people took."""
        lines = self._lines(proposals)
        done = {}
        for move, proposal in proposals.items():
            if move.state == "posted":
                same = all(
                    part["line_id"] in lines
                    and lines[part["line_id"]].account_id.id == part["account_id"]
                    for part in proposal["lines"]
                )
                done[move] = "agreed" if same else "differed"
        return done
