from odoo.tests import tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestSuggest(BankMatchCommon):
    """What the log says after "Suggest matches"."""

    def test_match_by_reference(self):
        invoice = self.invoice(self.azure, 1250.0)
        self.invoice(self.wood, 1250.0)
        line = self.bank_line(f"TRF {invoice.name}", 1250.0, partner_name="AZURE INTERIOR")
        log = self.suggestion(line)
        self.assertEqual(log.state, "proposed")
        self.assertEqual(log.task_code, "bank.match")
        self.assertEqual((log.res_model, log.res_id), (line._name, line.id))
        self.assertEqual(log.proposal["kind"], "match")
        self.assertEqual(
            log.proposal["counterparts"],
            [{"move_line_id": self.open_item(invoice).id, "amount": "1250.00"}],
        )
        self.assertIsNone(log.proposal["write_off"])
        self.assertGreater(log.confidence, 0.95)
        self.assertEqual(log.decision, "suggest", "the default is a person")
        self.assertTrue(log.auto_eligible)
        self.assertIn("reference", {reason["code"] for reason in log.reasons})
        self.assertTrue(all(reason["text"] for reason in log.reasons))
        self.assertEqual(log.amount, 1250.0)
        self.assertEqual(log.partner_id, self.azure)
        self.assertIn(invoice.name, log.summary)

    def test_match_by_amount_and_name(self):
        invoice = self.invoice(self.wood, 861.3)
        self.invoice(self.azure, 500.0)
        line = self.bank_line("Payment goods", 861.3, partner_name="WOOD CORNER")
        log = self.suggestion(line)
        self.assertEqual(
            [part["move_line_id"] for part in log.proposal["counterparts"]],
            self.open_item(invoice).ids,
        )

    def test_partial_payment(self):
        invoice = self.invoice(self.azure, 1000.0)
        line = self.bank_line(f"{invoice.name} first part", 400.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertEqual(log.proposal["counterparts"][0]["amount"], "400.00")
        self.assertTrue(log.auto_eligible, "named, and the payer agrees")
        self.assertIn("in part", log.summary)

    def test_a_little_less_than_open_is_a_persons_decision(self):
        """A fee, a discount or an error: what becomes of the difference is to be chosen."""
        invoice = self.invoice(self.azure, 1000.0)
        line = self.bank_line(invoice.name, 988.0, partner_name="Azure Interior")
        self.assertFalse(self.suggestion(line).auto_eligible)

    def test_a_part_without_the_number_is_a_persons_decision(self):
        self.invoice(self.azure, 1000.0)
        line = self.bank_line("first part", 400.0, partner_name="Azure Interior")
        self.assertFalse(self.suggestion(line).auto_eligible)

    def test_vendor_bill(self):
        bill = self.invoice(self.wood, 75.5, move_type="in_invoice", ref="RE-4711")
        line = self.bank_line("RE-4711", -75.5, partner_name="Wood Corner GmbH")
        log = self.suggestion(line)
        self.assertEqual(
            log.proposal["counterparts"],
            [{"move_line_id": self.open_item(bill).id, "amount": "75.50"}],
        )

    def test_nothing_fits(self):
        self.invoice(self.azure, 100.0)
        line = self.bank_line("Card payment petrol station", -47.11)
        log = self.suggestion(line)
        self.assertEqual(log.proposal["kind"], "none")
        self.assertEqual(log.proposal["counterparts"], [])
        self.assertEqual(log.decision, "none")
        self.assertFalse(log.auto_eligible)
        self.assertTrue(log.reasons[0]["text"], "it says why nothing fits")

    def test_twins_are_never_automatic(self):
        self.invoice(self.azure, 300.0)
        self.invoice(self.azure, 300.0)
        log = self.suggestion(self.bank_line("Transfer", 300.0, partner_name="Azure Interior"))
        self.assertFalse(log.auto_eligible)

    def test_many_lines_at_once_write_one_row_each(self):
        invoices = [self.invoice(self.azure, 100.0 + i) for i in range(5)]
        lines = self.env["account.bank.statement.line"].union(
            *[self.bank_line(move.name, move.amount_total) for move in invoices],
            self.bank_line("unknown", 7.77),
        )
        lines.action_ai_suggest()
        logs = self.env["ai.audit.log"].search([("res_id", "in", lines.ids)])
        self.assertEqual(len(logs), 6)
        self.assertEqual(set(logs.mapped("state")), {"proposed"})
        self.assertEqual(len(logs.run_id), 1)

    def test_unchanged_input_makes_no_new_row(self):
        invoice = self.invoice(self.azure, 1250.0)
        line = self.bank_line(invoice.name, 1250.0)
        log = self.suggestion(line)
        line.action_ai_suggest()
        self.assertEqual(self.env["ai.audit.log"].search([("res_id", "=", line.id)]), log)

    def test_changed_input_supersedes(self):
        line = self.bank_line("INV/2026/00001 Azure", 77.0, partner_name="Azure Interior")
        old = self.suggestion(line)
        self.assertEqual(old.decision, "none")
        invoice = self.invoice(self.azure, 77.0)
        new = self.suggestion(line)
        self.assertEqual(old.state, "superseded")
        self.assertEqual(
            new.proposal["counterparts"][0]["move_line_id"], self.open_item(invoice).id
        )

    def test_rejected_is_not_suggested_again_by_itself(self):
        invoice = self.invoice(self.azure, 1250.0)
        line = self.bank_line(invoice.name, 1250.0)
        log = self.suggestion(line)
        log.action_reject("not this one")
        self.assertEqual(log.state, "rejected")
        self.assertIn("not this one", log.event_ids.mapped("note"))
        line._ai_suggest_as_service(self.task, line)
        line.invalidate_recordset()
        self.assertFalse(line.ai_suggestion_id)
        self.assertTrue(self.suggestion(line), "a person may ask again")

    def test_choose_another_candidate(self):
        first = self.invoice(self.azure, 300.0, date="2026-01-05")
        second = self.invoice(self.azure, 300.0, date="2026-03-05")
        line = self.bank_line("Transfer", 300.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        items = (self.open_item(first) + self.open_item(second)).ids
        chosen = log.proposal["counterparts"][0]["move_line_id"]
        other = next(item for item in items if item != chosen)
        index = next(
            number
            for number, alternative in enumerate(log.proposal["alternatives"])
            if [part["move_line_id"] for part in alternative["counterparts"]] == [other]
        )
        log.with_user(self.clerk).action_choose(index)
        self.assertEqual(log.state, "edited")
        line.invalidate_recordset()
        new = line.ai_suggestion_id
        self.assertEqual(new.proposal["counterparts"][0]["move_line_id"], other)
        self.assertEqual((new.maker_id, new.trigger), (self.clerk, "edit"))
        self.assertEqual(new.replaces_id, log)

    def test_filter_lines_by_suggestion(self):
        invoice = self.invoice(self.azure, 1250.0)
        sure = self.bank_line(invoice.name, 1250.0, partner_name="Azure Interior")
        nothing = self.bank_line("unknown", 7.77)
        (sure + nothing).action_ai_suggest()
        Line = self.env["account.bank.statement.line"]
        mine = [("id", "in", (sure + nothing).ids)]
        found = Line.search([*mine, ("ai_suggestion_id.confidence_level", "=", "sure")])
        self.assertIn(sure, found)
        self.assertEqual(Line.search([*mine, ("ai_suggestion_id.decision", "=", "none")]), nothing)
        self.assertFalse(Line.search([*mine, ("ai_suggestion_id", "=", False)]))

    def test_few_lines_read_their_side_and_what_they_name(self):
        invoice = self.invoice(self.azure, 100.0)
        refund = self.invoice(self.azure, 40.0, "out_refund")
        named = self.invoice(self.wood, 80.0, "in_invoice", ref="RE 0099887")
        other = self.invoice(self.wood, 90.0, "in_invoice", ref="RE 2026")
        line = self.bank_line("TRF 99887 2026", 100.0)
        [context] = self.env["ai.bank.context"]._read(line)
        read = {item.id for item in context.items}
        for move in (invoice, refund, named):
            self.assertIn(self.open_item(move).id, read)
        self.assertNotIn(self.open_item(other).id, read)
        both = line + self.bank_line("Payment", -90.0)
        [context] = self.env["ai.bank.context"]._read(both)
        self.assertIn(self.open_item(other).id, {item.id for item in context.items})
