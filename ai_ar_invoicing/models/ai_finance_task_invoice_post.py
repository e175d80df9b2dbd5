from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.billing_reasons import Reason
from ..engine.draft_proposal import LineForm
from ..engine.posting import Invoice, InvoiceLine, review

SALE_TYPES = ("out_invoice", "out_refund")


class AiFinanceTaskInvoicePost(models.AbstractModel):
    """Task ``invoice.post``: post a drafted customer invoice or credit note."""

    _name = "ai.finance.task.invoice.post"
    _inherit = "ai.finance.task"
    _description = "Post Invoice"

    _apply_batch = 60

    def _build_context(self, records):
        drafts = records.filtered(
            lambda move: move.state == "draft" and move.move_type in SALE_TYPES
        )
        reader = self.env["ai.invoice.context"]
        lines = reader._lines(drafts.invoice_line_ids.sale_line_ids)
        parts = []
        for company, own in drafts.grouped("company_id").items():
            tolerance = reader._decimal(company.ai_invoice_tolerance_percent)
            parts.append(([self._invoice(move, lines) for move in own], tolerance))
        return parts

    def _invoice(self, move, lines):
        dated = move.ai_dated
        return Invoice(
            id=move.id,
            credit_note=move.move_type == "out_refund",
            lines=tuple(
                self._line(line, lines)
                for line in move.invoice_line_ids
                if line.display_type == "product"
            ),
            dated=Reason(dated["code"], dated["params"]) if dated else None,
        )

    def _line(self, line, lines):
        ordered = line.sale_line_ids[:1]
        decimal = self.env["ai.invoice.context"]._decimal
        sign = -1 if line.move_type == "out_refund" else 1
        now = line.quantity
        if ordered:
            now = line.product_uom_id._compute_quantity(now, ordered.product_uom_id, round=False)
        return InvoiceLine(
            name=self.env["ai.invoice.context"]._product_name(line),
            quantity=decimal(sign * now),
            price=decimal(line.price_unit * (1 - line.discount / 100)),
            line=lines.get(ordered) if ordered else None,
        )

    def _propose(self, context):
        return [
            self._suggestion(posting)
            for invoices, tolerance in context
            for posting in review(invoices, tolerance)
        ]

    def _suggestion(self, posting):
        rows = [
            self._row(item).model_dump(mode="json")
            for item in posting.invoice.lines
            if item.line and not item.line.down_payment
        ]
        return Suggestion(
            record_id=posting.invoice.id,
            proposal={"lines": rows},
            confidence=posting.confidence,
            reasons=tuple(self._texts(posting.reasons)),
            vetoes=tuple(self._texts(posting.vetoes)),
            payload={"lines": rows},
        )

    def _row(self, item):
        line = item.line
        order = self.env["sale.order"].browse(line.order_id)
        return LineForm(
            line=line.id,
            order=order.name,
            name=item.name,
            unit=line.unit,
            ordered=line.ordered,
            delivered=line.delivered,
            invoiced=line.invoiced - item.quantity,
            now=item.quantity,
            price=item.price,
        )

    def _texts(self, reasons):
        return self.env["ai.invoice.context"]._texts(reasons)

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _check(self, proposals):
        moves = self.env["account.move"].union(*proposals)
        found = self._problems(moves)
        return {move: found[move] for move in proposals if found.get(move)}

    def _problems(self, moves):
        """Return ``{invoice: [reason]}`` of what forbids posting, blocking checks among it."""
        problems = {}
        for move in moves:
            if move.state != "draft":
                text = self.env._("%(name)s is no draft any more.", name=move.display_name)
                problems[move] = [{"code": "not_draft", "params": {}, "text": text}]
            elif move.invoice_date and self._locked(move):
                text = self.env._("The period of %(date)s is locked.", date=move.invoice_date)
                problems[move] = [{"code": "locked", "params": {}, "text": text}]
        for move, reasons in moves._ai_blocking_checks().items():
            problems.setdefault(move, []).extend(reasons)
        return problems

    def _locked(self, move):
        return move.company_id._get_violated_lock_dates(
            move.invoice_date, bool(move.amount_tax), move.journal_id
        )

    def _checksum(self, proposals):
        decimal = self.env["ai.invoice.context"]._decimal
        return {
            move: checksum(
                [
                    *(move.state, move.move_type, move.invoice_date, move.journal_id.id),
                    *(move.partner_id.id, move.partner_shipping_id.id, move.currency_id.id),
                    *(move.invoice_payment_term_id.id, move.fiscal_position_id.id),
                    decimal(move.amount_total),
                    [
                        [
                            *(line.id, line.product_id.id, line.account_id.id),
                            *(decimal(line.quantity), decimal(line.price_unit)),
                            decimal(line.discount),
                            line.tax_ids.ids,
                        ]
                        for line in move.invoice_line_ids
                    ],
                ]
            )
            for move in proposals
        }

    def _summary(self, proposals):
        return {move: self._summary_of(move) for move in proposals}

    def _summary_of(self, move):
        names = move.invoice_origin or move.ref or move.display_name
        if move.move_type == "out_refund":
            text = self.env._("Post credit note of %(origin)s", origin=names)
        else:
            text = self.env._("Post invoice of %(origin)s", origin=names)
        currency = move.company_id.currency_id
        amount = self.env["ai.finance.policy"]._decimal(abs(move.amount_total_signed), currency)
        return Summary(text, amount, move.commercial_partner_id.id or None)

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        moves = self.env["account.move"].union(*proposals)
        undated = moves.filtered(lambda move: not move.invoice_date)
        if undated:
            # Together: posting would write it invoice by invoice.
            undated.invoice_date = fields.Date.context_today(self)
        moves.with_context(ai_posting=True).action_post()
        left = moves.filtered(lambda move: move.state != "posted")
        if left:
            raise UserError(self.env._("%(name)s was not posted.", name=left[0].display_name))
        return {move: {"name": move.name} for move in moves}

    def _undo(self, undo_data):
        for move in undo_data:
            self.env["ai.invoice.unposting"]._take_back(move)

    def _outcome(self, proposals):
        return {move: "agreed" for move in proposals if move.exists() and move.state == "posted"}
