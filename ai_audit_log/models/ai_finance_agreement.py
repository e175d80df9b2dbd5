from odoo import fields, models
from odoo.tools import SQL

from .ai_finance_autonomy import COUNTED, OVERRIDDEN


class AiFinanceAgreement(models.Model):
    """Statistics: how often suggestions and people agreed, also where they were only observed."""

    _name = "ai.finance.agreement"
    _description = "Agreement with People"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "task_id"
    _depends = {
        "ai.audit.log": [
            *("task_id", "company_id", "policy_id", "policy_values", "create_date", "amount"),
            *("state", "outcome", "flagged", "auto_eligible", "trigger"),
        ]
    }

    task_id = fields.Many2one("ai.finance.task.type", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy_id = fields.Many2one("ai.finance.policy", readonly=True)
    mode = fields.Char(readonly=True)
    date = fields.Datetime(string="Suggested On", readonly=True)
    amount = fields.Monetary(readonly=True)
    suggested = fields.Integer(readonly=True)
    agreed = fields.Integer(string="People Agreed", readonly=True)
    differed = fields.Integer(string="People Did Otherwise", readonly=True)
    unforeseen = fields.Integer(string="Nothing Was Suggested", readonly=True)
    automatic_right = fields.Integer(string="Automatic and Right", readonly=True)
    automatic_wrong = fields.Integer(string="Automatic and Wrong", readonly=True)

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s WHERE %s", self._select(), self._from(), self._where())

    def _select(self):
        """Return the columns; addons add their own scope, such as the journal."""
        return SQL(
            """
            log.id, log.task_id, log.company_id, log.policy_id,
            log.policy_values->>'mode' AS mode, log.create_date AS date, log.amount,
            1 AS suggested,
            %(agreed)s::integer AS agreed,
            %(differed)s::integer AS differed,
            COALESCE(log.outcome = 'unforeseen', FALSE)::integer AS unforeseen,
            (COALESCE(log.auto_eligible, FALSE) AND %(agreed)s)::integer AS automatic_right,
            (COALESCE(log.auto_eligible, FALSE) AND %(differed)s)::integer AS automatic_wrong
            """,
            agreed=self._agreed(),
            differed=self._differed(),
        )

    def _agreed(self):
        return SQL(
            "(COALESCE(log.outcome = 'agreed', FALSE)"
            " OR (log.state = 'applied' AND NOT COALESCE(log.flagged, FALSE)))"
        )

    def _differed(self):
        return SQL(
            "(COALESCE(log.outcome = 'differed', FALSE) OR COALESCE(log.flagged, FALSE)"
            " OR log.state IN %s)",
            OVERRIDDEN,
        )

    def _from(self):
        return SQL("ai_audit_log log")

    def _where(self):
        """Leave out what a newer suggestion replaced, and what people made themselves."""
        return SQL(
            "log.trigger != 'edit' AND (log.state IN %s OR log.outcome IS NOT NULL)", COUNTED
        )
