from decimal import Decimal

from odoo import api, fields, models

from ..llm.budget import Budget, Spent, judge

#: Settings of a company whose change is an event in the log.
WATCHED = (
    *("ai_provider_id", "ai_model_stopped", "ai_model_sentences"),
    *("ai_model_budget", "ai_model_token_budget", "ai_model_warn_at"),
)


class AiFinanceModelBudget(models.AbstractModel):
    """Of a company: whether a model may be asked, which one, and for how much a month."""

    _name = "ai.finance.model.budget"
    _description = "Limits of the Language Model"

    ai_provider_id = fields.Many2one(
        "ai.finance.provider",
        string="Model Connection",
        help="Empty: the engines work alone, and nothing leaves the server.",
    )
    ai_model_stopped = fields.Boolean(
        string="Stop All Questions to Models", help="At once, whatever the policies say."
    )
    ai_model_sentences = fields.Boolean(
        string="Explain in a Sentence",
        default=True,
        help="Have the model put the reasons of suggestions that wait for a person in a sentence.",
    )
    ai_model_token_budget = fields.Integer(
        string="Tokens a Month", help="No question is asked beyond it. 0: no limit."
    )
    ai_model_warn_at = fields.Float(
        string="Warn At", default=0.8, help="Share of a budget from which AI managers are warned."
    )
    ai_model_warned_on = fields.Date(copy=False)
    ai_model_tokens = fields.Integer(string="Tokens This Month", compute="_compute_ai_model_spent")

    def _compute_ai_model_spent(self):
        for company in self:
            spent = self.env["ai.finance.model.call"]._spent(company)
            company.ai_model_spent = spent.money
            company.ai_model_tokens = spent.tokens

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        for company in companies.filtered("ai_provider_id"):
            company._ai_log_model_change({}, company._ai_model_values())
        return companies

    def write(self, vals):
        if not set(WATCHED) & set(vals):
            return super().write(vals)
        before = {company: company._ai_model_values() for company in self}
        result = super().write(vals)
        for company, old in before.items():
            new = company._ai_model_values()
            if old != new:
                company._ai_log_model_change(old, new)
        return result

    def _ai_model_values(self):
        values = {name: self.sudo()[name] for name in WATCHED}
        return {**values, "ai_provider_id": values["ai_provider_id"].display_name}

    def _ai_log_model_change(self, old, new):
        self.env["ai.audit.log.event"]._append_change(
            "provider", self, self.name, {"old": old, "new": new}
        )

    # ------------------------------------------------------------------
    # For the kernel
    # ------------------------------------------------------------------

    def _ai_budget(self):
        self.ensure_one()
        return Budget(
            tokens=self.ai_model_token_budget or None,
            money=Decimal(str(self.ai_model_budget)) if self.ai_model_budget else None,
            warn_at=Decimal(str(self.ai_model_warn_at or 1)),
        )

    def _ai_prices(self, provider):
        """Return the prices of a million tokens, sent and received, in this company's currency."""
        rate = self.env["res.currency"]._get_conversion_rate(
            provider.price_currency_id, self.currency_id, self, fields.Date.today()
        )
        return tuple(Decimal(str(p * rate)) for p in (provider.price_in, provider.price_out))

    def _ai_warn(self, provider):
        """Warn the AI managers once a month when the budget is nearly used up."""
        month = fields.Date.start_of(fields.Date.today(), "month")
        spent = self.env["ai.finance.model.call"]._spent(self)
        judged = judge(self._ai_budget(), spent, Spent())
        if judged == "ok" or self.ai_model_warned_on == month:
            return
        self.sudo().ai_model_warned_on = month
        managers = self.env.ref("ai_audit_log.group_ai_manager").sudo().all_user_ids
        note = self.env._(
            "%(company)s has used %(money)s (%(tokens)s tokens) of this month's budget for the "
            "model. Nothing is asked beyond the budget; suggestions go on without the model.",
            company=self.name,
            money=self.currency_id.format(float(spent.money)),
            tokens=spent.tokens,
        )
        for manager in managers.filtered(lambda user: self in user.company_ids and not user.share):
            provider.sudo().activity_schedule(
                "mail.mail_activity_data_warning", note=note, user_id=manager.id
            )
