from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    ai_cash_report = fields.Boolean(
        string="Weekly cash forecast",
        default=True,
        help="By mail on Mondays, where the company sends it to a group you are in.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "ai_cash_report"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "ai_cash_report"]
