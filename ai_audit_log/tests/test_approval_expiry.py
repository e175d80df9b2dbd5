from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestApprovalExpiry(KernelCommon):
    """Waiting is never a yes: what nobody decides in time expires."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({"mode": "approve", "expire_days": 7})

    def row_of_age(self, days, **values):
        moment = fields.Datetime.now() - timedelta(days=days)
        # The date of a row is evidence: it cannot be changed afterwards.
        with patch.object(self.env.cr, "now", lambda: moment):
            return self.row(self.new_partner(), **{"decision": "approve", **values})

    def expire(self):
        with patch.object(self.env.cr, "commit"):
            self.env["ai.finance.expiry"]._cron_expire()

    def test_old_rows_expire_and_say_so(self):
        old, young = self.row_of_age(8), self.row_of_age(6)
        self.expire()
        self.assertEqual((old.state, young.state), ("expired", "proposed"))
        self.assertFalse(old.decided_by_id, "nobody decided")
        [event] = self.events(old)
        self.assertEqual((event.old_state, event.new_state), ("proposed", "expired"))
        self.assertEqual(event.user_id, self.service)
        self.assertIn("7 days", event.note)

    def test_expired_cannot_be_applied_any_more(self):
        row = self.row_of_age(8)
        self.expire()
        with self.engine():
            row.with_user(self.approver).action_apply()
        self.assertEqual(row.state, "expired")

    def test_only_what_waits_for_a_person(self):
        waiting = self.row_of_age(8, decision="suggest")
        others = [
            self.row_of_age(8, decision="shadow"),
            self.row_of_age(8, decision="none"),
            self.row_of_age(8, state="approved", decision="apply"),
            self.row_of_age(8, state="applied"),
        ]
        states = [row.state for row in others]
        self.expire()
        self.assertEqual(waiting.state, "expired")
        self.assertEqual([row.state for row in others], states)

    def test_zero_is_never(self):
        self.policy.expire_days = 0
        row = self.row_of_age(1000)
        self.expire()
        self.assertEqual(row.state, "proposed")

    def test_each_policy_has_its_own_time(self):
        other = self.env["res.company"].create({"name": "Subsidiary"})
        self.policy_of(other).expire_days = 30
        partner = self.new_partner(company=other)
        theirs = self.row_of_age(8, res_id=partner.id, company_id=other.id)
        mine = self.row_of_age(8)
        self.expire()
        self.assertEqual((mine.state, theirs.state), ("expired", "proposed"))

    def test_unchanged_it_is_not_proposed_again_by_itself(self):
        partner = self.new_partner()
        row = self.row_of_age(8, res_id=partner.id, input_checksum="looked at")
        self.expire()
        pipeline = self.env["ai.finance.pipeline"]
        with self.engine():
            self.assertFalse(pipeline._suggest(self.task, partner, "cron"))
            again = pipeline._suggest(self.task, partner, "button")
            self.assertEqual(again.state, "proposed", "a person may ask for it")
        self.assertEqual(row.state, "expired")

    def test_changed_input_is_proposed_again(self):
        partner = self.new_partner()
        self.row_of_age(8, res_id=partner.id, input_checksum="older")
        self.expire()
        with self.engine():
            rows = self.env["ai.finance.pipeline"]._suggest(self.task, partner, "cron")
        self.assertEqual(rows.state, "proposed")

    def test_the_hourly_job_does_it(self):
        cron = self.env.ref("ai_audit_log.cron_expire")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "hours"))
        row = self.row_of_age(8)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(row.state, "expired")
