from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import texts

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
    ai_invoice_texts = fields.Boolean(
        string="Texts from Deliveries",
        default=True,
        help="Line descriptions and a note with order, delivery, dates and lots, in the "
        "customer's language, on drafted invoices.",
    )
    ai_invoice_note_template = fields.Text(string="Note of Invoices", translate=True)
    ai_invoice_line_template = fields.Text(string="Description of Lines", translate=True)

    @api.constrains("ai_invoice_note_template", "ai_invoice_line_template")
    def _check_ai_templates(self):
        for company in self:
            for template, allowed in (
                (company.ai_invoice_note_template, texts.NOTE_PLACEHOLDERS),
                (company.ai_invoice_line_template, texts.LINE_PLACEHOLDERS),
            ):
                if wrong := texts.problems(template or "", allowed):
                    raise ValidationError(
                        self.env._(
                            "This cannot be filled in: %(wrong)s. Placeholders are: %(allowed)s.",
                            wrong=", ".join(wrong),
                            allowed=", ".join("{" + name + "}" for name in allowed),
                        )
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
