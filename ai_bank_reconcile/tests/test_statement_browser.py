from odoo.tests import HttpCase, tagged

from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementBrowser(StatementCommon, HttpCase):
    """Bank files as a person brings them in, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.password = "clerk"
        cls.clerk.write({"login": "clerk"})

    def lines(self):
        self.env.invalidate_all()
        return self.env["account.bank.statement.line"].search([("journal_id", "=", self.bank.id)])

    def test_columns_are_chosen_once(self):
        """Chosen for the first file, remembered for the second, whose known line is left out."""
        self.start_tour(
            "/odoo/bank-lines?view_type=list", "ai_bank_statement_mapping", login="clerk"
        )
        self.assertEqual(sum(self.lines().mapped("amount")), 30.0)
        self.start_tour(
            "/odoo/bank-lines?view_type=list", "ai_bank_statement_remembered", login="clerk"
        )
        self.assertEqual(len(self.lines()), 3)
        self.assertEqual(sum(self.lines().mapped("amount")), 60.0)

    def test_a_long_file_shows_its_progress(self):
        self.start_tour(
            "/odoo/bank-lines?view_type=list",
            "ai_bank_statement_progress",
            login="clerk",
            timeout=240,
        )
        self.assertEqual(len(self.lines()), 600)
        upload = self.env["ai.bank.statement.upload"].search([("filename", "=", "long.csv")])
        self.assertEqual((upload.state, upload.done), ("done", 600))
