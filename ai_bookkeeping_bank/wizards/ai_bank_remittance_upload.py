from odoo import fields, models
from odoo.exceptions import UserError


class AiBankRemittanceUpload(models.TransientModel):
    """Files of remittance advices, for one bank line or to be joined by themselves."""

    _name = "ai.bank.remittance.upload"
    _description = "Upload Remittance Advices"

    line_id = fields.Many2one("account.bank.statement.line", string="Bank Line", readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    text = fields.Text(help="The text of a mail, where there is no file.")

    def action_upload(self):
        """Read the files, join them, and suggest again for the bank line."""
        self.ensure_one()
        files = self.attachment_ids
        if self.text and self.text.strip():
            values = {"name": self.env._("Mail text.txt"), "raw": self.text.encode()}
            files |= self.env["ir.attachment"].create(values)
        if not files:
            raise UserError(self.env._("Choose a file, or paste the text of the mail."))
        found = self.env["ai.bank.remittance"]._from_files(files, self.line_id)
        unread = found.filtered(lambda one: one.state == "unread")
        lines = found.line_id.filtered(lambda line: not line.is_reconciled)
        if lines:
            lines.action_ai_suggest()
        if self.line_id and not unread:
            return {"type": "ir.actions.act_window_close"}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ai_bookkeeping_bank.action_ai_bank_remittance"
        )
        action |= {"domain": [("id", "in", found.ids)], "context": {}}
        if len(found) == 1:
            action |= {"res_id": found.id, "views": [(False, "form")]}
        return action
