from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_cash_floor = fields.Monetary(
        string="Safety Floor", help="The balance should not fall below it."
    )
    ai_cash_credit_line = fields.Monetary(
        string="Credit Line", help="What the bank lends beyond the balance."
    )
    ai_cash_phase = fields.Selection(
        [("shadow", "Shadow"), ("assisted", "Assisted"), ("automatic", "Automatic")],
        string="Phase of the Cash Forecast",
        required=True,
        default="assisted",
    )
    ai_cash_drafts = fields.Boolean(
        string="Count Drafts", help="Draft invoices and bills are part of the forecast."
    )
    ai_cash_draft_probability = fields.Float(
        string="Probability of Drafts", digits=(6, 4), default=0.9
    )
    ai_cash_orders = fields.Boolean(string="Count Orders", default=True)
    ai_cash_new_business = fields.Boolean(
        string="Count Business Not Ordered Yet",
        default=True,
        help="What the last half year brought and cost beyond what was open or ordered at the "
        "time, in the same number of days.",
    )
    ai_cash_doubtful_days = fields.Integer(
        string="Doubtful After (days)",
        default=90,
        help="So long after the due date a document is marked as doubtful and counts by the share "
        "of such documents that were paid in the end.",
    )
    ai_cash_alert_risk = fields.Float(
        string="Tell From a Risk of",
        digits=(6, 4),
        default=0.2,
        help="Below this probability to undercut the floor nothing is suggested.",
    )
    ai_cash_draws = fields.Integer(string="Simulated Courses", default=2000)
    ai_cash_report_group_id = fields.Many2one(
        "res.groups",
        string="Weekly Cash Forecast To",
        help="Its members get the forecast by mail on Mondays, if they may read it.",
    )
    ai_cash_report_channel_id = fields.Many2one(
        "discuss.channel", string="Weekly Cash Forecast In", help="Is told that it is ready."
    )

    _ai_cash_sound = models.Constraint(
        "CHECK (ai_cash_alert_risk BETWEEN 0 AND 1 AND ai_cash_draft_probability BETWEEN 0 AND 1"
        " AND ai_cash_draws BETWEEN 200 AND 10000 AND ai_cash_doubtful_days >= 0)",
        "Probabilities are between 0 and 100 %, simulated courses between 200 and 10,000.",
    )
