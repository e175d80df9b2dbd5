from odoo import api, fields, models
from odoo.exceptions import UserError

from ..llm import structured


class AiFinancePromptTest(models.TransientModel):
    """Shows what would be sent about a record, and asks once on request; writes no suggestion."""

    _name = "ai.finance.prompt.test"
    _description = "Test Run of a Prompt"

    prompt_id = fields.Many2one(
        "ai.finance.prompt",
        required=True,
        default=lambda self: self.env["ai.finance.prompt"].search([], limit=1),
    )
    version_id = fields.Many2one(
        "ai.finance.prompt.version",
        domain="[('prompt_id', '=', prompt_id)]",
        compute="_compute_version_id",
        store=True,
        readonly=False,
        required=True,
    )
    task_id = fields.Many2one(
        "ai.finance.task.type",
        compute="_compute_task_id",
        store=True,
        readonly=False,
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    record = fields.Reference(selection="_selection_record")
    provider_name = fields.Char(string="Connection", compute="_compute_preview")
    masked_label = fields.Char(string="Masked", compute="_compute_preview")
    sent = fields.Text(string="What Would Be Sent", compute="_compute_preview")
    obstacle = fields.Char(compute="_compute_preview")
    answer = fields.Text(readonly=True)
    result = fields.Text(readonly=True)
    is_valid = fields.Boolean(readonly=True)
    tokens = fields.Char(readonly=True)
    cost = fields.Float(digits=(16, 6), readonly=True)
    seconds = fields.Float(readonly=True)

    @api.model
    def _selection_record(self):
        tasks = self.env["ai.finance.task.type"].search([])
        models_ = {task.res_model for task in tasks if task.res_model in self.env}
        return [(name, self.env[name]._description) for name in sorted(models_)]

    @api.depends("prompt_id")
    def _compute_version_id(self):
        for wizard in self:
            wizard.version_id = wizard.prompt_id.version_id

    @api.depends("prompt_id")
    def _compute_task_id(self):
        first = self.env["ai.finance.task.type"].search([], limit=1)
        for wizard in self:
            wizard.task_id = wizard.prompt_id.task_id or first

    @api.onchange("task_id")
    def _onchange_task_id(self):
        if self.task_id and not self.record and self.task_id.res_model in self.env:
            records = self.env[self.task_id.res_model]
            if records.has_access("read"):
                found = records.search([("company_id", "=", self.company_id.id)], limit=1)
                self.record = found and f"{found._name},{found.id}"

    @api.onchange("prompt_id", "version_id", "task_id", "record", "company_id")
    def _onchange_question(self):
        # An answer belongs to the question it was given to.
        self.answer = self.result = False

    @api.depends("prompt_id", "version_id", "task_id", "record", "company_id")
    def _compute_preview(self):
        for wizard in self:
            one, obstacle, _suggestion = wizard._question()
            wizard.obstacle = obstacle
            wizard.sent = one and f"{one.ask.system}\n\n{one.ask.user}"
            wizard.masked_label = one and ", ".join(
                f"{kind} {count}" for kind, count in one.mask.kinds.items()
            )
            wizard.provider_name = one and ", ".join(one.chain.mapped("name"))

    def _question(self):
        """Return the prepared question about the chosen record, what stands in the way of asking
        it, and the engine's suggestion.
        """
        self.ensure_one()
        task, record = self.task_id, self.record
        if not (record and self.version_id and task):
            return None, self.env._("Choose a record."), None
        if record._name != task.res_model:
            return None, self.env._("The task is about other documents."), None
        record.check_access("read")
        handler = task._handler()
        context = handler._build_context(record)
        suggestions = handler._propose(context)
        if not suggestions:
            return None, self.env._("There is nothing to suggest for this record."), None
        step = self.env["ai.finance.model.step"]
        policies = self.env["ai.finance.policy"]._select(task, record)
        by_record = {record: suggestions[0]}
        prepared = step._prepare(task, context, by_record, policies, trial=self.version_id)
        mine = [one for one in prepared if one.question.prompt == self.prompt_id.code]
        if mine:
            return mine[0], self._not_asked(mine[0]), suggestions[0]
        if not any(step._chains(policies).values()):
            return None, self.env._("No model is connected for this task and company."), None
        return None, self.env._("This prompt has nothing to ask about this record."), None

    def _not_asked(self, one):
        if not one.not_asked:
            return False
        use = {"outcome": one.not_asked, "problem": one.problem}
        return self.env["ai.finance.model.step"]._use_text(use)

    def action_ask(self):
        """Ask the model now and show its answer; counted in the usage, written nowhere else."""
        self.ensure_one()
        one, obstacle, suggestion = self._question()
        if obstacle:
            raise UserError(obstacle)
        asking = self.env["ai.finance.model.asking"]
        asked = {one.request_hash: one}
        calls = asking._ask(self.task_id, one.company, one.chain, asked, purpose="test")
        call = calls.get(one.request_hash)
        if not call:
            raise UserError(self.env._("The model was not asked: the budget is used up."))
        call = call.sudo()
        self.write(
            {
                "answer": call.answer,
                "is_valid": call.state == "answered",
                "result": self._result(one, call, suggestion),
                "tokens": f"{call.prompt_tokens} + {call.completion_tokens}",
                "cost": call.cost,
                "seconds": call.latency_ms / 1000,
            }
        )
        return self._reopened()

    def _result(self, one, call, suggestion):
        """Return in words what the suggestion would be with this answer."""
        if call.state != "answered":
            return call.problem
        found = structured.read_object(call.answer, call.form)
        value = one.value_of(one.question.schema.model_validate(found))
        step = self.env["ai.finance.model.step"]
        merged = step._answered(self.task_id, suggestion, one.question, value)
        summary = self.task_id._handler()._summary({self.record: merged.proposal})
        lines = (summary[self.record].text, merged.explanation)
        return "\n".join(line for line in lines if line)

    def _reopened(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self._description,
        }
