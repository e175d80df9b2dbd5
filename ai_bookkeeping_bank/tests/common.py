import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.ai_bank_reconcile.tests.common import BankMatchCommon


def advice_pdf(rows, total, payer="Wood Corner GmbH", reference="PAY-88"):
    """Return a remittance advice as PDF; rows are (number, gross, discount, paid)."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    texts = [(50, 60, payer), (50, 100, f"Payment reference: {reference}")]
    texts += [(50, 120, "Payment date: 2026-03-18")]
    heads = ("Invoice no.", "Gross amount", "Discount", "Amount paid")
    table = [heads, *rows, ("Total", "", "", total)]
    for place, row in enumerate(table):
        texts += [(50 + 120 * at, 160 + 18 * place, str(text)) for at, text in enumerate(row)]
    for x, y, text in texts:
        canvas.drawString(x, A4[1] - y, text)
    canvas.save()
    return file.getvalue()


class RemittanceCommon(BankMatchCommon):
    """A customer who pays several invoices at once and says which in an advice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.invoice(cls.wood, 1250.0)
        cls.second = cls.invoice(cls.wood, 310.5)
        cls.third = cls.invoice(cls.wood, 99.9)
        cls.other = cls.invoice(cls.azure, 310.5)

    def file(self, content, name="advice.pdf", user=None):
        env = self.env(user=user) if user else self.env
        return env["ir.attachment"].create({"name": name, "raw": content})

    def advice(self, rows, total, name="advice.pdf", line=None, user=None, **more):
        content = advice_pdf(rows, total, **more)
        Remittance = self.env["ai.bank.remittance"]
        if user:
            Remittance = Remittance.with_user(user)
        return Remittance._from_files(self.file(content, name, user), line)

    def items_of(self, proposal):
        ids = [part["move_line_id"] for part in proposal["counterparts"]]
        return self.env["account.move.line"].browse(ids).move_id
