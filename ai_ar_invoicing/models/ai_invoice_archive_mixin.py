from odoo import fields, models


class AiInvoiceArchiveMixin(models.AbstractModel):
    """For invoices, orders and customers: what was sent to the customer, from there."""

    _name = "ai.invoice.archive.mixin"
    _description = "Record with Sent Documents"

    ai_archive_count = fields.Integer(string="Sent Documents", compute="_compute_ai_archive_count")

    def _ai_archive_domain(self):
        """Return the domain of the documents that were sent for these records."""
        return [("move_id", "in", self.ids)]

    def _compute_ai_archive_count(self):
        for record in self:
            # Shown on forms only, of one record.
            record.ai_archive_count = self.env["ai.invoice.archive"].search_count(
                record._ai_archive_domain()
            )

    def action_ai_open_archive(self):
        """Open what was sent to the customer."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_ar_invoicing.action_invoice_archive"
        )
        return {**action, "domain": self._ai_archive_domain(), "context": {}}
