from odoo import fields, models

from .res_company import GROUPINGS


class ResPartner(models.Model):
    _inherit = "res.partner"

    ai_invoice_grouping = fields.Selection(
        GROUPINGS,
        string="Grouping of Invoices",
        company_dependent=True,
        help="What goes on one invoice of this customer. Empty: as set for the company.",
    )

    def _commercial_fields(self):
        return [*super()._commercial_fields(), "ai_invoice_grouping"]
