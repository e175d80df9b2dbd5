from odoo.tests import HttpCase, tagged

from .common import KernelCommon
from .model_common import KEY, ModelCommon


@tagged("post_install", "-at_install")
class TestModelBrowser(ModelCommon, KernelCommon, HttpCase):
    """Connecting a model and its usage, in a real browser against a real server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connect_model()
        cls.admin.write({"company_id": cls.company.id})
        cls.manager.password = "kernel_manager"
        cls.auditor.password = "kernel_auditor"

    def tour(self, url, name, login="admin"):
        self.start_tour(url, name, login=login, timeout=90)
        self.env.invalidate_all()

    def call(self, **values):
        return self.env["ai.finance.model.call"].create(
            {
                "request_hash": f"hash {next(self.numbers)}",
                "company_id": self.company.id,
                "task_id": self.task.id,
                "user_id": self.service.id,
                "provider_id": self.provider.id,
                "model": self.provider.model,
                "prompt_code": "reason_sentence",
                "prompt_number": 1,
                "state": "answered",
                "sent": "What was sent",
                "answer": "What was answered",
                "prompt_tokens": 1200,
                "completion_tokens": 34,
                "cost": 0.0123,
                **values,
            }
        )

    def test_connect_and_test(self):
        """A new connection is entered, tested and chosen; its key is not shown again."""
        self.company.ai_provider_id = False
        self.provider.base_url = False
        self.tour("/odoo/ai-model-connections", "ai_model_connection_new")
        new = self.env["ai.finance.provider"].search([("code", "=", "hall")])
        new.write({"base_url": self.server.base_url, "new_api_key": KEY})
        url = f"/odoo/ai-model-connections/{new.id}"
        self.tour(url, "ai_model_connection_test")
        self.assertTrue(new.test_passed)
        self.assertEqual(new.state, "passed")
        self.assertIn(new.model, new.model_names)
        self.assertTrue(self.server.requests)
        self.assertEqual(new._endpoint().api_key, KEY, "saving the form keeps the key")
        self.tour("/odoo/settings", "ai_model_settings")
        self.assertEqual(self.company.ai_provider_id, new)
        self.assertEqual(self.company.ai_model_budget, 25)

    def test_a_connection_that_fails_says_why(self):
        self.provider.new_api_key = "wrong"
        url = f"/odoo/ai-model-connections/{self.provider.id}"
        self.tour(url, "ai_model_connection_refused")
        self.assertFalse(self.provider.test_passed)

    def test_a_manager_reads_connections_without_address_and_key(self):
        url = f"/odoo/ai-model-connections/{self.provider.id}"
        self.tour(url, "ai_model_connection_read", login="kernel_manager")

    def test_usage(self):
        self.call()
        self.call(state="refused", problem="An id was not offered.")
        self.tour("/odoo/ai-model-calls", "ai_model_usage", login="kernel_auditor")
