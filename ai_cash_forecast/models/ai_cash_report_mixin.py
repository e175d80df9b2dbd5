import base64

from odoo import fields, models
from odoo.tools import formatLang

from ..reports.cash_drawing import cash_drawing
from ..reports.cash_workbook import cash_workbook

#: So many rows of a kind are in the mail; the page has all of them.
ROWS = 5


class AiCashReportMixin(models.AbstractModel):
    """A forecast on paper, as a spreadsheet, and sent every week to those who may read it."""

    _name = "ai.cash.report.mixin"
    _description = "Cash Forecast on Paper and by Mail"

    workbook = fields.Binary(compute="_compute_workbook")

    # ------------------------------------------------------------------
    # Paper, spreadsheet, page
    # ------------------------------------------------------------------

    def action_print(self):
        """Print the forecast as PDF."""
        return self.env.ref("ai_cash_forecast.report_cash_forecast").report_action(self)

    def action_export(self):
        """Download the forecast as a spreadsheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/workbook/cash-forecast-{self.as_of}.xlsx"
            "?download=true",
            "target": "download",
        }

    def action_open_dashboard(self):
        """Show this forecast on the page of the cash forecast."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "ai_cash_forecast.action_ai_cash_dashboard"
        )
        return {**action, "context": {"forecast_id": self.id}}

    def _compute_workbook(self):
        for forecast in self:
            data = forecast._dashboard_data()
            forecast.workbook = base64.b64encode(cash_workbook(forecast, data))

    def _dashboard_data(self):
        """Return what the page shows of this forecast."""
        self.ensure_one()
        return self.get_dashboard(self.company_ids.ids, self.id)

    def _report_money(self, amount):
        return formatLang(self.env, amount or 0, digits=0, currency_obj=self.currency_id)

    def _report_percent(self, share):
        return self.env._("%s %%", round((share or 0) * 100))

    def _report_drawing(self, data):
        return cash_drawing(data, self._report_money)

    def _report_columns(self, data):
        """Return title and rows of the three columns of the page."""
        columns = (
            (self.env._("What moves it"), "drivers", self.env._("Nothing large is expected.")),
            (self.env._("What changed"), "changes", self.env._("Nothing was published before.")),
            (self.env._("What to do"), "actions", self.env._("Nothing.")),
        )
        return [
            {"title": title, "rows": self._report_rows(data[key], key), "empty": empty}
            for title, key, empty in columns
        ]

    def _report_rows(self, rows, key):
        """Return the first rows; of changes also the rest of them, so that they add up."""
        shown = rows[:ROWS]
        rest = sum(row["amount"] for row in rows[ROWS:])
        if key == "changes" and rest:
            shown = [*shown, {"text": self.env._("Others"), "amount": rest}]
        return shown

    def _report_accuracy(self, data):
        """Return how right the forecasts were, as on the page."""
        accuracy = data["accuracy"] or {}
        if not accuracy.get("weeks"):
            return self.env._("No accuracy yet: no published forecast has a week behind it.")
        return self.env._(
            "Last %(weeks)s weeks: %(inside)d %% of weeks inside the band, error %(error)d %% "
            "(due dates: %(naive)d %%)",
            weeks=accuracy["weeks"],
            inside=round((accuracy["in_band"] or 0) * 100),
            error=round((accuracy["error"] or 0) * 100),
            naive=round((accuracy["naive_error"] or 0) * 100),
        )

    # ------------------------------------------------------------------
    # Every week
    # ------------------------------------------------------------------

    def _send_weekly_report(self):
        """Mail the forecasts to the companies' chosen groups and post them in their channels.

        Everybody gets what they may read: the mail is written with the rights of its reader.

        :return: the mails
        """
        mails = self.env["mail.mail"]
        for forecast in self:
            for user in forecast._report_readers():
                mails |= forecast.with_user(user).with_context(lang=user.lang)._report_mail(user)
            forecast._report_post()
        return mails

    def _report_readers(self):
        """Return the members of the chosen group who may read this forecast and want the mail."""
        self.ensure_one()
        group = self.company_id.ai_cash_report_group_id
        users = group.all_user_ids.filtered(
            lambda user: user.active and not user.share and user.email and user.ai_cash_report
        )
        return users.filtered(lambda user: self.company_ids <= user.company_ids).filtered(
            lambda user: (
                self.with_user(user)
                .with_context(allowed_company_ids=self.company_ids.ids)
                .has_access("read")
            )
        )

    def _report_mail(self, user):
        """Queue the mail for ``user``, whose rights this recordset has."""
        forecast = self.with_context(allowed_company_ids=self.company_ids.ids)
        body = forecast.env["ir.qweb"]._render(
            "ai_cash_forecast.cash_report_mail",
            {
                "forecast": forecast,
                "data": forecast._dashboard_data(),
                "url": forecast._report_url(),
                "group": self.company_id.sudo().ai_cash_report_group_id.name,  # only its name
            },
        )
        # Writing mails is nobody's own right; what is in it was read with the reader's rights.
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": forecast._report_subject(),
                    "body_html": body,
                    "email_from": self.company_id.email_formatted or user.email_formatted,
                    "recipient_ids": [(4, user.partner_id.id)],
                    "auto_delete": True,
                    "attachment_ids": [(0, 0, values) for values in forecast._report_files()],
                }
            )
        )

    def _report_subject(self):
        return self.env._(
            "Cash forecast %(company)s: lowest %(amount)s",
            company=", ".join(self.company_ids.mapped("name")),
            amount=self._report_money(self.lowest_balance),
        )

    def _report_files(self):
        """Return PDF and spreadsheet as values of attachments."""
        name = f"cash-forecast-{self.as_of}"
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "ai_cash_forecast.report_cash_forecast", self.ids
        )
        return [
            {"name": f"{name}.pdf", "raw": pdf},
            {"name": f"{name}.xlsx", "datas": self.workbook},
        ]

    def _report_url(self):
        return f"{self.get_base_url()}/odoo/cash-forecast"

    def _report_post(self):
        """Tell the chosen channel; figures only where all its members may read the forecast."""
        channel = self.company_id.ai_cash_report_channel_id
        if not channel:
            return
        figures = False
        if self._report_all_may_read(channel):
            data = self._dashboard_data()
            figures = {
                "opening": self._report_money(data["forecast"]["opening"]),
                "lowest": self._report_money(data["lowest"]["p50"]),
                "week": data["lowest"]["week"],
            }
        body = self.env["ir.qweb"]._render(
            "ai_cash_forecast.cash_report_channel",
            {
                "companies": ", ".join(self.company_ids.mapped("name")),
                "figures": figures,
                "url": self._report_url(),
            },
        )
        channel.message_post(body=body, message_type="comment", subtype_xmlid="mail.mt_comment")

    def _report_all_may_read(self, channel):
        """A channel that others can join is read by others."""
        partners = channel.channel_member_ids.partner_id
        users = partners.user_ids
        return (
            channel.channel_type == "group"
            and len(users.partner_id) == len(partners)
            and all(
                self.company_ids <= user.company_ids
                and self.with_user(user)
                .with_context(allowed_company_ids=self.company_ids.ids)
                .has_access("read")
                for user in users
            )
        )
