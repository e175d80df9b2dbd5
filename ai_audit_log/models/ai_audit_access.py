from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL


class AiAuditAccess(models.AbstractModel):
    """Who sees a row of the log: who may read its document; auditors see all."""

    _name = "ai.audit.access"
    _description = "Visibility of the Suggestion Log"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (bypass_access or self._sees_all()):
            domain = Domain(domain) & self._visible_domain()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _sees_all(self):
        """Auditors read every row of their companies, whatever the document."""
        return self.env.su or self.env.user.has_group("ai_audit_log.group_ai_auditor")

    def _visible_domain(self):
        """Return the rows whose document the user may read; shadow rows are for nobody else."""
        visible = Domain.FALSE
        tasks = self.env["ai.finance.task.type"].sudo().with_context(active_test=False).search([])
        for task_model in set(tasks.mapped("res_model")):
            if task_model not in self.env or not self.env[task_model].has_access("read"):
                continue
            visible |= self._document_domain(task_model)
        return visible & (Domain("decision", "!=", "shadow") | Domain("decision", "=", False))

    def _document_domain(self, model):
        """Return the rows about documents of ``model`` that record rules let the user read."""
        documents = self.env[model].with_context(active_test=False)._search([])

        def to_sql(log_model, alias, _query):
            return SQL(
                "(%s = %s AND %s IN %s)",
                SQL.identifier(alias, "res_model"),
                model,
                SQL.identifier(alias, "res_id"),
                documents.subselect(),
            )

        def predicate(log):
            document = self.env[model].browse(log.res_id)
            return log.res_model == model and bool(document.exists()._filtered_access("read"))

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self._sees_all() or not self.ids:
            return result
        forbidden = result[0] if result else self.browse()
        remaining = self - forbidden
        hidden = remaining - remaining._filtered_by_document()
        if not hidden:
            return result
        return forbidden | hidden, lambda: AccessError(
            self.env._("You may not read the documents these suggestions are about.")
        )

    def _filtered_by_document(self):
        """Return the rows whose document the user may read."""
        visible = self.browse()
        for model, logs in self.sudo().grouped("res_model").items():
            if model not in self.env:
                continue
            documents = self.env[model].browse(set(logs.mapped("res_id"))).exists()
            readable = set(documents._filtered_access("read").ids)
            visible |= logs.filtered(
                lambda log, readable=readable: log.res_id in readable and log.decision != "shadow"
            )
        return visible.with_env(self.env)
