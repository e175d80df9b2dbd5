import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class AiInvoiceArchive(models.Model):
    """One file exactly as it went to a customer: written once, provable by its SHA-256."""

    _name = "ai.invoice.archive"
    _description = "Sent Document"
    _order = "id desc"

    name = fields.Char(string="File", required=True, readonly=True)
    sending_id = fields.Many2one(
        "ai.invoice.sending", required=True, readonly=True, index=True, ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index=True, ondelete="restrict"
    )
    channel = fields.Selection(related="sending_id.channel", store=True, readonly=True)
    recipients = fields.Char(readonly=True)
    sent_at = fields.Datetime(string="Sent on", readonly=True, index=True)
    message_uid = fields.Char(string="Message-ID", readonly=True)
    subject = fields.Char(readonly=True)
    body = fields.Html(string="Text", readonly=True, sanitize=False)
    mimetype = fields.Char(readonly=True)
    content = fields.Binary(attachment=True, readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True, index=True)
    intact = fields.Boolean(string="As It Was Sent", compute="_compute_intact")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["sha256"] = self._digest(vals["content"])
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        """What was sent cannot be changed afterwards."""
        raise UserError(self.env._("The archive of sent documents cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The archive of sent documents cannot be deleted."))

    def copy_data(self, default=None):
        """What was sent once was not sent twice."""
        raise UserError(self.env._("The archive of sent documents cannot be changed."))

    def _digest(self, content):
        return hashlib.sha256(base64.b64decode(content)).hexdigest()

    @api.depends("content", "sha256")
    def _compute_intact(self):
        for document in self:
            content = document.with_context(bin_size=False).content
            document.intact = bool(content) and self._digest(content) == document.sha256

    @api.model
    def _keep(self, sending, files, **values):
        """Archive ``files``, dicts with ``name``, ``raw`` (bytes) and ``mimetype``.

        :param sending: the ``ai.invoice.sending`` they went out with
        :param values: further values of each document
        """
        return self.create(
            [
                {
                    **values,
                    "sending_id": sending.id,
                    "move_id": sending.move_id.id,
                    "company_id": sending.company_id.id,
                    "partner_id": sending.partner_id.commercial_partner_id.id,
                    "name": file["name"],
                    "mimetype": file["mimetype"],
                    "content": base64.b64encode(file["raw"]),
                }
                for file in files
            ]
        )

    def action_download(self):
        """Download the file as it was sent."""
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self._name}/{self.id}/content/{self.name}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
