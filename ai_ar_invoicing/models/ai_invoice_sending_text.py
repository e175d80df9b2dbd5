from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date, plaintext2html


class AiInvoiceSendingText(models.AbstractModel):
    """What is written to the customer, in their language, and what is attached."""

    _name = "ai.invoice.sending.text"
    _description = "Text Sent with an Invoice"

    @api.model
    def _send(self, sending, move):
        """Have core make the documents of ``move`` and the mail with them.

        :param sending: the ``ai.invoice.sending``, with all rights
        :param move: the invoice, with the rights of who approved the sending
        """
        Send = move.env["account.move.send"]
        template = sending.template_id or move._get_mail_template()
        lang = self._language(move, template)
        slips = self._slips(move) if sending.with_slip else []
        settings = Send._get_default_sending_settings(move, sending_methods=["email"])
        widget = Send._get_default_mail_attachments_widget(
            move,
            template,
            invoice_edi_format=settings["invoice_edi_format"],
            extra_edis=settings["extra_edis"],
            pdf_report=settings["pdf_report"],
        )
        Send._generate_and_send_invoices(
            move,
            sending_methods=["email"],
            mail_template=template,
            mail_lang=lang,
            mail_subject=sending.subject or self._subject(move, template, lang),
            mail_body=self._body(move, template, lang, sending.note),
            mail_partner_ids=sending.recipient_ids.ids,
            mail_attachments_widget=[*widget, *map(self._as_attached, slips)],
        )
        for slip in slips:
            slip.unlink()  # the mail has its own copy

    def _language(self, move, template):
        Send = self.env["account.move.send"]
        rendered = Send._get_default_mail_lang(move, template)
        return rendered or move.partner_id.lang or self.env.lang

    def _subject(self, move, template, lang):
        return self.env["account.move.send"]._get_default_mail_subject(move, template, lang)

    def _body(self, move, template, lang, note=None):
        """Return the text of the template with the personal text and the link to pay."""
        body = self.env["account.move.send"]._get_default_mail_body(move, template, lang) or ""
        if note:
            body = plaintext2html(note) + body
        link = move.ai_payment_link
        if not link or link in body.replace("&amp;", "&"):
            return Markup(body)
        return Markup(body) + self._link(move, lang, link)

    def _link(self, move, lang, link):
        others = self.env["ai.payment.link"]._open_together(move)
        values = {
            "move": move,
            "link": link,
            "discount": self._discount(move, lang),
            "others": others,
            "link_all": others and self.env["ai.payment.link"]._link(others),
            "total": sum(others.mapped("amount_residual")),
        }
        return (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render("ai_ar_invoicing.mail_payment_link", values, lang=lang)
        )

    def _discount(self, move, lang):
        """Return what is to be paid until when, where an early payment is rewarded."""
        values = move._get_invoice_next_payment_values()
        if values.get("installment_state") != "epd":
            return None
        day = format_date(self.env, values["discount_date"], lang_code=lang)
        return {"amount": values["amount_due"], "date": day}

    # ------------------------------------------------------------------
    # Delivery slips
    # ------------------------------------------------------------------

    @api.model
    def _deliveries(self, move):
        """Return the deliveries that ``move`` invoices."""
        # Who sends invoices need not have rights in the warehouse: names and slips only.
        move = move.sudo()
        if "ai_picking_ids" in move._fields and move.ai_picking_ids:
            pickings = move.ai_picking_ids
        else:
            pickings = move.invoice_line_ids.sale_line_ids.move_ids.picking_id
        return pickings.filtered(
            lambda one: one.state == "done" and one.picking_type_code == "outgoing"
        ).sorted("id")

    def _slips(self, move):
        """Return a delivery slip as attachment for each delivery, printed one by one."""
        report = self.env["ir.actions.report"].sudo()
        slips = self.env["ir.attachment"].sudo()
        for picking in self._deliveries(move):
            content, kind = report._render_qweb_pdf("stock.action_report_delivery", picking.ids)
            name = self.env._("Delivery Slip %s", picking.name).replace("/", "_")
            slips |= slips.create(
                {
                    "name": f"{name}.{kind}",
                    "raw": content,
                    "res_model": move._name,
                    "res_id": move.id,
                }
            )
        return slips

    def _as_attached(self, attachment):
        return {
            "id": attachment.id,
            "name": attachment.name,
            "mimetype": attachment.mimetype,
            "placeholder": False,
        }
