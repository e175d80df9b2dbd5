from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AiFinanceTaskType(models.Model):
    """Registry of tasks: an addon adds a record here, and the kernel can run its task."""

    _name = "ai.finance.task.type"
    _description = "AI Finance Task"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Technical name, written on every row of the log.")
    handler = fields.Char(required=True, help="Technical name of the model that does the task.")
    res_model = fields.Char(string="Document Model", required=True)
    sequence = fields.Integer(default=10, help="Order in lists, and priority in the work queue.")
    max_attempts = fields.Integer(
        default=5, help="After so many failures a row is kept as failed until it is replayed."
    )
    batch_size = fields.Integer(default=500, help="Records handed to the engine at once.")
    payload_days = fields.Integer(
        string="Keep Input (days)",
        default=365,
        help="How long the input of suggestions is kept. 0: not at all. It is then removed, "
        "while the log stays complete and provable.",
    )
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This technical name is taken.")

    @api.constrains("handler", "res_model")
    def _check_handler(self):
        for task in self:
            registry = self.env.registry
            known = task.res_model in registry and task.handler in registry
            if not known or not issubclass(registry[task.handler], registry["ai.finance.task"]):
                raise ValidationError(
                    self.env._("%(name)s is not a task of AI Finance.", name=task.handler)
                )

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        self.env["res.company"].sudo().search([])._ai_create_default_policies(tasks)
        return tasks

    def _handler(self):
        """Return the model that does this task, in the current environment."""
        self.ensure_one()
        return self.env[self.handler]

    @api.model
    def _get(self, code):
        """Return the task with technical name ``code``; it must exist.

        Found with full rights, because hooks also run for people who may not read the registry
        (a customer confirming an order in the portal); it holds nothing but names.
        """
        return self.sudo().search([("code", "=", code)]).ensure_one()
