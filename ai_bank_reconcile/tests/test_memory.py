from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .coding_common import CodingCommon
from .common import BankMatchCommon

HOLDING = "Rossi Holding"


class MemoryCommon(BankMatchCommon):
    """Customers who are paid for by somebody the books do not know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number = 0

    def learn(self):
        """Run the scheduled action."""
        with self.enter_registry_test_mode():
            self.env.ref("ai_bank_reconcile.cron_learn").method_direct_trigger()
        self.env.invalidate_all()
        return self.memories()

    def memories(self):
        Memory = self.env["ai.bank.memory"].with_context(active_test=False)
        return Memory.search([("company_id", "=", self.company.id)])

    def paid(self, partner, name=HOLDING, user=None, **values):
        """Approve a payment of an invoice of ``partner`` in the name of somebody else."""
        type(self).number += 1
        move = self.invoice(partner, 100.0 + self.number)
        line = self.bank_line(move.name, move.amount_total, partner_name=name, **values)
        log = self.suggestion(line.with_user(user or self.env.user))
        log.action_apply()
        self.assertEqual(log.state, "applied", log.error)
        return line

    def by_hand_in_core(self, line, move):
        """Reconcile as core's own screens and the community widget do."""
        _liquidity, suspense, _other = line._seek_for_lines()
        item = self.open_item(move)
        values = {"account_id": item.account_id.id, "partner_id": item.partner_id.id}
        suspense.with_context(
            skip_account_move_synchronization=True, skip_readonly_check=True
        ).write(values)
        (suspense + item).reconcile()
        self.assertTrue(line.is_reconciled)

    def names(self, log):
        """Return the partners of the documents that are proposed."""
        parts = log.proposal["counterparts"]
        items = self.env["account.move.line"].browse([part["move_line_id"] for part in parts])
        return items.partner_id


