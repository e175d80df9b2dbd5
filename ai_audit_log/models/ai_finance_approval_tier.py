from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AiFinanceApprovalTier(models.Model):
    """From which amount on who approves; the highest tier that is reached counts."""

    _name = "ai.finance.approval.tier"
    _description = "Approval Tier"
    _order = "policy_id, amount_from, id"
    _rec_name = "amount_from"

    policy_id = fields.Many2one(
        "ai.finance.policy", required=True, index=True, ondelete="cascade", readonly=False
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_from = fields.Monetary(string="From Amount", required=True, help="Company currency.")
    approver_ids = fields.Many2many(
        "res.users",
        string="Approvers",
        required=True,
        help="Who decides from this amount on. Below the first tier the policy's approvers decide.",
    )

    _amount_uniq = models.Constraint(
        "UNIQUE (policy_id, amount_from)", "There is a tier for this amount already."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount_from >= 0)", "The amount of a tier cannot be negative."
    )

    @api.constrains("approver_ids")
    def _check_approvers(self):
        for tier in self:
            if not tier.approver_ids:
                raise ValidationError(self.env._("Name at least one approver for each tier."))
            self.env["ai.finance.approver"]._check_role(tier.approver_ids)

    @api.model_create_multi
    def create(self, vals_list):
        policies = self.env["ai.finance.policy"].browse(vals["policy_id"] for vals in vals_list)
        before = {policy: policy.tier_ids._values() for policy in policies}
        tiers = super().create(vals_list)
        self._log_changes(before)
        return tiers

    def write(self, vals):
        policies = self.policy_id | self.policy_id.browse(vals.get("policy_id") or [])
        before = {policy: policy.tier_ids._values() for policy in policies}
        result = super().write(vals)
        # Again, as it is now: nobody gives a tier to a policy that is not theirs.
        self.check_access("write")
        self._log_changes(before)
        return result

    def unlink(self):
        before = {policy: policy.tier_ids._values() for policy in self.policy_id}
        result = super().unlink()
        self._log_changes(before)
        return result

    def _values(self):
        """Return the tiers JSON-ready, as the log keeps them."""
        tiers = self.with_context(active_test=False).sorted("amount_from")
        return [[tier.amount_from, sorted(tier.approver_ids.ids)] for tier in tiers]

    def _log_changes(self, before):
        """Append an event for every policy whose tiers are others than ``before``."""
        for policy, old in before.items():
            policy.invalidate_recordset(["tier_ids"])
            new = policy.tier_ids._values()
            if old != new:
                policy._log_change({"tier_ids": old}, {"tier_ids": new})
