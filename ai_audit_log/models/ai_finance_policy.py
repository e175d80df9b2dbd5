from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import gate

#: Fields whose change is an event in the log, old and new value.
WATCHED = (
    *("company_id", "task_id", "mode", "min_confidence", "max_amount"),
    *("sequence", "active", "approver_ids"),
    *("execute_as_service", "expire_days", "leave_unreviewed"),
    *("first_n", "watch_last", "max_override_rate", "min_decisions"),
    *("without_model", "provider_id"),
)


class AiFinancePolicy(models.Model):
    """What may happen with the suggestions of a task in a company; the gate's only source."""

    _name = "ai.finance.policy"
    _inherit = [
        *("ai.finance.phase", "ai.finance.guard"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _description = "AI Finance Policy"
    _order = "company_id, task_id, sequence, id"
    _rec_name = "task_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    task_id = fields.Many2one("ai.finance.task.type", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10, help="The first policy that fits a document counts.")
    active = fields.Boolean(default=True)
    mode = fields.Selection(
        [
            ("off", "Off"),
            ("shadow", "Shadow"),
            ("suggest", "Suggest"),
            ("approve", "Approve"),
            ("automatic", "Automatic"),
        ],
        required=True,
        default="suggest",
        help="Off: nothing is suggested.\n"
        "Shadow: suggestions are made and compared with what people do, but shown to nobody.\n"
        "Suggest: whoever may edit the document accepts.\n"
        "Approve: an approver decides, never the person who made the suggestion.\n"
        "Automatic: applied without a person, within minimum confidence and maximum amount.",
    )
    min_confidence = fields.Float(
        string="Minimum Confidence",
        digits=(6, 4),
        default=0.95,
        help="Probability from which automatic mode may act.",
    )
    max_amount = fields.Monetary(
        string="Maximum Amount",
        help="Above it, automatic mode asks an approver. 0: no maximum; automatic mode needs one.",
    )
    approver_ids = fields.Many2many(
        "res.users",
        string="Approvers",
        help="Who decides in mode Approve. Empty: every AI approver of the company.",
    )
    tier_ids = fields.One2many(
        "ai.finance.approval.tier",
        "policy_id",
        string="Tiers",
        help="Who decides from an amount on. The highest tier that is reached counts.",
    )
    execute_as_service = fields.Boolean(
        string="Approver Needs No Right on the Document",
        help="Who may read a document and is its approver decides; where they may not change or "
        "post it, the AI Finance user carries it out. Both names are logged.",
    )
    expire_days = fields.Integer(
        string="Expires After (days)",
        help="What nobody decided by then expires, it is never approved. 0: it waits for ever.",
    )
    leave_unreviewed = fields.Boolean(
        string="Leave Automatically Posted Entries to Be Reviewed",
        help="What was applied without a person stays in the list “Posted Automatically” until "
        "the controller marks it as reviewed.",
    )

    without_model = fields.Boolean(
        string="Without a Model",
        help="Nothing of this task is ever sent to a language model; the engine works alone.",
    )
    provider_id = fields.Many2one(
        "ai.finance.provider",
        string="Model Connection",
        check_company=True,
        help="Asked for this task. Empty: the connection of the company, if it has one.",
    )

    _confidence_range = models.Constraint(
        "CHECK (min_confidence > 0 AND min_confidence <= 1)",
        "The minimum confidence is a percentage above 0 and up to 100.",
    )
    _amount_positive = models.Constraint(
        "CHECK (max_amount IS NULL OR max_amount >= 0)",
        "The maximum amount cannot be negative.",
    )

    _expire_positive = models.Constraint(
        "CHECK (expire_days IS NULL OR expire_days >= 0)",
        "The days until a suggestion expires cannot be negative.",
    )

    @api.constrains("mode", "max_amount")
    def _check_automatic_limit(self):
        for policy in self:
            if policy.mode == "automatic" and not policy.max_amount:
                raise ValidationError(
                    self.env._(
                        "Set a maximum amount for “%(task)s” before it may work automatically.",
                        task=policy.task_id.name,
                    )
                )

    @api.constrains("mode", "approver_ids")
    def _check_approvers(self):
        for policy in self:
            self.env["ai.finance.approver"]._check_role(policy.approver_ids)

    @api.depends("task_id", "company_id")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = f"{policy.task_id.name} - {policy.company_id.name}"

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._log_changes({policy: {} for policy in policies})
        return policies

    def write(self, vals):
        before = {policy: policy._values() for policy in self}
        result = super().write(vals)
        # Again, as it is now: nobody gives a policy to a company that is not theirs.
        self.check_access("write")
        self._log_changes(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_logged(self):
        before = {policy: policy._values() for policy in self}
        for policy in self.filtered("tier_ids"):
            before[policy]["tier_ids"] = policy.tier_ids._values()
        self._log_changes(before, deleted=True)

    def _values(self):
        """Return the watched values, JSON-ready, as the log keeps them."""
        self.ensure_one()
        values = {name: self[name] for name in (*WATCHED, *self._scope_paths())}
        return {
            name: value.ids if isinstance(value, models.BaseModel) else value
            for name, value in values.items()
        }

    def _log_changes(self, before, deleted=False):
        """Append an event for every policy whose watched values changed."""
        for policy, old in before.items():
            new = {} if deleted else policy._values()
            if old != new:
                policy._log_change(old, new)

    @api.private
    def _log_change(self, old, new):
        """Append the event for a change from values ``old`` to ``new``, JSON-ready."""
        self.ensure_one()
        reason = self.env.su and self.env.context.get("ai_policy_reason")
        self.env["ai.audit.log.event"]._append_change(
            "policy",
            self.company_id,
            ": ".join(filter(None, (self.display_name, reason))),
            {"policy_id": self.id, "task": self.task_id.code, "old": old, "new": new},
        )

    # ------------------------------------------------------------------
    # For the gate
    # ------------------------------------------------------------------

    def _to_engine(self):
        """Return this policy as the gate sees it."""
        self.ensure_one()
        return gate.Policy(
            mode=self.mode,
            min_confidence=self.min_confidence,
            max_amount=self._max_amount(),
            scope={name: self[name].id for name in self._scope_paths() if self[name]},
            sequence=self.sequence,
            id=self._origin.id or 0,
            first_n=self.first_n,
        )

    def _max_amount(self):
        return self._decimal(self.max_amount, self.currency_id) if self.max_amount else None

    @api.model
    def _decimal(self, amount, currency):
        """Return a stored amount as ``Decimal`` with the digits of its currency."""
        return Decimal(str(amount)).quantize(Decimal(1).scaleb(-currency.decimal_places))

    @api.model
    def _select(self, task, records):
        """Return ``{record: gate.Policy}`` for documents of any company.

        Read with full rights: the limits hold for everybody, whoever may look at them.
        """
        policies = self.sudo().search(
            [("task_id", "=", task.id), ("company_id", "in", records.company_id.ids)]
        )
        by_company = {
            company: [policy._to_engine() for policy in group]
            for company, group in policies.grouped("company_id").items()
        }
        paths = self._scope_paths()
        selected = {}
        for record in records:
            candidates = by_company.get(record.company_id.sudo(), ())
            selected[record] = gate.select_policy(candidates, self._scope_of(record, paths))
        return selected
