from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    ai_cash_pays = fields.Char(
        string="Pays", compute="_compute_ai_cash_habit", groups="ai_cash_forecast.group_cash_user"
    )
    ai_cash_paid = fields.Char(
        string="Is Paid", compute="_compute_ai_cash_habit",
        groups="ai_cash_forecast.group_cash_user",
    )  # fmt: skip

    def _compute_ai_cash_habit(self):
        habits = self.env["ai.cash.habit"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company.id),
            ]
        )
        known = {(habit.partner_id, habit.direction): habit for habit in habits}
        for partner in self:
            for name, direction in (("ai_cash_pays", "in"), ("ai_cash_paid", "out")):
                habit = known.get((partner.commercial_partner_id, direction))
                partner[name] = habit._text() if habit else False
