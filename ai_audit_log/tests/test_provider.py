import os
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from .common import KernelCommon
from .model_common import KEY, ModelCommon


@tagged("post_install", "-at_install")
class TestProvider(ModelCommon, KernelCommon):
    """Connections to a model: whose they are, what is secret, what is tested."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connect_model()

    # ------------------------------------------------------------------
    # Secrets
    # ------------------------------------------------------------------

    def test_nobody_reads_the_key(self):
        admin = self.provider.with_user(self.admin)
        self.assertFalse(admin.new_api_key)
        self.assertEqual(admin.key_source, "form")
        for read in (
            lambda: admin.read(["api_key"]),
            lambda: admin.search([("api_key", "like", "sk")]),
            lambda: admin.export_data(["api_key"]),
        ):
            with self.assertRaises(AccessError):
                read()
        self.assertNotIn(KEY, str(admin.export_data(["name", "new_api_key"])))
        self.assertNotIn(KEY, repr(self.provider._endpoint()))

    def test_only_system_administrators_see_address_and_key(self):
        for person in (self.manager, self.auditor):
            provider = self.provider.with_user(person)
            self.assertEqual(provider.model, "demo-stand-in")
            for name in ("base_url", "new_api_key"):
                with self.assertRaises(AccessError):
                    provider.read([name])
            with self.assertRaises(AccessError):
                provider.write({"name": "Mine"})
            with self.assertRaises(AccessError):
                provider.action_test()
        with self.assertRaises(AccessError):
            self.provider.with_user(self.user).read(["name"])

    def test_environment_goes_before_the_form(self):
        own = {"AI_FINANCE_TEST_API_KEY": "from-environment"}
        with patch.dict(os.environ, own):
            self.provider.invalidate_recordset()
            self.assertEqual(self.provider.key_source, "environment")
            self.assertEqual(self.provider._endpoint().api_key, "from-environment")

    def test_a_key_stays_until_another_is_entered(self):
        self.provider.write({"new_api_key": False, "name": "Renamed"})
        self.assertEqual(self.provider._endpoint().api_key, KEY)
        self.provider.new_api_key = "another"
        self.assertEqual(self.provider._endpoint().api_key, "another")

    def test_addresses_that_leak_are_refused(self):
        for url in (
            "http://models.example.com/v1",
            "https://user:secret@models.example.com/v1",
            "ftp://models.example.com",
            "not an address",
        ):
            with self.subTest(url), self.assertRaises(ValidationError):
                self.provider.base_url = url

    def test_a_neutralised_copy_asks_nobody(self):
        self.env.flush_all()
        with file_open("ai_audit_log/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertFalse(self.provider.active)
        self.assertFalse(self.provider.base_url)
        self.assertEqual(self.provider.key_source, "missing")
        self.assertTrue(self.company.ai_model_stopped)

    # ------------------------------------------------------------------
    # Evidence
    # ------------------------------------------------------------------

    def changes(self):
        Event = self.env["ai.audit.log.event"].sudo()
        return Event.search([("kind", "=", "provider"), ("company_id", "=", self.company.id)])

    def test_changes_are_events_without_the_secret(self):
        before = len(self.changes())
        self.provider.write({"model": "other", "base_url": "https://models.example.com/v1"})
        self.provider.new_api_key = "sk-new-key"
        self.company.ai_model_stopped = True
        events = self.changes()
        self.assertEqual(len(events), before + 3)
        text = str(events.mapped("data"))
        self.assertIn("'model': 'other'", text)
        self.assertNotIn("models.example.com", text)
        self.assertNotIn("sk-new-key", text)
        self.assertIn("ai_model_stopped", text)

    # ------------------------------------------------------------------
    # Test connection, pause
    # ------------------------------------------------------------------

    def press(self):
        with patch.object(self.env.registry["ai.finance.model.asking"], "_leave_transaction"):
            return self.provider.with_user(self.admin).action_test()["params"]

    def test_the_test_lists_models_and_gets_an_answer(self):
        told = self.press()
        self.assertEqual(told["type"], "success", told)
        self.assertIn("demo-stand-in", self.provider.model_names)
        self.assertTrue(self.provider.tested_at)

    def test_a_failed_test_says_why_without_the_key(self):
        self.provider.new_api_key = "sk-wrong-key"
        told = self.press()
        self.assertEqual(told["type"], "danger")
        self.assertTrue(told["message"])
        self.assertNotIn("sk-wrong-key", told["message"])
        self.assertNotIn(str(self.server.port), told["message"])

    def test_a_pause_ends_by_hand(self):
        self.provider._store_pause(5, "2999-01-01 00:00:00")
        self.assertTrue(self.provider.is_paused)
        with self.assertRaises(AccessError):
            self.provider.with_user(self.manager).action_resume()
        self.provider.action_resume()
        self.assertFalse(self.provider.is_paused)

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    def test_another_companys_connection_is_neither_seen_nor_used(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.new_provider("theirs", self.server, company_id=other.id)
        self.assertFalse(theirs.with_user(self.manager).search([("id", "=", theirs.id)]))
        self.assertFalse(theirs._chain(self.company))
        self.provider.fallback_id = False
        with self.assertRaises(UserError):
            self.policy.provider_id = theirs

    def test_a_chain_of_fallbacks_is_no_circle(self):
        second = self.new_provider("second", self.server, fallback_id=self.provider.id)
        self.assertEqual(second._chain(self.company), second | self.provider)
        with self.assertRaises(ValidationError):
            self.provider.fallback_id = second
