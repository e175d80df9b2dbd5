from decimal import Decimal

from pydantic import ValidationError

from odoo import models

from odoo.addons.ai_audit_log.engine.checksum import checksum
from odoo.addons.ai_audit_log.engine.suggestion import Suggestion, Summary

from ..engine.billing import propose
from ..engine.draft_proposal import to_json, validate


class AiFinanceTaskInvoiceDraft(models.AbstractModel):
    """What drafting from a delivery and from an order have in common."""

    _name = "ai.finance.task.invoice.draft"
    _inherit = "ai.finance.task"
    _description = "Drafting of Invoices"

    _apply_batch = 60
    _harmless = True

    def _documents(self, records):
        """Return the :class:`~..engine.billing_facts.Document` s of ``records``."""
        raise NotImplementedError

    def _build_context(self, records):
        reader = self.env["ai.invoice.context"]
        parts = []
        for company, own in records.grouped("company_id").items():
            documents = self._documents(own.with_company(company))
            order_ids = {key for document in documents for key in document.order_ids}
            orders = reader._orders(self.env["sale.order"].browse(order_ids))
            days = [document.day for document in documents if document.day]
            parts.append((documents, orders, reader._terms(company, days)))
        return parts

    def _propose(self, context):
        return [
            self._suggestion(draft)
            for documents, orders, terms in context
            for draft in propose(documents, orders, terms)
        ]

    def _suggestion(self, draft):
        proposal = to_json(draft)
        return Suggestion(
            record_id=draft.document.id,
            proposal=proposal,
            confidence=draft.confidence,
            reasons=tuple(self._texts(draft.reasons)),
            vetoes=tuple(self._texts(draft.vetoes)),
            payload={"lines": proposal["lines"]},
        )

    def _texts(self, reasons):
        return self.env["ai.invoice.context"]._texts(reasons)

    # ------------------------------------------------------------------
    # Live data
    # ------------------------------------------------------------------

    def _order_lines(self, proposals):
        """Return ``{id: order line}`` of what proposals name, if it still exists."""
        ids = {row["line"] for proposal in proposals.values() for row in proposal["lines"]}
        lines = self.env["sale.order.line"].browse(ids).exists()
        return {line.id: line for line in lines}

    def _check(self, proposals):
        lines = self._order_lines(proposals)
        problems = {}
        for record, proposal in proposals.items():
            text = self._form_problem(proposal) or self._quantity_problem(proposal, lines)
            if text:
                problems[record] = [{"code": "not_due", "params": {}, "text": text}]
        return problems

    def _form_problem(self, proposal):
        try:
            validate(proposal)
        except ValidationError as error:
            return self.env._(
                "The suggestion is invalid: %(error)s", error=error.errors()[0]["msg"]
            )
        return None

    def _quantity_problem(self, proposal, lines):
        """Say what was invoiced meanwhile, or is no longer there."""
        decimal = self.env["ai.invoice.context"]._decimal
        for row in proposal["lines"]:
            line = lines.get(row["line"])
            if not line or line.order_id.state != "sale":
                return self.env._("%(order)s is no longer confirmed.", order=row["order"])
            due, now = decimal(line.qty_to_invoice), Decimal(row["now"])
            if due * now <= 0 or abs(now) > abs(due):
                return self.env._("%(name)s was invoiced meanwhile.", name=row["name"])
        return None

    def _checksum(self, proposals):
        lines = self._order_lines(proposals)
        decimal = self.env["ai.invoice.context"]._decimal
        live = {
            line.id: [
                line.id,
                decimal(line.qty_to_invoice),
                decimal(line.price_unit),
                decimal(line.discount),
                line.tax_ids.ids,
                self._order_inputs(line.order_id),
            ]
            for line in lines.values()
        }
        names = ("exact", "merge", "final", "invoice_date")
        return {
            record: checksum(
                {
                    "lines": [live.get(row["line"]) for row in proposal["lines"]],
                    "now": [row["now"] for row in proposal["lines"]],
                    "effect": [proposal[name] for name in names],
                }
            )
            for record, proposal in proposals.items()
        }

    def _order_inputs(self, order):
        return [
            order.state,
            order.partner_invoice_id.id,
            order.partner_shipping_id.id,
            order.currency_id.id,
            order.fiscal_position_id.id,
            order.payment_term_id.id,
        ]

    def _summary(self, proposals):
        return {
            record: Summary(
                text=self._summary_text(record, proposal),
                amount=self._company_amount(proposal),
                partner_id=self._customer(proposal).id or None,
            )
            for record, proposal in proposals.items()
        }

    def _summary_text(self, record, proposal):
        if Decimal(proposal["total"]) < 0:
            return self.env._("Draft credit note of %(name)s", name=record.display_name)
        return self.env._("Draft invoice of %(name)s", name=record.display_name)

    def _customer(self, proposal):
        order = self.env["sale.order"].browse(proposal["orders"][0])
        return order.partner_invoice_id.commercial_partner_id

    def _company_amount(self, proposal):
        order = self.env["sale.order"].browse(proposal["orders"][0])
        currency = order.company_id.currency_id
        amount = order.currency_id._convert(
            abs(float(proposal["total"])), currency, order.company_id, proposal["invoice_date"]
        )
        return self.env["ai.finance.policy"]._decimal(amount, currency)

    # ------------------------------------------------------------------
    # Apply and undo
    # ------------------------------------------------------------------

    def _apply(self, proposals):
        code = proposals and next(iter(proposals))._ai_task_code
        source = f"{code}/{self._task_version}"
        made = self.env["ai.invoice.drafting"]._draft(proposals, source)
        return {record: {"invoices": moves.ids} for record, moves in made.items()}

    def _undo(self, undo_data):
        for data in undo_data.values():
            self.env["ai.invoice.drafting"]._remove(data["invoices"])

    def _outcome(self, proposals):
        lines = self._order_lines(proposals)
        decimal = self.env["ai.invoice.context"]._decimal
        done = {}
        for record, proposal in proposals.items():
            rows = [row for row in proposal["lines"] if row["line"] in lines]
            if not rows or any(lines[row["line"]].qty_to_invoice for row in rows):
                continue
            agreed = all(
                decimal(lines[row["line"]].qty_invoiced)
                == Decimal(row["invoiced"]) + Decimal(row["now"])
                for row in rows
            )
            done[record] = "agreed" if agreed else "differed"
        return done
