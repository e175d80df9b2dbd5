from odoo import api, fields, models

from odoo.addons.ai_audit_log.engine import lifecycle
from odoo.addons.ai_audit_log.models.ai_finance_messages import CONTEXT_KEY, Messages

from .ai_invoice_check_mixin import AiInvoiceCheckMixin
from .ai_invoice_sending_mixin import AiInvoiceSendingMixin
from .ai_invoice_text_mixin import AiInvoiceTextMixin

TASK = "invoice.post"
#: What a suggestion to post depends on; another value calls for another look.
INPUTS = {
    *("invoice_line_ids", "line_ids", "partner_id", "partner_shipping_id", "invoice_date"),
    *("currency_id", "journal_id", "invoice_payment_term_id", "fiscal_position_id"),
}


class AccountMove(models.Model):
    _name = "account.move"
    # The checks come first: they stand in the way of core's posting.
    _inherit = [
        AiInvoiceCheckMixin._name,
        AiInvoiceTextMixin._name,
        "account.move",
        AiInvoiceSendingMixin._name,
        "ai.suggestion.mixin",
    ]

    _ai_task_code = TASK

    ai_picking_ids = fields.Many2many(
        "stock.picking",
        "ai_invoice_picking_rel",
        "move_id",
        "picking_id",
        string="Deliveries",
        readonly=True,
        copy=False,
    )
    ai_picking_count = fields.Integer(compute="_compute_ai_picking_count")
    ai_dated = fields.Json(readonly=True, copy=False)
    ai_comparison = fields.Html(
        string="Ordered and Delivered", compute="_compute_ai_comparison", sanitize=False
    )

    def _compute_ai_picking_count(self):
        for move in self:
            # The count is no secret; who may not read deliveries has no button to open them.
            move.ai_picking_count = len(move.sudo().ai_picking_ids)

    @api.depends("ai_suggestion_id")
    def _compute_ai_comparison(self):
        for move in self:
            # Other addons suggest other things for bills.
            own = move.ai_suggestion_id.filtered(lambda log: log.task_code == TASK)
            move.ai_comparison = own._ai_comparison_table()

    def action_ai_open_deliveries(self):
        """Open the deliveries this invoice was drafted from."""
        pickings = self.sudo().ai_picking_ids
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.action_picking_tree_all")
        if len(pickings) == 1:
            return {**action, "res_id": pickings.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", pickings.ids)], "context": {}}

    # ------------------------------------------------------------------
    # What people do themselves
    # ------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if INPUTS & set(vals) and not self.env.context.get("ai_posting"):
            changed = self.filtered(lambda move: move.ai_generated and move.state == "draft")
            if changed._ai_open_logs():
                self.env["ai.finance.outbox"]._enqueue(TASK, changed)
        return result

    def _post(self, soft=True):
        posted = super()._post(soft)
        if not self.env.context.get("ai_posting"):
            note = self.env._("Posted by %(name)s.", name=self.env.user.name)
            posted._ai_close(note)
        posted._ai_queue_sending()
        return posted

    def _get_portal_payment_link(self):
        # Core writes today's amount into the link of the QR code; ours asks for what is open.
        return self._ai_live_payment_link()

    def _get_online_payment_error(self):
        return self._ai_payment_error() or super()._get_online_payment_error()

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._ai_payment_under_way()

    def unlink(self):
        drafted = self.filtered("ai_generated")
        if drafted:
            drafted._ai_close(self.env._("The draft was removed."))
        return super().unlink()

    def _ai_open_logs(self):
        """Return the open suggestions to post these invoices, whoever may see them."""
        ids = [move.id for move in self if move.ai_generated]
        if not ids:
            return self.env["ai.audit.log"].sudo()
        return (
            self.env["ai.audit.log"]
            .sudo()
            .search(
                [("task_code", "=", TASK), ("res_model", "=", self._name)]
                + [("res_id", "in", ids), ("state", "in", [*lifecycle.OPEN])]
            )
        )

    def _ai_close(self, note):
        """End suggestions that a person's own deed made needless."""
        rows = self._ai_open_logs()
        if rows:
            rows._transition("superseded", note=note)
            self.env["ai.finance.approval"]._wake(rows)
            self._ai_invalidate()

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_track(self, fields_iter, initial_values_dict):
        if not self.env.context.get("ai_posting"):
            return super()._message_track(fields_iter, initial_values_dict)
        messages = Messages()
        tracked = self.with_context(**{CONTEXT_KEY: messages})
        changes = super(AccountMove, tracked)._message_track(fields_iter, initial_values_dict)
        self.env["ai.finance.messages"]._create_together(messages)
        return changes

    def message_post(self, **kwargs):
        if self.env["ai.finance.messages"]._takes(self, kwargs):
            return self.env["mail.message"]
        return super().message_post(**kwargs)

    # ------------------------------------------------------------------
    # Traces
    # ------------------------------------------------------------------

    def _ai_applied(self, logs):
        """Tell invoice, orders and deliveries; who drafted it stays its source."""
        if logs[:1].task_code != TASK:
            return super()._ai_applied(logs)
        return self._ai_tell_all(logs, self.env._("Invoice posted"))

    def _ai_undone(self, logs):
        if logs[:1].task_code != TASK:
            return super()._ai_undone(logs)
        return self._ai_tell_all(logs, self.env._("Posting of the invoice taken back"))

    def _ai_tell_all(self, logs, title):
        bodies = {}
        for move, log in zip(self, logs, strict=True):
            why = ", ".join(reason["text"] for reason in log.reasons or ())
            body = self._ai_body(title, log, why)
            bodies[move] = body
            orders = move.sudo().invoice_line_ids.sale_line_ids.order_id
            for thread in (*orders, *move.sudo().ai_picking_ids):
                bodies.setdefault(thread, body)
        self.env["ai.invoice.source"]._ai_tell(bodies)
