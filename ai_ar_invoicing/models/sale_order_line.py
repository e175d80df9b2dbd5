from decimal import Decimal

from odoo import fields, models

from ..engine.billing_reasons import quantity
from .ai_invoice_draft_values import CONTEXT_KEY


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    ai_period_quantity = fields.Float(
        string="Quantity of a Period",
        digits="Product Unit",
        copy=False,
        help="What a recurring invoice orders once more each period.",
    )

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        drafts = self.env.context.get(CONTEXT_KEY)
        if not drafts or self.display_type or self.is_downpayment:
            return values
        if drafts.quantities is not None:
            values["quantity"] = drafts.quantities[self.id]
        if self.id in drafts.lots:
            values["name"] = f"{values['name']}\n{self._ai_lots_text(drafts.lots[self.id])}"
        facts = drafts.lines.get(self.id)
        if facts and values["quantity"] > 0:
            mark = self.env["ai.invoice.text"]._described(self, values, facts)
            drafts.written[self.id] = mark
            values["name"] = mark["text"]
        return values

    def _ai_lots_text(self, lots):
        """Return lots or serial numbers as the customer reads them, in their language."""
        if self.product_id.tracking == "serial":
            names = ", ".join(name for name, _count in lots)
            return self.env._("Serial numbers: %(names)s", names=names)
        names = ", ".join(f"{name} ({quantity(Decimal(str(count)))})" for name, count in lots)
        return self.env._("Lots: %(names)s", names=names)
