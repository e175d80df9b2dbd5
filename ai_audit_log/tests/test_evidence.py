import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KernelCommon

EVIDENCE_TABLES = ("ai_audit_log", "ai_audit_log_event", "ai_audit_seal", "ai_audit_payload")


@tagged("post_install", "-at_install")
class TestEvidence(KernelCommon):
    """Nobody changes evidence on a normal path, and whoever owns the database is found out."""

    def setUp(self):
        super().setUp()
        self.chain = self.env["ai.audit.chain"]
        self.logs = self.suggestions(3)
        self.logs[0]._transition("applied", note="done")
        self.seal()

    def suggestions(self, number):
        """Return rows that went the whole way from the queue, each with its input."""
        rows = self.env["ai.audit.log"].sudo()
        for _number in range(number):
            digest, payload = self.env["ai.audit.payload"]._digested({"label": "Azure 1,250.00"})
            row = self.row(self.new_partner(), state="running", payload_digest=digest)
            self.env["ai.audit.payload"].sudo().create(
                {**payload, "log_id": row.id, "company_id": row.company_id.id}
            )
            row._transition("proposed")
            rows |= row
        return rows

    def seal(self):
        while self.chain._seal(self.company):
            continue

    def broken(self):
        return self.chain._verify(self.company)["broken"]

    def sql(self, statement, *values):
        self.env.flush_all()
        self.env.cr.execute(statement, values)
        self.env.invalidate_all()

    def refused(self, statement, *values):
        """Assert that the database refuses ``statement``, superuser or not."""
        with (
            self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.sql(statement, *values)

    def without_triggers(self, statement, *values):
        """Do what the owner of the database can: drop the triggers, change, bring them back."""
        for table in EVIDENCE_TABLES:
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # pylint: disable=sql-injection
        self.sql(statement, *values)
        self.chain._install_triggers()

    # ------------------------------------------------------------------
    # The database refuses
    # ------------------------------------------------------------------

    def test_content_is_hashed_when_it_leaves_the_queue(self):
        row = self.row(self.new_partner(), state="running")
        self.assertFalse(row.content_hash)
        row._complete({row: {"confidence": 0.5}})
        row._transition("proposed")
        self.assertRegex(row.content_hash, "^[0-9a-f]{64}$")
        self.assertEqual(self.events(row).log_hash, row.content_hash)

    def test_update_of_evidence_is_refused(self):
        log = self.logs[1]
        for column, value in {
            "summary": "Something else",
            "confidence": 1.0,
            "proposal": '{"name": "Wood"}',
            "decision": "apply",
            "maker_id": self.user.id,
            "input_checksum": "x",
            "content_hash": "0" * 64,
            "payload_digest": "0" * 64,
            "auto_eligible": True,
        }.items():
            with self.subTest(column=column):
                self.refused(f"UPDATE ai_audit_log SET {column} = %s WHERE id = %s", value, log.id)
        event = self.events(log)[-1]
        self.refused("UPDATE ai_audit_log_event SET note = 'x' WHERE id = %s", event.id)
        self.refused("UPDATE ai_audit_log_event SET user_id = %s", self.user.id)
        self.refused("UPDATE ai_audit_seal SET chain_hash = 'x'")
        self.refused("UPDATE ai_audit_payload SET content = 'x'")

    def test_delete_and_truncate_are_refused(self):
        for table in EVIDENCE_TABLES:
            with self.subTest(table=table):
                self.refused(f"DELETE FROM {table}")
                self.refused(f"TRUNCATE {table} CASCADE")

    def test_orm_refuses_the_superuser(self):
        seal = self.env["ai.audit.seal"].search([], limit=1)
        payload = self.env["ai.audit.payload"].search([], limit=1)
        for record in (self.logs[0], self.events(self.logs)[0], payload):
            with self.subTest(model=record._name):
                with self.assertRaises(UserError):
                    record.sudo().write({record._rec_name: "x"})
                with self.assertRaises(UserError):
                    record.sudo().unlink()
        with (
            self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            seal.sudo().write({"sequence": 99})
            seal.flush_recordset()

    def test_a_row_goes_on_while_it_is_work(self):
        log = self.logs[1]
        log._transition("approved", values={"claimed_at": "2026-01-01 10:00:00"})
        log.error = "period locked"
        self.env.flush_all()
        self.assertIsNone(self.broken())

    def test_an_update_may_add_a_stored_column(self):
        """What "-u" does when a later version brings a stored field: fill it for all rows."""
        self.sql("ALTER TABLE ai_audit_log ADD COLUMN later_field integer")
        self.sql("UPDATE ai_audit_log SET later_field = 7")
        self.chain._install_triggers()
        self.assertIsNone(self.broken())

    # ------------------------------------------------------------------
    # Verify finds what the owner of the database did
    # ------------------------------------------------------------------

    def test_intact(self):
        result = self.chain._verify(self.company)
        self.assertEqual((result["broken"], result["unsealed"]), (None, 0))
        events = self.env["ai.audit.log.event"].search_count([("company_id", "=", self.company.id)])
        self.assertEqual(result["sealed"], events)
        self.suggestions(1)
        self.assertEqual(self.chain._verify(self.company)["unsealed"], 1)

    def test_changed_suggestion_is_found(self):
        log = self.logs[1]
        self.without_triggers("UPDATE ai_audit_log SET amount = 1 WHERE id = %s", log.id)
        self.assertEqual(self.broken(), self.found("suggestion_changed", log=log))

    def test_changed_suggestion_with_a_new_hash_is_found(self):
        log = self.logs[1]
        self.without_triggers(
            "UPDATE ai_audit_log SET amount = 1, content_hash = "
            "(SELECT ai_audit_hash(ai_audit_log_content(r)) FROM ai_audit_log r WHERE id = %s)"
            " WHERE id = %s",
            log.id,
            log.id,
        )
        self.assertIn(self.broken()["kind"], ("suggestion_changed", "suggestion_missing"))

    def test_changed_event_is_found(self):
        event = self.events(self.logs[0])[-1]
        self.without_triggers(
            "UPDATE ai_audit_log_event SET user_id = %s WHERE id = %s", self.user.id, event.id
        )
        self.assertEqual(self.broken()["kind"], "event_changed")
        self.assertEqual(self.broken()["event_id"], event.id)

    def test_changed_event_with_a_new_hash_breaks_the_chain(self):
        event = self.events(self.logs[0])[-1]
        self.without_triggers("UPDATE ai_audit_log_event SET note = 'x' WHERE id = %s", event.id)
        self.without_triggers(
            "UPDATE ai_audit_log_event SET content_hash = (SELECT"
            " ai_audit_hash(ai_audit_log_event_content(r)) FROM ai_audit_log_event r WHERE id = %s)"
            " WHERE id = %s",
            event.id,
            event.id,
        )
        self.assertEqual(self.broken()["kind"], "link_broken")

    def test_changed_state_is_found(self):
        self.without_triggers(
            "UPDATE ai_audit_log SET state = 'rejected' WHERE id = %s", self.logs[1].id
        )
        self.assertEqual(self.broken(), self.found("state_changed", self.logs[1], last=True))

    def test_changed_payload_is_found(self):
        self.without_triggers("UPDATE ai_audit_payload SET content = '{}'")
        self.assertEqual(self.broken()["kind"], "payload_changed")

    def test_deleted_event_is_found(self):
        event = self.events(self.logs[1])[-1]
        self.sql("ALTER TABLE ai_audit_seal DROP CONSTRAINT ai_audit_seal_event_id_fkey")
        self.without_triggers("DELETE FROM ai_audit_log_event WHERE id = %s", event.id)
        self.assertEqual(self.broken()["kind"], "event_missing")

    def test_shortened_log_is_found(self):
        """The newest rows deleted, seals and all: the head still knows how far it was."""
        last = self.env["ai.audit.seal"].search(
            [("company_id", "=", self.company.id)], order="sequence desc", limit=1
        )
        event = last.event_id
        self.without_triggers("DELETE FROM ai_audit_seal WHERE id = %s", last.id)
        self.without_triggers("DELETE FROM ai_audit_log_event WHERE id = %s", event.id)
        self.assertIn(self.broken()["kind"], ("shortened", "state_changed"))

    def test_rewritten_chain_differs_from_the_head_sent_out(self):
        """Even a complete rewrite, head and all, does not fit the mail somebody kept."""
        self.company.ai_head_email = "auditor@example.com"
        self.chain._send_head(self.company)
        head = self.chain.search([("company_id", "=", self.company.id)])
        verify = {"company_id": self.company.id}
        sequence = head.sequence
        verify |= {"head_sequence": sequence, "head_hash": head.chain_hash}
        wizard = self.env["ai.audit.verify"].create(verify)
        wizard.action_verify()
        self.assertEqual(wizard.state, "intact", wizard.problem)
        self.without_triggers("DELETE FROM ai_audit_seal")
        self.without_triggers("UPDATE ai_audit_chain SET sequence = 0, chain_hash = ''")
        self.without_triggers(
            "UPDATE ai_audit_log_event SET data = NULL, kind = 'problem' WHERE kind = 'head'"
        )
        self.without_triggers("UPDATE ai_audit_log_event SET note = 'x' WHERE note = 'done'")
        self.without_triggers(
            "UPDATE ai_audit_log_event e SET content_hash ="
            " ai_audit_hash(ai_audit_log_event_content(e))"
        )
        self.seal()
        self.assertIsNone(self.broken(), "the rewrite is consistent in itself")
        wizard = self.env["ai.audit.verify"].create(verify)
        wizard.action_verify()
        self.assertEqual((wizard.state, wizard.broken_sequence), ("broken", sequence))

    def found(self, kind, log, last=False):
        event = self.events(log)[-1].id if last else None
        return {"kind": kind, "sequence": None, "event_id": event, "log_id": log.id}

    # ------------------------------------------------------------------
    # Redaction, heads, the screen
    # ------------------------------------------------------------------

    def test_redaction_keeps_the_chain_valid(self):
        payload = self.logs[0].payload_ids
        payload.with_user(self.manager).action_redact()
        self.assertFalse(payload.content)
        self.assertEqual(payload.redacted_by_id, self.manager)
        self.assertEqual(self.events(self.logs[0])[-1].kind, "payload")
        self.seal()
        self.assertIsNone(self.broken())

    def test_retention(self):
        old, new = self.logs[0].payload_ids, self.logs[1].payload_ids
        self.sql("UPDATE ai_audit_payload SET redact_on = '2020-01-01' WHERE id = %s", old.id)
        self.env["ai.audit.payload"]._gc_payloads()
        self.assertFalse(old.content)
        self.assertTrue(new.content)
        self.assertIsNone(self.broken())

    def test_only_a_manager_redacts(self):
        with self.assertRaises(UserError):
            self.logs[0].payload_ids.with_user(self.auditor).action_redact()

    def test_head_is_mailed_out_and_logged(self):
        self.company.ai_head_email = "auditor@example.com"
        with self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_send_heads").method_direct_trigger()
        self.env.invalidate_all()
        event = self.env["ai.audit.log.event"].search([("kind", "=", "head")], limit=1)
        self.assertEqual(event.note, "auditor@example.com")
        mail = self.env["mail.mail"].search([("email_to", "=", "auditor@example.com")], limit=1)
        self.assertIn(event.data["chain_hash"], mail.body_html)

    def test_alarm(self):
        self.company.ai_head_email = "auditor@example.com"
        self.without_triggers("UPDATE ai_audit_log SET amount = 1 WHERE id = %s", self.logs[1].id)
        with (
            self.enter_registry_test_mode(),
            self.assertLogs("odoo.addons.ai_audit_log.wizards.ai_audit_verify", "ERROR"),
        ):
            self.env.ref("ai_audit_log.cron_verify").method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.env["ai.audit.log.event"].search([("kind", "=", "verify")]))

    def test_verify_button_of_an_auditor(self):
        wizard = self.env["ai.audit.verify"].with_user(self.auditor).create({})
        wizard.action_verify()
        self.assertEqual(wizard.state, "intact", wizard.problem)
        self.assertGreater(wizard.sealed, 0)
        self.without_triggers("UPDATE ai_audit_log SET amount = 1 WHERE id = %s", self.logs[1].id)
        wizard.action_verify()
        self.assertEqual(wizard.state, "broken")
        self.assertEqual(wizard.broken_log_id, self.logs[1])

    def test_a_change_of_roles_is_an_event(self):
        group = self.env.ref("ai_audit_log.group_ai_approver")
        self.clerk.write({"group_ids": [(4, group.id)]})
        event = self.env["ai.audit.log.event"].search(
            [("kind", "=", "group")], order="id desc", limit=1
        )
        self.assertEqual(event.data["user_id"], self.clerk.id)
        self.assertEqual((event.data["group_id"], event.data["change"]), (group.id, "added"))
        group.write({"user_ids": [(3, self.clerk.id)]})
        event = self.env["ai.audit.log.event"].search(
            [("kind", "=", "group")], order="id desc", limit=1
        )
        self.assertEqual((event.data["group_id"], event.data["change"]), (group.id, "removed"))

    def test_rows_of_a_version_without_triggers_are_hashed_once(self):
        for table in EVIDENCE_TABLES:
            statement = f"DROP TRIGGER ai_audit_freeze ON {table}"  # pylint: disable=sql-injection
            self.env.cr.execute(statement)
        log = self.row(self.new_partner(), state="running")
        log._transition("proposed")
        self.assertFalse(log.content_hash)
        self.chain._install_triggers()
        self.env.invalidate_all()
        self.assertTrue(log.content_hash)
        self.assertEqual(self.events(log).log_hash, log.content_hash)
        self.seal()
        self.assertIsNone(self.broken())
