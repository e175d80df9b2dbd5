from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestOutbox(BankMatchCommon):
    """New lines get a suggestion in the background; failures are kept and come back."""

    def new_line(self, label="x", amount=10.0):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-03-20",
                "payment_ref": label,
                "amount": amount,
            }
        )

    def rows(self, lines):
        return self.env["ai.audit.log"].search(
            [("res_model", "=", lines._name), ("res_id", "in", lines.ids)], order="id"
        )

    def drain(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_new_line_is_queued_and_drained(self):
        invoice = self.invoice(self.azure, 1250.0)
        line = self.new_line(invoice.name, 1250.0)
        self.assertEqual(self.rows(line).state, "queued")
        self.drain()
        log = self.rows(line)
        self.assertEqual(log.state, "proposed", log.error)
        self.assertEqual((log.trigger, log.maker_id), ("hook", self.service))
        self.assertEqual(log.proposal["kind"], "match")

    def test_the_same_event_twice_makes_one_suggestion(self):
        line = self.new_line()
        self.env["ai.finance.outbox"]._enqueue("bank.match", line)
        self.env["ai.finance.outbox"]._enqueue("bank.match", line)
        self.drain()
        self.drain()
        self.assertEqual(self.rows(line).mapped("state"), ["proposed"])

    def test_the_button_takes_the_queued_row_over(self):
        line = self.new_line()
        line.with_user(self.clerk).action_ai_suggest()
        log = self.rows(line)
        self.assertEqual((log.state, log.trigger, log.maker_id), ("proposed", "button", self.clerk))

    def test_nothing_is_queued_when_off(self):
        self.policy.mode = "off"
        self.assertFalse(self.rows(self.new_line()))

    def test_a_bad_row_stays_alone(self):
        good, bad = self.new_line("good"), self.new_line("bad")
        handler = self.env.registry["ai.finance.task.bank.match"]
        original = handler._build_context

        def broken(model, records):
            if bad.id in records.ids:
                raise ValueError("broken by the test")
            return original(model, records)

        with (
            patch.object(handler, "_build_context", broken),
            mute_logger("odoo.addons.ai_audit_log.models.ai_finance_outbox"),
        ):
            self.drain()
        self.assertEqual(self.rows(good).state, "proposed")
        log = self.rows(bad)
        self.assertEqual((log.state, log.error), ("queued", "broken by the test"))
        self.assertGreater(log.next_attempt_at, fields.Datetime.now())
        self.assertEqual(log.attempts, 1)

    def test_failed_for_good_is_kept_and_replayed(self):
        line = self.new_line()
        log = self.rows(line)
        self.task.max_attempts = 1
        handler = self.env.registry["ai.finance.task.bank.match"]
        with (
            patch.object(handler, "_build_context", side_effect=ValueError("down")),
            mute_logger("odoo.addons.ai_audit_log.models.ai_finance_outbox"),
        ):
            self.drain()
        self.assertEqual(log.state, "failed")
        log.with_user(self.clerk).action_replay()
        self.drain()
        self.assertEqual(log.state, "proposed")

    def test_rows_of_a_dead_worker_come_back(self):
        line = self.new_line()
        log = self.rows(line)
        log.sudo()._transition(
            "running",
            values={"claimed_at": fields.Datetime.subtract(fields.Datetime.now(), hours=1)},
        )
        self.drain()
        self.assertEqual(log.state, "proposed")

    def test_hourly_look(self):
        line = self.bank_line("INV/2026/00001", 77.0, partner_name="Azure Interior")
        with self.enter_registry_test_mode():
            self.env.ref("ai_bank_reconcile.cron_suggest").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.rows(line).decision, "none")
        self.invoice(self.azure, 77.0)
        self.env.cr.execute(
            "UPDATE account_bank_statement_line SET ai_checked_at = now() - interval '1 day'"
        )
        with self.enter_registry_test_mode():
            self.env.ref("ai_bank_reconcile.cron_suggest").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.rows(line).mapped("state"), ["superseded", "proposed"])
        self.assertEqual(line.ai_suggestion_id.proposal["kind"], "match")
