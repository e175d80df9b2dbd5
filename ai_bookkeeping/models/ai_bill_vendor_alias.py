from odoo import api, fields, models


class AiBillVendorAlias(models.Model):
    """What bills of a vendor carry: names, tax ids and mail domains that people confirmed."""

    _name = "ai.bill.vendor.alias"
    _description = "Remembered of a Vendor"
    _order = "partner_id, kind, value"
    _rec_name = "value"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", string="Vendor", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("name", "Name"),
            ("vat", "Tax ID"),
            ("number", "Number Pattern"),
            ("domain", "Mail Domain"),
        ],
        required=True,
    )
    value = fields.Char(required=True)
    key = fields.Char(
        compute="_compute_key", store=True, index=True, help="The value made comparable."
    )
    move_id = fields.Many2one(
        "account.move", string="Learned From", readonly=True, ondelete="set null"
    )
    seen = fields.Integer(string="Bills", default=1, readonly=True)

    _value_uniq = models.UniqueIndex(
        "(company_id, partner_id, kind, key)", "This is remembered of the vendor already."
    )

    @api.depends("kind", "value")
    def _compute_key(self):
        vendor = self.env["ai.bill.vendor"]
        for alias in self:
            alias.key = vendor._key(alias.kind, alias.value)
