from odoo import fields, models


class AiInvoiceTextMixin(models.AbstractModel):
    """Invoices whose texts are written from what was delivered."""

    _name = "ai.invoice.text.mixin"
    _description = "Invoice with Texts"

    # What was written, to know it from what a person made of it.
    ai_text_marks = fields.Json(readonly=True, copy=False)

    def _ai_write_texts(self, written=None):
        """Write line descriptions and note of drafts, in the customer's language.

        Again and again on the same draft if need be: a person's words are never written over.

        :param written: ``{order line id: mark}`` of descriptions written when the line was made
        """
        self.env["ai.invoice.text"]._write_texts(self, written or {})
