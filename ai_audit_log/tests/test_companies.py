from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AUDITOR, MANAGER, USER, KernelCommon


@tagged("post_install", "-at_install")
class TestCompanies(KernelCommon):
    """Nobody reads another company's suggestions, runs, events or policies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Company"})
        roles = ",".join((USER, AUDITOR, MANAGER, "base.group_partner_manager"))
        cls.here = cls.person("here", roles)
        cls.both = cls.person("both", roles, cls.company + cls.other)
        cls.own = cls.records_of(cls.company)
        cls.theirs = cls.records_of(cls.other)

    @classmethod
    def records_of(cls, company):
        """Return ``{model name: record}`` of ``company`` for every kernel model with a company."""
        row = cls.row(cls.new_partner(company=company), company_id=company.id)
        row._transition("expired")
        run = cls.env["ai.finance.run"].create(
            {
                "task_id": cls.task.id,
                "company_id": company.id,
                "user_id": cls.user.id,
                "trigger": "button",
            }
        )
        _digest, content = cls.env["ai.audit.payload"]._digested({"label": "x"})
        payload = cls.env["ai.audit.payload"].create(
            {**content, "log_id": row.id, "company_id": company.id}
        )
        cls.env["ai.audit.chain"]._seal(company)
        own = [("company_id", "=", company.id)]
        seal = cls.env["ai.audit.seal"].search(own, limit=1)
        head = cls.env["ai.audit.chain"].search(own)
        records = (row, row.event_ids, run, cls.policy_of(company), payload, seal, head)
        agreement = cls.env["ai.finance.agreement"].browse(row.id)
        policy = cls.policy_of(company)
        tier = cls.env["ai.finance.approval.tier"].create(
            {"policy_id": policy.id, "amount_from": 1, "approver_ids": cls.approver.ids}
        )
        model = cls.model_records(company)
        return {record._name: record for record in (*records, agreement, tier, *model)}

    @classmethod
    def model_records(cls, company):
        """Return what has to do with a language model: connection, prompt, version, call."""
        own = {"company_id": company.id}
        provider = cls.env["ai.finance.provider"].create(
            {**own, "name": "Connection", "code": f"own_{company.id}", "model": "some"}
        )
        prompt = cls.env["ai.finance.prompt"].create({**own, "name": "Own", "code": "test_own"})
        content = {"instructions": "Order them.", "max_tokens": 300}
        version = prompt._add_version(content, "file")
        call = cls.env["ai.finance.model.call"].create(
            {
                **own,
                "request_hash": f"hash {company.id}",
                "user_id": cls.user.id,
                "prompt_code": "test_own",
                "state": "failed",
            }
        )
        return provider, prompt, version, call

    def test_every_kernel_model_with_a_company_is_tested_here(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "ai_audit_log"
            and not (model._abstract or model._transient)
            and "company_id" in model._fields
        }
        # Waiting approvals are of one person, see TestApprovalActivities.
        self.assertEqual(set(self.own), models - {"ai.finance.approval"})

    def test_records_of_another_company_are_not_found(self):
        for name, theirs in self.theirs.items():
            own = self.own[name]
            found = own.with_user(self.here).search([("id", "in", (own + theirs).ids)])
            with self.subTest(model=name):
                self.assertEqual(found.ids, own.ids)

    def test_records_of_another_company_are_not_read(self):
        for name, theirs in self.theirs.items():
            with self.subTest(model=name), self.assertRaises(AccessError):
                theirs.with_user(self.here).read(["company_id"])
            self.own[name].with_user(self.here).read(["company_id"])

    def test_companies_of_the_session_count(self):
        for name, theirs in self.theirs.items():
            both = (self.own[name] + theirs).with_user(self.both)
            ids = [("id", "in", both.ids)]
            with self.subTest(model=name):
                at_home = both.with_context(allowed_company_ids=self.company.ids)
                self.assertEqual(at_home.search(ids).ids, self.own[name].ids)
                everywhere = both.with_context(allowed_company_ids=(self.company + self.other).ids)
                self.assertEqual(set(everywhere.search(ids).ids), set(both.ids))

    def test_policies_of_another_company_are_not_changed(self):
        policy = self.theirs["ai.finance.policy"].with_user(self.here)
        with self.assertRaises(AccessError):
            policy.mode = "off"
        with self.assertRaises(AccessError):
            policy.unlink()
        with self.assertRaises(AccessError):
            policy.create({"company_id": self.other.id, "task_id": self.task.id})
        with self.assertRaises(AccessError):
            self.own["ai.finance.policy"].with_user(self.here).company_id = self.other

    def test_rows_of_another_company_are_not_decided(self):
        row = self.row(self.new_partner(company=self.other), company_id=self.other.id)
        with self.assertRaises(AccessError):
            row.with_user(self.here).action_reject("not mine")
        with self.assertRaises(AccessError):
            row.with_user(self.here).action_apply()
        self.assertEqual(row.state, "proposed")
