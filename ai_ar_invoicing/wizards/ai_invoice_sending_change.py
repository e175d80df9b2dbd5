from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.ai_invoice_sending import CHANNELS


class AiInvoiceSendingChange(models.TransientModel):
    """A person changes how an invoice is sent, before it is: channel, recipients, text."""

    _name = "ai.invoice.sending.change"
    _description = "Change of a Sending"

    log_id = fields.Many2one("ai.audit.log", required=True, readonly=True)
    move_id = fields.Many2one("account.move", required=True, readonly=True)
    company_id = fields.Many2one(related="move_id.company_id")
    channel = fields.Selection(CHANNELS, required=True)
    partner_ids = fields.Many2many("res.partner", string="Recipients", context={"show_email": True})
    template_id = fields.Many2one(
        "mail.template", string="Text", domain=[("model", "=", "account.move")]
    )
    subject = fields.Char(help="Empty: the subject of the text.")
    note = fields.Text(string="Personal Text", help="Stands before the text.")
    slip = fields.Boolean(string="With Delivery Slip")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    preview_subject = fields.Char(string="Subject Shown", compute="_compute_preview")

    @api.model
    def _offer(self, log):
        """Return the dialog for an open suggestion."""
        if not log:
            raise UserError(self.env._("There is no open suggestion to change."))
        proposal = log.proposal
        move = log._document()
        wizard = self.create(
            {
                "log_id": log.id,
                "move_id": move.id,
                "channel": proposal["channel"] or "post",
                "partner_ids": proposal["partner_ids"],
                "template_id": proposal["template_id"] or move._get_mail_template().id,
                "subject": proposal["subject"],
                "note": proposal["note"],
                "slip": proposal["slip"],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Sending"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.depends("template_id", "note", "subject", "channel")
    def _compute_preview(self):
        Text = self.env["ai.invoice.sending.text"]
        for wizard in self:
            move, template = wizard.move_id, wizard.template_id
            if wizard.channel != "email" or not template:
                wizard.preview = wizard.preview_subject = False
                continue
            lang = Text._language(move, template)
            wizard.preview = Text._body(move, template, lang, wizard.note)
            wizard.preview_subject = wizard.subject or Text._subject(move, template, lang)

    def action_save(self):
        """Replace the suggestion by what was chosen; it still has to be approved."""
        self._amend()
        return {"type": "ir.actions.act_window_close"}

    def action_save_and_send(self):
        """Replace the suggestion by what was chosen, and approve it."""
        return self._amend().action_apply()

    def _amend(self):
        self.ensure_one()
        by_mail = self.channel == "email"
        change = {
            "channel": self.channel,
            "partner_ids": sorted(self.partner_ids.ids) if by_mail else [],
            "template_id": self.template_id.id if by_mail else None,
            "subject": by_mail and self.subject or None,
            "note": by_mail and self.note or None,
            "slip": by_mail and self.slip,
        }
        return self.env["ai.finance.decision"]._amend(self.log_id, change)
