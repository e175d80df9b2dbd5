from odoo import api, fields, models


class AiFinanceRun(models.Model):
    """What one button, job or import made, so that it can be looked at and undone together."""

    _name = "ai.finance.run"
    _description = "AI Finance Run"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    task_id = fields.Many2one(
        "ai.finance.task.type", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    trigger = fields.Char(required=True, readonly=True)
    log_ids = fields.One2many("ai.audit.log", "run_id", readonly=True)
    suggestion_count = fields.Integer(compute="_compute_counts")
    applied_count = fields.Integer(compute="_compute_counts")

    @api.depends("task_id", "create_date")
    def _compute_name(self):
        for run in self:
            moment = fields.Datetime.context_timestamp(
                run, run.create_date or fields.Datetime.now()
            )
            run.name = f"{run.task_id.name} {moment:%Y-%m-%d %H:%M}"

    def _compute_counts(self):
        groups = self.env["ai.audit.log"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {}
        for run, state, count in groups:
            counts.setdefault(run.id, {})[state] = count
        for run in self:
            states = counts.get(run.id, {})
            run.suggestion_count = sum(states.values())
            run.applied_count = states.get("applied", 0)

    def action_undo(self):
        """Undo everything this run applied; one outcome a record."""
        applied = self.log_ids.filtered(lambda log: log.state == "applied")
        return applied.action_undo()

    def action_open_suggestions(self):
        """Open the suggestions of this run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_audit_log.action_ai_audit_log")
        return {**action, "domain": [("run_id", "=", self.id)], "context": {}}
