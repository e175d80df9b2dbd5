from markupsafe import Markup

from odoo import models

from ..engine.billing_reasons import quantity
from ..engine.draft_proposal import LineForm


class AiAuditLog(models.Model):
    _inherit = "ai.audit.log"

    def _ai_gone(self):
        """Return the applied draftings that have no invoice left: somebody deleted the draft."""
        made = {
            log: set(ids)
            for log in self
            if log.state == "applied" and (ids := (log.undo_data or {}).get("invoices"))
        }
        # Only whether they are there; who may not read an invoice sees its drafting all the same.
        ids = set().union(*made.values())
        there = set(self.env["account.move"].sudo().browse(ids).exists().ids)
        return self.browse().union(*(log for log, own in made.items() if not own & there))

    def _ai_comparison_table(self):
        """Return ordered, delivered, invoiced and now of each line as a table, or nothing."""
        rows = (self.sudo().proposal or {}).get("lines") if self else None
        if not rows:
            return False
        heads = (
            *(self.env._("Product"), self.env._("Ordered"), self.env._("Delivered")),
            *(self.env._("Invoiced before"), self.env._("Now")),
        )
        head = Markup("").join(
            Markup("<th class='%s'>%s</th>") % ("text-end" if number else "", text)
            for number, text in enumerate(heads)
        )
        body = Markup("").join(self._ai_comparison_row(LineForm(**row)) for row in rows)
        table = Markup(
            "<table class='table table-sm o_ai_comparison mb-0'>"
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
        )
        return table % (head, body)

    def _ai_comparison_row(self, row):
        differs = row.delivered != row.ordered and "text-warning-emphasis fw-bold" or ""
        cells = (row.ordered, row.delivered, row.invoiced, row.now)
        return Markup("<tr><td>%s <span class='text-muted'>%s</span></td>%s</tr>") % (
            row.name,
            row.order,
            Markup("").join(
                Markup("<td class='text-end %s'>%s %s</td>")
                % (differs if number == 1 else "", quantity(cell), row.unit)
                for number, cell in enumerate(cells)
            ),
        )
