from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BankMatchCommon


class CalibrationCommon(BankMatchCommon):
    """A log of decided suggestions."""

    @classmethod
    def decided(cls, confidence, state, count=1, **values):
        """Log suggestions that were decided, as the kernel leaves them."""
        line = values.pop("line", None) or cls.bank_line("x", 10.0)
        rows = (
            cls.env["ai.audit.log"]
            .sudo()
            .create(
                [
                    {
                        "task_id": cls.task.id,
                        "task_code": "bank.match",
                        "res_model": line._name,
                        "res_id": line.id,
                        "company_id": line.company_id.id,
                        "trigger": "hook",
                        "maker_id": cls.service.id,
                        "proposal": {"kind": "match"},
                        "confidence": confidence,
                        "vetoes": [],
                        "decision": "suggest",
                        "decided_by_id": cls.clerk.id,
                        "state": state,
                        **values,
                    }
                    for _time in range(count)
                ]
            )
        )
        cls.env.flush_all()
        return rows


@tagged("post_install", "-at_install")
class TestCalibration(CalibrationCommon):
    """Reliability is counted from decisions; thresholds are proposed, never set."""

    def figures(self, user=None, target=0.99, journal=None):
        model = self.env["ai.bank.calibration"].with_user(user or self.manager)
        return model.reliability((journal or self.bank).id, target)

    def test_decisions_are_counted_as_right_or_wrong(self):
        for state, outcome in (
            ("applied", False),
            ("superseded", "agreed"),
            ("edited", False),
            ("rejected", False),
            ("undone", False),
            ("superseded", "differed"),
        ):
            self.decided(0.96, state, outcome=outcome)
        self.decided(0.96, "applied", flagged=True)
        # None of these was decided.
        self.decided(0.96, "superseded")
        self.decided(0.96, "expired")
        self.decided(0.96, "superseded", outcome="unforeseen", proposal={"kind": "none"})
        self.decided(0.96, "applied", trigger="edit")
        [step] = self.figures()["steps"]
        self.assertEqual((step["low"], step["high"]), (0.95, 0.98))
        self.assertEqual((step["count"], step["right"]), (7, 2))
        self.assertAlmostEqual(step["value"], 2 / 7)
        self.assertAlmostEqual(step["said"], 0.96)
        low, high = step["interval"]
        self.assertAlmostEqual(low, 0.0822, places=3)
        self.assertAlmostEqual(high, 0.6411, places=3)

    def test_what_the_machine_applied_is_shown_apart(self):
        self.decided(0.999, "applied", 3, decided_by_id=self.service.id)
        self.decided(0.999, "applied")
        [step] = self.figures()["steps"]
        self.assertEqual((step["count"], step["automatic"]), (4, 3))

    def test_present_threshold(self):
        self.policy.min_confidence = 0.97
        self.decided(0.99, "applied", 8)
        self.decided(0.98, "rejected", 2)
        self.decided(0.96, "applied", 6)
        self.decided(0.999, "applied", 4, vetoes=[{"code": "twin"}])
        now = self.figures()["now"]
        self.assertEqual((now["threshold"], now["count"], now["right"]), (0.97, 10, 8))
        self.assertAlmostEqual(now["through"], 0.5)

    def test_a_better_threshold_needs_decisions(self):
        self.decided(0.93, "applied", 150)
        self.assertIsNone(self.figures(target=0.9)["proposed"])
        self.decided(0.93, "applied", 150)
        self.assertEqual(self.figures(target=0.9)["proposed"]["threshold"], 0.93)
        self.assertIsNone(self.figures(target=0.999)["proposed"])

    def test_it_is_proposed_and_only_a_manager_sets_it(self):
        self.decided(0.93, "applied", 300)
        self.decided(0.6, "rejected", 20)
        before = self.policy.min_confidence
        figures = self.figures(target=0.95)
        self.assertEqual(figures["proposed"]["threshold"], 0.93)
        self.assertEqual(self.policy.min_confidence, before, "looking sets nothing")
        model = self.env["ai.bank.calibration"]
        for user in (self.approver, self.auditor):
            self.assertFalse(self.figures(user)["may_set"])
            with self.assertRaises(AccessError):
                model.with_user(user).use_threshold(self.bank.id, 0.93)
        model.with_user(self.manager).use_threshold(self.bank.id, 0.93)
        self.assertEqual(self.policy.min_confidence, before, "other journals keep theirs")
        own = self.env["ai.finance.policy"].search([("journal_id", "=", self.bank.id)])
        self.assertEqual((own.min_confidence, own.mode), (0.93, self.policy.mode))
        self.assertEqual(self.figures()["now"]["threshold"], 0.93)
        event = self.env["ai.audit.log.event"].search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event.user_id, self.manager)
        self.assertEqual(event.data["new"]["min_confidence"], 0.93)
        model.with_user(self.manager).use_threshold(self.bank.id, 0.94)
        self.assertEqual(own.min_confidence, 0.94, "its own policy is changed, not doubled")
        line = self.bank_line("x", 5.0)
        used = self.env["ai.finance.policy"]._select(self.task, line)[line]
        self.assertEqual(used.min_confidence, 0.94)

    def test_fitted_on_own_history_only_with_enough_of_it(self):
        self.decided(0.96, "applied", 200)
        self.assertIsNone(self.figures()["steps"][0]["worth"])
        self.decided(0.96, "rejected", 200)
        self.assertLess(self.figures()["steps"][0]["worth"], 0.96)

    def test_journals_are_apart(self):
        other = self.bank.copy({"name": "Second bank"})
        self.decided(0.96, "applied", 2)
        self.decided(0.96, "rejected", line=self.bank_line("y", 5.0, journal_id=other.id))
        self.assertEqual(self.figures()["decisions"], 2)
        self.assertEqual(self.figures(journal=other)["decisions"], 1)
        journals = self.env["ai.bank.calibration"].with_user(self.manager).journals()
        counts = {one["id"]: one["decisions"] for one in journals}
        self.assertEqual((counts[self.bank.id], counts[other.id]), (2, 1))

    def test_counting_costs_the_same_however_many_decisions(self):
        self.decided(0.96, "applied", 50)
        model = self.env["ai.bank.calibration"].with_user(self.manager)
        journals = model._allowed()
        with self.assertQueryCount(3):  # one, and two to find the service user
            rows = model._decided(journals)
        self.assertEqual([row[-1] for row in rows], [50])

    def test_who_may_look(self):
        for user in (self.manager, self.approver, self.auditor):
            self.assertEqual(self.figures(user)["decisions"], 0)
        with self.assertRaises(AccessError):
            self.figures(self.clerk)
        other = self.setup_other_company()["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            "ai_audit_log.group_ai_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            self.figures(stranger)
        with self.assertRaises(AccessError):
            self.env["ai.bank.calibration"].with_user(stranger).use_threshold(self.bank.id, 0.5)
