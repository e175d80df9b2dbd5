import base64
import io

from openpyxl import load_workbook

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..reports.cash_drawing import cash_drawing
from .screen_common import CashScreenCommon


@tagged("post_install", "-at_install")
class TestCashReport(CashScreenCommon):
    """The forecast on paper, as a spreadsheet, and by mail to those who may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.money(10000.0)
        cls.invoice = cls.document(cls.azure, 9100.0)
        cls.document(cls.lumber, 12500.0, due_in=12, move_type="in_invoice")
        cls.forecast = cls.env["ai.cash.forecast"].with_user(cls.cashier)._current(cls.company)
        cls.group = cls.env["res.groups"].create({"name": "Cash readers"})
        cls.cashier.email = "cashier@example.com"
        cls.company.ai_cash_report_group_id = cls.group

    def join(self, *users):
        self.group.user_ids = [Command.set([user.id for user in users])]

    def mails(self):
        return self.forecast.sudo()._send_weekly_report()

    def person(self, login, groups, **values):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        return new_test_user(
            self.env, login, groups, email=f"{login}@example.com", **{**own, **values}
        )

    def test_members_of_the_group_get_figures_pdf_and_spreadsheet(self):
        self.join(self.cashier)
        mail = self.mails()
        self.assertEqual(mail.recipient_ids, self.cashier.partner_id)
        self.assertIn("10,000", mail.body_html)
        self.assertIn("/odoo/cash-forecast", mail.body_html)
        self.assertEqual(
            sorted(name.rsplit(".")[-1] for name in mail.attachment_ids.mapped("name")),
            ["pdf", "xlsx"],
        )

    def test_nobody_gets_what_they_may_not_read(self):
        clerk = self.person("clerk_without", "account.group_account_invoice")
        other = self.setup_other_company()["company"]
        elsewhere = self.person(
            "elsewhere",
            "ai_cash_forecast.group_cash_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.join(clerk, elsewhere)
        self.assertFalse(self.mails())

    def test_it_is_switched_off_in_the_preferences(self):
        self.join(self.cashier)
        self.cashier.with_user(self.cashier).ai_cash_report = False
        self.assertFalse(self.mails())

    def test_without_a_group_nothing_is_sent(self):
        self.company.ai_cash_report_group_id = False
        self.assertFalse(self.mails())

    def test_a_channel_of_readers_gets_figures(self):
        channel = self.env["discuss.channel"]._create_group(
            partners_to=self.cashier.partner_id.ids, name="Treasury"
        )
        channel.channel_member_ids.filtered(
            lambda member: member.partner_id != self.cashier.partner_id
        ).unlink()
        self.company.ai_cash_report_channel_id = channel
        self.mails()
        self.assertIn("10,000", channel.message_ids[:1].body)

    def test_an_open_channel_gets_the_way_only(self):
        channel = self.env["discuss.channel"]._create_channel(name="General cash", group_id=None)
        self.company.ai_cash_report_channel_id = channel
        self.mails()
        self.assertIn("/odoo/cash-forecast", channel.message_ids[:1].body)
        self.assertNotIn("10,000", channel.message_ids[:1].body)

    def test_the_spreadsheet_has_the_figures_of_the_page(self):
        self.invoice.ref = "=1+1"
        book = load_workbook(io.BytesIO(base64.b64decode(self.forecast.workbook)))
        data = self.forecast._dashboard_data()
        sheet = book.worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        first = next(row for row in rows if row[0] == data["weeks"][0]["label"])
        self.assertAlmostEqual(first[5], data["weeks"][0]["p50"], 2)
        self.assertEqual(len(book.worksheets), 4)
        lines = book.worksheets[3]
        self.assertEqual(lines.max_row - 1, len(self.forecast.line_ids))
        kinds = {cell.data_type for row in lines.iter_rows() for cell in row}
        self.assertNotIn("f", kinds, "no text of a document is a formula")

    def test_paper_has_every_week(self):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "ai_cash_forecast.report_cash_forecast", self.forecast.ids
        )
        text = html.decode()
        for week in self.forecast._dashboard_data()["weeks"]:
            self.assertIn(week["label"], text)
        self.assertIn("<svg", text)

    def test_the_drawing_escapes_labels(self):
        data = self.forecast._dashboard_data()
        data["weeks"][0]["label"] = "<script>"
        self.assertNotIn("<script>", cash_drawing(data, str))

    def test_auditors_read_the_page_and_change_nothing(self):
        data = (
            self.env["ai.cash.forecast"]
            .with_user(self.auditor)
            .get_dashboard(self.company.ids, self.forecast.id)
        )
        self.assertEqual(data["forecast"]["opening"], 10000.0)

    def test_the_page_reads_many_lines_with_few_queries(self):
        self.forecast._dashboard_data()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            self.forecast._dashboard_data()
