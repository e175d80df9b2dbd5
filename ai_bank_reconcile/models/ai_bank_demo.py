import base64
import csv
import io
from datetime import timedelta

from odoo import Command, api, fields, models

from ..demo.payments import Document, demo_iban, demo_payments
from ..engine.camt_writer import CamtEntry, CamtStatement, write_camt053

DAYS = 24  # length of the statement
INVOICES, BILLS = 14, 4  # open documents wanted, so that every way of paying occurs
PARTNERS = ("base.res_partner_2", "base.res_partner_3", "base.res_partner_4",
            "base.res_partner_10", "base.res_partner_12", "base.res_partner_18")  # fmt: skip
# days since the document, untaxed amount, what for
SALES = (
    (41, 1250.0, "Office chairs"), (38, 486.5, "Desk lamps"), (35, 3120.0, "Meeting room"),
    (33, 918.75, "Cabinets with doors"), (29, 640.0, "Assembly"), (27, 264.3, "Spare parts"),
    (24, 2075.0, "Acoustic panels"), (21, 486.5, "Desk lamps"), (19, 1433.2, "Corner desks"),
    (16, 372.9, "Delivery and set-up"), (13, 5480.0, "Reception counter"), (10, 199.0, "Repair"),
)  # fmt: skip
PURCHASES = (
    (36, 861.3, "Oak panels", "WC-20418"), (28, 129.9, "Screws and fittings", "8841/K"),
    (22, 2310.0, "Steel frames", "2210-5567"), (15, 75.6, "Printing paper", "RE 55102"),
)  # fmt: skip


