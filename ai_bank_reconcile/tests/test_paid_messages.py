from unittest.mock import patch

from odoo.tests import tagged

from .common import BankMatchCommon

#: What differs between any two messages, whoever made them.
OWN = {
    "id", "res_id", "message_id", "reply_to", "date", "create_date", "write_date", "record_name",
    "parent_id", "child_ids", "tracking_value_ids", "display_name", "account_audit_log_move_id",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestPaidMessages(BankMatchCommon):
    """Core's "Paid" messages are made together, and are the ones core would have posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Test classes of core leave messages and tracking out.
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=False, mail_notrack=False))
        cls.paid = cls.env.ref("account.mt_invoice_paid")

    def pay(self, invoices):
        """Approve a bank line for each of ``invoices`` and return the "Paid" messages."""
        lines = self.env["account.bank.statement.line"].union(
            *(self.bank_line(invoice.name, invoice.amount_total) for invoice in invoices)
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        lines.action_ai_suggest()
        lines.ai_suggestion_id.action_apply()
        self.env.cr.precommit.run()
        self.assertTrue(all(lines.mapped("is_reconciled")))
        found = invoices.message_ids.filtered(lambda message: message.subtype_id == self.paid)
        return found.sorted("res_id")

    def values(self, message):
        fields = [
            name
            for name, field in message._fields.items()
            if field.store and name not in OWN and not field.inherited
        ]
        [values] = message.read(fields, load=None)
        del values["id"]
        changes = message.sudo().tracking_value_ids
        tracked = sorted(
            (change.field_id.name, change.old_value_char, change.new_value_char)
            for change in changes
        )
        ancestor = message.parent_id
        return values, tracked, (ancestor.res_id == message.res_id, ancestor.message_type)

    def test_same_as_cores(self):
        invoices = self.env["account.move"].union(
            *(self.invoice(self.azure, amount) for amount in (110.0, 120.0))
        )
        Move, Messages = type(invoices), type(self.env["ai.finance.messages"])
        with patch.object(Messages, "_values", autospec=True, side_effect=Messages._values) as made:
            together = self.pay(invoices)
        self.assertEqual(made.call_args.args[1], invoices, "one create for both")
        others = self.env["account.move"].union(
            *(self.invoice(self.azure, amount) for amount in (110.0, 120.0))
        )
        with patch.object(
            Move, "_ai_nobody_follows_paid", lambda moves: moves.browse(), create=False
        ):
            one_by_one = self.pay(others)
        self.assertEqual(together.mapped("res_id"), invoices.ids)
        self.assertEqual(one_by_one.mapped("res_id"), others.ids)
        for mine, core in zip(together, one_by_one, strict=True):
            self.assertEqual(self.values(mine), self.values(core))
            self.assertEqual(mine.reply_to.split("<")[0], core.reply_to.split("<")[0])

    def test_followers_are_told(self):
        told, silent = self.invoice(self.azure, 110.0), self.invoice(self.azure, 120.0)
        told.message_subscribe(self.clerk.partner_id.ids, self.paid.ids)
        first, second = self.pay(told + silent)
        self.assertEqual(first.notified_partner_ids, self.clerk.partner_id)
        self.assertFalse(second.notified_partner_ids)
