from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..engine import gate

#: Phases of a roll-out are a view on the modes, not a second truth.
PHASE_OF_MODE = {
    "shadow": "observe",
    "suggest": "assist",
    "approve": "assist",
    "automatic": "automate",
}
MODE_OF_PHASE = {"observe": "shadow", "assist": "suggest", "automate": "automatic"}
PHASES = [("observe", "Observe"), ("assist", "Assist"), ("automate", "Automate")]
FIGURES = ("suggested", "unchanged", "overridden", "undone")
INSIDERS = "ai_audit_log.group_ai_manager,ai_audit_log.group_ai_auditor"


class AiFinancePhase(models.AbstractModel):
    """Part of a policy: its phase of the roll-out, its scope in words, and its figures."""

    _name = "ai.finance.phase"
    _description = "Phase and Figures of a Policy"

    phase = fields.Selection(
        PHASES,
        compute="_compute_phase",
        inverse="_inverse_phase",
        help="Observe: suggestions are compared with what people do, and shown to nobody.\n"
        "Assist: people decide on suggestions.\n"
        "Automate: applied without a person, within minimum confidence and maximum amount.",
    )
    scope_label = fields.Char(string="Scope", compute="_compute_scope_label")
    what_if = fields.Char(string="Last Month", compute="_compute_what_if", groups=INSIDERS)
    recent_suggested = fields.Integer(
        string="Suggested (30 d)", compute="_compute_recent", groups=INSIDERS
    )
    recent_unchanged = fields.Integer(
        string="Approved Unchanged", compute="_compute_recent", groups=INSIDERS
    )
    recent_overridden = fields.Integer(
        string="Overridden", compute="_compute_recent", groups=INSIDERS
    )
    recent_undone = fields.Integer(string="Undone", compute="_compute_recent", groups=INSIDERS)

    @api.depends("mode")
    def _compute_phase(self):
        for policy in self:
            policy.phase = PHASE_OF_MODE.get(policy.mode, False)

    @api.onchange("phase")
    def _onchange_phase(self):
        if self.phase and PHASE_OF_MODE.get(self.mode) != self.phase:
            self.mode = MODE_OF_PHASE[self.phase]

    def _inverse_phase(self):
        for policy in self:
            if policy.phase and PHASE_OF_MODE.get(policy.mode) != policy.phase:
                # Below the policy's own write(), which logs the change as a whole.
                super(AiFinancePhase, policy).write({"mode": MODE_OF_PHASE[policy.phase]})

    def _set_phase(self, phase):
        """Bring all policies that are not off into ``phase``, all or none.

        :raises UserError: naming the tasks that lack a maximum amount for automatic work
        """
        used = self.filtered(lambda policy: policy.mode != "off" and policy.phase != phase)
        missing = used.filtered(lambda policy: phase == "automate" and not policy.max_amount)
        if missing:
            names = [f"{policy.task_id.name} ({policy.scope_label})" for policy in missing]
            raise UserError(
                self.env._(
                    "Automatic work needs a maximum amount. Set one for:\n%(tasks)s",
                    tasks="\n".join(f"- {name}" for name in names),
                )
            )
        used.write({"mode": MODE_OF_PHASE[phase]})

    # ------------------------------------------------------------------
    # Scope and pilot
    # ------------------------------------------------------------------

    @api.model
    def _scope_paths(self):
        """Return ``{policy field: path on the document}``; addons add their scope fields."""
        return {}

    def _scope_names(self):
        """Return the names of what this policy is limited to; who manages it may see them."""
        scopes = [self[name].sudo() for name in self._scope_paths() if self[name]]
        return [scope.display_name for scope in scopes]

    @api.depends("mode")
    def _compute_scope_label(self):
        for policy in self:
            names = ", ".join(policy._scope_names())
            if not names:
                policy.scope_label = self.env._("All")
            elif policy.mode == "automatic":
                policy.scope_label = self.env._("Pilot: only %(names)s", names=names)
            else:
                policy.scope_label = self.env._("Only %(names)s", names=names)

    def action_add_pilot(self):
        """Open a copy of this policy that comes before it, to be limited and automated first."""
        self.ensure_one()
        if not self._scope_paths():
            raise UserError(self.env._("The installed tasks cannot be limited to a part."))
        [values] = self.copy_data({"sequence": self.sequence - 1})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pilot"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def _fitting(self, res_ids):
        """Return which documents this policy, saved or not, governs; ``None`` means all.

        :param res_ids: ids of documents of the task
        """
        own = self._to_engine()
        others = (
            self.sudo()
            .search([("task_id", "=", self.task_id.id), ("company_id", "=", self.company_id.id)])
            .filtered(lambda policy: policy.id != self._origin.id)
        )
        policies = [own, *(policy._to_engine() for policy in others)]
        paths = {
            name: path
            for name, path in self._scope_paths().items()
            if any(name in policy.scope for policy in policies)
        }
        if not paths or self.task_id.res_model not in self.env:
            return None
        documents = self.env[self.task_id.res_model].sudo().browse(res_ids).exists()
        return {
            document.id
            for document in documents
            if gate.select_policy(policies, self._scope_of(document, paths)) is own
        }

    @api.model
    def _scope_of(self, record, paths):
        """Return ``{policy field: id}`` of ``record`` along ``paths``, see ``_scope_paths``."""
        return {name: record[path].id for name, path in paths.items() if path in record}

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    @api.depends(
        lambda self: (
            *("mode", "min_confidence", "max_amount", "first_n", "task_id", "company_id"),
            *("sequence", *self._scope_paths()),
        )
    )
    def _compute_what_if(self):
        for policy in self:
            policy.what_if = policy._what_if_sentence()

    def _what_if_sentence(self):
        """Say what these limits would have done with the suggestions of the last 30 days."""
        counted = self.env["ai.finance.autonomy"]._what_if(self)
        if not counted.automatic and not counted.people:
            return self.env._("In the last 30 days there was no suggestion to compare with.")
        values = {
            "automatic": counted.automatic,
            "amount": formatLang(self.env, float(counted.amount), currency_obj=self.currency_id),
            "overridden": counted.overridden,
            "people": counted.people,
        }
        if self.mode == "automatic":
            return self.env._(
                "With these limits, in the last 30 days: %(automatic)s suggestions would have been "
                "applied automatically (%(amount)s), of which %(overridden)s were later overridden "
                "by people; %(people)s left to people.",
                **values,
            )
        return self.env._(
            "With these limits, automatic mode would in the last 30 days have applied "
            "%(automatic)s suggestions (%(amount)s), of which %(overridden)s were later overridden "
            "by people; %(people)s left to people.",
            **values,
        )

    def _compute_recent(self):
        figures = self.env["ai.finance.autonomy"]._recent(self._origin)
        for policy in self:
            own = figures.get(policy._origin.id, {})
            for name in FIGURES:
                policy[f"recent_{name}"] = own.get(name, 0)
