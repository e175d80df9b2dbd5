import base64

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.ai_bank_reconcile.tests.statement_common import StatementCommon, as_csv

IMPORTER_LOG = "odoo.addons.account_statement_import_camt.wizard.account_statement_import"
IBAN = "DE02120300000000202051"
ENTRY = """<Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{date}</Dt></BookgDt><ValDt><Dt>{date}</Dt></ValDt>
<NtryDtls><TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>{partner}</Nm></Dbtr></RltdPties>
<RmtInf><Ustrd>{label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="USD">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-31T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><CreDtTm>2026-03-31T08:00:00</CreDtTm>
<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>USD</Ccy></Acct>{body}</Stmt></BkToCstmrStmt></Document>"""


def camt(entries, opening, closing, iban=IBAN):
    """Return a CAMT.053 file of ``(date, label, partner, amount)`` entries, money in."""
    body = BALANCE.format(code="OPBD", amount=opening) + BALANCE.format(code="CLBD", amount=closing)
    for number, (date, label, partner, amount) in enumerate(entries):
        body += ENTRY.format(
            amount=amount, side="CRDT", date=date, label=label, partner=partner,
            reference=f"E2E-{number}",
        )  # fmt: skip
    return CAMT.format(iban=iban, body=body).encode()


@tagged("post_install", "-at_install")
class TestCommunityFormats(StatementCommon):
    """Files that the community's importers read come in by our own screen, with its checks."""

    ENTRIES = (
        ("2026-03-02", "Invoice twelve", "Azure Interior", "1250.00"),
        ("2026-03-02", "Coffee", "Corner", "3.50"),
        ("2026-03-02", "Coffee", "Corner", "3.50"),
    )

    def setUp(self):
        super().setUp()
        bank_account = self.env["res.partner.bank"].create(
            {"acc_number": IBAN, "partner_id": self.company.partner_id.id}
        )
        self.bank.bank_account_id = bank_account

    def test_preview_and_import(self):
        self.assertTrue(self.env["ai.bank.statement.community"]._formats())
        wizard = self.wizard(camt(self.ENTRIES, "100.00", "1357.00"), filename="march.xml")
        self.assertRecordValues(
            wizard,
            [{"problems": "", "doubts": "", "is_table": False, "line_count": 3, "new_count": 3,
              "balance_start": 100.0, "balance_end": 1357.0}],
        )  # fmt: skip
        statement = self.load(camt(self.ENTRIES, "100.00", "1357.00"), filename="march.xml")
        self.assertEqual((statement.balance_start, statement.balance_end_real), (100.0, 1357.0))
        self.assertTrue(statement.is_complete)
        first = statement.line_ids.filtered(lambda line: line.amount == 1250.0)
        self.assertEqual((first.partner_name, first.ref), ("Azure Interior", "E2E-0"))
        again = self.wizard(camt(self.ENTRIES, "100.00", "1357.00"), filename="again.xml")
        self.assertEqual((again.known_count, again.new_count), (3, 0))

    def test_by_a_clerk_of_our_group(self):
        """The community's own screen is for a group that Community hides."""
        data = base64.b64encode(camt(self.ENTRIES, "100.00", "1357.00"))
        values = {"journal_id": self.bank.id, "filename": "march.xml", "data": data}
        self.env["ai.bank.statement.import"].with_user(self.clerk).create(values).action_import()
        self.assertEqual(
            self.env["account.bank.statement.line"].search_count(
                [("journal_id", "=", self.bank.id)]
            ),
            3,
        )

    def test_lines_that_the_importer_brought_are_there(self):
        """By its own screen before, then the bank's CSV of the same day: two coffees, not four."""
        importer = self.env["account.statement.import"].create(
            {
                "statement_filename": "march.xml",
                "statement_file": base64.b64encode(camt(self.ENTRIES, "100.00", "1357.00")),
            }
        )
        importer.import_file_button()
        rows = [(date, label, partner, amount) for date, label, partner, amount in self.ENTRIES]
        wizard = self.wizard(as_csv([*rows, ("2026-03-03", "New", "Somebody", "1.00")]))
        self.assertEqual((wizard.known_count, wizard.new_count, wizard.alike_count), (3, 1, 0))

    def test_csv_first_and_camt_later(self):
        self.load(as_csv(self.ENTRIES))
        wizard = self.wizard(camt(self.ENTRIES, "100.00", "1357.00"), filename="march.xml")
        self.assertEqual((wizard.known_count, wizard.new_count), (3, 0))

    def test_balance_that_does_not_add_up_is_asked(self):
        wizard = self.wizard(camt(self.ENTRIES, "100.00", "1400.00"), filename="march.xml")
        self.assertIn("lines are missing", wizard.doubts)

    def test_statement_of_another_account(self):
        content = camt(self.ENTRIES, "100.00", "1357.00", iban="DE89370400440532013000")
        wizard = self.wizard(content, filename="march.xml")
        self.assertIn("DE89370400440532013000", wizard.problems)

    def test_damaged_file(self):
        """Cut off within an amount, it would be read as another amount."""
        content = camt(self.ENTRIES, "100.00", "1357.00")
        for broken in (content[:700], content.replace(b"1250.00", b"lots")):
            with mute_logger(IMPORTER_LOG):
                wizard = self.wizard(broken, filename="march.xml")
                self.assertTrue(wizard.problems)
            self.assertFalse(wizard.new_count)
