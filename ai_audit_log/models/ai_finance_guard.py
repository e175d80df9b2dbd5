from odoo import api, fields, models

from ..engine import autonomy


class AiFinanceGuard(models.AbstractModel):
    """Part of a policy: how automatic work is earned, and when it ends by itself."""

    _name = "ai.finance.guard"
    _description = "Earned Autonomy of a Policy"

    first_n = fields.Integer(
        string="First Confirmed by People",
        help="Automatic mode waits until so many suggestions for the same partner were applied by "
        "people unchanged. 1: a new partner is always a person's decision. 0: no such rule.",
    )
    watch_last = fields.Integer(
        string="Watch the Last",
        default=50,
        help="So many of the last decisions are watched in automatic mode. 0: none.",
    )
    max_override_rate = fields.Float(
        string="Maximum Override Rate",
        digits=(6, 4),
        default=0.05,
        help="When people undo, reject, change or flag more than this share of the watched "
        "decisions, the policy falls back from automatic to suggest by itself.",
    )
    min_decisions = fields.Integer(
        string="Least Decisions",
        default=20,
        help="With fewer watched decisions nothing is concluded.",
    )
    automatic_since = fields.Datetime(
        readonly=True, copy=False, help="Decisions before count no more."
    )

    _first_n_positive = models.Constraint(
        "CHECK (first_n IS NULL OR first_n >= 0)",
        "The number of first documents cannot be negative.",
    )
    _override_rate_range = models.Constraint(
        "CHECK (max_override_rate IS NULL OR (max_override_rate >= 0 AND max_override_rate <= 1))",
        "The maximum override rate is a percentage from 0 to 100.",
    )
    _watch_window = models.Constraint(
        "CHECK (watch_last IS NULL OR watch_last = 0"
        " OR (min_decisions >= 1 AND min_decisions <= watch_last))",
        "The least number of decisions is at least 1, and not more than are watched.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        now = fields.Datetime.now()
        started = [
            {**vals, "automatic_since": now} if vals.get("mode") == "automatic" else vals
            for vals in vals_list
        ]
        return super().create(started)

    def write(self, vals):
        started = self.browse()
        if vals.get("mode") == "automatic":
            started = self.filtered(lambda policy: policy.mode != "automatic")
        result = super().write(vals)
        if started:
            # A manager who trusts the task again starts a new account.
            super(AiFinanceGuard, started).write({"automatic_since": fields.Datetime.now()})
        return result

    def _watch(self):
        """Return how closely automatic work is watched, as the engine takes it."""
        self.ensure_one()
        return autonomy.Watch(self.watch_last, self.max_override_rate, self.min_decisions)

    def _demote(self, found):
        """Fall back from automatic to suggest, with the reason, and tell the managers.

        :param found: the figures, an :class:`~..engine.autonomy.Demotion`
        """
        self.ensure_one()
        reason = self.env._(
            "override rate %(rate)s %% over the last %(count)s",
            rate=round(found.rate * 100),
            count=found.decisions,
        )
        service = self.env.ref("ai_audit_log.user_service")
        own = self.with_user(service).sudo().with_context(ai_policy_reason=reason)
        own.write({"mode": autonomy.FALLBACK})
        for manager in self._managers():
            own.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=manager.id,
                summary=self.env._(
                    "“%(task)s” works no longer automatically", task=self.task_id.name
                ),
                note=self.env._(
                    "%(reason)s: people overrode or undid %(overridden)s. It suggests from now on. "
                    "Look at what went wrong before you set it to automatic again.",
                    reason=reason.capitalize(),
                    overridden=found.overridden,
                ),
            )

    def _managers(self):
        """Return who manages the policies of this company."""
        group = self.env.ref("ai_audit_log.group_ai_manager").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
