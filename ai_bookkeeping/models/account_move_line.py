from odoo import fields, models
from odoo.exceptions import UserError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    ai_coding_choices = fields.Json(
        string="Accounts to Choose From",
        readonly=True,
        copy=False,
        help="Up to three ways such a line was booked before, each with the most similar lines.",
    )

    def action_ai_coding_choose(self, index):
        """Book the line as the choice at ``index`` says: account, taxes, analytic, product."""
        self.ensure_one()
        self.check_access("write")
        choices = self.ai_coding_choices or []
        if self.move_id.state != "draft" or not 0 <= index < len(choices):
            raise UserError(self.env._("This line cannot be coded any more."))
        coding = self.env["ai.bill.coding"]
        values = coding._values(self, choices[index])
        self.move_id.write({"invoice_line_ids": [fields.Command.update(self.id, values)]})
        return {}
