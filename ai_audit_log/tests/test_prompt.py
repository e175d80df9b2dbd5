from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..llm.prompt_file import PromptFile
from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestPrompt(KernelCommon):
    """Prompts come from files, are changed in versions, taken back, and have a history."""

    def setUp(self):
        super().setUp()
        self.Prompt = self.env["ai.finance.prompt"]
        self.load("Order the candidates.")
        self.prompt = self.Prompt.search([("code", "=", "test_order")])

    def load(self, instructions, fields=("line.text", "line.amount")):
        file = PromptFile("test_order", "Test", "test.partner", fields, 300, instructions)
        self.Prompt._load(file, "ai_audit_log")

    def changes(self):
        events = self.env["ai.audit.log.event"].sudo()
        found = events.search(
            [("kind", "=", "prompt"), ("company_id", "=", self.company.id)], order="id"
        )
        found = found.filtered(lambda event: event.data["prompt"] == "test_order")
        return [
            (event.data["old"].get("version"), event.data["new"].get("version")) for event in found
        ]

    def test_the_same_file_makes_no_version(self):
        self.load("Order the candidates.")
        self.assertEqual(self.prompt.version_ids.mapped("number"), [1])
        self.assertEqual(self.prompt.task_id, self.task)

    def test_a_changed_file_counts_where_nobody_changed_the_prompt(self):
        self.load("Order them well.")
        self.assertEqual(self.prompt.instructions, "Order them well.")
        self.assertEqual(self.changes(), [(None, 1), (1, 2)])

    def test_a_changed_file_waits_beside_what_people_wrote(self):
        self.prompt.instructions = "My own words."
        self.load("Order them well.")
        self.assertEqual(self.prompt.instructions, "My own words.")
        self.assertEqual(self.prompt.newest_file_id.number, 3)
        self.prompt.newest_file_id.action_use()
        self.assertEqual(self.prompt.instructions, "Order them well.")

    def test_one_edit_is_one_version(self):
        self.prompt.write({"instructions": "New.", "max_tokens": 500})
        self.assertEqual(self.prompt.number, 2)
        self.assertEqual(self.prompt.version_id.source, "person")
        self.prompt.write({"instructions": "New."})
        self.assertEqual(self.prompt.number, 2)

    def test_rollback_is_an_event_like_any_change(self):
        first = self.prompt.version_id
        self.prompt.instructions = "Worse words."
        first.action_use()
        self.assertEqual(self.prompt.instructions, "Order the candidates.")
        self.assertEqual(self.changes(), [(None, 1), (1, 2), (2, 1)])

    def test_versions_are_written_once(self):
        with self.assertRaises(UserError):
            self.prompt.version_id.instructions = "Rewritten."

    def test_only_fields_the_task_offers_can_be_allowed(self):
        self.prompt.allowed_fields = "line.text"
        with self.assertRaises(ValidationError):
            self.prompt.allowed_fields = "line.text, partner.vat"

    def test_a_company_may_have_its_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        action = self.prompt.with_user(self.manager).action_own()
        own = self.Prompt.browse(action["res_id"])
        own.with_user(self.manager).instructions = "In our house style."
        versions = self.Prompt._versions_for
        self.assertEqual(versions(self.company)["test_order"].instructions, "In our house style.")
        self.assertEqual(versions(other)["test_order"].instructions, "Order the candidates.")
        self.assertEqual(self.prompt.with_user(self.manager).action_own()["res_id"], own.id)

    def test_a_shared_prompt_is_the_system_administrators(self):
        with self.assertRaises(AccessError):
            self.prompt.with_user(self.manager).instructions = "For everybody."
        with self.assertRaises(AccessError):
            self.prompt.with_user(self.user).read(["instructions"])
        self.prompt.with_user(self.admin).instructions = "For everybody."
        with self.assertRaises(UserError):
            self.prompt.unlink()

    def test_another_companys_prompt_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        prompt = self.Prompt.create({"name": "X", "code": "test_x", "company_id": other.id})
        self.assertFalse(self.Prompt.with_user(self.manager).search([("id", "=", prompt.id)]))
        with self.assertRaises(AccessError):
            prompt.with_user(self.manager).read(["name"])
