from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .coding_common import CodingCommon


@tagged("post_install", "-at_install")
class TestRules(CodingCommon):
    """Rules are proposed with what they would have done, and used when a person accepts them."""

    def look(self):
        """Run the scheduled action; returns the rules of the company by account."""
        with self.enter_registry_test_mode():
            self.env.ref("ai_bank_reconcile.cron_rules").method_direct_trigger()
        self.env.invalidate_all()
        rules = self.env["ai.bank.rule"].search([("company_id", "=", self.company.id)])
        return {rule.account_id: rule for rule in rules}

    def accepted(self, account):
        rule = self.look()[account].with_user(self.clerk)
        rule.action_accept()
        return rule

    def rule(self, **values):
        return (
            self.env["ai.bank.rule"]
            .with_user(self.clerk)
            .create({"words": "parking", "account_id": self.cards.id, **values})
        )

    # ------------------------------------------------------------------
    # Proposed
    # ------------------------------------------------------------------

    def test_what_comes_again_is_proposed_with_its_back_test(self):
        slip = self.by_hand(self.bank_line("Account fee", -30.0, "2025-06-01"), self.rent)
        by_account = self.look()
        self.assertEqual(set(by_account), {self.rent, self.fees, self.cards, self.interest})
        fees = by_account[self.fees]
        self.assertEqual((fees.state, fees.words), ("proposed", "account fee"))
        self.assertEqual((fees.test_right, fees.test_against), (len(self.months), 1))
        self.assertEqual((fees.test_from, fees.test_to), (min(self.months), max(self.months)))
        self.assertIn(f"hit {len(self.months) + 1} lines, 1 against", fees.test_sentence)
        against = self.env["account.bank.statement.line"].search(
            fees.action_open_against()["domain"]
        )
        self.assertEqual(against, slip)
        hits = self.env["account.bank.statement.line"].search(fees.action_open_hits()["domain"])
        self.assertEqual(len(hits), len(self.months) + 1)
        self.assertEqual(by_account[self.cards].tax_ids, self.tax)
        self.assertEqual(by_account[self.rent].partner_id, self.landlord)
        self.assertEqual(by_account[self.interest].direction, "in")

    def test_nothing_is_created_silently(self):
        models = self.env["account.reconcile.model"].search_count([])
        before = self.suggestion(self.bank_line("Account fee", -12.9))
        self.look()
        after = self.suggestion(self.bank_line("Account fee", -12.9))
        self.assertNotIn("own_rule", self.codes(after), "a proposed rule does nothing")
        self.assertEqual(before.proposal["write_off"], after.proposal["write_off"])
        self.assertEqual(self.env["account.reconcile.model"].search_count([]), models)

    def test_a_partner_without_a_name_on_the_statement(self):
        for number in range(6):
            move = self.invoice(self.azure, 80.0 + number)
            line = self.bank_line(f"MAGNOLIA PAYOUT {move.name}", move.amount_total)
            log = self.suggestion(line)
            log.action_apply()
            self.assertEqual(log.state, "applied", log.error)
        rules = self.env["ai.bank.rule"].with_user(self.clerk)
        self.look()
        rule = rules.search([("partner_id", "=", self.azure.id)])
        self.assertIn("magnolia", rule.words)
        self.assertFalse(rule.account_id)
        self.invoice(self.azure, 432.0)
        self.invoice(self.wood, 432.0)
        before = self.suggestion(self.bank_line("Magnolia payout inv", 432.0))
        rule.action_accept()
        log = self.suggestion(self.bank_line("Magnolia payout inv", 432.0))
        self.assertEqual(log.partner_id, self.azure)
        self.assertIn("own_rule", self.codes(log))
        self.assertGreater(log.confidence, before.confidence)

    def test_declined_it_is_not_proposed_again(self):
        rule = self.look()[self.fees]
        rule.with_user(self.clerk).action_decline()
        self.by_hand(self.bank_line("Account fee", -12.9, "2026-02-20"), self.fees)
        self.assertEqual(self.look()[self.fees], rule)
        self.assertEqual(rule.state, "declined")

    def test_looking_twice_finds_nothing_new(self):
        self.look()
        message = self.env["ai.bank.rule"].with_user(self.clerk).action_look()
        self.assertIn("Nothing new", message["params"]["message"])

    # ------------------------------------------------------------------
    # In use
    # ------------------------------------------------------------------

    def test_an_accepted_rule_suggests_with_its_name_as_reason(self):
        rule = self.accepted(self.fees)
        self.assertEqual((rule.state, rule.maker_id), ("active", self.clerk))
        log = self.suggestion(self.bank_line("ACCOUNT FEE 03/2026 extra", -77.0))
        self.assertEqual(self.account_of(log), self.fees)
        self.assertEqual(self.codes(log)[0], "own_rule")
        self.assertIn(rule.name, log.reasons[0]["text"])
        self.assertEqual(self.vetoes(log), [])
        log.with_user(self.clerk).action_apply()
        self.assertEqual(log.state, "applied", log.error)

    def test_a_rule_goes_before_what_past_lines_say(self):
        new = self.rule(words="parking", account_id=self.cards.id)
        for number in range(8):
            day = date(2026, 1, 5) + timedelta(days=number)
            self.by_hand(self.bank_line("City parking", -4.0, day.isoformat()), self.cards)
        new.action_test()
        new.action_accept()
        self.by_hand(self.bank_line("Parking house", -9.0, "2026-02-20"), self.fees)
        log = self.suggestion(self.bank_line("Parking house", -9.0))
        self.assertEqual(self.account_of(log), self.cards)
        self.assertEqual(self.codes(log)[0], "own_rule")

    def test_a_rule_against_the_past_is_not_believed(self):
        rule = self.rule(words="account fee", account_id=self.cards.id)
        self.assertEqual((rule.test_right, rule.test_against), (0, len(self.months)))
        rule.action_accept()
        log = self.suggestion(self.bank_line("Account fee", -12.9))
        self.assertEqual(self.account_of(log), self.fees)

    def test_a_fitting_open_document_goes_before_a_rule(self):
        self.accepted(self.interest)
        move = self.invoice(self.azure, 44.0)
        line = self.bank_line(f"interest received {move.name}", 44.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertEqual(log.proposal["kind"], "match")
        part = log.proposal["counterparts"][0]["move_line_id"]
        self.assertEqual(part, self.open_item(move).id)

    def test_money_of_a_debtor_is_not_booked_as_income_by_a_rule(self):
        self.accepted(self.interest)
        self.invoice(self.azure, 500.0)
        line = self.bank_line("interest received", 120.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        write_off = log.proposal.get("write_off")
        self.assertFalse(write_off and write_off["account_id"] == self.interest.id)

    def test_switched_off_it_suggests_nothing(self):
        rule = self.accepted(self.fees)
        rule.action_switch_off()
        log = self.suggestion(self.bank_line("Account fee", -12.9))
        self.assertNotIn("own_rule", self.codes(log))

    def test_only_in_its_journal_and_amounts(self):
        rule = self.accepted(self.fees)
        rule.write({"amount_min": 10.0, "amount_max": 20.0})
        inside, outside = self.bank_line("Account fee", -15.0), self.bank_line("Account fee", -25.0)
        hit = self.env["ai.bank.rule"]._hitting(inside + outside, on_accounts=True)
        self.assertEqual(set(hit), {inside.id})
        rule.journal_id = self.bank.copy({"name": "Second bank"})
        self.assertFalse(self.env["ai.bank.rule"]._hitting(inside, on_accounts=True))
        self.assertEqual((rule.test_right, rule.test_against), (0, 0))

    def test_an_archived_account_is_not_suggested(self):
        self.accepted(self.fees)
        self.fees.active = False
        log = self.suggestion(self.bank_line("Account fee", -12.9))
        self.assertNotIn("own_rule", self.codes(log))

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def test_edited_it_is_tested_again(self):
        rule = self.look()[self.fees].with_user(self.clerk)
        self.by_hand(self.bank_line("Account closing", -5.0, "2026-01-31"), self.fees)
        with Form(rule) as form:
            form.words = "account"
        self.assertEqual((rule.test_right, rule.test_against), (len(self.months) + 1, 0))
        self.assertEqual(rule.test_to, date(2026, 1, 31))

    def test_changes_are_in_the_log(self):
        rule = self.accepted(self.fees)
        rule.amount_max = 50.0
        events = self.env["ai.audit.log.event"].search([("kind", "=", "rule")], limit=2)
        changed, accepted = events
        self.assertEqual(changed.user_id, self.clerk)
        self.assertEqual(
            (changed.data["old"]["amount_max"], changed.data["new"]["amount_max"]), (0.0, 50.0)
        )
        self.assertEqual(accepted.data["new"]["state"], "active")
        self.assertTrue(changed.with_user(self.clerk).note)

    def test_impossible_rules_are_refused_with_a_sentence(self):
        with self.assertRaisesRegex(ValidationError, "at least one word"):
            self.rule(words="2026 /")
        with self.assertRaisesRegex(ValidationError, "account or a partner"):
            self.rule(account_id=False)
        with self.assertRaisesRegex(ValidationError, "range"):
            self.rule(amount_min=5, amount_max=2)

    def test_rights(self):
        rule = self.look()[self.fees]
        for user, may_write in ((self.clerk, True), (self.auditor, False), (self.manager, False)):
            with self.subTest(user=user.login):
                self.assertTrue(rule.with_user(user).read(["words", "test_sentence"]))
                self.assertEqual(rule.with_user(user).has_access("write"), may_write)
        with self.assertRaises(AccessError):
            rule.with_user(self.auditor).action_accept()
        with self.assertRaises(AccessError):
            self.env["ai.bank.rule"].with_user(self.manager).action_look()

    def test_companies_are_apart(self):
        rule = self.accepted(self.fees)
        data = self.setup_other_company()
        other = data["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            "ai_bank_reconcile.group_bank_user,ai_audit_log.group_ai_auditor",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.env["ai.bank.rule"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            rule.with_user(stranger).read(["words"])
        line = self.bank_line("Account fee", -12.9, journal_id=data["default_journal_bank"].id)
        self.assertEqual(line.company_id, other)
        self.assertFalse(self.env["ai.bank.rule"]._hitting(line, on_accounts=True))
