import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Orders and bank lines often change many at a time: one refresh for all of them.
DEBOUNCE = timedelta(minutes=10)


class AiCashLifecycle(models.AbstractModel):
    """How a forecast comes to be, is frozen, and is found again."""

    _name = "ai.cash.lifecycle"
    _description = "Life of a Cash Forecast"

    # ------------------------------------------------------------------
    # Found or made
    # ------------------------------------------------------------------

    @api.model
    def _key(self, companies):
        return ",".join(str(one) for one in sorted(companies.ids))

    @api.model
    def _current(self, companies, scenario=None):
        """Return the draft of these companies, made and computed where there is none.

        :raises AccessError: when a company is not among those the user works in
        """
        companies = companies or self.env.company
        if companies - self.env.companies:
            raise AccessError(self.env._("You do not work in all of these companies."))
        scenario = scenario or self.env["ai.cash.scenario"]
        forecast = self._draft_of(companies, scenario) or self._make(companies, scenario)
        if not forecast.generated_at:
            self.env["ai.cash.builder"]._build(forecast)
        return forecast

    @api.model
    def _draft_of(self, companies, scenario):
        domain = [("company_key", "=", self._key(companies)), ("state", "=", "draft")]
        domain += [("scenario_id", "=", scenario.id), ("backtest", "=", False)]
        return self.search(domain, limit=1)

    @api.model
    def _make(self, companies, scenario=None, **values):
        """Create a forecast of ``companies``; the first one decides the currency."""
        main = companies[0]
        if self.env.company in companies:
            main = self.env.company
        names = ", ".join(companies.sudo().mapped("name"))
        # Its figures are written by the forecast alone, nobody has the right to create one.
        return (
            self.sudo()
            .create(
                {
                    "name": f"{names}: {scenario.name}" if scenario else names,
                    "company_ids": [fields.Command.set(companies.ids)],
                    "company_id": main.id,
                    "company_key": self._key(companies),
                    "scenario_id": scenario.id if scenario else False,
                    "phase": main.sudo().ai_cash_phase,
                    **values,
                }
            )
            .sudo(False)
        )

    def _of_scenario(self, scenario):
        """Return the forecast with a scenario's levers, new when they or this one changed."""
        scenario.check_access("read")
        if self.company_ids - self.env.companies:
            raise AccessError(self.env._("You do not work in all of these companies."))
        rests_on = self._fingerprint(scenario)
        own = self._draft_of(self.company_ids, scenario) or self._make(self.company_ids, scenario)
        if (own.result or {}).get("rests_on") != rests_on:
            self.env["ai.cash.builder"]._build(own)
            # Figures are written by the forecast alone.
            own.sudo().result = {**own.result, "rests_on": rests_on}
        return own

    def _fingerprint(self, scenario):
        """Return what a forecast with these levers rests on, as a hash: a clock is too coarse."""
        figures = [self.opening, self.floor, self.credit_line, self.result, str(self.as_of)]
        text = json.dumps([repr(scenario._levers()), figures], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _last_frozen(self):
        """Return the published forecast before this one, else the last snapshot."""
        domain = [("company_key", "=", self.company_key), ("scenario_id", "=", False)]
        domain += [("id", "!=", self.id), ("backtest", "=", False)]
        domain += [("as_of", "<=", self.as_of), ("known_on", "!=", False)]
        published = [("state", "in", ("published", "superseded"))]
        kept = [("state", "=", "frozen")]
        return self.search(domain + published, limit=1) or self.search(domain + kept, limit=1)

    def _frozen_ones(self, days):
        """Return what was frozen for the same companies in the last days."""
        first = fields.Date.context_today(self) - timedelta(days=days)
        return self.search(
            [
                ("company_key", "=", self.company_key),
                ("scenario_id", "=", False),
                ("state", "!=", "draft"),
                ("as_of", ">=", first),
            ]
        )

    def _week_of(self, day):
        """Return the week a day is in, from 0."""
        monday = self.as_of - timedelta(days=self.as_of.weekday())
        return (day - monday).days // 7

    # ------------------------------------------------------------------
    # Frozen
    # ------------------------------------------------------------------

    def _freeze(self, state):
        """Freeze a draft, with the hash of its content in the log of suggestions."""
        self.ensure_one()
        frozen = self.sudo()  # written by the forecast alone
        if not frozen.generated_at:
            self.env["ai.cash.builder"]._build(frozen)
        if state == "published":
            earlier = frozen.search(
                [
                    ("company_key", "=", frozen.company_key),
                    ("scenario_id", "=", frozen.scenario_id.id),
                    ("state", "=", "published"),
                ]
            )
            earlier._set_state("superseded")
        frozen.write(
            {
                "content_hash": frozen._content_hash(),
                "published_by": self.env.uid,
                "published_at": fields.Datetime.now(),
                "state": state,
                "name": f"{frozen.name} {frozen.as_of}",
            }
        )
        frozen.flush_recordset()  # the next draft of the same companies needs the place
        note = self.env._("Forecast of %s frozen", frozen.as_of)
        data = {"forecast": frozen.id, "hash": frozen.content_hash, "state": state}
        self.env["ai.audit.log.event"]._append_change("forecast", frozen.company_ids, note, data)

    def _content_hash(self):
        """Return the SHA-256 of all figures, the same whenever it is computed."""
        content = {
            "as_of": str(self.as_of),
            "known_on": str(self.known_on),
            "companies": self.company_key,
            "currency": self.currency_id.name,
            "seed": self.seed,
            "draws": self.draws,
            "opening": f"{self.opening:.2f}",
            "lines": [
                [line.kind, line.key, line.partner_id.id, f"{line.amount:.2f}", line.weeks]
                for line in self.line_ids.sorted("id")
            ],
            "periods": [
                [one.granularity, str(one.date_from), f"{one.amount_in:.2f}",
                 f"{one.amount_out:.2f}", f"{one.p10:.2f}", f"{one.p50:.2f}", f"{one.p90:.2f}"]
                for one in self.period_ids.sorted("id")
            ],
        }  # fmt: skip
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def action_verify(self):
        """Tell whether the figures are still those that were frozen."""
        self.ensure_one()
        self.check_access("read")
        intact = self.content_hash == self.sudo()._content_hash()
        text = (
            self.env._("The figures are those that were frozen.")
            if intact
            else self.env._("The figures are NOT those that were frozen.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": text, "type": "success" if intact else "danger"},
        }

    # ------------------------------------------------------------------
    # By itself
    # ------------------------------------------------------------------

    @api.model
    def _changed(self, companies):
        """Have the drafts of these companies refreshed in a while: the books changed."""
        if not companies:
            return
        # Whoever confirms an order need not see forecasts.
        drafts = self.sudo().search([*self._drafts_domain(), ("company_ids", "in", companies.ids)])
        if drafts:
            later = fields.Datetime.now() + DEBOUNCE
            self.env["ai.finance.outbox"]._enqueue("cash.refresh", drafts, at=later)

    @api.model
    def _cron_refresh(self):
        """Learn how partners pay, and compute the draft of every company with a bank anew."""
        cron = self.env["ir.cron"]
        for forecast in self._nightly():
            forecast = forecast.with_context(allowed_company_ids=forecast.company_ids.ids)
            self.env["ai.cash.habits"]._learn(forecast.company_ids)
            self.env["ai.cash.builder"]._build(forecast)
            if forecast.phase != "shadow":
                self.env["ai.cash.closing"]._suggest(forecast)
            if not cron._commit_progress(1):
                break

    @api.model
    def _drafts_domain(self):
        return [("state", "=", "draft"), ("scenario_id", "=", False), ("backtest", "=", False)]

    def _nightly(self):
        """Return the drafts to refresh, one at least for each company that uses its bank."""
        recent = fields.Date.context_today(self) - timedelta(days=90)
        used = self.env["account.move"]._read_group(
            [("journal_id.type", "in", ("bank", "cash")), ("date", ">=", recent)], ["company_id"]
        )
        drafts = self.search(self._drafts_domain())
        for (company,) in used:
            if not drafts.filtered(lambda one, own=company: one.company_ids == own):
                drafts += self._make(company)
        today = fields.Date.context_today(self)
        midnight = fields.Datetime.to_datetime(today)
        return drafts.filtered(lambda one: not one.generated_at or one.generated_at < midnight)

    @api.model
    def _cron_weekly_report(self):
        """Keep last week's forecast as a snapshot, or publish it; then report where asked for."""
        cron = self.env["ir.cron"]
        drafts = self.search(self._drafts_domain())
        for draft in drafts:
            draft = draft.with_context(allowed_company_ids=draft.company_ids.ids)
            self.env["ai.cash.builder"]._build(draft)
            draft._freeze("published" if draft.phase == "automatic" else "frozen")
            fresh = draft._make(draft.company_ids)
            self.env["ai.cash.builder"]._build(fresh)
            self.env["ai.cash.variances"]._explain_all(fresh)
            if draft.phase != "shadow":
                fresh._send_weekly_report()
            if not cron._commit_progress(1):
                break

    def _send_weekly_report(self):
        """Send the weekly report; nobody has asked for one here."""
        return False

    # ------------------------------------------------------------------
    # Back-test
    # ------------------------------------------------------------------

    @api.model
    def _as_of_past(self, companies, as_of):
        """Return a snapshot as it would have been made on the morning of a past day.

        Only what was booked by then counts: entries by their date, payments by the day they were
        matched to. What was cancelled or changed since cannot be seen any more.
        """
        forecast = self._make(companies, as_of=as_of, phase="shadow", backtest=True)
        builder = self.env["ai.cash.builder"].with_context(ai_cash_past=True)
        builder._build(forecast)
        forecast._freeze("frozen")
        return forecast

    def action_backtest(self, weeks=8):
        """Make the forecasts of the last Mondays as they would have been, explain what differed.

        :param weeks: how many
        """
        self._check_draft()
        made = self.browse()
        for forecast in self:
            monday = forecast.as_of - timedelta(days=forecast.as_of.weekday())
            known = forecast._frozen_ones(400).mapped("as_of")
            for week in range(weeks, 0, -1):
                day = monday - timedelta(days=7 * week)
                if day not in known:
                    made += forecast._as_of_past(forecast.company_ids, day)
            self.env["ai.cash.variances"]._explain_all(forecast)
        return made
