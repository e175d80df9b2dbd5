from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.ai_bank_split import PARTNER_TYPES, UNFINISHED


class AiBankByHand(models.TransientModel):
    """The screen on which a person reconciles a bank line: search, parts, what is left, entry."""

    _name = "ai.bank.by.hand"
    _description = "Reconcile by Hand"

    line_id = fields.Many2one("account.bank.statement.line", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", related="line_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_line")
    amount = fields.Monetary(compute="_compute_line")
    amount_total = fields.Monetary(compute="_compute_line")
    label = fields.Char(related="line_id.payment_ref")
    date = fields.Date(related="line_id.date")
    partner_id = fields.Many2one(related="line_id.partner_id")
    partner_name = fields.Char(related="line_id.partner_name")
    suggested = fields.Char(compute="_compute_line")
    search_first = fields.Boolean(default=lambda self: self._mode() == "items")
    is_incoming = fields.Boolean(compute="_compute_line")
    part_ids = fields.One2many(
        "ai.bank.by.hand.part",
        "wizard_id",
        string="Parts",
        default=lambda self: self._first_parts(),
    )
    has_other_currency = fields.Boolean(compute="_compute_preview")
    rest = fields.Monetary(string="Left", compute="_compute_preview")
    entry = fields.Json(compute="_compute_preview")
    problems = fields.Text(compute="_compute_preview")
    waits = fields.Boolean(compute="_compute_preview")
    on_account_id = fields.Many2one("account.account", compute="_compute_on_account")
    on_account_partner_id = fields.Many2one("res.partner", compute="_compute_on_account")
    on_account_partner_name = fields.Char(
        string="Whose Account", related="on_account_partner_id.display_name"
    )

    def _mode(self):
        return self.env.context.get("ai_by_hand_mode") or "items"

    def _first_parts(self):
        """Start with an account, where that was asked for: the one that history knows."""
        line_id = self.env.context.get("default_line_id")
        if not line_id or self._mode() == "items":
            return []
        line = self.env["account.bank.statement.line"].browse(line_id)
        line.check_access("read")
        part = {"amount": float(self.env["ai.bank.split"]._total(line))}
        usual = self.env["ai.bank.new.document"]._coding(line)
        if usual:
            part |= {
                "account_id": usual["account_id"],
                "partner_id": usual["partner_id"] or line.partner_id.id,
                "tax_ids": [Command.set(usual["tax_ids"])],
                "analytic_distribution": usual.get("analytic") or False,
            }
        return [Command.create(part)]

    @api.depends("line_id")
    def _compute_line(self):
        split = self.env["ai.bank.split"]
        for wizard in self:
            line = wizard.line_id
            wizard.currency_id = split._currency(line)
            wizard.amount_total = float(split._total(line)) if line else 0.0
            wizard.is_incoming = line.amount > 0
            wizard.amount = wizard.amount_total if line.amount > 0 else -wizard.amount_total
            proposed = line.ai_suggestion_id
            nothing = proposed.decision == "none"
            wizard.suggested = False if nothing else proposed.summary

    @api.depends(
        "line_id",
        "part_ids.move_line_id",
        "part_ids.account_id",
        "part_ids.partner_id",
        "part_ids.amount",
        "part_ids.item_amount",
        "part_ids.tax_ids",
        "part_ids.analytic_distribution",
        "part_ids.label",
    )
    def _compute_preview(self):
        split = self.env["ai.bank.split"]
        for wizard in self:
            line = wizard.line_id
            found = {"rows": [], "rest": 0.0, "problems": []}
            if line and not line.is_reconciled:
                found = split._preview(line, wizard.part_ids._chosen())
            wizard.rest = found["rest"]
            wizard.entry = found["rows"]
            texts = [one["text"] for one in found["problems"] if one["code"] not in UNFINISHED]
            wizard.problems = "\n".join(dict.fromkeys(texts)) or False
            wizard.has_other_currency = any(part.item_currency_id for part in wizard.part_ids)
            wizard.waits = bool(line) and split._waits(line)

    @api.depends("line_id", "part_ids.partner_id", "part_ids.move_line_id")
    def _compute_on_account(self):
        """Where the rest may go as an open credit: the account of the one partner there is."""
        for wizard in self:
            line = wizard.line_id
            partner = (
                line.partner_id
                or wizard.part_ids.move_line_id.partner_id[:1]
                or wizard.part_ids.partner_id[:1]
                or line.ai_suggestion_id.partner_id
            ).commercial_partner_id
            items = wizard.part_ids.move_line_id.filtered(
                lambda item: item.account_type in PARTNER_TYPES
            )
            own = partner.with_company(line.company_id)
            account = (
                own.property_account_receivable_id
                if line.amount > 0
                else own.property_account_payable_id
            )
            wizard.on_account_partner_id = partner
            wizard.on_account_id = items.account_id[:1] or (account if partner else False)

    def action_book(self):
        """Book what was chosen; closes the screen and says what became of it."""
        self.ensure_one()
        self.line_id.check_access("write")
        if self.line_id.is_reconciled:
            raise UserError(self.env._("The bank line is matched."))
        result = self.env["ai.bank.split"]._book(self.line_id, self.part_ids._chosen())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": result["message"],
                "type": "success" if result["state"] == "applied" else "info",
                "next": {"type": "ir.actions.act_window_close", "infos": {"byHand": result}},
            },
        }

    def action_start_from_suggestion(self):
        """Take the parts of the open suggestion, to change what is wrong about it."""
        self.ensure_one()
        self.line_id.check_access("write")
        log = self.line_id.ai_suggestion_id
        chosen = self.env["ai.bank.split"]._as_chosen(log.proposal or {})
        parts = [{**one, "tax_ids": [Command.set(one["tax_ids"])]} for one in chosen]
        self.part_ids = [Command.clear(), *(Command.create(part) for part in parts)]
        action = self.line_id.action_ai_by_hand()
        return {**action, "res_id": self.id}
