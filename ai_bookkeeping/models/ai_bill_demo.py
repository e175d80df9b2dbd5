from datetime import timedelta

from odoo import Command, api, fields, models

from ..engine.sample import SampleBill, draw

VENDOR = "Northwind Timber GmbH"
VAT, IBAN, OTHER_IBAN = "DE136695976", "DE02120300000000202051", "DE75512108001245126199"
LINES = (("Oak board, planed", "3", "250.00", "750.00"), ("Delivery", "1", "450.00", "450.00"))


class AiBillDemo(models.AbstractModel):
    """Loads bills of the demo company as files: clean, twice, another account, not readable."""

    _name = "ai.bill.demo"
    _description = "Demo Bills"

    @api.model
    def _load(self):
        """Drop the sample files on the purchase journal once; the worker reads them."""
        company = self.env.ref("base.main_company")
        demo = self.with_company(company).with_context(allowed_company_ids=company.ids)
        journal = demo.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", company.id)], limit=1
        )
        if not journal:
            return demo.env["account.move"]
        vendor = demo._vendor()
        demo._paid_before(journal, vendor)
        today = fields.Date.context_today(self)
        bills = demo.env["account.move"]
        for name, content in demo._files(company, today):
            file = demo.env["ir.attachment"].create({"name": name, "raw": content})
            # A file is landed as by upload, but not decoded here: core would commit by itself.
            bill = journal._ai_bill_empty()
            file.write({"res_model": bill._name, "res_id": bill.id})
            bill._ai_bill_landed(file)
            bills |= bill
        return bills

    def _vendor(self):
        vendor = self.env["res.partner"].create(
            {
                "name": VENDOR,
                "is_company": True,
                "supplier_rank": 1,
                "vat": VAT,
                "country_id": self.env.ref("base.de").id,
                "email": "billing@northwind-timber.example",
            }
        )
        self.env["res.partner.bank"].create({"partner_id": vendor.id, "acc_number": IBAN})
        return vendor

    def _paid_before(self, journal, vendor):
        """Enter the bill that comes a second time by file."""
        day = fields.Date.context_today(self) - timedelta(days=12)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "journal_id": journal.id,
                "partner_id": vendor.id,
                "invoice_date": day,
                "ref": "NT-2041",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Pine board", "price_unit": 480.0, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        bill.action_post()

    def _files(self, company, today):
        """Return ``[(name, content)]`` of the sample bills."""
        before = today - timedelta(days=12)
        common = {
            **{"vendor": VENDOR, "vat": VAT, "iban": IBAN, "currency": company.currency_id.name},
            **{"buyer": company.name, "rate": "0", "tax": "0.00"},
        }
        due = (today + timedelta(days=30)).isoformat()
        clean = SampleBill(
            **common, number="NT-2077", date=today.isoformat(), due=due,
            untaxed="1,200.00", total="1,200.00", lines=LINES,
        )  # fmt: skip
        twice = SampleBill(
            **common, number="NT 2041", date=before.isoformat(),
            untaxed="480.00", total="480.00", lines=(("Pine board", "1", "480.00", "480.00"),),
        )  # fmt: skip
        account = SampleBill(
            **{**common, "iban": OTHER_IBAN}, number="NT-2080", date=today.isoformat(), due=due,
            untaxed="310.00", total="310.00", remark="Please note our new bank account.",
        )  # fmt: skip
        return [
            ("NT-2077.pdf", draw(clean)),
            ("NT-2041 copy.pdf", draw(twice)),
            ("NT-2080.pdf", draw(account)),
            ("statement, protected.pdf", draw(clean, encrypt="secret")),
        ]
