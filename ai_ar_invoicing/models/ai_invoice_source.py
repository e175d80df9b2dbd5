from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.ai_audit_log.models.ai_suggestion_mixin import AiSuggestionMixin


class AiInvoiceSource(models.AbstractModel):
    """A delivery or an order: shows the suggestions of the invoices drafted from it."""

    _name = "ai.invoice.source"
    _inherit = AiSuggestionMixin._name
    _description = "Document Invoices are Drafted From"

    ai_comparison = fields.Html(
        string="Ordered and Delivered", compute="_compute_ai_comparison", sanitize=False
    )

    @api.depends("ai_suggestion_id")
    def _compute_ai_comparison(self):
        for record in self:
            record.ai_comparison = record.ai_suggestion_id._ai_comparison_table()

    def _ai_invoices(self):
        """Return the invoices of this document that were drafted by a suggestion."""
        raise NotImplementedError

    def _ai_deliveries(self, proposal):
        """Return the deliveries that a proposal for this document invoices."""
        raise NotImplementedError

    def _ai_logs(self):
        """The document's own rows, and those of its invoices: newest first."""
        by_id = super()._ai_logs()
        gone = self.env["ai.audit.log"].union(*by_id.values())._ai_gone()
        # Only ids: whose rows are shown is up to the access rules of the log.
        invoices = {record.id: record.sudo()._ai_invoices().ids for record in self}
        rows = self.env["ai.audit.log"].search(
            [("task_code", "=", "invoice.post"), ("res_model", "=", "account.move")]
            + [("res_id", "in", list({i for ids in invoices.values() for i in ids}))]
            + [("decision", "!=", "shadow")]
        )
        by_invoice = rows.grouped("res_id")
        result = {}
        for record in self:
            own = by_id.get(record.id, rows.browse())
            made = rows.browse().union(
                *(by_invoice.get(move_id, rows.browse()) for move_id in invoices[record.id])
            )
            result[record.id] = (own - gone | made).sorted("id", reverse=True)
        return result

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_ai_draft_invoices(self):
        """Draft what may be invoiced now, one or many, and show the drafts."""
        self.action_ai_suggest()
        before = self.sudo()._ai_invoices()
        rows = (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [("task_code", "=", self._ai_task_code), ("res_model", "=", self._name)]
                + [("res_id", "in", self.ids), ("state", "=", "approved")]
            )
        )
        for company, own in rows.grouped("company_id").items():
            service = self.env.ref("ai_audit_log.user_service")
            context = {"allowed_company_ids": company.ids, "lang": company.partner_id.lang}
            env = own.with_user(service).with_context(**context).env
            env["ai.finance.decision"]._apply(own.with_env(env).sudo(False))
        self.invalidate_recordset()
        problems = [row.error for row in rows if row.state != "applied" and row.error]
        if problems and not self.sudo()._ai_invoices() - before:
            raise UserError("\n".join(dict.fromkeys(problems)))
        return self._ai_show_drafts(self.sudo()._ai_invoices() - before)

    def _ai_show_drafts(self, invoices):
        """Open the new drafts, or say that a person has to decide, or that there is nothing."""
        readable = invoices.sudo(False)._filtered_access("read")
        if readable:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "ai_ar_invoicing.action_drafted_invoices"
            )
            if len(readable) == 1:
                return {**action, "res_id": readable.id, "views": [(False, "form")]}
            return {**action, "domain": [("id", "in", readable.ids)], "context": {}}
        message = self.env._("%(count)s invoices drafted.", count=len(invoices))
        if not invoices and self.ai_suggestion_id:
            message = self.env._("Nothing is drafted by itself here: look at the suggestion.")
        elif not invoices:
            message = self.env._("There is nothing to invoice now.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_ai_open_invoices(self):
        """Open the invoices drafted from this document."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_ar_invoicing.action_drafted_invoices"
        )
        invoices = self.sudo()._ai_invoices()
        if len(invoices) == 1:
            return {**action, "res_id": invoices.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", invoices.ids)], "context": {}}

    # ------------------------------------------------------------------
    # Traces
    # ------------------------------------------------------------------

    def _ai_applied(self, logs):
        """Tell the chatter of delivery, order and invoice; the mark is on the invoice alone."""
        bodies = {}
        for document, log in zip(self, logs, strict=True):
            why = ", ".join(reason["text"] for reason in log.reasons or ())
            title = self.env._("Invoice drafted")
            body = self._ai_body(title, log, why)
            bodies[document] = body
            for thread in document._ai_related(log):
                bodies.setdefault(thread, body)
        self._ai_tell(bodies)

    def _ai_undone(self, logs):
        title = self.env._("Draft of the invoice removed")
        bodies = {}
        for document, log in zip(self, logs, strict=True):
            body = self._ai_body(title, log, "")
            bodies[document] = body
            for thread in document._ai_related(log):
                bodies.setdefault(thread, body)
        self._ai_tell(bodies)

    def _ai_related(self, log):
        """Return the other documents that a drafting is about: orders, deliveries, invoices."""
        proposal = log.proposal
        invoices = (log.undo_data or {}).get("invoices", ())
        return [
            *self.env["sale.order"].browse(proposal["orders"]),
            *self._ai_deliveries(proposal),
            *self.env["account.move"].browse(invoices).exists(),
        ]

    @api.model
    def _ai_tell(self, bodies):
        """Write notes on documents of several models, in one go a model.

        With full rights: the note tells of what was done, also to who may not write there.
        """
        by_model = {}
        for record, body in bodies.items():
            by_model.setdefault(record._name, {})[record.id] = body
        author = self.env.user.partner_id.id
        for model, texts in by_model.items():
            records = self.env[model].sudo().browse(texts)
            records._message_log_batch(bodies=texts, author_id=author)
