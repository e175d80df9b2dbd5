from odoo import fields, models
from odoo.exceptions import UserError

#: What flags and the suggestion to post depend on, where a line is written apart from its bill.
LOOKED_AT = {"price_unit", "quantity", "discount", "tax_ids", "account_id", "product_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    ai_bill_text = fields.Char(
        string="Text on the Bill",
        readonly=True,
        copy=False,
        help="As it was read; coding learns from it, however the line is worded later.",
    )
    ai_coding_choices = fields.Json(
        string="Accounts to Choose From",
        readonly=True,
        copy=False,
        help="Up to three ways such a line was booked before, each with the most similar lines.",
    )

    def write(self, vals):
        result = super().write(vals)
        if not LOOKED_AT.isdisjoint(vals) and not self.env.context.get("ai_bill_working"):
            lines = self.filtered(lambda line: line.display_type == "product")
            bills = lines.move_id.filtered(
                lambda move: move.ai_bill_state and move.state == "draft"
            )
            if bills:
                bills._ai_bill_changed()
        return result

    def action_ai_coding_choose(self, index):
        """Book the line as the choice at ``index`` says: account, taxes, analytic, product."""
        self.ensure_one()
        self.check_access("write")
        choices = self.ai_coding_choices or []
        if self.move_id.state != "draft" or not 0 <= index < len(choices):
            raise UserError(self.env._("This line cannot be coded any more."))
        coding = self.env["ai.bill.coding"]
        values = coding._values(self, choices[index])
        move = self.move_id
        filled = dict(move.ai_bill_filled or {})
        # From here on it is this person's choice, which no later suggestion replaces.
        filled["accounts"] = {
            key: one for key, one in (filled.get("accounts") or {}).items() if key != str(self.id)
        }
        command = fields.Command.update(self.id, values)
        move.write({"ai_bill_filled": filled, "invoice_line_ids": [command]})
        return {}
