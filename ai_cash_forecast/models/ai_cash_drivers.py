from odoo import models
from odoo.tools import SQL

SHOWN = 6


class AiCashDrivers(models.AbstractModel):
    """The partners and dates that move the forecast most."""

    _name = "ai.cash.drivers"
    _description = "What Moves the Cash Forecast"

    def _drivers(self, forecast):
        """Return the largest expected movements, with how their partner pays."""
        if not forecast.id:
            return []
        rows = self._largest(forecast)
        partners = self.env["res.partner"].sudo().browse([r["partner_id"] for r in rows])
        names = {partner.id: partner.display_name for partner in partners}
        habits = self._habits(forecast, partners)
        return [self._driver(forecast, row, names, habits) for row in rows]

    def _largest(self, forecast):
        self.env["ai.cash.forecast.line"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT COALESCE(l.partner_id, 0) AS partner_id, l.kind,
                       CASE WHEN l.partner_id IS NULL THEN l.label END AS label,
                       SUM(w.amount) AS amount, COUNT(DISTINCT l.id) AS number,
                       MIN(l.date_p50) AS first
                  FROM ai_cash_forecast_line l
                  CROSS JOIN LATERAL (SELECT SUM(value::numeric) AS amount
                                        FROM jsonb_each_text(l.weeks)) w
                 WHERE l.forecast_id = %s AND l.kind NOT IN ('bank', 'unmatched_bank',
                                                            'new_business')
                 GROUP BY 1, 2, 3 HAVING SUM(w.amount) <> 0
                 ORDER BY ABS(SUM(w.amount)) DESC LIMIT %s
                """,
                forecast.id,
                SHOWN,
            )
        )

    def _habits(self, forecast, partners):
        habits = self.env["ai.cash.habit"].search(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "in", forecast.company_ids.ids),
            ]
        )
        return {(habit.partner_id.id, habit.direction): habit for habit in habits}

    def _driver(self, forecast, row, names, habits):
        direction = "in" if row["amount"] > 0 else "out"
        name = names.get(row["partner_id"]) or row["label"] or self.env._("Without partner")
        habit = habits.get((row["partner_id"], direction))
        if habit:
            text = self.env._("%(name)s: %(habit)s", name=name, habit=habit._text())
        else:
            text = self.env._(
                "%(name)s, from %(date)s on", name=name, date=row["first"] or forecast.as_of
            )
        return {
            "text": text,
            "amount": float(row["amount"]),
            "kind": row["kind"],
            "partner_id": row["partner_id"],
            "action": forecast.get_records_action(
                forecast.id, kind=row["kind"], partner_id=row["partner_id"] or None
            ),
        }
