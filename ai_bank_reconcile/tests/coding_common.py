from datetime import date, timedelta

from odoo import Command

from .common import BankMatchCommon


class CodingCommon(BankMatchCommon):
    """A company that booked a year of recurring bank lines on accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        account = cls.env["account.account"]
        cls.rent, cls.fees, cls.cards, cls.interest = account.create(
            [
                {"name": name, "code": code, "account_type": kind}
                for name, code, kind in (
                    ("Rent", "AI6100", "expense"),
                    ("Bank Fees", "AI6200", "expense"),
                    ("Fuel", "AI6300", "expense"),
                    ("Interest", "AI7000", "income_other"),
                )
            ]
        )
        cls.landlord = cls.env["res.partner"].create({"name": "Immo Landlord"})
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "21 % purchase",
                "amount": 21.0,
                "type_tax_use": "purchase",
                "price_include_override": "tax_excluded",
                "invoice_repartition_line_ids": cls.repartition("inv"),
                "refund_repartition_line_ids": cls.repartition("ref"),
            }
        )
        cls.months = [date(2025, 1, 5) + timedelta(days=30 * month) for month in range(13)]
        cls.history()

    @classmethod
    def repartition(cls, prefix):
        tag = cls.env["account.account.tag"]
        country = cls.company.account_fiscal_country_id.id
        base, tax = tag.create(
            [
                {"name": f"{prefix} {kind}", "applicability": "taxes", "country_id": country}
                for kind in ("base", "tax")
            ]
        )
        account = cls.company_data["default_account_tax_purchase"]
        return [
            Command.clear(),
            Command.create({"repartition_type": "base", "tag_ids": [Command.set(base.ids)]}),
            Command.create(
                {
                    "repartition_type": "tax",
                    "account_id": account.id,
                    "tag_ids": [Command.set(tax.ids)],
                }
            ),
        ]

    @classmethod
    def by_hand(cls, line, account, partner=None, taxes=None, **part):
        """Book ``line`` as a person would."""
        part = {
            "account_id": account.id,
            "amount": f"{abs(line.amount):.2f}",
            "label": line.payment_ref,
            "partner_id": partner.id if partner else None,
            "tax_ids": taxes.ids if taxes else [],
            **part,
        }
        proposal = {"kind": "account", "counterparts": [], "write_off": part, "remainder": "0.00"}
        line.env["ai.bank.booking"]._book(
            {line: {**proposal, "remainder_handling": "none", "partner_id": part["partner_id"]}}
        )
        return line

    @classmethod
    def history(cls):
        """A year of rent, bank fees, fuel with tax, and interest received."""
        for month in cls.months:
            day = month.isoformat()
            rent = cls.bank_line(f"Rent {month:%B}", -1200.0, day, partner_name="Immo Landlord")
            cls.by_hand(rent, cls.rent, cls.landlord)
            cls.by_hand(cls.bank_line("Account fee", -12.9, day), cls.fees)
            fuel = cls.bank_line("CARD 4711 SHELL", -60.5 - month.month, day, partner_name="Shell")
            cls.by_hand(fuel, cls.cards, taxes=cls.tax)
            cls.by_hand(cls.bank_line("Interest received", 3.5, day), cls.interest)

    def codes(self, log):
        return [reason["code"] for reason in log.reasons]

    def vetoes(self, log):
        return [veto["code"] for veto in log.vetoes or ()]

    def account_of(self, log):
        return self.env["account.account"].browse(log.proposal["write_off"]["account_id"])
