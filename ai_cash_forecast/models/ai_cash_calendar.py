import calendar
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class AiCashCalendar(models.Model):
    """Days on which salaries and taxes go out."""

    _name = "ai.cash.calendar"
    _description = "Payroll and Tax Day"
    _order = "kind, id"

    name = fields.Char(string="Description", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("payroll", "Payroll"), ("tax", "Tax")], required=True, default="payroll"
    )
    rule = fields.Selection(
        [("date", "On one day"), ("month", "Every month"), ("quarter", "Every quarter"),
         ("year", "Every year")],
        required=True,
        default="month",
    )  # fmt: skip
    day = fields.Integer(string="Day of the Month", default=25, help="31: the last day.")
    date = fields.Date(string="First Day", required=True, default=fields.Date.context_today)
    amount = fields.Monetary(help="What goes out, as a positive amount.")
    from_accounts = fields.Boolean(
        string="Balance of Accounts",
        help="The amount is what these accounts owe on the day of the forecast, for the next date "
        "of the calendar; later dates take the amount above.",
    )
    account_ids = fields.Many2many(
        "account.account", string="Accounts", check_company=True, help="For example VAT payable."
    )
    _check_company_auto = True

    _day_range = models.Constraint(
        "CHECK (day >= 1 AND day <= 31)", "The day of the month is 1 to 31."
    )

    def _dates(self, start, end):
        """Return the days of this rule from ``start`` to ``end``, moved off the weekend."""
        self.ensure_one()
        if self.rule == "date":
            return [self.date] if start <= self.date <= end else []
        months, days, count = MONTHS[self.rule], [], 0
        while True:
            month = self.date + relativedelta(months=months * count)
            last = calendar.monthrange(month.year, month.month)[1]
            planned = date(month.year, month.month, min(self.day, last))
            if planned > end + timedelta(days=3):
                return days
            day = planned - timedelta(days=max(planned.weekday() - 4, 0))
            if start <= day <= end and planned >= self.date:
                days.append(day)
            count += 1
