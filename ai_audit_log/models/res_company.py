from odoo import api, fields, models

from .ai_finance_phase import PHASES


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "ai.finance.model.budget"]

    ai_finance_policy_ids = fields.One2many(
        "ai.finance.policy", "company_id", string="AI Finance Policies"
    )

    ai_head_email = fields.Char(
        string="Mail Heads of the Log To",
        help="An address outside your company's reach, such as the auditor's. The head of the "
        "chain is sent there daily, so that nobody can shorten or rewrite the log unnoticed.",
    )

    ai_phase = fields.Selection(
        [*PHASES, ("mixed", "Differs by Task")],
        string="AI Finance Phase",
        compute="_compute_ai_phase",
        help="Of the tasks that are not off. Set on the policies, this only shows it.",
    )

    # Beside the other limits of the model, but money needs a currency, which only a company has.
    ai_model_budget = fields.Monetary(
        string="Budget a Month", help="No question is asked beyond it. 0: no limit."
    )
    ai_model_spent = fields.Monetary(string="Spent This Month", compute="_compute_ai_model_spent")

    @api.depends("ai_finance_policy_ids.phase")
    def _compute_ai_phase(self):
        for company in self:
            phases = set(company.sudo().ai_finance_policy_ids.mapped("phase")) - {False}
            several = "mixed" if phases else False
            company.ai_phase = phases.pop() if len(phases) == 1 else several

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
