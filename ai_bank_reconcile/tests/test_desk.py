from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestDesk(BankMatchCommon):
    """What the bank desk is told by the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        readonly = "account.group_account_readonly"
        cls.reader = new_test_user(cls.env, "reader", readonly, **own)
        cls.reading_auditor = new_test_user(
            cls.env, "reading_auditor", f"{readonly},ai_audit_log.group_ai_auditor", **own
        )

    def desk(self, user=None):
        return self.env["ai.bank.desk"].with_user(user or self.clerk)

    def card(self, line, user=None):
        return self.desk(user).ai_desk_card(line.id)

    def scope(self, *lines):
        return [("id", "in", [line.id for line in lines])]

    def counts(self, *lines, user=None):
        return self.desk(user).ai_desk_overview(self.scope(*lines))["counts"]

    def sure_line(self, amount=1250.0, **values):
        invoice = self.invoice(self.azure, amount)
        line = self.bank_line(invoice.name, amount, partner_name="Azure Interior", **values)
        self.suggestion(line)
        return line, invoice

    # ------------------------------------------------------------------
    # The card
    # ------------------------------------------------------------------

    def test_a_card_tells_candidate_document_reasons_and_entry(self):
        line, invoice = self.sure_line()
        card = self.card(line)
        first = card["candidates"][0]
        self.assertEqual((first["rank"], first["index"]), (1, None))
        self.assertGreater(first["confidence"], 0.95)
        self.assertIn("amount exact", [reason["text"] for reason in first["reasons"]])
        [document] = first["documents"]
        self.assertEqual(document["name"], invoice.name)
        self.assertEqual(document["move_id"], invoice.id)
        self.assertIn("1,250.00", document["open"])
        self.assertTrue(document["due"])
        self.assertEqual(sum(row["balance"] for row in card["entry"]), 0)
        self.assertFalse(card["difference"])
        self.assertEqual(card["suggestion"]["why"], "")
        self.assertTrue(card["may_decide"])

    def test_the_candidates_are_ranked_and_the_second_can_be_chosen(self):
        first, second = (
            self.invoice(self.azure, 480.0, date=day) for day in ("2026-03-02", "2026-03-03")
        )
        line = self.bank_line("Payment", 480.0, partner_id=self.azure.id)
        log = self.suggestion(line)
        card = self.card(line)
        self.assertEqual([one["rank"] for one in card["candidates"]][:2], [1, 2])
        named = {one["documents"][0]["name"] for one in card["candidates"][:2]}
        self.assertEqual(named, {first.name, second.name})
        self.assertIn("another candidate fits too", card["suggestion"]["why"])
        wanted = card["candidates"][1]
        log.with_user(self.clerk).action_choose(wanted["index"])
        chosen = self.card(line)["candidates"][0]
        self.assertEqual(chosen["documents"], wanted["documents"])

    def test_a_card_says_why_nothing_fits(self):
        line = self.bank_line("Completely unknown", 7.77)
        self.suggestion(line)
        card = self.card(line)
        self.assertFalse(card["suggestion"]["fits"])
        self.assertRegex(card["suggestion"]["why"], r"^Nothing fits: .+\.$")
        self.assertEqual(card["entry"], [])

    def test_a_line_nobody_looked_at_has_no_suggestion_yet(self):
        card = self.card(self.bank_line("new", 5.0))
        self.assertFalse(card["suggestion"])
        self.assertEqual(card["candidates"], [])

    def test_what_an_instalment_leaves_is_a_difference_that_stays_open(self):
        invoice = self.invoice(self.azure, 640.0)
        line = self.bank_line(f"{invoice.name} first instalment", 384.0, partner_id=self.azure.id)
        self.suggestion(line)
        difference = self.card(line)["difference"]
        self.assertIn("256.00", difference["amount"])
        self.assertFalse(difference["over"])
        self.assertEqual(difference["choice"], "open")

    def test_an_over_payment_is_a_difference_on_account(self):
        invoice = self.invoice(self.azure, 640.0)
        line = self.bank_line(f"{invoice.name}", 700.0, partner_id=self.azure.id)
        self.suggestion(line)
        difference = self.card(line)["difference"]
        self.assertIn("60.00", difference["amount"])
        self.assertTrue(difference["over"])
        self.assertEqual(difference["choice"], "on_account")

    def test_a_fee_is_a_difference_with_its_account(self):
        account = self.company_data["default_account_expense"]
        self.company.ai_bank_fee_account_id = account
        invoice = self.invoice(self.azure, 1000.0)
        line = self.bank_line(f"{invoice.name} less charges 15.00", 985.0, partner_id=self.azure.id)
        self.suggestion(line)
        difference = self.card(line)["difference"]
        self.assertIn("15.00", difference["amount"])
        self.assertEqual(difference["choice"], "write_off")
        self.assertEqual(difference["account_id"], account.id)

    def test_a_short_payment_is_kept_open_or_written_off(self):
        invoice = self.invoice(self.azure, 640.0)
        line = self.bank_line(f"{invoice.name} first instalment", 384.0, partner_id=self.azure.id)
        self.suggestion(line)
        self.assertEqual(self.card(line)["difference"]["choices"], ["open", "write_off"])
        account = self.company_data["default_account_expense"]
        line.with_user(self.clerk).ai_desk_difference("write_off", account.id)
        card = self.card(line)
        self.assertEqual(card["difference"]["choice"], "write_off")
        self.assertEqual(card["difference"]["account_id"], account.id)
        self.assertIn("256.00", card["difference"]["amount"])
        self.assertIn(account.display_name, [row["account"] for row in card["entry"]])
        line.with_user(self.clerk).ai_desk_difference("open")
        self.assertEqual(self.card(line)["difference"]["choice"], "open")

    def test_an_over_payment_goes_on_account_or_is_written_off(self):
        invoice = self.invoice(self.azure, 640.0)
        line = self.bank_line(f"{invoice.name}", 700.0, partner_id=self.azure.id)
        self.suggestion(line)
        account = self.company_data["default_account_revenue"]
        line.with_user(self.clerk).ai_desk_difference("write_off", account.id)
        self.assertEqual(self.card(line)["difference"]["choice"], "write_off")
        line.with_user(self.clerk).ai_desk_difference("on_account")
        card = self.card(line)
        self.assertEqual(card["difference"]["choice"], "on_account")
        self.assertTrue(card["difference"]["over"])
        self.assertEqual(sum(row["balance"] for row in card["entry"]), 0)

    def test_where_nothing_fits_there_are_other_ways(self):
        card = self.card(self.bank_line("Completely unknown", -7.77))
        self.assertTrue(card["by_hand"])
        self.assertTrue(card["may_bill"])

    def test_what_stands_in_the_way_is_told_instead_of_an_entry(self):
        line, invoice = self.sure_line()
        invoice.button_draft()
        card = self.card(line)
        self.assertTrue(card["suggestion"]["problems"])
        self.assertEqual(card["entry"], [])

    def test_a_matched_line_shows_its_entry_and_who_matched_it(self):
        line, _invoice = self.sure_line()
        line.with_user(self.clerk).action_ai_approve()
        card = self.card(line)
        self.assertTrue(card["matched"])
        self.assertIn(self.clerk.name, card["applied"]["text"])
        self.assertEqual(sum(row["balance"] for row in card["entry"]), 0)
        self.assertFalse(card["suggestion"])

    def test_a_rejected_suggestion_is_remembered_on_the_card(self):
        line, _invoice = self.sure_line()
        log = line.ai_suggestion_id
        self.assertEqual(self.desk().ai_desk_reject(log.ids, "wrong_amount", "half of it"), [])
        self.assertEqual(log.state, "rejected")
        history = self.card(line)["history"]
        self.assertIn("The amount is wrong: half of it", history)
        self.assertIn(self.clerk.name, history)

    def test_a_rejection_needs_a_reason(self):
        line, _invoice = self.sure_line()
        with self.assertRaises(UserError):
            self.desk().ai_desk_reject(line.ai_suggestion_id.ids, "", "")
        self.assertEqual(line.ai_suggestion_id.state, "proposed")

    # ------------------------------------------------------------------
    # Counts
    # ------------------------------------------------------------------

    def test_lines_are_counted_by_confidence(self):
        sure, _invoice = self.sure_line()
        nothing = self.bank_line("Completely unknown", 7.77)
        self.suggestion(nothing)
        new = self.bank_line("nobody looked", 3.33)
        counts = self.counts(sure, nothing, new)
        self.assertEqual(
            {name: counts[name] for name in ("sure", "none", "new", "review", "clear")},
            {"sure": 1, "none": 1, "new": 1, "review": 1, "clear": 1},
        )
        self.assertEqual(self.counts(nothing)["sure"], 0)
        sure.with_user(self.clerk).action_ai_approve()
        self.assertEqual(self.counts(sure, nothing, new)["sure"], 0)

    def test_one_click_on_all_sure_leaves_those_with_a_doubt(self):
        clear, _invoice = self.sure_line()
        doubtful, _other = self.sure_line(333.0)
        log = doubtful.ai_suggestion_id
        # As an alarm that came with the suggestion would be.
        self.env.cr.execute("ALTER TABLE ai_audit_log DISABLE TRIGGER USER")
        self.env.cr.execute(
            """UPDATE ai_audit_log SET vetoes = '[{"code": "x", "text": "look"}]' WHERE id = %s""",
            [log.id],
        )
        self.env.cr.execute("ALTER TABLE ai_audit_log ENABLE TRIGGER USER")
        self.env.invalidate_all()
        found = self.desk().ai_desk_sure(self.scope(clear, doubtful))
        self.assertEqual(found["log_ids"], clear.ai_suggestion_id.ids)
        self.assertEqual(found["line_ids"], clear.ids)
        self.assertIn("1,250.00", found["amount"])
        counts = self.counts(clear, doubtful)
        self.assertEqual((counts["sure"], counts["clear"]), (2, 1))

    def test_the_desk_knows_which_lines_leave_the_list(self):
        done, _invoice = self.sure_line()
        left, _other = self.sure_line(340.0)
        done.with_user(self.clerk).action_ai_approve()
        scope = self.scope(done, left)
        domain = [*scope, ("is_reconciled", "=", False)]
        overview = self.desk().ai_desk_overview(scope, domain, (done + left).ids)
        self.assertEqual(overview["stay"], left.ids)
        self.assertIn(self.bank.name, overview["title"])

    def test_lines_nobody_looked_at_are_found(self):
        sure, _invoice = self.sure_line()
        new = self.bank_line("nobody looked", 3.33)
        self.assertEqual(self.desk().ai_desk_new(self.scope(sure, new)), new.ids)

    def test_what_i_applied_today_can_be_listed(self):
        line, _invoice = self.sure_line()
        log = line.ai_suggestion_id
        line.with_user(self.clerk).action_ai_approve()
        self.assertEqual([row["log_id"] for row in self.desk().ai_desk_applied()], log.ids)
        self.assertEqual(self.desk(self.approver).ai_desk_applied(), [])
        log.with_user(self.clerk).action_undo()
        self.assertEqual(self.desk().ai_desk_applied(), [])

    def test_an_undone_line_gets_its_suggestion_again(self):
        line, _invoice = self.sure_line()
        line.with_user(self.clerk).action_ai_approve()
        line.with_user(self.clerk).action_ai_undo()
        self.assertFalse(line.ai_suggestion_id)
        self.desk().ai_desk_suggest(line.ids)
        self.env.invalidate_all()
        self.assertEqual(line.ai_suggestion_id.state, "proposed")

    # ------------------------------------------------------------------
    # Rights and companies
    # ------------------------------------------------------------------

    def test_who_may_only_read_sees_lines_and_decides_nothing(self):
        line, _invoice = self.sure_line()
        log = line.ai_suggestion_id
        # What the superuser read in this transaction is not what a reader's request has.
        self.env.invalidate_all()
        card = self.card(line, self.reader)
        self.assertFalse(card["may_decide"])
        self.assertFalse(card["suggestion"])
        self.assertEqual(card["label"], line.payment_ref)
        self.assertFalse(self.desk(self.reader).ai_desk_overview(self.scope(line))["may_decide"])
        rows = self.env["account.bank.statement.line"].with_user(self.reader)
        fields = {"ai_confidence": {}, "ai_decision": {}, "ai_suggestion_id": {}}
        [row] = rows.web_search_read(self.scope(line), fields)["records"]
        self.assertFalse(row["ai_suggestion_id"])
        self.assertFalse(rows.search([*self.scope(line), ("ai_suggestion_id", "!=", False)]))
        for work in (
            lambda: self.desk(self.reader).ai_desk_suggest(line.ids),
            lambda: self.desk(self.reader).ai_desk_reject(log.ids, "later"),
            lambda: self.desk(self.reader).ai_desk_applied(),
        ):
            with self.assertRaises(AccessError):
                work()
        self.assertEqual(log.state, "proposed")

    def test_an_auditor_sees_the_suggestion_and_decides_nothing(self):
        line, invoice = self.sure_line()
        log = line.ai_suggestion_id
        card = self.card(line, self.reading_auditor)
        self.assertEqual(card["candidates"][0]["documents"][0]["name"], invoice.name)
        self.assertFalse(card["may_decide"])
        problems = self.desk(self.reading_auditor).ai_desk_reject(log.ids, "later")
        self.assertEqual(len(problems), 1)
        self.assertEqual(log.state, "proposed")

    def test_lines_of_another_company_are_nobody_elses(self):
        other = self.setup_other_company()
        journal = other["default_journal_bank"]
        Line = self.env["account.bank.statement.line"].with_context(ai_no_suggestions=True)
        line = Line.with_company(other["company"]).create(
            {"journal_id": journal.id, "date": "2026-03-20", "payment_ref": "x", "amount": 5.0}
        )
        with self.assertRaises(AccessError):
            self.card(line)
        self.assertEqual(self.counts(line)["new"], 0)
        self.assertEqual(self.desk().ai_desk_new(self.scope(line)), [])

    def test_a_deleted_line_is_a_sentence(self):
        with self.assertRaisesRegex(UserError, "does not exist any more"):
            self.desk().ai_desk_card(2**31 - 1)

    # ------------------------------------------------------------------
    # The dashboard
    # ------------------------------------------------------------------

    def test_the_dashboard_counts_what_waits_by_journal(self):
        line, _invoice = self.sure_line()
        self.suggestion(self.bank_line("Completely unknown", 7.77))
        other = self.bank.copy({"name": "Second Bank"})
        journals = (self.bank + other).with_user(self.clerk)
        data = journals._get_journal_dashboard_data_batched()
        self.assertEqual(data[self.bank.id]["ai_to_review"], 1)
        self.assertEqual(data[other.id]["ai_to_review"], 0)
        line.with_user(self.clerk).action_ai_approve()
        self.assertEqual(journals._ai_lines_to_review(), {})

    def test_the_dashboard_counts_all_journals_in_one_query(self):
        self.sure_line()
        others = [self.bank.copy({"name": f"Bank {number}"}) for number in range(4)]
        journals = self.bank.union(*others).with_user(self.clerk)
        journals._ai_lines_to_review()
        self.env.flush_all()
        # One for the counts, one of the log for the tasks there are; not one a journal.
        with self.assertQueryCount(2):
            journals._ai_lines_to_review()

    def test_the_dashboard_of_who_may_only_read_works(self):
        self.sure_line()
        data = self.bank.with_user(self.reader)._get_journal_dashboard_data_batched()
        self.assertEqual(data[self.bank.id]["ai_to_review"], 0)

    def test_the_bank_card_opens_the_desk_of_its_journal(self):
        journal = self.bank.with_user(self.clerk).with_context(ai_to_review=True)
        action = journal.action_ai_bank_desk()
        self.assertEqual(action["views"][0][1], "kanban")
        self.assertEqual(action["context"]["search_default_journal_id"], self.bank.id)
        self.assertTrue(action["context"]["search_default_to_review"])
