from datetime import timedelta

from odoo import Command, api, fields, models

REFERENCE = "PAY-2207"
AMOUNTS = (("Workstations", 1840.0), ("Monitor arms", 412.5), ("Cable trays", 96.8))


class AiBankRemittanceDemo(models.AbstractModel):
    """Loads one payment of three invoices that only its remittance advice tells apart."""

    _name = "ai.bank.remittance.demo"
    _description = "Demo Remittance Advice"

    @api.model
    def _load(self):
        """Make the invoices, the bank line and the advice, once.

        :return: the advice; empty without a bank journal or where it is there already
        """
        company = self.env.ref("base.main_company")
        demo = self.with_company(company).with_context(ai_no_suggestions=True).env
        Remittance = demo["ai.bank.remittance"]
        journal = demo["account.journal"].search(
            [*demo["account.journal"]._check_company_domain(company), ("type", "=", "bank")],
            limit=1,
        )
        if not journal or Remittance.search_count([("reference", "=", REFERENCE)], limit=1):
            return Remittance
        partner = self.env.ref("base.res_partner_4", raise_if_not_found=False)
        partner = partner or demo["res.partner"].create({"name": "Ready Mat"})
        today = fields.Date.today()
        moves = self._invoices(demo, partner, today)
        total = sum(moves.mapped("amount_total"))
        line = demo["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": today - timedelta(days=1),
                "payment_ref": "SEPA CREDIT see advice",
                "partner_name": partner.name,
                "amount": total,
            }
        )
        content = self._text(moves, total, partner, line.date)
        file = demo["ir.attachment"].create({"name": "remittance PAY-2207.csv", "raw": content})
        return Remittance._from_files(file, line)

    def _invoices(self, demo, partner, today):
        moves = demo["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": today - timedelta(days=20 + days),
                    "invoice_line_ids": [
                        Command.create(
                            {"name": name, "quantity": 1, "price_unit": amount, "tax_ids": []}
                        )
                    ],
                }
                for days, (name, amount) in enumerate(AMOUNTS)
            ]
        )
        moves.action_post()
        return moves

    def _text(self, moves, total, partner, day):
        rows = [f"Payer: {partner.name}", f"Payment reference: {REFERENCE}"]
        rows += [f"Payment date: {day}", "Invoice no.;Invoice date;Amount paid"]
        rows += [f"{one.name};{one.invoice_date};{one.amount_total:.2f}" for one in moves]
        return "\n".join([*rows, f"Total;;{total:.2f}"]).encode()
