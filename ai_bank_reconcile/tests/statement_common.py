import base64

from odoo.exceptions import UserError

from .common import BankMatchCommon

HEADERS = ("Date", "Description", "Payee", "Amount")


def as_csv(rows, headers=HEADERS):
    """Return rows as the CSV file of a bank."""
    return "\n".join(",".join(row) for row in (headers, *rows)).encode()


def many(number, day="2026-03-05"):
    """Return rows of ``number`` different payments."""
    return [
        (day, f"Payment {at:05d}", f"Customer {at:05d}", f"{at + 1}.00") for at in range(number)
    ]


class StatementCommon(BankMatchCommon):
    """Files of a bank and the screen that takes them."""

    def wizard(self, content, filename="march.csv", **values):
        return self.env["ai.bank.statement.import"].create(
            {
                "journal_id": self.bank.id,
                "filename": filename,
                "data": base64.b64encode(content),
                **values,
            }
        )

    def load(self, content, **values):
        """Import and return the statement."""
        action = self.wizard(content, **values).action_import()
        action = action.get("params", {}).get("next", action)
        self.assertEqual(action["res_model"], "account.bank.statement.line")
        return self.env["account.bank.statement.line"].search(action["domain"]).statement_id

    def assertRefused(self, wizard, sentence):
        """Nothing is imported, the sentence says why, and the log keeps both."""
        events = self.env["ai.audit.log.event"].sudo()
        before = events.search([], limit=1)
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.assertRaisesRegex(UserError, sentence):
            wizard.action_import()
        refused = events.search([("id", ">", before.id)])
        self.assertEqual(refused.mapped("kind"), ["problem"])
        self.assertRegex(refused.note, sentence)
        self.assertEqual(refused.data["filename"], wizard.filename)
        self.assertEqual(refused.company_id, wizard.journal_id.company_id)

    def begin(self, content, **values):
        """Click Import on a long file; return its import, no part of which is booked yet."""
        action = self.wizard(content, **values).action_import()
        self.assertEqual(action["tag"], "ai_statement_import")
        return self.env["ai.bank.statement.upload"].browse(action["params"]["upload_id"])

    def to_the_end(self, upload):
        """Ask for part after part, as the browser does; return the answers."""
        answers = []
        while not answers or answers[-1]["state"] == "importing":
            answers.append(upload.action_next_part())
        return answers
