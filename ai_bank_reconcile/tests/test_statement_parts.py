from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .statement_common import StatementCommon, as_csv, many


@tagged("post_install", "-at_install")
class TestStatementParts(StatementCommon):
    """A long file is booked in parts: nothing twice, nothing lost, whoever goes on."""

    def lines(self):
        return self.env["account.bank.statement.line"].search([("journal_id", "=", self.bank.id)])

    def server_goes_on(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("ai_bank_reconcile.cron_statement_import").method_direct_trigger()
        self.env.invalidate_all()

    def test_parts_with_progress(self):
        upload = self.begin(as_csv(many(260)))
        self.assertFalse(self.lines())
        answers = self.to_the_end(upload)
        self.assertEqual([answer["done"] for answer in answers], [100, 200, 260])
        self.assertEqual(answers[-1]["state"], "done")
        self.assertEqual(answers[-1]["next"]["res_model"], "account.bank.statement.line")
        lines = self.lines()
        self.assertEqual(len(lines), 260)
        self.assertEqual(sum(lines.mapped("amount")), sum(range(1, 261)))
        self.assertEqual(lines.statement_id, upload.statement_id)
        self.assertRecordValues(
            upload.statement_id,
            [{"is_complete": True, "balance_end_real": float(sum(range(1, 261)))}],
        )
        self.assertEqual(upload.statement_id.attachment_ids.name, "march.csv")
        self.assertFalse(upload.rows)

    def test_suggestions_start_when_all_lines_are_there(self):
        upload = self.begin(as_csv(many(160)))
        upload.action_next_part()
        logs = self.env["ai.audit.log"].search_count
        self.assertFalse(logs([("res_id", "in", self.lines().ids)]))
        self.to_the_end(upload)
        queued = [("res_id", "in", self.lines().ids), ("state", "=", "queued")]
        self.assertEqual(logs(queued), 160)

    def test_the_bank_balance_is_that_of_the_file(self):
        headers = ("Date", "Description", "Amount", "Balance")
        rows = [("2026-03-05", f"P {at}", "1.00", f"{500 + at + 1}.00") for at in range(200)]
        upload = self.begin(as_csv(rows[::-1], headers))
        self.to_the_end(upload)
        statement = upload.statement_id
        self.assertEqual((statement.balance_start, statement.balance_end_real), (500.0, 700.0))
        self.assertTrue(statement.is_complete)
        ordered = statement.line_ids.sorted("internal_index").mapped("payment_ref")
        self.assertEqual(ordered, [row[1] for row in rows])

    def test_a_crash_in_the_middle_doubles_nothing(self):
        """A part and the note of it are one transaction: what broke is done again, whole."""
        upload = self.begin(as_csv(many(260)))
        upload.action_next_part()
        statements = self.env.registry["account.bank.statement.line"]
        real, made = statements.create, []

        def dies(lines, vals_list):
            made.append(real(lines, vals_list[:30]))
            raise MemoryError

        with (
            patch.object(statements, "create", dies),
            self.assertRaises(MemoryError),
            self.env.cr.savepoint(),
        ):
            upload.action_next_part()
        self.env.invalidate_all()
        self.assertTrue(made)
        self.assertEqual((upload.state, upload.done, len(self.lines())), ("importing", 100, 100))
        self.to_the_end(upload)
        self.assertEqual(len(self.lines()), 260)
        self.assertEqual(len(set(self.lines().mapped("payment_ref"))), 260)

    def test_the_server_goes_on_where_the_browser_was_closed(self):
        """As who began it, and only once the browser has been silent."""
        clerk = self.env(user=self.clerk)
        wizard = self.wizard(as_csv(many(260))).with_env(clerk)
        wizard = clerk["ai.bank.statement.import"].create(
            {"journal_id": self.bank.id, "filename": "long.csv", "data": wizard.sudo().data}
        )
        upload = clerk["ai.bank.statement.upload"].browse(
            wizard.action_import()["params"]["upload_id"]
        )
        upload.action_next_part()
        self.server_goes_on()
        self.assertEqual(upload.done, 100)
        upload.last_part_at = fields.Datetime.now() - timedelta(minutes=5)
        for _run in range(3):  # one run where there is time, else a part a run
            self.server_goes_on()
        self.assertEqual((upload.state, upload.done), ("done", 260))
        self.assertEqual(self.lines().create_uid, self.clerk)

    def test_leaving_the_dialog_wakes_the_server(self):
        upload = self.begin(as_csv(many(160)))
        cron = self.env.ref("ai_bank_reconcile.cron_statement_import")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        upload.with_user(self.clerk).action_in_background()
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertLessEqual(trigger.call_at, fields.Datetime.now())

    def test_a_colleague_who_imported_the_rest_meanwhile(self):
        """What is there when a part is booked is left out, and counted."""
        rows = many(200)
        upload = self.begin(as_csv(rows))
        self.load(as_csv(rows[150:]), filename="colleague.csv")
        answers = self.to_the_end(upload)
        self.assertEqual(answers[-1]["state"], "done")
        self.assertEqual(len(self.lines()), 200)
        self.assertEqual(upload.known_count, 50)

    def test_a_period_locked_meanwhile_stops_it_with_the_reason(self):
        """Stopped, told, and to be continued or taken back."""
        rows = many(120, "2026-02-10") + many(60, "2026-03-10")
        upload = self.begin(as_csv(rows))
        companies = self.env.registry["res.company"]
        upload.action_next_part()
        with patch.object(companies, "_validate_locks"), self.locked_until("2026-02-28"):
            answer = upload.action_next_part()
        self.assertEqual((answer["state"], answer["done"]), ("failed", 100))
        self.assertIn("is locked", answer["error"])
        self.assertEqual(len(self.lines()), 100)
        upload.action_continue()
        self.assertEqual(self.to_the_end(upload)[-1]["state"], "done")
        self.assertEqual(len(self.lines()), 180)

    def test_taking_back_leaves_nothing(self):
        upload = self.begin(as_csv(many(160)))
        upload.action_next_part()
        statement = upload.statement_id
        upload.action_take_back()
        self.assertFalse(statement.exists() or self.lines())
        self.assertEqual(upload.state, "taken_back")
        self.assertEqual(len(self.load(as_csv(many(20))).line_ids), 20)

    def test_matched_lines_are_not_taken_back(self):
        invoice = self.invoice(self.azure, 1.0)
        rows = [("2026-03-05", invoice.name, "Azure Interior", "1.00"), *many(159)]
        upload = self.begin(as_csv(rows))
        upload.action_next_part()
        line = self.lines().filtered(lambda one: one.payment_ref == invoice.name)
        self.suggestion(line).action_apply()
        self.assertTrue(line.is_reconciled)
        with self.assertRaisesRegex(UserError, "matched already"):
            upload.action_take_back()

    def test_a_finished_import_is_not_taken_back(self):
        self.load(as_csv(many(3)))
        upload = self.env["ai.bank.statement.upload"].search([("journal_id", "=", self.bank.id)])
        with self.assertRaisesRegex(UserError, "imported to its end"):
            upload.action_take_back()
