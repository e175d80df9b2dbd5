from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..llm.budget import Spent

#: States whose answer counts: it is not asked for again.
ANSWERED = ("answered", "refused")


class AiFinanceModelCall(models.Model):
    """One question to a language model: what left the server, what came back, what it cost.

    Written and committed as soon as the answer is there, under the hash of the request, so that
    the same question is never paid twice. Sent text and answer are kept for a time.
    """

    _name = "ai.finance.model.call"
    _description = "Model Call"
    _order = "id desc"
    _rec_name = "prompt_code"

    request_hash = fields.Char(required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    task_id = fields.Many2one("ai.finance.task.type", readonly=True, ondelete="restrict")
    purpose = fields.Selection(
        [("suggestion", "Suggestion"), ("test", "Test run")],
        required=True,
        readonly=True,
        default="suggestion",
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    provider_id = fields.Many2one(
        "ai.finance.provider", string="Connection", readonly=True, ondelete="set null"
    )
    model = fields.Char(readonly=True)
    prompt_code = fields.Char(string="Prompt", required=True, readonly=True)
    prompt_version_id = fields.Many2one(
        "ai.finance.prompt.version", readonly=True, ondelete="set null"
    )
    prompt_number = fields.Integer(string="Version", readonly=True, aggregator=None)
    state = fields.Selection(
        [
            ("answered", "Answered"),
            ("refused", "Answer refused"),
            ("failed", "No answer"),
            ("duplicate", "Asked twice"),
        ],
        required=True,
        readonly=True,
    )
    failure = fields.Char(string="Kind of Failure", readonly=True)
    problem = fields.Char(readonly=True)
    form = fields.Char(readonly=True, help="How the answer was to be written, see connections.")
    answer_digest = fields.Char(readonly=True, help="Stays when the answer is removed.")
    sent = fields.Text(readonly=True, groups="ai_audit_log.group_ai_auditor,base.group_system")
    answer = fields.Text(readonly=True, groups="ai_audit_log.group_ai_auditor,base.group_system")
    masked = fields.Json(string="Masked Values", readonly=True)
    prompt_tokens = fields.Integer(string="Tokens Sent", readonly=True)
    completion_tokens = fields.Integer(string="Tokens Received", readonly=True)
    cost = fields.Float(digits=(16, 6), readonly=True, help="In company currency.")
    latency_ms = fields.Float(string="Duration (ms)", readonly=True, aggregator="avg")
    requests = fields.Integer(readonly=True, help="2 after a repair.")
    redact_on = fields.Date(readonly=True, index="btree_not_null")

    _answer_uniq = models.UniqueIndex(
        "(request_hash) WHERE state IN ('answered', 'refused') AND purpose = 'suggestion'"
        " AND answer IS NOT NULL",
        "This question has an answer already.",
    )
    _month_idx = models.Index("(company_id, create_date)")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The log of calls to a model cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of calls to a model cannot be deleted."))

    @api.autovacuum
    def _gc_texts(self, limit=5000):
        """Blank what was sent and answered when its retention period is over."""
        due = self.sudo().search([("redact_on", "<=", fields.Date.today())], limit=limit)
        super(AiFinanceModelCall, due).write({"sent": False, "answer": False, "redact_on": False})
        return len(due), limit if len(due) == limit else 0

    # ------------------------------------------------------------------
    # For the kernel
    # ------------------------------------------------------------------

    @api.model
    def _known(self, hashes):
        """Return ``{hash: call}`` of questions that were answered, and ``{hash: failures}``."""
        calls = self.sudo().search(
            [("request_hash", "in", list(hashes)), ("purpose", "=", "suggestion")]
        )
        answered = {
            call.request_hash: call
            for call in reversed(calls)
            if call.state in ANSWERED and call.answer is not False
        }
        failed = calls.filtered(lambda call: call.state == "failed").grouped("request_hash")
        return answered, {key: len(group) for key, group in failed.items()}

    @api.model
    def _spent(self, company):
        """Return what ``company`` spent this month, test runs included.

        One sum over an index: the budget is asked before every question.
        """
        self.flush_model()
        month = fields.Date.start_of(fields.Date.today(), "month")
        tokens, money = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM(prompt_tokens + completion_tokens), 0), COALESCE(SUM(cost), 0)"
                " FROM ai_finance_model_call WHERE company_id = %s AND create_date >= %s",
                company.id,
                month,
            )
        )[0]
        return Spent(tokens=int(tokens), money=Decimal(str(money)))
