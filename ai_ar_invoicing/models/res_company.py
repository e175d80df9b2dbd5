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
    ai_send_delivery_slip = fields.Boolean(
        string="Delivery Slip with the Invoice",
        help="Invoices of deliveries are mailed together with the delivery slip.",
    )
    ai_payment_link_pdf = fields.Boolean(
        string="Link to Pay on the Invoice",
        default=True,
        help="The PDF has a line with the link to pay online, beside the QR code if that is on.",
    )
