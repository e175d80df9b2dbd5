from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

FROZEN = ("published", "frozen", "superseded")
#: What people's rights reach: figures are written by the forecast itself alone.
BY_PEOPLE = {"activity_ids", "message_ids", "message_follower_ids", "ai_generated", "ai_source"}


class AiCashForecast(models.Model):
    """What is expected to come in and go out over thirteen weeks, with bands."""

    _name = "ai.cash.forecast"
    _inherit = [
        *("ai.cash.report.mixin", "ai.cash.lifecycle", "ai.suggestion.mixin"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _description = "Cash Forecast"
    _order = "as_of desc, id desc"

    _ai_task_code = "cash.refresh"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True, default="/")
    company_ids = fields.Many2many("res.company", string="Companies", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        string="Main Company",
        required=True,
        index=True,
        readonly=True,
        help="Its currency is that of the forecast; its policies count.",
    )
    company_key = fields.Char(required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
    as_of = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    known_on = fields.Date(readonly=True, help="Last day whose entries are known to it.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("published", "Published"),
            ("frozen", "Snapshot"),
            ("superseded", "Superseded"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    phase = fields.Selection(
        [("shadow", "Shadow"), ("assisted", "Assisted"), ("automatic", "Automatic")],
        required=True,
        default="assisted",
        readonly=True,
        help="Shadow: computed and compared with what came, shown to nobody else.\n"
        "Assisted: a person looks at the draft and publishes.\n"
        "Automatic: published by itself every Monday.",
    )
    backtest = fields.Boolean(
        required=True, default=False, readonly=True, help="Made later for a day of the past."
    )
    seed = fields.Integer(readonly=True)
    draws = fields.Integer(readonly=True, default=2000)
    scenario_id = fields.Many2one("ai.cash.scenario", readonly=True, ondelete="restrict")
    floor = fields.Monetary(readonly=True, help="Balance that should not be undercut.")
    credit_line = fields.Monetary(readonly=True, help="What the bank lends beyond the balance.")
    opening = fields.Monetary(readonly=True, help="In the bank at the start of the day.")
    result = fields.Json(readonly=True)
    content_hash = fields.Char(readonly=True, copy=False)
    published_by = fields.Many2one("res.users", readonly=True, copy=False)
    published_at = fields.Datetime(readonly=True, copy=False)
    generated_at = fields.Datetime(readonly=True)
    lowest_balance = fields.Monetary(readonly=True, help="Lowest median balance of a week.")
    lowest_date = fields.Date(readonly=True)
    risk = fields.Float(
        string="Risk Below Floor",
        readonly=True,
        digits=(6, 4),
        aggregator="max",
        help="Highest probability of a week to fall below the floor.",
    )
    is_short = fields.Boolean(
        string="Shortfall",
        readonly=True,
        help="The risk reaches the level from which on people are told; automation rules can "
        "react to it.",
    )
    line_ids = fields.One2many("ai.cash.forecast.line", "forecast_id", readonly=True)
    period_ids = fields.One2many("ai.cash.forecast.period", "forecast_id", readonly=True)
    variance_ids = fields.One2many("ai.cash.variance", "forecast_id", readonly=True)
    action_ids = fields.One2many("ai.cash.action", "forecast_id", readonly=True)

    _one_draft = models.UniqueIndex(
        "(company_key, COALESCE(scenario_id, 0)) WHERE state = 'draft' AND NOT backtest",
        "There is a draft of this forecast already.",
    )

    # ------------------------------------------------------------------
    # Written once
    # ------------------------------------------------------------------

    def write(self, vals):
        """Refuse what people may not change, and any change of what is frozen."""
        if not set(vals) - BY_PEOPLE:
            return super().write(vals)
        if not self.env.su:
            raise UserError(self.env._("A forecast is computed: refresh it, or make a scenario."))
        if any(one.state in FROZEN for one in self):
            raise UserError(
                self.env._("A published forecast or a snapshot cannot be changed. Make a new one.")
            )
        return super().write(vals)

    @api.private
    def _set_state(self, state):
        """Bring frozen forecasts into another frozen state; nothing else of them changes."""
        return super().write({"state": state})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if any(one.state in FROZEN for one in self):
            raise UserError(self.env._("A published forecast or a snapshot cannot be deleted."))

    # ------------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------------

    def action_refresh(self):
        """Read all sources again and compute the drafts anew."""
        self._check_draft()
        for forecast in self:
            self.env["ai.cash.builder"]._build(forecast)
        return True

    def action_publish(self):
        """Freeze the drafts, with a hash in the log; earlier published ones are superseded."""
        self._check_draft()
        for forecast in self:
            forecast._freeze("published")
        return True

    def action_compare(self, other):
        """Return both forecasts' weeks side by side and what made the difference.

        :param other: another forecast, or its id
        """
        self.ensure_one()
        other = self.browse(other if isinstance(other, int) else other.id)
        other.check_access("read")
        return self.env["ai.cash.dashboard"]._compare(self, other)

    def _check_draft(self):
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("ai_cash_forecast.group_cash_user")):
            raise AccessError(self.env._("The role Cash Forecast is missing."))
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("This forecast is frozen. Open the current one instead."))

    # ------------------------------------------------------------------
    # Read by the dashboard
    # ------------------------------------------------------------------

    @api.model
    def get_dashboard(self, company_ids, forecast_id=None, scenario_ids=()):
        """Return all the cash page shows, see ``ai.cash.dashboard``.

        :param company_ids: companies, one or several; several are consolidated
        :param forecast_id: a certain forecast, by default the current draft
        :param scenario_ids: scenarios computed side by side
        """
        return self.env["ai.cash.dashboard"]._read(company_ids, forecast_id, scenario_ids)

    @api.model
    def get_records_action(
        self, forecast_id, week_index=None, day=None, kind=None, direction=None, partner_id=None
    ):
        """Return the window action that lists what a number was made of.

        :param week_index: position of the week, from 0
        :param day: date, of the first two weeks
        :param kind: a source, see ``ai.cash.forecast.line``
        :param direction: "in" or "out"
        """
        return self.env["ai.cash.dashboard"]._records_action(
            self.browse(forecast_id), week_index, day, kind, direction, partner_id
        )