class AiBankDemo(models.AbstractModel):
    """Loads the demo company's bank statement: what a bank would say about its open documents."""

    _name = "ai.bank.demo"
    _description = "Demo Bank Statement"

    @api.model
    def _load_statement(self, company=None):
        """Import a statement of the last weeks into the bank journal of ``company``, once.

        The lines get no suggestions yet: asking for them is the first thing to try.

        :return: the statement; empty without a bank journal, or when there is one already
        """
        company = company or self.env.ref("base.main_company")
        demo = self.with_company(company).with_context(ai_no_suggestions=True)
        journal = demo.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "bank")],
            limit=1,
        )
        statements = demo.env["account.bank.statement"].search(
            [("journal_id", "=", journal.id), ("first_line_index", "!=", False)],
            order="first_line_index desc",
        )
        if not journal or any("CAMT053" in (name or "") for name in statements.mapped("reference")):
            return statements.browse()
        demo._complete_bank_account(journal)
        demo._set_fee_account(company)
        demo._create_missing_documents(journal)
        return demo._import(journal, statements)

    def _import(self, journal, statements):
        """Write the statement that continues ``statements`` and import it."""
        today = fields.Date.context_today(self)
        last = max(statements.line_ids.mapped("date"), default=today - timedelta(days=DAYS))
        first = max(min(last + timedelta(days=1), today), today - timedelta(days=DAYS))
        opening = self._decimal(statements[:1].balance_end_real, self._currency(journal))
        payments = demo_payments(self._documents(journal), first, today)
        camt = self._camt(journal, payments, opening, first, today - timedelta(days=1))
        name = f"CAMT053_{today - timedelta(days=1)}.xml"
        if "account.statement.import" in self.env:
            return self._import_camt(journal, camt, name)
        statement = self._import_csv(journal, payments, opening, name)
        statement.attachment_ids |= self.env["ir.attachment"].create(
            {"name": name, "raw": camt, "res_model": statement._name, "res_id": statement.id}
        )
        return statement

    def _set_fee_account(self, company):
        """Let fees be booked where the chart of accounts has an account for them."""
        account = self.env["account.account"].search(
            [
                *self.env["account.account"]._check_company_domain(company),
                ("account_type", "=", "expense"),
                ("name", "ilike", "bank fees"),
            ],
            limit=1,
        )
        company.ai_bank_fee_account_id = company.ai_bank_fee_account_id or account

    def _complete_bank_account(self, journal):
        if not journal.bank_account_id:
            journal.set_bank_account(demo_iban(journal.id))

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def _open_moves(self, journal):
        """Return open documents that no open bank line names or equals yet."""
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", journal.company_id.id),
                ("state", "=", "posted"),
                ("move_type", "in", self.env["account.move"].get_invoice_types()),
                ("payment_state", "in", ("not_paid", "partial")),
                ("currency_id", "=", self._currency(journal).id),
            ],
            order="invoice_date, id",
        )
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", journal.id), ("is_reconciled", "=", False)]
        )
        text = " ".join(lines.mapped(lambda line: line.payment_ref or ""))
        amounts = {round(line.amount, 2) for line in lines}
        return moves.filtered(
            lambda move: (
                move.name not in text and round(move.amount_residual_signed, 2) not in amounts
            )
        )

    def _documents(self, journal):
        return [
            Document(
                number=move.name,
                reference=move.ref or "",
                from_vendor=move.is_purchase_document(),
                partner_id=move.commercial_partner_id.id,
                partner=move.commercial_partner_id.name,
                account=move.commercial_partner_id.bank_ids[:1].sanitized_acc_number or "",
                amount=self._decimal(
                    move.amount_residual * (1 if move.is_inbound() else -1), move.currency_id
                ),
                date=move.invoice_date,
                due=move.invoice_date_due or move.invoice_date,
            )
            for move in self._open_moves(journal)
        ]

    def _create_missing_documents(self, journal):
        """Fill up with posted documents of demo partners where the company has too few."""
        newest = fields.Date.context_today(self) - timedelta(days=2)
        moves = self._open_moves(journal).filtered(lambda move: move.invoice_date <= newest)
        partners = self.env["res.partner"].concat(
            *filter(None, (self.env.ref(xml_id, raise_if_not_found=False) for xml_id in PARTNERS))
        )
        partners = partners or moves.commercial_partner_id
        if not partners:
            return
        sales = [(days, amount, text, "") for days, amount, text in SALES]
        for move_type, examples, wanted in (
            ("out_invoice", sales, INVOICES),
            ("in_invoice", PURCHASES, BILLS),
        ):
            missing = wanted - len(
                moves.filtered(lambda move, kind=move_type: move.move_type == kind)
            )
            for turn, example in enumerate(examples[: max(missing, 0)]):
                self._create_document(journal, move_type, partners[turn % len(partners)], example)

    def _create_document(self, journal, move_type, partner, example):
        days, amount, text, reference = example
        day = fields.Date.context_today(self) - timedelta(days=days)
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": day,
                "date": day,
                "ref": reference,
                "currency_id": self._currency(journal).id,
                "invoice_line_ids": [Command.create({"name": text, "price_unit": amount})],
            }
        )
        move.action_post()
        return move

    # ------------------------------------------------------------------
    # Files and their import
    # ------------------------------------------------------------------

    def _currency(self, journal):
        return journal.currency_id or journal.company_id.currency_id

    def _decimal(self, amount, currency):
        return self.env["ai.bank.context"]._decimal(amount, currency)

    def _camt(self, journal, payments, opening, first, last):
        entries = tuple(
            CamtEntry(
                amount=payment.amount,
                date=payment.date,
                text=payment.label,
                partner_name=payment.name,
                partner_account=payment.account_number,
            )
            for payment in payments
        )
        return write_camt053(
            CamtStatement(
                id=f"DEMO-{last:%Y%m%d}",
                account=journal.bank_account_id.sanitized_acc_number,
                account_name=journal.company_id.name,
                currency=self._currency(journal).name,
                digits=self._currency(journal).decimal_places,
                opening=opening,
                entries=entries,
                date_from=first,
                date_to=last,
            )
        )

    def _import_camt(self, journal, camt, name):
        """Import with the community importer: it recognises known bank accounts, creates none."""
        wizard = self.env["account.statement.import"].with_context(journal_id=journal.id)
        wizard = wizard.create(
            {"statement_file": base64.b64encode(camt), "statement_filename": name}
        )
        result = wizard._import_file()
        statement = self.env["account.bank.statement"].browse(result["statement_ids"])
        statement.reference = name
        return statement

    def _import_csv(self, journal, payments, opening, name):
        """Import the same lines with our own wizard."""
        wizard = self.env["ai.bank.statement.import"].create(
            {
                "journal_id": journal.id,
                "filename": name.replace(".xml", ".csv"),
                "data": base64.b64encode(self._csv(payments, opening)),
            }
        )
        wizard.accept_doubts = True  # it begins where the demo's own documents do
        wizard.action_import()
        statement = self.env["account.bank.statement"].search(
            [("journal_id", "=", journal.id)], order="id desc", limit=1
        )
        statement.reference = name
        return statement

    def _csv(self, payments, balance):
        """Return the lines as the CSV export of a bank."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(["Date", "Payee", "IBAN", "Description", "Amount", "Balance"])
        for payment in payments:
            balance += payment.amount
            writer.writerow(
                [payment.date.isoformat(), payment.name, payment.account_number, payment.label,
                 payment.amount, balance]
            )  # fmt: skip
        return text.getvalue().encode()
