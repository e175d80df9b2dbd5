from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import BankMatchCommon


@tagged("post_install", "-at_install")
class TestAutonomy(BankMatchCommon):
    """What people do with bank matches decides what is suggested and done by itself."""

    def items(self, log):
        return {part["move_line_id"] for part in log.proposal["counterparts"]}

    def drain(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Flag
    # ------------------------------------------------------------------

    def test_after_a_flag_the_next_suggestion_differs(self):
        first = self.invoice(self.azure, 300.0, date="2026-01-05")
        second = self.invoice(self.azure, 300.0, date="2026-03-05")
        both = set((self.open_item(first) + self.open_item(second)).ids)
        line = self.bank_line("Transfer", 300.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        wrong = self.items(log)
        log.with_user(self.clerk).action_flag_wrong("they paid the other one")
        self.drain()
        self.assertEqual(log.state, "superseded", "somebody looked again by itself")
        new = line.ai_suggestion_id
        self.assertEqual(self.items(new), both - wrong)
        self.assertFalse(new.auto_eligible)
        self.assertIn("flagged_before", {veto["code"] for veto in new.vetoes})
        offered = new.proposal["alternatives"]
        self.assertNotIn(wrong, [{p["move_line_id"] for p in a["counterparts"]} for a in offered])
        new.with_user(self.clerk).action_flag_wrong("nor this one")
        self.assertEqual(self.suggestion(line).proposal["kind"], "none")

    def test_flagged_after_it_was_applied(self):
        invoice = self.invoice(self.azure, 1250.0)
        line = self.bank_line(invoice.name, 1250.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        log.with_user(self.clerk).action_apply()
        log.with_user(self.clerk).action_flag_wrong("it is the mother company")
        self.assertTrue(line.is_reconciled, "flagging is not undoing")
        log.with_user(self.clerk).action_undo()
        self.assertEqual(self.suggestion(line).decision, "none")

    # ------------------------------------------------------------------
    # First documents of a partner, pilot, what-if
    # ------------------------------------------------------------------

    def test_the_first_two_of_a_customer_are_for_people(self):
        self.policy.write({"mode": "automatic", "max_amount": 2000.0, "first_n": 2})
        for number in range(2):
            invoice = self.invoice(self.azure, 100.0 + number)
            line = self.bank_line(invoice.name, 100.0 + number, partner_name="Azure Interior")
            log = self.suggestion(line)
            self.assertEqual((log.decision, log.auto_eligible), ("suggest", False))
            log.with_user(self.clerk).action_apply()
            self.assertEqual(log.state, "applied", log.error)
        invoice = self.invoice(self.azure, 110.0)
        line = self.bank_line(invoice.name, 110.0, partner_name="Azure Interior")
        log = self.suggestion(line)
        self.assertEqual(log.decision, "apply", log.decision_reasons)
        self.drain()
        self.assertEqual(log.state, "applied", log.error)
        other = self.invoice(self.wood, 120.0)
        line = self.bank_line(other.name, 120.0, partner_name="Wood Corner GmbH")
        self.assertEqual(self.suggestion(line).decision, "suggest", "a new customer")

    def pilot(self, journal, **values):
        action = self.policy.action_add_pilot()
        pilot = self.env["ai.finance.policy"].with_context(**action["context"])
        with Form(pilot) as form:
            form.journal_id = journal
            for name, value in values.items():
                form[name] = value
        return form.record

    def test_a_pilot_automates_one_journal_and_the_others_assist(self):
        other = self.bank.copy({"name": "Second Bank", "code": "BNK9"})
        pilot = self.pilot(self.bank, max_amount=2000.0, phase="automate")
        self.assertLess(pilot.sequence, self.policy.sequence)
        self.assertEqual((pilot.mode, self.policy.mode), ("automatic", "suggest"))
        self.assertEqual(pilot.scope_label, f"Pilot: only {self.bank.display_name}")
        decisions = []
        for journal in (self.bank, other):
            invoice = self.invoice(self.azure, 300.0 + journal.id)
            line = self.bank_line(
                invoice.name,
                300.0 + journal.id,
                journal_id=journal.id,
                partner_name="Azure Interior",
            )
            decisions.append(self.suggestion(line).decision)
        self.assertEqual(decisions, ["apply", "suggest"])

    def test_what_if_is_about_the_documents_of_the_policy(self):
        other = self.bank.copy({"name": "Second Bank", "code": "BNK9"})
        for journal, count in ((self.bank, 2), (other, 1)):
            for number in range(count):
                amount = 100.0 * journal.id + number
                invoice = self.invoice(self.azure, amount)
                self.suggestion(
                    self.bank_line(
                        invoice.name, amount, journal_id=journal.id, partner_name="Azure Interior"
                    )
                )
        autonomy = self.env["ai.finance.autonomy"]
        self.assertEqual(autonomy._what_if(self.policy).automatic, 3)
        pilot = self.pilot(self.bank)
        self.assertEqual(autonomy._what_if(pilot).automatic, 2)
        self.assertEqual(autonomy._what_if(self.policy).automatic, 1, "the pilot has the others")
        with Form(pilot) as form:
            form.journal_id = other
            self.assertIn("applied 1 suggestions", form.what_if)

    def test_phases_of_a_company_name_the_pilot_without_a_maximum(self):
        self.policy.max_amount = 100
        pilot = self.pilot(self.bank)
        pilot.max_amount = 0
        with self.assertRaisesRegex(UserError, f"Only {self.bank.name}"):
            (self.policy + pilot)._set_phase("automate")

    # ------------------------------------------------------------------
    # Compared with what people did
    # ------------------------------------------------------------------

    def by_hand(self, line, item):
        """Match as core's own screens do, without a suggestion."""
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.with_context(skip_readonly_check=True).account_id = item.account_id
        suspense.partner_id = item.partner_id
        (suspense + item).reconcile()

    def test_shadow_suggestions_are_compared_with_people(self):
        self.policy.mode = "shadow"
        invoices = [self.invoice(self.azure, amount) for amount in (120.0, 340.0, 500.0)]
        right, wrong, left = [
            self.bank_line(move.name, move.amount_total, partner_name="Azure Interior")
            for move in invoices
        ]
        unforeseen = self.bank_line("Card payment petrol station", 77.0)
        lines = right + wrong + left + unforeseen
        lines.action_ai_suggest()
        rows = self.env["ai.audit.log"].sudo().search([("res_id", "in", lines.ids)], order="id")
        self.assertEqual(rows.mapped("decision"), ["shadow"] * 4)
        late = self.invoice(self.wood, 77.0)
        other = self.invoice(self.wood, 340.0)
        self.by_hand(right, self.open_item(invoices[0]))
        self.by_hand(wrong, self.open_item(other))
        self.by_hand(unforeseen, self.open_item(late))
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_compare").method_direct_trigger()
        self.env.invalidate_all()
        outcomes = {row.res_id: row.outcome for row in rows}
        self.assertEqual(
            [outcomes[line.id] for line in (right, wrong, left, unforeseen)],
            ["agreed", "differed", False, "unforeseen"],
        )
        [(journal, agreed, automatic_right)] = self.env["ai.finance.agreement"]._read_group(
            [("company_id", "=", self.company.id)],
            ["journal_id"],
            ["agreed:sum", "automatic_right:sum"],
        )
        self.assertEqual((journal, agreed, automatic_right), (self.bank, 1, 1))
