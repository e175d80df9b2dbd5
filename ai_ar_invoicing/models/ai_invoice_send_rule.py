from odoo import api, fields, models


class AiInvoiceSendRule(models.Model):
    """Which text goes with an invoice to which customers; the first rule that fits counts."""

    _name = "ai.invoice.send.rule"
    _description = "Text Sent with Invoices"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company, help="Empty: all."
    )
    segment = fields.Selection(
        [
            ("all", "All customers"),
            ("new", "New customers"),
            ("overdue", "Customers with overdue invoices"),
            ("regular", "All others"),
        ],
        required=True,
        default="all",
        help="New: no invoice before. Overdue: another invoice is past its due date.",
    )
    category_ids = fields.Many2many("res.partner.category", string="Tags")
    country_ids = fields.Many2many("res.country", string="Countries")
    lang = fields.Selection(selection="_get_languages", string="Language")
    template_id = fields.Many2one(
        "mail.template",
        string="Text",
        required=True,
        ondelete="restrict",
        domain=[("model", "=", "account.move")],
    )

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    def _fits(self, move, segment):
        """Return whether this rule is for ``move``, whose customer is of ``segment``."""
        self.ensure_one()
        partner = move.commercial_partner_id
        tags = move.partner_id.category_id | partner.category_id
        return (
            self.company_id in (self.company_id.browse(), move.company_id)
            and self.segment in ("all", segment)
            and (not self.category_ids or bool(self.category_ids & tags))
            and (not self.country_ids or partner.country_id in self.country_ids)
            and (not self.lang or self.lang == move.partner_id.lang)
        )
