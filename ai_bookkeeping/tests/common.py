from contextlib import nullcontext

from odoo import Command
from odoo.tests import HttpCase, new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..engine.sample import SampleBill, draw

BOOKKEEPING = "ai_bookkeeping.group_bookkeeping_user"
APPROVER = "ai_audit_log.group_ai_approver"
IBAN, OTHER_IBAN = "DE02120300000000202051", "DE75512108001245126199"
VAT = "DE136695976"
CLEAN = {
    **{"vendor": "Nordlicht GmbH", "number": "RE-2024-0815", "date": "2024-03-04"},
    **{"due": "2024-04-03", "untaxed": "1,200.00", "tax": "228.00", "total": "1,428.00"},
    **{"vat": VAT, "iban": IBAN},
}


class BillCommon(AccountTestInvoicingCommon):
    """A company that gets bills as files; what the worker does is done by :meth:`work`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.env.ref("base.EUR").active = True
        cls.journal = cls.company_data["default_journal_purchase"]
        cls.tax = cls.new_tax(19)
        cls.tax7 = cls.new_tax(7)
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Nordlicht GmbH", "is_company": True, "vat": VAT, "supplier_rank": 1}
        )
        cls.bank = cls.env["res.partner.bank"].create(
            {"partner_id": cls.vendor.id, "acc_number": IBAN}
        )
        cls.service = cls.env.ref("ai_audit_log.user_service")
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.clerk = new_test_user(cls.env, "bill_clerk", BOOKKEEPING, **own)
        cls.approver = new_test_user(cls.env, "bill_approver", f"{BOOKKEEPING},{APPROVER}", **own)

    @classmethod
    def new_tax(cls, rate, company=None):
        return cls.env["account.tax"].create(
            {
                "name": f"{rate} % paid",
                "amount": rate,
                "type_tax_use": "purchase",
                "company_id": (company or cls.company).id,
            }
        )

    @classmethod
    def policy_of(cls, code, company=None):
        """Return the policy of the task ``bill.<code>``."""
        task = cls.env["ai.finance.task.type"]._get(f"bill.{code}")
        company = company or cls.company
        return cls.env["ai.finance.policy"].search(
            [("task_id", "=", task.id), ("company_id", "=", company.id)]
        )

    @classmethod
    def pdf(cls, encrypt=None, **values):
        return draw(SampleBill(**{**CLEAN, **values}), encrypt)

    def land(self, content, name="bill.pdf", user=None, journal=None):
        """Drop a file on the bills, as people do; returns the draft."""
        env = self.env(user=user) if user else self.env
        attachment = env["ir.attachment"].create({"name": name, "raw": content})
        journal = (journal or self.journal).with_env(env)
        action = journal.with_context(
            default_move_type="in_invoice"
        ).create_document_from_attachment(attachment.ids)
        return self.env["account.move"].browse(action["res_id"])

    def received(self, user=None, journal=None, content=None, name="bill.pdf", **values):
        """Drop a sample bill and let the worker read it."""
        bill = self.land(content or self.pdf(**values), name, user, journal)
        self.work()
        return bill

    def work(self):
        """Do what the worker does with the queue, until nothing is due any more."""
        # A test with a browser is in that mode all the time.
        browser = isinstance(self, HttpCase)
        with nullcontext() if browser else self.enter_registry_test_mode():
            self.env.ref("ai_audit_log.cron_outbox").method_direct_trigger()
        self.env.invalidate_all()

    def codes(self, bill, state="open"):
        """Return the codes of the bill's flags in a state."""
        return set(bill.ai_bill_flag_ids.filtered(lambda flag: flag.state == state).mapped("code"))

    def logs(self, bill, code):
        return self.env["ai.audit.log"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", bill.id)]
            + [("task_code", "=", f"bill.{code}")]
        )
