from itertools import product

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.lifecycle import LIVE, TRANSITIONS
from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestUniqueLive(KernelCommon):
    """The same input has at most one live suggestion, by an index and not by good manners."""

    def assertBlocked(self, **values):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            with self.env.cr.savepoint():
                self.row(**values)

    def test_a_second_live_row_is_blocked(self):
        for first, second in product(sorted(LIVE), repeat=2):
            with self.subTest(first=first, second=second):
                row = self.row(state=first)
                self.assertBlocked(state=second, input_checksum=row.input_checksum)

    def test_what_waits_waits_once(self):
        """Waiting rows have no checksum yet."""
        self.row(state="queued", input_checksum="")
        self.assertBlocked(state="queued", input_checksum="")

    def test_work_under_way_lets_a_new_event_in(self):
        """The worker may have read the document before the event: it has to wait its turn."""
        self.row(state="running", input_checksum="")
        self.assertTrue(self.row(state="queued", input_checksum=""))

    def test_the_first_may_be_replaced_once_it_is_closed(self):
        for state in sorted(set(TRANSITIONS) - LIVE):
            with self.subTest(closed_as=state):
                old = self.row(state=state)
                new = self.row(input_checksum=old.input_checksum)
                self.assertEqual(new.state, "proposed")

    def test_a_closed_row_frees_its_place_in_the_same_transaction(self):
        old = self.row()
        old._transition("rejected")
        old.flush_model(["state"])
        self.assertTrue(self.row(input_checksum=old.input_checksum))
        self.assertBlocked(input_checksum=old.input_checksum)

    def test_another_input_document_or_task_is_another_suggestion(self):
        row = self.row()
        self.assertTrue(self.row())
        self.assertTrue(self.row(self.new_partner(), input_checksum=row.input_checksum))
        other = self.task.copy({"code": "test.other"})
        self.assertTrue(
            self.row(task_id=other.id, task_code="test.other", input_checksum=row.input_checksum)
        )

    def test_a_closed_row_cannot_come_back_beside_a_live_one(self):
        failed = self.row(state="failed")
        self.row(input_checksum=failed.input_checksum)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            with self.env.cr.savepoint():
                failed._transition("queued")
                failed.flush_model(["state"])

    def test_people_read_a_sentence_and_not_a_database_error(self):
        row = self.row()
        with mute_logger("odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    self.row(input_checksum=row.input_checksum)
            except psycopg2.errors.UniqueViolation as error:
                text = row._sql_error_to_message(error)
        self.assertEqual(text, "There is a suggestion for this already.")
