from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        twice = self.filtered(lambda paid: paid._ai_is_too_much())
        result = super()._post_process()
        for paid in twice:
            paid._ai_tell_of_too_much()
        return result

    def _ai_is_too_much(self):
        """Tell whether more was paid than was still open: from two windows at once, mostly."""
        self.ensure_one()
        if self.state != "done" or self.is_post_processed or self.operation == "refund":
            return False
        invoices = self.invoice_ids
        still_open = sum(invoices.mapped("amount_residual"))
        return bool(invoices) and self.currency_id.compare_amounts(self.amount, still_open) > 0

    def _ai_tell_of_too_much(self):
        """Have a person pay back, or keep for the next invoice, what is too much."""
        invoice = self.invoice_ids[:1]
        invoice.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=(invoice.invoice_user_id or self.env.user).id,
            summary=self.env._("Paid twice"),
            note=self.env._(
                "%(reference)s paid more than was open. What is too much is on the customer's "
                "account: pay it back, or match it with the next invoice.",
                reference=self.reference,
            ),
        )

    def _create_payment(self, **extra_create_values):
        """Book the early payment discounts of several invoices that are paid together.

        Core does it for one invoice; its own amount never equals that of several.
        """
        if len(self.invoice_ids) > 1 and not extra_create_values.get("write_off_line_vals"):
            write_offs = self._ai_discounts()
            if write_offs:
                extra_create_values["write_off_line_vals"] = write_offs
        return super()._create_payment(**extra_create_values)

    def _ai_discounts(self):
        """Return the write-off lines, where exactly the discounted amounts were paid."""
        found = [
            (invoice, invoice._get_invoice_next_payment_values())
            for invoice in self.invoice_ids
            if invoice.state == "posted"
        ]
        expected = sum(values["amount_due"] for _invoice, values in found)
        if self.currency_id.compare_amounts(expected, self.amount):
            return []
        lines = []
        for invoice, values in found:
            if values["installment_state"] != "epd":
                continue
            item = values["epd_line"]
            entry = {
                "aml": item,
                "amount_currency": -item.amount_residual_currency,
                "balance": -item.balance,
            }
            parts = invoice._get_invoice_counterpart_amls_for_early_payment_discount(
                [entry], values["epd_discount_amount"]
            )
            for part in parts.values():
                lines += [{**line, "partner_id": invoice.partner_id.id} for line in part]
        return lines
