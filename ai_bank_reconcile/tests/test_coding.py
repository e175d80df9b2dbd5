from unittest.mock import patch

from odoo.tests import tagged

from .coding_common import CodingCommon


@tagged("post_install", "-at_install")
class TestCoding(CodingCommon):
    """Lines without documents: account, taxes, analytic and partner from past lines."""

    # ------------------------------------------------------------------
    # What is proposed
    # ------------------------------------------------------------------

    def test_recurring_lines(self):
        rent = self.bank_line("Rent February", -1200.0, partner_name="Immo Landlord")
        fee = self.bank_line("Account fee", -12.9)
        fuel = self.bank_line("CARD 4711 SHELL", -66.0, partner_name="Shell")
        interest = self.bank_line("Interest received", 3.4)
        (rent + fee + fuel + interest).action_ai_suggest()
        logs = [line.ai_suggestion_id for line in (rent, fee, fuel, interest)]
        self.assertEqual([log.proposal["kind"] for log in logs], ["account"] * 4)
        accounts = [self.account_of(log) for log in logs]
        self.assertEqual(accounts, [self.rent, self.fees, self.cards, self.interest])
        self.assertEqual([self.vetoes(log) for log in logs], [[]] * 4)
        self.assertEqual([self.codes(log).count("similar") for log in logs], [3] * 4)
        self.assertIn("Account fee", logs[1].reasons[1]["text"])
        self.assertIn("-12.90", logs[1].reasons[1]["text"])
        self.assertEqual(logs[0].partner_id, self.landlord)
        self.assertFalse(logs[1].partner_id)
        taxes = [log.proposal["write_off"]["tax_ids"] for log in logs]
        self.assertEqual(taxes, [[], [], self.tax.ids, []])
        self.assertEqual(
            logs[2].summary, f"Book on {self.cards.display_name}, {self.tax.display_name}"
        )
        self.assertTrue(all(log.confidence > 0.5 for log in logs), [x.confidence for x in logs])

    def test_payer_never_seen_is_not_automatic(self):
        log = self.suggestion(self.bank_line("Account fee abroad", -14.9, partner_name="Other"))
        if log.proposal["kind"] == "account":
            self.assertIn("first_time", self.vetoes(log))
        self.assertFalse(log.auto_eligible)

    def test_few_lines_are_not_automatic(self):
        for day in ("2026-01-10", "2026-02-10"):
            line = self.bank_line("Telecom", -40.0, day, partner_name="Proximus")
            self.by_hand(line, self.fees)
        log = self.suggestion(self.bank_line("Telecom", -40.0, partner_name="Proximus"))
        self.assertEqual(self.account_of(log), self.fees)
        self.assertIn("few_similar", self.vetoes(log))
        self.assertFalse(log.auto_eligible)

    def test_unusual_amount_is_not_automatic(self):
        log = self.suggestion(self.bank_line("Rent", -12000.0, partner_name="Immo Landlord"))
        self.assertEqual(self.account_of(log), self.rent)
        self.assertIn("amount_unusual", self.vetoes(log))
        self.assertFalse(log.auto_eligible)

    def test_different_taxes_are_not_automatic(self):
        for day in ("2026-02-10", "2026-03-10"):
            line = self.bank_line("CARD 4711 SHELL", -66.0, day, partner_name="Shell")
            self.by_hand(line, self.cards)
        log = self.suggestion(self.bank_line("CARD 4711 SHELL", -66.0, partner_name="Shell"))
        self.assertEqual(self.account_of(log), self.cards)
        self.assertIn("tax_differs", self.vetoes(log))

    def test_archived_account_is_not_offered(self):
        self.rent.active = False
        log = self.suggestion(self.bank_line("Rent", -1200.0, partner_name="Immo Landlord"))
        offered = [log.proposal, *log.proposal["alternatives"]]
        parts = [item["write_off"] for item in offered if item["write_off"]]
        self.assertNotIn(self.rent.id, [part["account_id"] for part in parts])

    # ------------------------------------------------------------------
    # Known debtors
    # ------------------------------------------------------------------

    def debtor_paid_interest(self):
        """Azure's money was booked as income before, rightly."""
        for month in self.months:
            line = self.bank_line("Bonus", 80.0, month.isoformat(), partner_name="Azure Interior")
            self.by_hand(line, self.interest)

    def test_known_debtor_is_not_coded_to_income(self):
        self.debtor_paid_interest()
        self.invoice(self.azure, 100.0)
        self.invoice(self.azure, 130.0)
        line = self.bank_line("Bonus", 80.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        offered = [log.proposal, *log.proposal["alternatives"]]
        parts = [item["write_off"] for item in offered if item["write_off"]]
        self.assertNotIn(self.interest.id, [part["account_id"] for part in parts])
        self.assertFalse(log.auto_eligible)

    def test_debtor_with_small_open_item_needs_a_person(self):
        self.debtor_paid_interest()
        self.invoice(self.azure, 5.0)
        log = self.suggestion(self.bank_line("Bonus", 80.0, partner_name="Azure Interior"))
        self.assertFalse(log.auto_eligible)
        if log.proposal["kind"] == "account":
            self.assertIn("debtor_open", self.vetoes(log))

    def test_customer_without_open_document_pays_on_account(self):
        invoice = self.invoice(self.azure, 100.0)
        self.suggestion(self.bank_line(invoice.name, 100.0)).action_apply()
        before = self.books()
        line = self.bank_line("advance for March", 555.0, partner_name="Azure Interior")
        before[2][line] = (False, -555.0, line.partner_id)
        log = self.suggestion(line)
        receivable = self.azure.property_account_receivable_id
        self.assertEqual(log.proposal["kind"], "account")
        self.assertEqual(self.account_of(log), receivable)
        self.assertEqual(log.summary, "On account of Azure Interior")
        self.assertIn("on_account", self.vetoes(log))
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        [credit] = line.line_ids.filtered(lambda item: item.account_id == receivable)
        self.assertEqual((credit.partner_id, credit.amount_residual), (self.azure, -555.0))
        log.action_undo()
        self.assertEqual(log.state, "undone", log.error)
        self.assertFalse(line.partner_id)
        self.assertFalse(line.is_reconciled)

    # ------------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------------

    def test_learns_from_bookings_by_hand(self):
        first = self.suggestion(self.bank_line("Laundry", -31.0, partner_name="Clean & Co"))
        self.assertFalse(first.auto_eligible)
        for day in ("2026-01-10", "2026-02-10", "2026-03-10"):
            line = self.bank_line("Laundry", -30.0, day, partner_name="Clean & Co")
            self.by_hand(line, self.rent)
        log = self.suggestion(self.bank_line("Laundry", -31.0, partner_name="Clean & Co"))
        self.assertEqual(self.account_of(log), self.rent)
        self.assertEqual(self.vetoes(log), [])

    def test_undone_is_forgotten(self):
        days = ("2026-01-10", "2026-02-10", "2026-03-10")
        lines = [self.bank_line("Laundry", -30.0, day, partner_name="Clean & Co") for day in days]
        for line in lines:
            self.by_hand(line, self.rent)
        new = self.bank_line("Laundry", -31.0, partner_name="Clean & Co")
        self.assertEqual(self.account_of(self.suggestion(new)), self.rent)
        for line in lines:
            line.action_undo_reconciliation()
        learned = self.env["ai.bank.coding"]._model(self.company)
        self.assertFalse(learned.usual.amounts(["name clean & co", "name clean co"], self.rent.id))
        self.assertEqual(len(learned.places), 4 * len(self.months))

    def test_flagged_is_not_proposed_again(self):
        line = self.bank_line("Account fee", -12.9)
        log = self.suggestion(line)
        log.action_flag_wrong("this one is a deposit")
        line.invalidate_recordset()
        line.action_ai_suggest()
        line.invalidate_recordset()
        new = line.ai_suggestion_id
        self.assertNotEqual(new, log)
        offered = [new.proposal, *new.proposal["alternatives"]]
        parts = [item["write_off"] for item in offered if item["write_off"]]
        self.assertNotIn(self.fees.id, [part["account_id"] for part in parts])
        self.assertIn("flagged_before", self.vetoes(new))

    def test_flagged_after_booking_is_forgotten(self):
        log = self.suggestion(self.bank_line("Account fee", -12.9))
        log.action_apply()
        coding = self.env["ai.bank.coding"]
        self.assertEqual(len(coding._model(self.company).places), 4 * len(self.months) + 1)
        log.action_flag_wrong("this one was a deposit")
        self.assertEqual(len(coding._model(self.company).places), 4 * len(self.months))

    def test_shadow_comparison(self):
        fee, other = self.bank_line("Account fee", -12.9), self.bank_line("Account fee", -12.9)
        task = self.env["ai.finance.task.bank.match"]
        proposals = {line: self.suggestion(line).proposal for line in fee + other}
        self.by_hand(fee, self.fees)
        self.by_hand(other, self.rent)
        self.assertEqual(task._outcome(proposals), {fee: "agreed", other: "differed"})

    # ------------------------------------------------------------------
    # Who and how much
    # ------------------------------------------------------------------

    def test_companies_do_not_share(self):
        other = self.setup_other_company(name="Other Company")
        journal = other["default_journal_bank"]
        line = self.bank_line(
            "Account fee", -12.9, journal_id=journal.id, company_id=other["company"].id
        )
        log = self.suggestion(line.with_company(other["company"]))
        self.assertEqual(log.proposal["kind"], "none")
        self.assertFalse(log.proposal["alternatives"])

    def test_clerk(self):
        line = self.bank_line("CARD 4711 SHELL", -66.0, partner_name="Shell")
        line = line.with_user(self.clerk)
        line.action_ai_suggest()
        log = line.ai_suggestion_id
        self.assertEqual(self.account_of(log), self.cards)
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        log.action_undo()
        self.assertEqual(log.state, "undone", log.error)

    def test_queries_do_not_grow_with_lines(self):
        task = self.env["ai.finance.task.bank.match"]

        def queries(number):
            lines = self.env["account.bank.statement.line"].union(
                *[self.bank_line(f"Account fee {i}", -10.0 - i) for i in range(number)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            suggestions = task._propose(task._build_context(lines))
            self.assertEqual({item.proposal["kind"] for item in suggestions}, {"account"})
            return self.env.cr.sql_log_count - before

        queries(2)
        few, many = queries(10), queries(100)
        self.assertLessEqual(many, few + 2)
        self.assertLess(few, 60)

    def test_learns_beside_where_somebody_waits(self):
        """A long history does not make a person wait for it."""
        module = "odoo.addons.ai_bank_reconcile.models.ai_bank_coding"
        coding = self.env["ai.bank.coding"]
        started = []

        def start(thread):
            started.append(thread)

        with (
            patch(f"{module}.request", new=True),
            patch(f"{module}.AT_ONCE", new=10),
            patch(f"{module}.threading.Thread.start", new=start),
        ):
            first = coding._model(self.company)
            self.assertEqual(len(first.model.predict([])), 0)
            self.assertIs(coding._model(self.company), first, "it is being learned")
            [thread] = started
            thread.run()
            full = coding._model(self.company)
        self.assertIsNot(full, first)
        self.assertTrue(full.mark)
