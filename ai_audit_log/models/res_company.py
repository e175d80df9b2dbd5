from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_finance_policy_ids = fields.One2many(
        "ai.finance.policy", "company_id", string="AI Finance Policies"
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ai_create_default_policies(self.env["ai.finance.task.type"].sudo().search([]))
        companies._ai_admit_service_user()
        return companies

    def _ai_create_default_policies(self, tasks):
        """Give every company a policy for every task, in mode suggest."""
        self.env["ai.finance.policy"].sudo().create(
            [{"company_id": company.id, "task_id": task.id} for company in self for task in tasks]
        )

    def _ai_admit_service_user(self):
        """Let the service user work in new companies, as automatic work runs under its name."""
        service = self.env.ref("ai_audit_log.user_service", raise_if_not_found=False)
        if service:
            service.sudo().write({"company_ids": [(4, company.id) for company in self]})
