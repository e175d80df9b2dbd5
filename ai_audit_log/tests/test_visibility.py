from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KernelCommon


@tagged("post_install", "-at_install")
class TestVisibility(KernelCommon):
    """A row is visible to who can read its document, as chatter is; auditors read all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.new_partner("Secret Customer")
        cls.shown, cls.hidden = cls.row(cls.partner), cls.row(cls.secret)
        cls.rows = cls.shown + cls.hidden
        cls.rows._transition("expired")
        cls.env["ir.rule"].create(
            {
                "name": "no secret customers",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "domain_force": "[('name', '!=', 'Secret Customer')]",
                "groups": [(4, cls.env.ref("base.group_user").id)],
            }
        )

    def every_way(self, user, rows):
        """Return which of ``rows`` each way of reading gives to ``user``."""
        Log = self.env["ai.audit.log"].with_user(user)
        domain = [("id", "in", rows.ids)]
        groups = Log._read_group(domain, ["res_id"], ["id:recordset", "__count"])
        self.env.invalidate_all()
        return {
            "search": set(Log.search(domain).ids),
            "search by document": set(
                Log.search([("res_id", "in", rows.mapped("res_id")), *domain]).ids
            ),
            "search_read": {row["id"] for row in Log.search_read(domain, ["summary"])},
            "web_search_read": {
                row["id"] for row in Log.web_search_read(domain, {"summary": {}})["records"]
            },
            "grouped": {row_id for _doc, logs, _count in groups for row_id in logs.ids},
            "one by one": {row.id for row in Log.browse(rows.ids) if row.has_access("read")},
            "filtered": set(Log.browse(rows.ids)._filtered_access("read").ids),
        }

    def assertSees(self, user, expected, rows=None, hint=None):
        rows = self.rows if rows is None else rows
        for way, found in self.every_way(user, rows).items():
            with self.subTest(user=user.login, way=way):
                self.assertEqual(found, set(expected.ids), hint)
        Log = self.env["ai.audit.log"].with_user(user)
        domain = [("id", "in", rows.ids)]
        self.assertEqual(Log.search_count(domain), len(expected))
        [[count, average]] = Log._read_group(domain, [], ["__count", "confidence:avg"])
        self.assertEqual(count, len(expected), "totals must not tell about hidden rows")
        self.assertEqual(bool(average), bool(expected))

    def test_a_row_follows_the_record_rules_of_its_document(self):
        for user in (self.user, self.approver, self.manager):
            self.assertSees(user, self.shown)

    def test_auditors_read_every_row(self):
        self.assertSees(self.auditor, self.rows)

    def test_a_change_of_rule_counts_at_once(self):
        self.env["ir.rule"].search([("name", "=", "no secret customers")]).active = False
        self.assertSees(self.user, self.rows)

    def test_without_a_role_nothing_is_read(self):
        for method in ("search", "search_count", "search_read"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.env["ai.audit.log"].with_user(self.nobody), method)([])
        with self.assertRaises(AccessError):
            self.shown.with_user(self.nobody).read(["summary"])

    def test_reading_a_hidden_row_is_refused_in_words(self):
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.user).read(["summary"])
        with self.assertRaisesRegex(AccessError, "documents these suggestions are about"):
            self.hidden.with_user(self.user).check_access("read")
        with self.assertRaises(AccessError):
            self.rows.with_user(self.user).mapped("summary")

    def test_events_follow_their_row(self):
        Event = self.env["ai.audit.log.event"]
        domain = [("log_id", "in", self.rows.ids)]
        self.assertEqual(Event.with_user(self.user).search(domain).log_id.ids, self.shown.ids)
        self.assertEqual(Event.with_user(self.user).search_count(domain), 1)
        self.assertEqual(Event.with_user(self.auditor).search_count(domain), 2)
        self.assertTrue(self.events(self.shown).with_user(self.user).read(["note"]))
        with self.assertRaises(AccessError):
            self.events(self.hidden).with_user(self.user).read(["note"])
        with self.assertRaises(AccessError):
            self.events(self.rows).with_user(self.user).read(["note"])

    def test_names_are_not_found_either(self):
        found = self.env["ai.audit.log"].with_user(self.user).name_search("Rename")
        self.assertIn(self.shown.id, [row_id for row_id, _name in found])
        self.assertNotIn(self.hidden.id, [row_id for row_id, _name in found])

    def test_counts_of_a_run_are_of_what_one_sees(self):
        run = self.env["ai.finance.run"].create(
            {
                "task_id": self.task.id,
                "company_id": self.company.id,
                "user_id": self.user.id,
                "trigger": "button",
            }
        )
        for document in (self.partner, self.secret):
            self.row(document, run_id=run.id)
        self.assertEqual(run.with_user(self.user).suggestion_count, 1)
        self.env.invalidate_all()
        self.assertEqual(run.with_user(self.auditor).suggestion_count, 2)

    # ------------------------------------------------------------------
    # Shadow
    # ------------------------------------------------------------------

    def test_shadow_rows_are_for_auditors_only(self):
        shadow = self.row(decision="shadow")
        for user in (self.user, self.clerk, self.approver, self.manager, self.admin):
            self.assertSees(user, self.env["ai.audit.log"], shadow, "a shadow row was shown")
        self.assertSees(self.auditor, shadow, shadow)

    def test_waiting_rows_without_a_decision_are_visible(self):
        waiting = self.row(state="queued", decision=False)
        self.assertSees(self.user, waiting, waiting)

    # ------------------------------------------------------------------
    # Documents that are special
    # ------------------------------------------------------------------

    def test_archived_documents_keep_their_rows(self):
        self.partner.active = False
        self.assertSees(self.user, self.shown)

    def test_rows_of_deleted_documents_are_for_auditors(self):
        gone = self.new_partner("Gone")
        row = self.row(gone)
        gone.unlink()
        self.assertSees(self.user, row.browse(), row)
        self.assertSees(self.auditor, row, row)

    def test_documents_of_a_kind_one_may_not_read(self):
        self.task.copy({"code": "test.cron", "res_model": "ir.cron"})
        row = self.row(self.env.ref("ai_audit_log.cron_outbox"))
        self.assertSees(self.user, row.browse(), row)
        self.assertSees(self.auditor, row, row)

    def test_rows_of_a_model_that_was_uninstalled(self):
        row = self.row(res_model="gone.model")
        self.assertSees(self.user, row.browse(), row)
        self.assertSees(self.auditor, row, row)

    def test_rows_of_an_archived_task_stay_visible(self):
        self.task.active = False
        self.assertSees(self.user, self.shown)

    def test_more_rows_need_no_more_queries(self):
        Log = self.env["ai.audit.log"].with_user(self.user)

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Log.search([("task_id", "=", self.task.id)])._filtered_access("read").mapped("summary")
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(50):
            self.row(self.new_partner(f"Customer {number}"))
        self.assertLessEqual(queries(), few)
