from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from ..demo.history import MONTHS, PAYROLL, RENT, VAT

FLOOR, CREDIT_LINE = 120000.0, 80000.0
#: Forecasts of the past, one a week.
SNAPSHOTS = 8
#: A payment of a customer that would hurt.
LATE = "base.res_partner_12"


class AiCashDemo(models.AbstractModel):
    """Loads a history, rules and forecasts, so that the page of the demo company says something."""

    _name = "ai.cash.demo"
    _description = "Demo Cash Forecast"

    @api.model
    def _load(self):
        """Book the history, enter what has no document, and publish a forecast a week, once."""
        company = self.env.ref("base.main_company")
        demo = self.with_company(company)
        journal = demo.env["ai.cash.demo.history"]._load(company)
        if not journal:
            return False
        # Odoo's demo orders are many times what this company invoices in a month.
        company.write(
            {"ai_cash_floor": FLOOR, "ai_cash_credit_line": CREDIT_LINE, "ai_cash_orders": False}
        )
        demo._leave_out_others(journal)
        demo._cancel_credits(company)
        demo._expected(company)
        demo._scenarios(company)
        demo._publish(company)
        return True

    def _leave_out_others(self, journal):
        """Leave out the demo's other banks: what is on them has no history."""
        others = self.env["account.journal"].search(
            [
                ("company_id", "=", journal.company_id.id),
                ("type", "in", ("bank", "cash", "credit")),
                ("id", "!=", journal.id),
            ]
        )
        others.ai_cash_restricted = True

    def _cancel_credits(self, company):
        """Cancel Odoo's demo credit notes: nobody ever applies them, though they are large."""
        notes = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_refund"),
                ("state", "=", "posted"),
                ("payment_state", "=", "not_paid"),
            ]
        )
        notes.button_draft()
        notes.button_cancel()

    def _expected(self, company):
        """Enter rent, payroll and the tax of each quarter."""
        today = fields.Date.context_today(self)
        start = (today - relativedelta(months=MONTHS)).replace(day=1)
        label, amount, day, _kind = RENT
        self.env["ai.cash.manual.line"].create(
            {
                "name": label,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "kind": "recurring",
                "amount": -amount,
                "date": start.replace(day=day),
                "interval": "month",
                "window_days": 0,  # it goes out on its day, there is no bill to wait for
            }
        )
        quarter = start + relativedelta(months=-(start.month - 1) % 3)  # January, April, ...
        rules = (("payroll", "month", start, PAYROLL), ("tax", "quarter", quarter, VAT))
        self.env["ai.cash.calendar"].create(
            [
                {
                    "name": label,
                    "company_id": company.id,
                    "kind": kind,
                    "rule": rule,
                    "day": day,
                    "date": first,
                    "amount": amount,
                }
                for kind, rule, first, (label, amount, day, _kind) in rules
            ]
        )

    def _scenarios(self, company):
        partner = self.env.ref(LATE)
        today = fields.Date.context_today(self)
        self.env["ai.cash.scenario"].create(
            [
                {
                    "name": self.env._("%s pays a month later", partner.name),
                    "company_id": company.id,
                    "lever_ids": [
                        Command.create(
                            {"kind": "delay_partner", "partner_id": partner.id, "days": 30}
                        )
                    ],
                },
                {
                    "name": self.env._("Sales down by a fifth, new loan"),
                    "company_id": company.id,
                    "lever_ids": [
                        Command.create({"kind": "sales_change", "percent": -20.0}),
                        Command.create(
                            {
                                "kind": "one_off",
                                "amount": 50000.0,
                                "date": today + timedelta(weeks=3),
                            }
                        ),
                    ],
                },
            ]
        )

    def _publish(self, company):
        """Make the draft of today, what was published on Monday, and the weeks before it."""
        forecasts = self.env["ai.cash.forecast"].with_context(
            allowed_company_ids=company.ids, lang=None
        )
        today = fields.Date.context_today(self)
        monday = today - timedelta(days=today.weekday() or 7)
        # As it would have been made then: only what was booked by that day counts.
        past = forecasts._make(company, as_of=monday)
        builder = self.env["ai.cash.builder"].with_context(ai_cash_past=True)
        builder._build(past)
        past._freeze("published")
        self.env["ai.cash.habits"]._learn(company)
        draft = forecasts._current(company)
        draft.action_backtest(weeks=SNAPSHOTS)
        self.env["ai.cash.closing"]._suggest(draft)
