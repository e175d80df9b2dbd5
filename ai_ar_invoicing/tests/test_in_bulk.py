from odoo.tests import tagged

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from .sending_common import SendingCommon

KERNEL = "odoo.addons.ai_audit_log.models.ai_finance_decision"


@tagged("post_install", "-at_install")
class TestInBulk(SendingCommon):
    """Many at once are one batch: nothing in it falls back to one by one."""

    def drafts(self, number=3):
        for _each in range(number):
            self.deliver(self.order((self.desk, 2)))
        self.work()
        return self.env["account.move"].search([("ai_generated", "=", True)])

    def test_posted_and_taken_back_together(self):
        invoices = self.drafts()
        logs = invoices.ai_suggestion_id.with_user(self.clerk)
        self.assertEqual(len(logs), 3)
        with self.assertNoLogs(KERNEL, "ERROR"):
            logs.action_apply()
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        for invoice in invoices:
            self.assertIn("Invoice posted", "".join(invoice.message_ids.mapped("body")))
        with self.assertNoLogs(KERNEL, "ERROR"):
            logs.action_undo()
        self.assertEqual(set(logs.mapped("state")), {"undone"}, logs.mapped("error"))

    def test_approved_to_be_sent_together(self):
        invoices = self.drafts()
        invoices.ai_suggestion_id.with_user(self.clerk).action_apply()
        self.work()
        logs = invoices.ai_send_log_id.with_user(self.clerk)
        self.assertEqual(len(logs), 3)
        with self.assertNoLogs(KERNEL, "ERROR"):
            logs.action_apply()
        self.assertEqual(len(invoices.ai_sending_ids), 3)
        with self.assertNoLogs(KERNEL, "ERROR"):
            logs.action_undo()
        self.assertEqual(set(logs.mapped("state")), {"undone"}, logs.mapped("error"))


@tagged("post_install", "-at_install")
class TestMessagesTogether(SendingCommon):
    """Messages of invoices made together are those of invoices made one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests run without chatter; this one is about it.
        with_chatter = dict.fromkeys(DISABLED_MAIL_CONTEXT, False)
        cls.env = cls.env(context={**cls.env.context, **with_chatter})

    def drafts(self, number=3):
        for _each in range(number):
            self.deliver(self.order((self.desk, 2)))
        self.work()
        return self.env["account.move"].search([("ai_generated", "=", True)])

    def test_their_messages_are_those_of_an_invoice_made_by_hand(self):
        invoices = self.drafts()
        self.assertTrue(all(invoices.mapped("ai_check_level")), "checked on the way")
        invoices.ai_suggestion_id.with_user(self.clerk).action_apply()
        self.flush_tracking()
        order = self.order((self.desk, 2))
        # As the AI Finance user and without a queue, which leave their names in it.
        self.deliver(order)
        by_hand = order.with_user(self.service)._create_invoices()
        self.flush_tracking()
        by_hand = by_hand.with_user(self.clerk)
        by_hand.invoice_date = invoices[0].invoice_date
        by_hand.action_post()
        self.flush_tracking()
        expected = self.messages(by_hand)
        self.assertGreaterEqual(len(expected), 3, "created, its origin, posted")
        for invoice in invoices:
            mine = self.messages(invoice)
            self.assertEqual([one for one in expected if one not in mine], [])

    def flush_tracking(self):
        """Have messages about changed values written, as the end of a transaction does."""
        self.env.flush_all()
        self.cr.flush()

    def messages(self, move):
        """Return what a reader of the chatter sees of each message but of our own notes."""
        names = {
            move.name: "NAME",
            move.invoice_origin: "ORDER",
            str(move.invoice_line_ids.sale_line_ids.order_id.id): "ID",
        }

        def neutral(text):
            for name, word in names.items():
                text = text.replace(name, word)
            return text

        return [
            {
                "body": neutral(str(one.body or "")),
                "subtype": one.subtype_id,
                "type": one.message_type,
                "author": one.author_id,
                "email": one.email_from,
                "domain": one.record_alias_domain_id,
                "company": one.record_company_id,
                "signature": one.email_add_signature,
                "internal": one.is_internal,
                "parent": bool(one.parent_id),
                "values": sorted(one.tracking_value_ids.mapped("field_id.name")),
            }
            for one in move.sudo().message_ids.sorted("id")
        ]

    def test_whoever_follows_posted_invoices_is_told_of_those_made_together(self):
        invoices = self.drafts()
        follower = self.new_customer("Bookkeeper")
        validated = self.env.ref("account.mt_invoice_validated")
        invoices[0].message_subscribe(follower.ids, subtype_ids=validated.ids)
        invoices.ai_suggestion_id.with_user(self.clerk).action_apply()
        self.flush_tracking()
        told = self.env["mail.notification"].search([("res_partner_id", "=", follower.id)])
        self.assertEqual(told.mail_message_id.mapped("res_id"), invoices[0].ids)
        posted = invoices.message_ids.filtered(lambda one: one.subtype_id == validated)
        self.assertEqual(sorted(posted.mapped("res_id")), sorted(invoices.ids))
