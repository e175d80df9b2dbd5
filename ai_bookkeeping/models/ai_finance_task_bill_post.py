from odoo import models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.posting import Line, confidence
from .account_move import BILLS


class AiFinanceTaskBillPost(models.AbstractModel):
    """Task ``bill.post``: post a bill that was read and coded."""

    _name = "ai.finance.task.bill.post"
    _inherit = "ai.finance.task"
    _description = "Post Bill"

    _apply_batch = 60

    def _build_context(self, records):
        return records.filtered(
            lambda move: (
                move.state == "draft"
                and move.move_type in BILLS
                and move.ai_bill_state in ("read", "unread")
                and move.partner_id
                and move.invoice_line_ids
            )
        )

    def _propose(self, context):
        new = self._new_vendors(context)
        return [self._suggestion(move, new) for move in context]

    def _suggestion(self, move, new_vendors):
        rows = self._rows(move)
        vetoes = [
            self._reason(f"flag_{flag.code}", flag.message)
            for flag in move.ai_bill_flag_ids
            if flag.state == "open" and flag.level == "warning"
        ]
        vetoes += self._more_vetoes(move, rows, new_vendors)
        return Suggestion(
            record_id=move.id,
            proposal={"total": f"{move.amount_total:.2f}", "lines": [row.id for row in rows]},
            confidence=confidence(self._read_confidence(move), rows),
            reasons=tuple(self._reasons(move, rows)),
            vetoes=tuple(vetoes),
        )

    def _rows(self, move):
        accounts = (move.ai_bill_filled or {}).get("accounts") or {}
        return [
            Line(
                id=line.id,
                account_id=line.account_id.id,
                began=accounts.get(str(line.id)),
                best=next(iter(line.ai_coding_choices or ()), None),
            )
            for line in move.invoice_line_ids
            if line.display_type == "product"
        ]

    def _read_confidence(self, move):
        """Return how sure the reading of what was not entered by hand is."""
        read = (move.ai_bill_reading or {}).get("fields") or {}
        needed = [read.get(name) or {} for name in ("reference", "date", "total")]
        return min((one.get("confidence", 0.0) if one.get("value") else 0.0) for one in needed)

    def _more_vetoes(self, move, rows, new_vendors):
        least = move.company_id.ai_bill_coding_least
        if any(row.sureness < least for row in rows):
            yield self._reason("coding", self.env._("the coding of a line is not sure"))
        if move.commercial_partner_id in new_vendors:
            yield self._reason("new_vendor", self.env._("the first bill of this vendor"))
        for warning in (move.abnormal_amount_warning, move.abnormal_date_warning):
            if warning:
                yield self._reason("abnormal", warning)
        if move.move_type == "in_refund":
            yield self._reason("credit_note", self.env._("a credit note is for a person"))

    def _new_vendors(self, moves):
        """Return the vendors that no bill was posted of, in one query."""
        vendors = moves.commercial_partner_id
        known = self.env["account.move"]._read_group(
            [
                ("commercial_partner_id", "in", vendors.ids),
                ("move_type", "=", "in_invoice"),
                ("state", "=", "posted"),
                ("company_id", "in", moves.company_id.ids),
            ],
            ["commercial_partner_id"],
        )
        return vendors - vendors.browse(one.id for (one,) in known)

    def _reasons(self, move, rows):
        read = (move.ai_bill_reading or {}).get("source")
        sources = {
            "xml": self.env._("an electronic bill"),
            "text": self.env._("read from the text of the file"),
            "ocr": self.env._("read by text recognition"),
        }
        if read in sources:
            yield self._reason("source", sources[read])
        if move.ai_bill_printed_total:
            yield self._reason("total", self.env._("lines and taxes make the printed total"))
        if any(row.best and row.account_id == row.best["account_id"] for row in rows):
            yield self._reason("coded", self.env._("coded as similar lines were"))

    def _reason(self, code, text):
        return {"code": code, "params": {}, "text": text}

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _check(self, proposals):
        problems = {}
        for move in proposals:
            found = [
                self._reason(f"flag_{flag.code}", flag.message)
                for flag in move.ai_bill_flag_ids._blocking()
            ]
            if move.state != "draft":
                text = self.env._("%(name)s is no draft any more.", name=move.display_name)
                found.append(self._reason("not_draft", text))
            elif not move.invoice_date:
                found.append(self._reason("no_date", self.env._("The bill date is missing.")))
            elif self._locked(move):
                text = self.env._("The period of %(date)s is locked.", date=move.date)
                found.append(self._reason("locked", text))
            if found:
                problems[move] = found
        return problems

    def _locked(self, move):
        return move.company_id._get_violated_lock_dates(
            move.date, bool(move.amount_tax), move.journal_id
        )

    def _checksum(self, proposals):
        decimal = self.env["ai.finance.policy"]._decimal
        return {
            move: checksum(
                [
                    *(move.state, move.move_type, move.ref, move.invoice_date, move.date),
                    *(move.invoice_date_due, move.partner_id.id, move.partner_bank_id.id),
                    *(move.journal_id.id, move.currency_id.id, move.fiscal_position_id.id),
                    decimal(move.amount_total, move.currency_id),
                    [
                        [
                            *(line.id, line.account_id.id, line.product_id.id),
                            decimal(line.price_subtotal, move.currency_id),
                            sorted(line.tax_ids.ids),
                            sorted((line.analytic_distribution or {}).items()),
                        ]
                        for line in move.invoice_line_ids
                    ],
                ]
            )
            for move in proposals
        }

    def _summary(self, proposals):
        decimal = self.env["ai.finance.policy"]._decimal
        return {
            move: Summary(
                self.env._(
                    "Post bill %(number)s of %(vendor)s",
                    number=move.ref or "",
                    vendor=move.partner_id.display_name or "?",
                ),
                decimal(abs(move.amount_total_signed), move.company_id.currency_id),
                move.commercial_partner_id.id or None,
            )
            for move in proposals
        }

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        moves = self.env["account.move"].union(*proposals)
        moves.with_context(ai_bill_working=True).action_post()
        left = moves.filtered(lambda move: move.state != "posted")
        if left:
            raise UserError(self.env._("%(name)s was not posted.", name=left[0].display_name))
        return {move: {"name": move.name} for move in moves}

    def _undo(self, undo_data):
        for move in undo_data:
            self.env["ai.bill.unposting"]._take_back(move)

    def _outcome(self, proposals):
        return {move: "agreed" for move in proposals if move.exists() and move.state == "posted"}
