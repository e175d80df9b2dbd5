from odoo import Command

from .common import InvoicingCommon

COMPLETE = {
    "street": "4557 De Silva St",
    "city": "Fremont",
    "zip": "94538",
    "email": "azure@example.com",
}


class ChecksCommon(InvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        country = cls.company.account_fiscal_country_id
        cls.terms = cls.env.ref("account.account_payment_term_30days")
        for partner in cls.azure | cls.wood:
            partner.write(
                {
                    **COMPLETE,
                    "country_id": country.id,
                    "property_payment_term_id": cls.terms.id,
                }
            )
        cls.env["res.partner.bank"].create(
            {"partner_id": cls.company.partner_id.id, "acc_number": "BE15001559627230"}
        )
        cls.income = cls.company_data["default_account_revenue"]
        cls.other_income = cls.income.copy({"code": "400990", "name": "Other Sales"})

    @classmethod
    def invoice(cls, *lines, partner=None, date="2026-11-20", post=False, **values):
        """Return an invoice of ``(product, quantity, price)`` lines without an order."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.azure).id,
                "company_id": cls.company.id,
                "invoice_date": date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in lines or [(cls.desk, 1, 100.0)]
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def found(self, move):
        """Return ``{check: level}`` of the checks that found something, as the panel shows."""
        move.invalidate_recordset(["ai_checks"])
        return {
            check["code"]: check["level"]
            for group in move.ai_checks["groups"]
            for check in group["checks"]
            if check["findings"]
        }

    def finding(self, move, code):
        move.invalidate_recordset(["ai_checks"])
        checks = [check for group in move.ai_checks["groups"] for check in group["checks"]]
        [check] = [check for check in checks if check["code"] == code]
        return check["findings"][0]

    def set_check(self, code, level, limit=None):
        settings = self.env["ai.invoice.check.setting"]
        settings._complete(self.company)
        setting = settings.search([("company_id", "=", self.company.id), ("code", "=", code)])
        setting.write({"level": level, **({} if limit is None else {"limit": limit})})
        return setting
