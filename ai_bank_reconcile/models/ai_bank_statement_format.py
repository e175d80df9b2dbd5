from odoo import api, fields, models

from ..engine.statement_columns import header_key


class AiBankStatementFormat(models.Model):
    """How the files of a bank are read: remembered by journal, recognised by their headings."""

    _name = "ai.bank.statement.format"
    _description = "Bank File Layout"
    _order = "used_on desc, id desc"
    _rec_name = "filename"

    journal_id = fields.Many2one("account.journal", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="journal_id.company_id", store=True)
    headers_key = fields.Char(required=True, readonly=True)
    headers = fields.Char("Columns", readonly=True)
    filename = fields.Char("Last File", readonly=True)
    used_on = fields.Date("Last Used", readonly=True)
    columns = fields.Json(readonly=True)
    date_order = fields.Selection(
        [("dmy", "Day, month, year"), ("mdy", "Month, day, year"), ("ymd", "Year, month, day")],
        "Dates Written As",
    )
    decimal_separator = fields.Selection(
        [(",", "1.234,56"), (".", "1,234.56")], "Amounts Written As"
    )
    opposite = fields.Boolean("Money In Is Negative")

    _layout_uniq = models.UniqueIndex(
        "(journal_id, headers_key)", "This layout is known for this bank."
    )

    @api.model
    def _recall(self, journal, headers):
        """Return the layout of an earlier file of this bank with the same headings."""
        if not headers or not journal:
            return self.browse()
        key = header_key(headers)
        domain = [("journal_id", "=", journal.id), ("headers_key", "=", key)]
        return self.search(domain, limit=1)

    @api.model
    def _remember(self, journal, headers, values):
        """Keep how a file was read for the next one with the same headings."""
        values = {
            **values,
            "headers": ", ".join(headers),
            "used_on": fields.Date.context_today(self),
        }
        known = self._recall(journal, headers)
        if known:
            known.write(values)
        else:
            key = {"journal_id": journal.id, "headers_key": header_key(headers)}
            self.create({**key, **values})
