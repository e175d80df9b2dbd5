from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestModelCall(KernelCommon):
    """The log of calls: written once, read by few, its texts kept for a time only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.new_call("first")

    @classmethod
    def new_call(cls, request_hash, **values):
        return cls.env["ai.finance.model.call"].create(
            {
                "request_hash": request_hash,
                "company_id": cls.company.id,
                "user_id": cls.user.id,
                "task_id": cls.task.id,
                "prompt_code": "test",
                "state": "answered",
                "sent": "what was sent",
                "answer": "{}",
                "prompt_tokens": 100,
                "completion_tokens": 20,
                "cost": 0.000125,
                "redact_on": "2020-01-01",
                **values,
            }
        )

    def test_calls_are_never_changed_or_deleted(self):
        with self.assertRaises(UserError):
            self.call.write({"cost": 0})
        with self.assertRaises(UserError):
            self.call.unlink()

    def test_managers_see_the_cost_and_auditors_the_texts(self):
        call = self.call.with_user(self.manager)
        self.assertEqual(call.prompt_tokens, 100)
        with self.assertRaises(AccessError):
            call.read(["sent"])
        self.assertEqual(self.call.with_user(self.auditor).sent, "what was sent")
        with self.assertRaises(AccessError):
            self.call.with_user(self.user).read(["cost"])

    def test_a_fraction_of_a_cent_is_kept(self):
        self.call.invalidate_recordset()
        self.assertEqual(self.call.cost, 0.000125)

    def test_texts_go_when_their_time_is_over_and_figures_stay(self):
        kept = self.new_call("second", redact_on="2999-01-01")
        self.call._gc_texts()
        self.assertFalse(self.call.sent or self.call.answer)
        self.assertEqual(self.call.prompt_tokens, 100)
        self.assertEqual(kept.answer, "{}")
        answered, _failed = self.call._known({"first", "second"})
        self.assertEqual(set(answered), {"second"})

    def test_all_calls_of_the_month_count_against_the_budget(self):
        self.new_call("second", state="failed", purpose="test")
        spent = self.call._spent(self.company)
        self.assertEqual(spent.tokens, 240)
        self.assertEqual(float(spent.money), 0.00025)
        self.assertEqual(self.company.ai_model_tokens, 240)
