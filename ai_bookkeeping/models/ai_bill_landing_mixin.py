from datetime import timedelta

from odoo import fields, models

BILLS = ("in_invoice", "in_refund")
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif", "image/bmp")
#: The worker takes a bill that core is decoding itself only then: core's decoder commits before
#: and after its work, and would collide with a reading at the same moment.
CORE_DECODES = timedelta(minutes=1)


class AiBillLandingMixin(models.AbstractModel):
    """Where files of bills land: uploads, the mail alias, files put on a draft.

    Core creates the draft and decodes electronic bills; what it leaves is read by the worker.
    Core's import commits by itself: the order to read is written before, with the draft, so that
    nothing is lost where the process ends in between.
    """

    _name = "ai.bill.landing.mixin"
    _description = "Bill from a File"

    def _extend_with_attachments(self, files_data, new=False):
        self.ensure_one()
        wanted = self._ai_bill_wanted(files_data, new)
        if wanted:
            for file_data in files_data:
                if "decoder_info" not in file_data:
                    file_data["decoder_info"] = self._get_edi_decoder(file_data, new=new)
            decodes = any((data["decoder_info"] or {}).get("priority") for data in files_data)
            at = fields.Datetime.now() + CORE_DECODES if decodes else None
            self._ai_bill_landed(wanted, at)
        done = super()._extend_with_attachments(files_data, new)
        if wanted and self.ai_bill_state == "waiting":
            self._ai_bill_hurry()
        return done

    def _ai_bill_wanted(self, files_data, new):
        """Return the attachment a draft is to be read from, empty where there is nothing to do."""
        nothing = self.env["ir.attachment"]
        if self.move_type not in BILLS or self.state != "draft" or not files_data:
            return nothing
        if not new and (self.invoice_line_ids or self.ai_bill_file_id):
            return nothing  # a further file on a bill that has its own
        files = self._from_files_data(files_data)
        return self._ai_bill_best_file(files)

    def _ai_bill_best_file(self, files):
        """Return the one to read: what people look at (a PDF) before XML before pictures."""

        def rank(attachment):
            kind = attachment.mimetype or ""
            if kind.endswith("/pdf") or (attachment.name or "").lower().endswith(".pdf"):
                return 0
            return 1 if kind.endswith("/xml") else 2 if kind.startswith("image/") else 3

        return files.sorted(rank)[:1]

    def _ai_bill_landed(self, attachment, at=None):
        """Note the file and queue the draft to be read."""
        sender = {"partner_id": self.partner_id.id} if self._ai_bill_by_mail() else {}
        self.with_context(ai_bill_working=True, skip_is_manually_modified=True).write(
            {"ai_bill_file_id": attachment.id, "ai_bill_filled": sender}
        )
        self._ai_bill_queue("hook", at)

    def _ai_bill_by_mail(self):
        return bool(self.env.context.get("from_alias") and self.partner_id)

    def _ai_bill_queue(self, trigger, at=None):
        """Queue drafts with a file to be read; returns those whose policy lets them be read."""
        task = self.env["ai.finance.task.type"]._get("bill.read")
        policies = self.env["ai.finance.policy"]._select(task, self)
        wanted = self.filtered(lambda move: policies[move].mode != "off")
        shown = wanted.filtered(lambda move: policies[move].mode != "shadow")
        if shown:
            shown.with_context(ai_bill_working=True, skip_is_manually_modified=True).write(
                {"ai_bill_state": "waiting"}
            )
        if wanted:
            self.env["ai.finance.outbox"]._enqueue("bill.read", wanted, trigger, at)
        return wanted

    def _ai_bill_hurry(self):
        """Let the worker take the draft now: core is done with it."""
        rows = (
            self.env["ai.audit.log"]
            .sudo()  # the queue is the kernel's
            .search(
                [("task_code", "=", "bill.read"), ("res_model", "=", self._name)]
                + [("res_id", "in", self.ids), ("state", "=", "queued")]
            )
        )
        if rows:
            rows._write_outcome({"next_attempt_at": fields.Datetime.now()})
            self.env["ai.finance.outbox"]._wake()

    # ------------------------------------------------------------------
    # Pictures and mails
    # ------------------------------------------------------------------

    def _should_attach_to_record(self, attachment):
        """Photos of receipts stay on the bill; what a mail shows in its text does not."""
        if super()._should_attach_to_record(attachment):
            return True
        drawn = self.env.context.get("ai_bill_inline", ())
        return bool(
            attachment
            and not attachment.res_field
            and attachment.mimetype in PICTURES
            and attachment.id not in drawn
            and (self.env.context.get("ai_bill_mail") or self[:1].move_type in BILLS)
        )

    def _get_import_file_type(self, file_data):
        kind = super()._get_import_file_type(file_data)
        if not kind and self.env.context.get("ai_bill_mail") and file_data["mimetype"] in PICTURES:
            return "ai_picture"
        return kind

    def _group_files_data_into_groups_of_mixed_types(self, files_data):
        """Several photos are several bills; beside a document they only go along with it."""
        kinds = {data["import_file_type"] for data in files_data}
        if "ai_picture" in kinds and len(kinds) > 1:
            for data in files_data:
                if data["import_file_type"] == "ai_picture":
                    data["import_file_type"] = None
        return super()._group_files_data_into_groups_of_mixed_types(files_data)

    def _message_post_after_hook(self, new_message, message_values):
        files = new_message.attachment_ids
        from_alias = self.env.context.get("from_alias") and self[:1].move_type in BILLS
        if not (from_alias and files):
            return super()._message_post_after_hook(new_message, message_values)
        body = str(new_message.body or "")
        inline = [one.id for one in files if f"/web/image/{one.id}" in body]
        mail = self.with_context(ai_bill_mail=True, ai_bill_inline=tuple(inline))
        result = super(AiBillLandingMixin, mail)._message_post_after_hook(
            new_message, message_values
        )
        others = files.filtered(lambda one: one.id not in inline)
        if others and not self.ai_bill_file_id:
            # Nothing that core keeps: a draft with the file all the same, and the reason on it.
            kept = self._ai_bill_best_file(others)
            kept.write({"res_model": self._name, "res_id": self.id})
            self._ai_bill_landed(kept)
        return result
