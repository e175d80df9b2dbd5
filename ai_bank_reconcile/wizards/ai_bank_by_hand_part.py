from odoo import api, fields, models


class AiBankByHandPart(models.TransientModel):
    """One part of a bank line on the screen: an open document, or an amount on an account."""

    _name = "ai.bank.by.hand.part"
    _inherit = ["analytic.mixin"]
    _description = "Part of a Bank Line"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    wizard_id = fields.Many2one("ai.bank.by.hand", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        "res.company", related="wizard_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    move_line_id = fields.Many2one("account.move.line", string="Open Item", ondelete="cascade")
    account_id = fields.Many2one(
        "account.account",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        check_company=True,
    )
    partner_id = fields.Many2one(
        "res.partner", compute="_compute_partner_id", store=True, readonly=False, check_company=True
    )
    label = fields.Char(compute="_compute_label", store=True, readonly=False)
    document = fields.Char(compute="_compute_document")
    tax_ids = fields.Many2many("account.tax", string="Taxes", check_company=True)
    tax_use = fields.Char(compute="_compute_tax_use", help="Kind of taxes that are offered.")
    item_currency_id = fields.Many2one("res.currency", compute="_compute_document")
    item_amount = fields.Monetary(
        string="In Its Currency",
        currency_field="item_currency_id",
        help="What the document loses in its own currency.",
    )
    open_amount = fields.Monetary(string="Open", compute="_compute_document")
    amount = fields.Monetary(help="In the direction of the bank line; taxes are included.")
    stays_open = fields.Monetary(compute="_compute_stays_open")

    # What a document says goes for it, what a person has put on an account stays. One method a
    # field: where a default is given for one, core would compute none of the others with it.

    @api.depends("move_line_id")
    def _compute_account_id(self):
        for part in self:
            part.account_id = part.move_line_id.account_id or part.account_id

    @api.depends("move_line_id")
    def _compute_partner_id(self):
        for part in self:
            item = part.move_line_id
            part.partner_id = item.partner_id if item else part.partner_id

    @api.depends("move_line_id")
    def _compute_label(self):
        for part in self:
            item = part.move_line_id
            own = item.move_id.payment_reference or item.move_name
            part.label = own if item else part.label

    @api.depends("move_line_id", "wizard_id.line_id")
    def _compute_document(self):
        search = self.env["ai.bank.item.search"]
        for part in self:
            item, line = part.move_line_id, part.wizard_id.line_id
            part.document = (item.move_name or item.name) if item else False
            part.open_amount = search._open(line, item)["amount"] if item and line else 0.0
            other = item and item.currency_id != part.currency_id
            part.item_currency_id = item.currency_id if other else False

    @api.depends("account_id", "amount", "wizard_id.is_incoming")
    def _compute_tax_use(self):
        kinds = {"income": "sale", "expense": "purchase"}
        for part in self:
            comes_in = part.wizard_id.is_incoming == (part.amount >= 0)
            by_direction = "sale" if comes_in else "purchase"
            part.tax_use = kinds.get(part.account_id.internal_group, by_direction)

    @api.depends("open_amount", "amount")
    def _compute_stays_open(self):
        for part in self:
            own = part.move_line_id and not part.item_currency_id
            part.stays_open = part.open_amount - part.amount if own else 0.0

    def _chosen(self):
        """Return the parts as :meth:`AiBankSplit._parts` reads them."""
        return [
            {
                "move_line_id": part.move_line_id.id,
                # An item brings its own account; a part on an account has none.
                "account_id": False if part.move_line_id else part.account_id.id,
                "partner_id": False if part.move_line_id else part.partner_id.id,
                "amount": part.amount,
                "item_amount": part.item_amount if part.item_currency_id else 0.0,
                "tax_ids": [] if part.move_line_id else part.tax_ids.ids,
                "analytic_distribution": False if part.move_line_id else part.analytic_distribution,
                "label": part.label or "",
            }
            for part in self
        ]
