import zlib
from datetime import timedelta

import numpy as np

from odoo import fields, models

from ..engine import scenario, timing
from ..engine.simulate import simulate
from .ai_cash_gathering import HORIZON

WEEKS, DAYS = 13, 14


class AiCashBuilder(models.AbstractModel):
    """Computes a forecast: sources, payment days, simulation, and writes what came of it."""

    _name = "ai.cash.builder"
    _description = "Making of a Cash Forecast"

    def _build(self, forecast):
        """Compute ``forecast`` anew, as of its day."""
        # Lines and periods are made by the forecast alone; nobody has the right to write them.
        forecast = forecast.sudo()
        companies = forecast.company_ids
        self.env.flush_all()
        live = not self.env.context.get("ai_cash_past")
        if live:
            forecast.as_of = fields.Date.context_today(forecast)
        as_of = forecast.as_of
        known = as_of if live else as_of - timedelta(days=1)
        main = forecast.company_id
        limits = {"floor": main.ai_cash_floor, "credit_line": main.ai_cash_credit_line}
        forecast.write({"known_on": known, **limits})
        history = self.env["ai.cash.history"]._documents(companies, known)
        netted, facts = self.env["ai.cash.gathering"]._gather(
            companies, as_of, known, live, history
        )
        rates = self._rates(forecast)
        table = self._flow_table(forecast, netted.flows, known, history, rates)
        paths = self._new_business(forecast, history, known, rates)
        rows = self._engine_rows(table, *paths)
        if forecast.scenario_id:
            home = forecast.currency_id.id
            rows = scenario.change(rows, forecast.scenario_id._levers(), as_of, home)
        balances = self._opening(forecast, known)
        opening = sum(row["converted"] for row in balances)
        courses = self._simulate(forecast, rows, opening)
        self.env["ai.cash.writer"]._write_all(
            forecast, table, rows, courses, balances, facts, netted
        )
        if live:
            self.env["ai.finance.task.cash.insight"]._ask(forecast)
        return forecast

    # ------------------------------------------------------------------
    # Money
    # ------------------------------------------------------------------

    def _rates(self, forecast):
        """Return a function from (currency, company) to the rate into the forecast's currency.

        The company's rate of the day of the forecast counts for the whole of it.
        """
        known = {}
        Currency = self.env["res.currency"].sudo()  # rates are no secret
        home = forecast.currency_id

        def rate(currency_id, company_id):
            key = (currency_id, company_id)
            if key not in known:
                company = self.env["res.company"].sudo().browse(company_id)
                currency = Currency.browse(currency_id)
                known[key] = Currency._get_conversion_rate(currency, home, company, forecast.as_of)
            return known[key]

        return rate

    def _opening(self, forecast, known):
        """Return the balances with their amount in the forecast's currency."""
        rates = self._rates(forecast)
        rows = self.env["ai.cash.sources"]._balances(forecast.company_ids, known)
        for row in rows:
            row["rate"] = rates(row["currency_id"], row["company_id"])
            row["converted"] = forecast.currency_id.round(float(row["amount"]) * row["rate"])
        return rows

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _flow_table(self, forecast, flows, known, history, rates):
        """Return the flows with amounts in the forecast's currency and their chances."""
        flows = list(flows)
        chance, due, reasons, doubtful = self.env["ai.cash.timing"]._time(
            flows, forecast.company_ids, forecast.as_of, known, history
        )
        home = forecast.currency_id
        rate = [rates(flow.source.currency, flow.source.company) for flow in flows]
        amount = [
            home.round(float(flow.amount) * one) for flow, one in zip(flows, rate, strict=True)
        ]
        names = {flow.source.key: flow.source.label for flow in flows}
        for flow, why, one in zip(flows, reasons, rate, strict=True):
            if flow.source.currency != home.id:
                why.append(["rate", [f"{one:.6f}"]])
            for key, taken in flow.netted[:3]:
                why.append(["netted", [str(abs(taken)), names.get(key) or key]])
        return {
            "flows": flows,
            "amount": np.array(amount, float),
            "rate": rate,
            "chance": chance,
            "due": due,
            "reasons": reasons,
            "doubtful": doubtful,
        }

    def _engine_rows(self, table, paths_in, paths_out):
        sources = [flow.source for flow in table["flows"]]
        return scenario.Rows(
            amount=table["amount"],
            chance=table["chance"],
            partner=np.array([one.partner or -1 for one in sources], int),
            kind=np.array([one.kind for one in sources], object),
            currency=np.array([one.currency for one in sources], int),
            order=np.array(
                [one.record[1] if one.record[0] == "sale.order" else 0 for one in sources], int
            ),
            paths_in=paths_in,
            paths_out=paths_out,
        )

    def _new_business(self, forecast, history, known, rates):
        """Return courses of business not known yet, as the last half year had them.

        Partners with a recurring line are left out: their business is expected there.
        """
        companies = forecast.company_ids.filtered("ai_cash_new_business")
        if not companies:
            return np.zeros((0, HORIZON)), np.zeros((0, HORIZON))
        ordered = {company.id: company.ai_cash_orders for company in companies}
        recurring = (
            self.env["ai.cash.manual.line"]
            .sudo()
            .search([("kind", "=", "recurring"), ("company_id", "in", companies.ids)])
        )
        apart = set(recurring.partner_id.commercial_partner_id.ids)
        apart |= self.env["ai.cash.gathering"]._intercompany(forecast.company_ids)
        home = {company.id: company.currency_id.id for company in companies}
        past = [
            timing.Past(
                known=row["first_known"] if ordered[row["company_id"]] else row["posted"],
                paid=row["paid"],
                amount=float(row["balance"]) * rates(home[row["company_id"]], row["company_id"]),
            )
            for row in history
            if row["company_id"] in ordered
            and row["reconciled"]
            and row["money"]
            and row["partner_id"] not in apart
        ]
        return timing.new_business(past, forecast.as_of, HORIZON)

    # ------------------------------------------------------------------
    # Courses
    # ------------------------------------------------------------------

    def _simulate(self, forecast, rows, opening):
        draws = forecast.company_id.ai_cash_draws
        # The seed is that of the companies and the day: two forecasts of a day differ only by
        # what they are made of, so that scenarios can be compared.
        seed = zlib.crc32(f"{forecast.company_key}:{forecast.as_of}".encode()) % 2**31
        forecast.write({"seed": seed, "draws": draws})
        return simulate(
            opening, rows.amount, rows.chance, rows.partner, rows.paths, draws=draws, seed=seed
        )
