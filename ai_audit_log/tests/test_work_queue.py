from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.suggestion import Suggestion
from ..models.ai_finance_outbox import APPLY_AT_ONCE, CLAIM_TIMEOUT_PARAMETER, TRIES
from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestWorkQueue(KernelCommon):
    """Nothing that waits is lost or done twice, whatever happens to the worker."""

    def setUp(self):
        super().setUp()
        self.outbox = self.env["ai.finance.outbox"].sudo()
        # Rows of other tests and addons wait in the same queue.
        self.env["ai.audit.log"].sudo().search([("state", "=", "queued")])._transition("superseded")

    def enqueue(self, *partners):
        self.outbox._enqueue("test.partner", self.env["res.partner"].union(*partners))

    def of(self, partner):
        return (
            self.env["ai.audit.log"]
            .sudo()
            .search([("res_model", "=", "res.partner"), ("res_id", "=", partner.id)], order="id")
        )

    def states(self, partner=None):
        return self.of(partner or self.partner).mapped("state")

    def drain(self):
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    def hours_ago(self, hours):
        return fields.Datetime.now() - timedelta(hours=hours)

    # ------------------------------------------------------------------
    # In
    # ------------------------------------------------------------------

    def test_a_row_waits_for_its_document(self):
        self.enqueue(self.partner)
        row = self.of(self.partner)
        self.assertEqual((row.state, row.trigger), ("queued", "hook"))
        self.assertEqual((row.company_id, row.maker_id), (self.company, self.service))
        self.assertFalse(row.proposal)

    def test_the_same_event_twice_is_one_row(self):
        self.enqueue(self.partner)
        self.enqueue(self.partner, self.new_partner())
        self.assertEqual(self.states(), ["queued"])

    def test_switched_off_is_not_queued(self):
        self.policy.mode = "off"
        self.enqueue(self.partner)
        self.assertFalse(self.of(self.partner))

    def test_hooks_work_for_people_without_any_role(self):
        self.env["ai.finance.outbox"].with_user(self.nobody)._enqueue(
            "test.partner", self.partner.with_user(self.nobody)
        )
        self.assertEqual(self.states(), ["queued"])

    def test_an_event_during_the_work_is_looked_at_afterwards(self):
        """The worker may have read the document before it changed: it has to look again."""
        self.enqueue(self.partner)
        self.of(self.partner)._transition("running", values={"claimed_at": self.hours_ago(0)})
        self.enqueue(self.partner)
        self.assertEqual(sorted(self.states()), ["queued", "running"], "the second event is lost")

    # ------------------------------------------------------------------
    # Out
    # ------------------------------------------------------------------

    def test_drained_rows_are_proposed(self):
        partners = [self.new_partner(f"P{number}") for number in range(3)]
        self.enqueue(*partners)
        with self.engine():
            self.drain()
        for partner in partners:
            self.assertEqual(self.states(partner), ["proposed"])
            self.assertEqual(self.of(partner).confidence, 0.99)

    def test_a_batch_that_is_applied_fits_into_the_time_of_a_worker(self):
        """The ledger takes its time for each row; a batch that is never done is never committed."""
        for _number in range(APPLY_AT_ONCE + 5):
            self.row(state="approved", next_attempt_at=self.hours_ago(1), decision="apply")
        self.task.batch_size = 2000
        self.assertEqual(len(self.outbox._claim()), APPLY_AT_ONCE)
        self.assertEqual(len(self.outbox._claim()), 5)

    def test_urgent_tasks_go_first_and_decisions_before_suggestions(self):
        """A payment run waits for nobody: the oldest row is not the first."""
        self.task.sequence = 50
        urgent = self.task.create(
            {
                "name": "Payment run",
                "code": "test.urgent",
                "handler": "ai.finance.task",
                "res_model": "res.partner",
                "sequence": 1,
            }
        )
        waiting = {"next_attempt_at": self.hours_ago(2), "decision": False, "input_checksum": ""}
        old = self.row(state="queued", **waiting)
        decided = self.row(self.new_partner(), "approved", next_attempt_at=self.hours_ago(1))
        new = self.row(state="queued", **waiting, task_id=urgent.id, task_code=urgent.code)
        self.assertEqual([self.outbox._claim() for _batch in range(3)], [new, decided, old])
        self.assertFalse(self.outbox._claim())

    def test_companies_take_turns_by_how_long_they_wait(self):
        other = self.env["res.company"].create({"name": "Waits longer"})
        partner = self.new_partner(company=other)
        self.enqueue(self.partner, partner)
        self.of(partner).next_attempt_at = self.hours_ago(1)
        first, second = self.outbox._claim(), self.outbox._claim()
        self.assertEqual((first, second), (self.of(partner), self.of(self.partner)))

    def test_only_a_kind_of_work_is_drained_when_asked(self):
        self.enqueue(self.partner)
        approved = self.row(self.new_partner(), "approved", next_attempt_at=self.hours_ago(1))
        only = self.outbox._kind(self.task, self.company, "queued")
        self.assertEqual(self.outbox._claim(only), self.of(self.partner))
        self.assertFalse(self.outbox._claim(only))
        self.assertFalse(approved.claimed_at)

    def test_a_claim_others_were_faster_with_is_tried_again(self):
        """Under REPEATABLE READ a row that changed since the look cannot be locked."""
        answers = [psycopg2.errors.SerializationFailure()] * (TRIES - 1) + ["claimed"]
        cursor = self.env.cr
        with (
            patch.object(cursor, "rollback") as rollback,
            patch.object(cursor, "commit"),
            patch.object(self.env.registry["ai.finance.outbox"], "_claim", side_effect=answers),
        ):
            self.assertEqual(self.outbox._committed(self.outbox._claim), "claimed")
        self.assertEqual(rollback.call_count, TRIES - 1)

    def test_many_events_cost_as_much_as_one(self):
        partners = [self.new_partner(f"P{number}") for number in range(40)]
        self.enqueue(self.partner)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.enqueue(*partners)
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 20)

    def test_worker_that_died_leaves_its_rows_to_others(self):
        self.enqueue(self.partner)
        self.of(self.partner)._transition(
            "running", values={"claimed_at": self.hours_ago(1), "attempts": 1}
        )
        with self.engine():
            self.drain()
        self.assertEqual(self.states(), ["proposed"])

    def test_rows_of_a_living_worker_are_left_alone(self):
        self.enqueue(self.partner)
        self.of(self.partner)._transition("running", values={"claimed_at": self.hours_ago(0)})
        with self.engine():
            self.drain()
        self.assertEqual(self.states(), ["running"])

    def test_patience_with_workers_can_be_set(self):
        self.env["ir.config_parameter"].sudo().set_param(CLAIM_TIMEOUT_PARAMETER, "5400")
        self.enqueue(self.partner)
        self.of(self.partner)._transition("running", values={"claimed_at": self.hours_ago(1)})
        self.outbox._return_dead_rows()
        self.assertEqual(self.states(), ["running"])
        self.env["ir.config_parameter"].sudo().set_param(CLAIM_TIMEOUT_PARAMETER, "1800")
        self.outbox._return_dead_rows()
        self.assertEqual(self.states(), ["queued"])

    def test_rows_that_kill_their_worker_are_not_tried_for_ever(self):
        self.enqueue(self.partner)
        self.of(self.partner)._transition(
            "running",
            values={"claimed_at": self.hours_ago(1), "attempts": self.task.max_attempts},
        )
        self.outbox._return_dead_rows()
        self.assertEqual(self.states(), ["failed"])

    def test_a_late_worker_does_not_take_back_what_another_one_proposed(self):
        """It was given up, another worker did its rows, and now it starts on them after all."""
        row = self.row(input_checksum="looked at")
        with self.engine():
            self.outbox._work_once(row)
        self.assertEqual(self.states(), ["proposed"], "the suggestion is gone")

    def test_a_late_worker_does_not_fail_a_row_that_is_done(self):
        row = self.row(attempts=self.task.max_attempts)
        with mute_logger("odoo.addons.ai_audit_log.models.ai_finance_outbox"):
            self.outbox._fail(row, ValueError("late"))
        self.assertEqual((row.state, row.error), ("proposed", False))

    # ------------------------------------------------------------------
    # When it goes wrong
    # ------------------------------------------------------------------

    def fail(self, row):
        with mute_logger("odoo.addons.ai_audit_log.models.ai_finance_outbox"):
            self.outbox._fail(row, ValueError("engine broke"))

    def test_failures_wait_longer_and_longer_and_then_are_kept(self):
        self.task.max_attempts = 3
        self.enqueue(self.partner)
        row, waits = self.of(self.partner), []
        for attempt in (1, 2):
            row._transition("running", values={"attempts": attempt})
            self.fail(row)
            self.assertEqual((row.state, row.error), ("queued", "engine broke"))
            waits.append(round((row.next_attempt_at - fields.Datetime.now()).total_seconds() / 60))
        self.assertEqual(waits, [2, 4], "minutes")
        self.assertFalse(self.outbox._claim(), "it is not due yet")
        row._transition("running", values={"attempts": 3})
        self.fail(row)
        self.assertEqual((row.state, row.error), ("failed", "engine broke"))

    def test_the_worker_comes_back_when_a_failed_row_is_due_again(self):
        cron = self.env.ref("ai_audit_log.cron_outbox")
        triggers = self.env["ir.cron.trigger"].sudo()
        self.enqueue(self.partner)
        row = self.of(self.partner)
        row._transition("running", values={"attempts": 1})
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.fail(row)
        trigger = triggers.search([("cron_id", "=", cron.id)])
        self.assertEqual(trigger.call_at, row.next_attempt_at)

    def test_a_row_that_breaks_the_engine_stays_alone(self):
        bad = self.new_partner("Breaks")
        good = [self.new_partner(f"P{number}") for number in range(3)]

        def propose(_task, partners):
            if bad in partners:
                raise ValueError("engine broke")
            return [Suggestion(partner.id, {"name": "Azure"}, 0.9) for partner in partners]

        self.enqueue(bad, *good)
        task = self.env.registry["ai.finance.task"]
        with (
            self.engine(),
            patch.object(task, "_propose", propose),
            mute_logger("odoo.addons.ai_audit_log.models.ai_finance_outbox"),
        ):
            self.drain()
        self.assertEqual([self.states(partner) for partner in good], [["proposed"]] * 3)
        self.assertEqual((self.states(bad), self.of(bad).error), (["queued"], "engine broke"))

    # ------------------------------------------------------------------
    # Again
    # ------------------------------------------------------------------

    def test_failed_rows_are_replayed_by_a_person(self):
        row = self.row(state="failed", input_checksum="", attempts=5, decision=False)
        row.with_user(self.clerk).action_replay()
        self.assertEqual((row.state, row.attempts), ("queued", 0))
        self.assertEqual(self.events(row)[-1].user_id, self.clerk)

    def test_replay_of_what_waits_already_is_no_error(self):
        failed = self.row(state="failed", input_checksum="", decision=False)
        self.enqueue(self.partner)
        other = self.row(self.new_partner(), state="failed", input_checksum="", decision=False)
        (failed + other).with_user(self.clerk).action_replay()
        self.env.flush_all()
        self.assertEqual(self.states(), ["superseded", "queued"])
        self.assertEqual(other.state, "queued", "one that waits already must not stop the others")

    # ------------------------------------------------------------------
    # Buttons beside the queue
    # ------------------------------------------------------------------

    def suggest(self, trigger="button", **engine):
        with self.engine(**engine):
            pipeline = self.env["ai.finance.pipeline"].with_user(self.clerk)
            partner = self.partner.with_user(self.clerk)
            return pipeline._suggest(self.task.with_user(self.clerk), partner, trigger).sudo()

    def test_the_button_takes_a_waiting_row_over(self):
        self.enqueue(self.partner)
        row = self.suggest()
        self.assertEqual(self.of(self.partner), row)
        self.assertEqual((row.state, row.maker_id, row.trigger), ("proposed", self.clerk, "button"))

    def test_unchanged_input_writes_no_new_row(self):
        self.assertEqual(self.suggest(), self.suggest())
        self.assertEqual(self.states(), ["proposed"])

    def test_the_same_suggestion_logged_this_instant_by_another_is_tried_again(self):
        """It cannot be seen yet, only met in the index; Odoo's own retry sees it."""
        self.suggest()
        unseen = patch.object(
            self.env.registry["ai.finance.pipeline"], "_previous", return_value={}
        )
        with unseen, mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError):
            with self.env.cr.savepoint():
                self.suggest()

    def test_changed_input_supersedes(self):
        old = self.suggest()
        new = self.suggest(checksum="changed")
        self.assertEqual((old.state, new.state), ("superseded", "proposed"))

    def test_rejected_is_suggested_again_only_when_asked(self):
        self.suggest().with_user(self.clerk).action_reject("no")
        self.assertFalse(self.suggest("cron"))
        self.assertEqual(self.suggest().state, "proposed")
