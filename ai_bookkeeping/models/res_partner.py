from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    ai_bill_alias_ids = fields.One2many(
        "ai.bill.vendor.alias",
        "partner_id",
        string="Known from Bills",
        groups="ai_bookkeeping.group_bookkeeping_user",
    )