@tagged("post_install", "-at_install")
class TestMemory(MemoryCommon):
    """Names and payers: learned from what people decide, used, and taken back."""

    def test_an_approved_name_is_recognised_the_next_time(self):
        self.invoice(self.wood, 777.0)
        self.invoice(self.azure, 777.0)
        before = self.suggestion(self.bank_line("thank you", 777.0, partner_name=HOLDING))
        for _time in range(3):
            self.paid(self.azure)
        [memory] = self.learn()
        self.assertEqual(
            (memory.kind, memory.partner_id, memory.text, memory.evidence_count),
            ("alias", self.azure, HOLDING, 3),
        )
        after = self.suggestion(self.bank_line("merci", 777.0, partner_name=f"{HOLDING} SpA"))
        self.assertEqual(self.names(after), self.azure)
        self.assertGreater(after.confidence, max(before.confidence, 0.9))
        self.assertTrue(
            {reason["code"] for reason in after.reasons}
            - {reason["code"] for reason in before.reasons}
            - {"amount_exact"},
            "the reason is told",
        )

    def test_undo_takes_back_exactly_what_the_line_taught(self):
        first, second = self.paid(self.azure), self.paid(self.azure)
        self.assertEqual(self.learn().evidence_count, 2)
        first.action_ai_undo()
        self.assertEqual(self.memories().evidence_ids.line_id, second)
        second.action_ai_undo()
        self.assertFalse(self.memories())

    def test_a_deleted_line_teaches_no_more(self):
        move = self.invoice(self.azure, 321.0)
        line = self.bank_line("something", 321.0, partner_name=HOLDING)
        self.by_hand_in_core(line, move)
        self.assertTrue(self.learn())
        line.with_context(force_delete=True).unlink()
        self.assertFalse(self.memories())

    def test_a_partner_of_another_company_does_not_stand_in_the_way(self):
        self.paid(self.azure)
        self.learn()
        other = self.setup_other_company()["company"]
        self.azure.sudo().company_id = other
        line = self.bank_line("hello", 5.0, partner_name=HOLDING).with_user(self.clerk)
        self.assertTrue(self.suggestion(line))

    def test_undone_and_approved_again_it_is_learned_once(self):
        line = self.paid(self.azure)
        self.learn()
        line.action_ai_undo()
        log = self.suggestion(line)
        log.action_apply()
        self.learn()
        self.assertEqual(self.learn().evidence_count, 1)
        self.assertEqual(self.memories().evidence_ids.log_id, log)

    def test_a_flag_forgets_and_undo_after_it_changes_nothing_more(self):
        line, other = self.paid(self.azure), self.paid(self.azure)
        self.learn()
        log = line.ai_applied_log_id
        log.action_flag_wrong("not theirs")
        self.assertEqual(self.learn().evidence_ids.line_id, other)
        log.action_undo()
        self.assertEqual(self.learn().evidence_ids.line_id, other)

    def test_flagged_before_it_was_learned_it_never_is(self):
        line = self.paid(self.azure)
        line.ai_applied_log_id.action_flag_wrong("not theirs")
        self.assertFalse(self.learn())

    def test_reconciled_by_hand_in_core_is_learned_too(self):
        move = self.invoice(self.azure, 321.0)
        line = self.bank_line("something", 321.0, partner_name=HOLDING)
        self.by_hand_in_core(line, move)
        memory = self.learn()
        self.assertEqual((memory.partner_id, memory.text), (self.azure, HOLDING))
        self.assertEqual(memory.evidence_ids.source, "by_hand")
        line.action_undo_reconciliation()
        self.assertFalse(self.memories(), "taken back by hand, too")

    def test_what_the_service_user_applied_teaches_nothing(self):
        line = self.paid(self.azure)
        line.ai_applied_log_id.sudo()._write_outcome({"decided_by_id": self.service.id})
        self.assertFalse(self.learn(), "nobody confirmed it")

    def test_an_edit_is_told_from_an_approval(self):
        self.invoice(self.wood, 640.0)
        self.invoice(self.azure, 640.0)
        line = self.bank_line("from us", 640.0, partner_name=HOLDING)
        log = self.suggestion(line)
        log.action_choose(0)
        line._ai_invalidate()
        chosen = line.ai_suggestion_id
        chosen.action_apply()
        memory = self.learn()
        self.assertEqual(memory.partner_id, self.names(chosen))
        self.assertEqual(memory.evidence_ids.source, "edit")

    def test_a_known_partner_who_pays_for_another(self):
        holding = self.env["res.partner"].create({"name": HOLDING})
        self.paid(self.azure)
        memory = self.learn()
        self.assertEqual((memory.kind, memory.payer_id), ("payer", holding))

    def test_a_bank_account_without_a_name(self):
        self.paid(self.azure, name=False, account_number="DE89 3704 0044 0532 0130 00")
        memory = self.learn()
        self.assertEqual((memory.iban, memory.text), ("DE89370400440532013000", False))
        aliases = self.env["ai.bank.memory"]._aliases(self.company)
        self.assertEqual(aliases[self.azure.id][0].iban, "DE89370400440532013000")

    def test_the_partners_own_name_is_not_learned(self):
        self.paid(self.azure, name="AZURE INTERIOR GMBH")
        self.assertFalse(self.learn())

    def test_contradictions_make_it_unsure(self):
        lines = [self.paid(self.azure) for _time in range(4)]
        first = self.learn()
        alone = first.confidence
        for _time in range(3):
            self.paid(self.wood)
        self.learn()
        first.invalidate_recordset(["confidence"])
        self.assertLess(first.confidence, alone)
        aliases = self.env["ai.bank.memory"]._aliases(self.company)
        counts = {partner: one.count for partner, [one] in aliases.items()}
        self.assertEqual(counts, {self.azure.id: 2, self.wood.id: 2}, "neither is certain")
        self.assertEqual(len(lines), first.evidence_count)

    def test_evidence_fades_and_is_dropped_with_a_word_in_the_log(self):
        line = self.paid(self.azure)
        memory = self.learn()
        fresh = memory.confidence
        with freeze_time(line.date + timedelta(days=800)):
            memory.invalidate_recordset(["confidence"])
            self.assertLess(memory.confidence, fresh)
            self.assertFalse(self.env["ai.bank.memory"]._aliases(self.company))
            self.env["ai.bank.memory"]._cron_forget()
        self.assertFalse(memory.exists())
        event = self.env["ai.audit.log.event"].search([("kind", "=", "memory")], limit=1)
        self.assertIn("Not seen since", event.note)
        self.assertIn(HOLDING, event.note)
        self.assertFalse(self.learn(), "never learned twice from the same line")

    def test_what_a_person_entered_stays(self):
        with freeze_time("2026-03-20"):
            memory = self.env["ai.bank.memory"].create(
                {"text": HOLDING, "partner_id": self.azure.id}
            )
        with freeze_time("2036-03-20"):
            self.env["ai.bank.memory"]._cron_forget()
            [alias] = self.env["ai.bank.memory"]._aliases(self.env.company)[self.azure.id]
        self.assertTrue(memory.exists())
        self.assertEqual(alias.count, 3)

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def test_forgotten_stays_forgotten(self):
        self.paid(self.azure)
        memory = self.learn().with_user(self.clerk)
        memory.action_forget()
        self.paid(self.azure)
        self.learn()
        self.assertFalse(memory.active)
        self.assertFalse(self.env["ai.bank.memory"]._aliases(self.company))
        memory.action_use_again()
        self.assertEqual(
            self.env["ai.bank.memory"]._aliases(self.company)[self.azure.id][0].count, 1
        )

    def test_a_correction_counts_and_is_in_the_log(self):
        self.paid(self.azure)
        memory = self.learn().with_user(self.clerk)
        memory.partner_id = self.wood
        self.assertTrue(memory.by_hand)
        self.assertEqual(list(self.env["ai.bank.memory"]._aliases(self.company)), [self.wood.id])
        event = self.env["ai.audit.log.event"].search([("kind", "=", "memory")], limit=1)
        self.assertEqual(event.user_id, self.clerk)
        self.assertEqual(event.data["old"]["partner_id"], self.azure.ids)
        self.assertEqual(event.data["new"]["partner_id"], self.wood.ids)
        self.assertTrue(event.with_user(self.clerk).note, "colleagues may read it")

    def test_incomplete_entries_are_refused_with_a_sentence(self):
        Memory = self.env["ai.bank.memory"].with_user(self.clerk)
        with self.assertRaisesRegex(ValidationError, "on the statement"):
            Memory.create({"partner_id": self.azure.id})
        with self.assertRaisesRegex(ValidationError, "stands for"):
            Memory.create({"text": HOLDING})
        Memory.create({"text": HOLDING, "partner_id": self.azure.id})
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            Memory.create({"text": "ROSSI HOLDING", "partner_id": self.azure.id})

    def test_rights(self):
        self.paid(self.azure)
        memory = self.learn()
        evidence = memory.evidence_ids
        for user, may_write in ((self.clerk, True), (self.auditor, False)):
            with self.subTest(user=user.login):
                self.assertTrue(memory.with_user(user).read(["text"]))
                self.assertEqual(memory.with_user(user).has_access("write"), may_write)
                self.assertEqual(memory.with_user(user).has_access("create"), may_write)
                self.assertFalse(evidence.with_user(user).has_access("write"))
        plain = new_test_user(self.env, "plain", "ai_audit_log.group_ai_user")
        for record in (memory, evidence):
            with self.assertRaises(AccessError):
                record.with_user(plain).read(["company_id"])

    def test_companies_are_apart(self):
        self.paid(self.azure)
        memory = self.learn()
        other = self.setup_other_company()["company"]
        self.assertFalse(self.env["ai.bank.memory"]._aliases(other))
        stranger = new_test_user(
            self.env,
            "stranger",
            "ai_bank_reconcile.group_bank_user,ai_audit_log.group_ai_auditor",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in (memory, memory.evidence_ids):
            self.assertFalse(record.with_user(stranger).search([]))
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["company_id"])

    def test_a_clerk_approves_and_undoes_what_is_learned(self):
        line = self.paid(self.azure, user=self.clerk)
        self.learn()
        line.with_user(self.clerk).action_ai_undo()
        self.assertFalse(self.memories())

    def test_many_lines_cost_a_handful_of_queries(self):
        lines = self.env["account.bank.statement.line"].union(
            *(self.paid(self.azure, name=f"Payer number {chr(65 + n)}ella") for n in range(12))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        lessons = self.env["ai.bank.memory.lessons"]
        with self.assertQueryCount(45):
            lessons._learn(lines)
        self.assertEqual(len(self.memories()), 12)
        self.assertTrue(all(lines.mapped("ai_learned_at")))
        self.env.invalidate_all()
        self.assertFalse(self.env.user.tz)  # the day is read in it

        with self.assertQueryCount(1):
            self.env["ai.bank.memory"]._aliases(self.company)


@tagged("post_install", "-at_install")
class TestMemoryAccounts(MemoryCommon, CodingCommon):
    """Accounts that come again."""

    def test_recurring_accounts_are_learned_with_their_taxes(self):
        memories = self.learn().filtered(lambda one: one.kind == "counter-account")
        by_account = {one.account_id: one for one in memories}
        self.assertEqual(set(by_account), {self.rent, self.fees, self.cards, self.interest})
        self.assertEqual(by_account[self.cards].tax_ids, self.tax)
        self.assertEqual(by_account[self.rent].partner_id, self.landlord)
        self.assertEqual(by_account[self.rent].evidence_count, len(self.months))
        self.assertEqual(by_account[self.fees].last_seen, max(self.months))
        today = fields.Date.today()
        self.assertLess(max(self.months), today)
        self.assertGreater(by_account[self.fees].confidence, 0.8)

    def test_memory_names_the_account_and_says_how_often(self):
        self.learn()
        log = self.suggestion(self.bank_line("Account fee", -12.9))
        self.assertEqual(self.account_of(log), self.fees)
        self.assertEqual(self.codes(log)[0], "booked_times")
        self.assertIn(f"booked {len(self.months)} times on AI6200", log.reasons[0]["text"])

    def test_a_corrected_account_is_suggested(self):
        memories = self.learn().filtered(lambda one: one.account_id == self.fees)
        memories.with_user(self.clerk).account_id = self.rent
        log = self.suggestion(self.bank_line("Account fee", -12.9))
        offered = [log.proposal, *log.proposal["alternatives"]]
        accounts = [one["write_off"]["account_id"] for one in offered if one.get("write_off")]
        self.assertIn(self.rent.id, accounts)

    def test_money_of_a_debtor_is_compared_with_open_documents_first(self):
        self.learn()
        self.invoice(self.azure, 500.0)
        self.env["ai.bank.memory"].create(
            {
                "kind": "counter-account",
                "text": "Azure Interior",
                "account_id": self.interest.id,
            }
        )
        log = self.suggestion(self.bank_line("hello", 120.0, partner_name="Azure Interior"))
        write_off = log.proposal.get("write_off")
        self.assertFalse(write_off and write_off["account_id"] == self.interest.id)
