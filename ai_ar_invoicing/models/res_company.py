from odoo import fields, models

GROUPINGS = [
    ("order", "One invoice per order"),
    ("delivery", "One invoice per delivery"),
    ("day", "One invoice per day"),
    ("month", "One invoice per month"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_invoice_grouping = fields.Selection(
        GROUPINGS,
        string="Grouping of Invoices",
        default="order",
        required=True,
        help="What goes on one invoice, where the customer has no rule of their own.",
    )
    ai_invoice_date_policy = fields.Selection(
        [("delivery", "Date of the delivery"), ("today", "Day of invoicing")],
        string="Invoice Date",
        default="delivery",
        required=True,
        help="The date of drafted invoices. Where the period of the delivery is closed, it is the "
        "day of invoicing, with a warning.",
    )
    ai_invoice_tolerance_percent = fields.Float(
        string="Tolerance of Shipments",
        digits=(6, 4),
        default=0.0,
        help="What may be shipped less or more than ordered without a person looking at the "
        "invoice.",
    )
    ai_invoice_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Drafted Invoices",
        check_company=True,
        domain=[("type", "=", "sale")],
        help="Empty: the sales journal as usual. A journal of its own is a second series of "
        "invoice numbers.",
    )
    ai_check_stops_posting = fields.Boolean(
        string="Blocking Checks Stop Posting by Hand",
        help="Nobody posts an invoice with a blocking check but an approver who gives a reason. "
        "Automatic posting stops in any case.",
    )
    ai_invoice_vies = fields.Boolean(
        string="Look Up VAT Numbers",
        help="Numbers of customers with a draft are looked up in the registry of the European "
        "Union, by a scheduled action. Each number leaves the server for that.",
    )
