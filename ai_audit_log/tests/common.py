from contextlib import contextmanager
from itertools import count
from unittest.mock import patch

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from ..engine.suggestion import Suggestion, Summary

USER = "ai_audit_log.group_ai_user"
APPROVER = "ai_audit_log.group_ai_approver"
AUDITOR = "ai_audit_log.group_ai_auditor"
MANAGER = "ai_audit_log.group_ai_manager"


class KernelCommon(TransactionCase):
    """The kernel alone: a task about partners, a company of its own, a person in each role.

    The task's handler is the abstract task itself, which can do nothing; tests that need an
    engine give it one with :meth:`engine`.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Partners are no documents with suggestions; here they stand in for one.
        for name in ("_ai_invalidate", "_ai_applied", "_ai_undone"):
            partners = cls.env.registry["res.partner"]
            cls.startClassPatcher(patch.object(partners, name, lambda *args: None, create=True))
        cls.numbers = count(1)
        cls.company = cls.env["res.company"].create({"name": "Kernel Company"})
        cls.env.user.company_ids += cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.task = cls.env["ai.finance.task.type"].create(
            {
                "name": "Partner check",
                "code": "test.partner",
                "handler": "ai.finance.task",
                "res_model": "res.partner",
            }
        )
        cls.policy = cls.policy_of(cls.company)
        cls.partner = cls.new_partner("Azure Interior")
        cls.service = cls.env.ref("ai_audit_log.user_service")
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.company_ids += cls.company
        cls.user = cls.person("user", USER)
        cls.clerk = cls.person("clerk", f"{USER},base.group_partner_manager")
        cls.approver = cls.person("approver", f"{APPROVER},base.group_partner_manager")
        cls.auditor = cls.person("auditor", AUDITOR)
        cls.manager = cls.person("manager", MANAGER)
        cls.nobody = cls.person("nobody", "base.group_user")

    @classmethod
    def person(cls, login, groups, companies=None):
        """Return a new user of ``companies`` (the test company) with ``groups`` and no more."""
        companies = companies or cls.company
        return new_test_user(
            cls.env,
            f"kernel_{login}",
            groups,
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    @classmethod
    def new_partner(cls, name="Wood Corner", company=None):
        return cls.env["res.partner"].create(
            {"name": name, "company_id": (company or cls.company).id}
        )

    @classmethod
    def policy_of(cls, company, task=None):
        return (
            cls.env["ai.finance.policy"]
            .sudo()
            .search([("company_id", "=", company.id), ("task_id", "=", (task or cls.task).id)])
        )

    @classmethod
    def row(cls, document=None, state="proposed", **values):
        """Return a row as the kernel writes it, in any state, with a checksum of its own."""
        document = document or cls.partner
        return (
            cls.env["ai.audit.log"]
            .sudo()
            .create(
                {
                    "task_id": cls.task.id,
                    "task_code": cls.task.code,
                    "res_model": document._name,
                    "res_id": document.id,
                    "company_id": cls.company.id,
                    "trigger": "button",
                    "maker_id": cls.service.id,
                    "input_checksum": f"checksum {next(cls.numbers)}",
                    "proposal": {"name": "Azure"},
                    "confidence": 0.9,
                    "summary": "Rename to Azure",
                    "decision": "suggest",
                    "state": state,
                    **values,
                }
            )
        )

    def events(self, logs):
        """Return the events of ``logs`` in the order in which they happened."""
        return (
            self.env["ai.audit.log.event"].sudo().search([("log_id", "in", logs.ids)], order="id")
        )

    @contextmanager
    def engine(self, checksum="looked at", confidence=0.99, problems=()):
        """Give the abstract task an engine that proposes the same for every partner."""

        def propose(_task, partners):
            return [Suggestion(partner.id, {"name": "Azure"}, confidence) for partner in partners]

        work = {
            "_build_context": lambda _task, records: records,
            "_propose": propose,
            "_check": lambda _task, proposals: {record: list(problems) for record in proposals},
            "_checksum": lambda _task, proposals: dict.fromkeys(proposals, checksum),
            "_summary": lambda _task, proposals: dict.fromkeys(proposals, Summary("Rename")),
        }
        with patch.multiple(self.env.registry["ai.finance.task"], **work):
            yield
