import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestTaskType(KernelCommon):
    """An addon adds a task by adding a record; nonsense is refused when it is saved."""

    def test_handler_has_to_be_a_task(self):
        for handler in ("no.such.model", "res.partner", "ai.audit.log", "base"):
            with self.subTest(handler=handler), self.assertRaisesRegex(ValidationError, handler):
                self.task.handler = handler

    def test_document_model_has_to_exist(self):
        with self.assertRaises(ValidationError):
            self.task.res_model = "no.such.model"

    def test_code_is_unique(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            with self.env.cr.savepoint():
                self.task.copy()

    def test_handler_runs_as_the_user(self):
        handler = self.task.with_user(self.clerk)._handler()
        self.assertEqual((handler._name, handler.env.user), ("ai.finance.task", self.clerk))

    def test_found_by_code_also_without_any_right(self):
        portal = new_test_user(self.env, "kernel_portal", "base.group_portal")
        task = self.env["ai.finance.task.type"].with_user(portal)._get("test.partner")
        self.assertEqual(task, self.task)

    def test_unknown_code_is_an_error_of_the_programmer(self):
        with self.assertRaises(ValueError):
            self.env["ai.finance.task.type"]._get("no.such.task")
