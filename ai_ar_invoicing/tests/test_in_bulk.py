from odoo.tests import tagged

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
