from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_bill_rounding = fields.Monetary(
        string="Rounding of Bills",
        default=0.05,
        help="Up to this difference between the printed total and the lines, a rounding line is "
        "added; above it, the bill is flagged.",
    )
    ai_bill_coding_least = fields.Float(
        string="Set Coding from",
        digits=(6, 4),
        default=0.8,
        help="Probability from which account, taxes, analytic distribution and product are set on "
        "a draft; below it they are only offered.",
    )
    ai_bill_companies = fields.Boolean(
        string="Compare with Other Companies",
        default=True,
        help="Bills are compared with those of the other companies in this database. Who may not "
        "read those sees only that there is one.",
    )
