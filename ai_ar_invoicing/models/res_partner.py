from odoo import fields, models

from .ai_invoice_archive_mixin import AiInvoiceArchiveMixin
from .ai_invoice_sending import CHANNELS
from .res_company import GROUPINGS


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", AiInvoiceArchiveMixin._name]

    ai_invoice_grouping = fields.Selection(
        GROUPINGS,
        string="Grouping of Invoices",
        company_dependent=True,
        help="What goes on one invoice of this customer. Empty: as set for the company.",
    )

    ai_invoice_channel = fields.Selection(
        CHANNELS,
        string="Invoices Reach Them",
        company_dependent=True,
        help="Empty: as set under Invoice sending, else by e-mail.",
    )

    def _commercial_fields(self):
        return [*super()._commercial_fields(), "ai_invoice_grouping", "ai_invoice_channel"]

    def _ai_archive_domain(self):
        return [("partner_id", "in", self.commercial_partner_id.ids)]
