from datetime import timedelta

from odoo import fields, models

from odoo.addons.ai_finance_engine.delay import DelayModel

LEARNED = 40_000  # documents of a company and direction, the latest


class AiCashHabits(models.AbstractModel):
    """Learns how partners pay, every night, from what is known then."""

    _name = "ai.cash.habits"
    _description = "Learning of Payment Behaviour"

    def _learn(self, companies):
        """Write the behaviour of all partners of these companies anew."""
        today = fields.Date.context_today(self)
        for company in companies:
            rows = self.env["ai.cash.history"]._documents(company, today)
            rows = sorted(rows, key=lambda row: (row["posted"], row["id"]))[-2 * LEARNED :]
            for direction, incoming in (("in", True), ("out", False)):
                model = self.env["ai.cash.timing"]._model((company.id, incoming), today, rows)
                partners = {row["partner_id"] for row in rows if row["incoming"] == incoming}
                self._store(company, direction, model, partners - {0}, today)

    def _store(self, company, direction, model: DelayModel, partners, today):
        # Behaviour is learned by the nightly job; nobody has the right to write it.
        Habit = self.env["ai.cash.habit"].sudo()
        own = [("company_id", "=", company.id), ("direction", "=", direction)]
        known = {habit.partner_id.id: habit for habit in Habit.search(own)}
        new = []
        for partner in sorted(partners):
            told = model.partner(partner)
            if told.delay is None:
                continue
            values = {
                "delay": told.delay,
                "paid": told.paid,
                "weekday": ",".join(str(day) for day in told.weekdays),
                "rhythm": told.rhythm or 0.0,
                "as_of": today,
            }
            habit = known.pop(partner, None)
            if habit:
                changed = {name: value for name, value in values.items() if habit[name] != value}
                if set(changed) - {"as_of"} or habit.as_of < today - timedelta(days=7):
                    habit.write(values)
            else:
                base = {"company_id": company.id, "partner_id": partner, "direction": direction}
                new.append({**base, **values})
        Habit.create(new)
        Habit.union(*known.values()).unlink()
