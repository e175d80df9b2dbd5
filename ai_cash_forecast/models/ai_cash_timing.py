from collections import OrderedDict, defaultdict
from datetime import date, timedelta

import numpy as np

from odoo import models

from odoo.addons.ai_finance_engine.delay import fit

from ..engine import timing
from ..engine.cashflow import Item
from .ai_cash_gathering import HORIZON

#: Fitted models of this process, the latest used ones. They are made from the ledger again
#: whenever it changed; nothing is stored that would have to be trusted when read back.
_MODELS = OrderedDict()
KEPT = 8


class AiCashTiming(models.AbstractModel):
    """When the money of each flow moves: from behaviour where there is some, else as planned."""

    _name = "ai.cash.timing"
    _description = "Payment Days of a Cash Forecast"

    def _time(self, flows, companies, as_of, known, rows):
        """Return ``(chance, due, reasons, doubtful)`` of flows, in their order.

        :param rows: documents of the past, see ``ai.cash.history``
        """
        self = self.with_context(ai_cash_lags=self._lags(companies, known))
        chance = np.zeros((len(flows), HORIZON), np.float32)
        due = [None] * len(flows)
        reasons = [[] for _flow in flows]
        groups = defaultdict(list)
        for number, flow in enumerate(flows):
            groups[self._way(flow)].append(number)
        for way, numbers in groups.items():
            chosen = [flows[number] for number in numbers]
            if way == "fixed":
                found = self._fixed(chosen, as_of)
            elif way == "clearing":
                found = self._clearing(chosen, as_of)
            else:
                found = self._behaviour(chosen, way, as_of, known, rows)
            for number, (row, day, why) in zip(numbers, found, strict=True):
                chance[number], due[number], reasons[number] = row, day, why
        doubtful = self._doubtful(flows, chance, reasons, as_of, known, rows)
        return chance, due, reasons, doubtful

    def _lags(self, companies, known):
        return {
            "clearing": self.env["ai.cash.sources"]._clearing_lags(companies, known),
            "invoicing": self.env["ai.cash.sources.orders"]._invoicing_lags(companies, known),
        }

    def _way(self, flow):
        """Return how the day of a flow is found: behaviour is by company and direction."""
        kind = flow.source.kind
        if kind in ("outstanding_payment", "transfer"):
            return "clearing"
        if kind.endswith(("invoice", "bill", "_order")):
            return (flow.source.company, kind.endswith("invoice") or kind == "sale_order")
        return "fixed"

    def _fixed(self, flows, as_of):
        for flow in flows:
            day = flow.source.day
            row = timing.fixed(day, as_of, HORIZON) * flow.source.probability
            yield row, day, [["fixed", []]]

    def _clearing(self, flows, as_of):
        lags = self.env.context["ai_cash_lags"]["clearing"]
        for flow in flows:
            source = flow.source
            own = lags.get((source.company, flow.amount > 0)) or [1, 2, 3]
            row = timing.clearing(source.posted, own, as_of, HORIZON)
            usual = int(np.quantile(own, 0.9, method="nearest"))
            yield row, max(source.posted, as_of), [["clearing", [usual]]]

    # ------------------------------------------------------------------
    # From behaviour
    # ------------------------------------------------------------------

    def _behaviour(self, flows, way, as_of, known, rows):
        model = self._model(way, known, rows)
        nets = self._net_days(flows, as_of)
        asked = [self._asked(flow, nets, as_of) for flow in flows]
        found = timing.chances(model, asked, as_of, HORIZON)
        for flow, one, row in zip(flows, asked, found, strict=True):
            middle = one.posted[len(one.posted) // 2]
            day = one.due or middle + timedelta(days=one.net)
            yield row, day, self._why(model, flow, day, as_of, middle)

    def _asked(self, flow, nets, as_of):
        source = flow.source
        if isinstance(source, Item):
            return timing.Asked(
                source.partner, (source.posted,), source.due, 0, float(flow.amount), source.terms
            )
        lags = self.env.context["ai_cash_lags"]["invoicing"].get((source.company, source.kind))
        start = source.ordered
        posted = timing.lagged(start, lags or [7, 14, 30], as_of)
        if source.planned and source.planned > as_of:
            posted = (source.planned,)
        net = nets.get(source.terms, 0)
        terms = str(source.terms or "")
        return timing.Asked(source.partner, posted, None, net, float(flow.amount), terms)

    def _net_days(self, flows, as_of):
        """Return ``{payment terms: days to pay}``, by amount where there are instalments."""
        ids = {flow.source.terms for flow in flows if not isinstance(flow.source, Item)} - {0}
        # Names of terms are no secret, and the forecast is the same for everybody.
        terms = self.env["account.payment.term"].sudo().browse(ids).exists()
        nets = {}
        for term in terms:
            lines = term.line_ids
            days = [(line._get_due_date(as_of) - as_of).days for line in lines]
            shares = [line.value_amount if line.value == "percent" else 0 for line in lines]
            total = sum(shares)
            weighted = sum(day * share for day, share in zip(days, shares, strict=True))
            nets[term.id] = round(weighted / total) if total else max(days, default=0)
        return nets

    def _model(self, way, known, rows):
        """Return the payment-date model of a company and direction, fitted on what was known."""
        company, incoming = way
        own = [row for row in rows if row["company_id"] == company]
        history = self.env["ai.cash.history"]._learnable(own, incoming)
        key = (self.env.cr.dbname, company, incoming, known, hash(tuple(history)))
        if key not in _MODELS:
            _MODELS[key] = fit(history, known)
            while len(_MODELS) > KEPT:
                _MODELS.popitem(last=False)
        _MODELS.move_to_end(key)
        return _MODELS[key]

    def _why(self, model, flow, due, as_of, posted):
        """Return the reasons of a day as codes with values."""
        source, why = flow.source, []
        late = (as_of - due).days
        if late > 0:
            why.append(["overdue", [late]])
        if not isinstance(source, Item):
            if source.planned and source.planned > as_of:
                why.append(["promised", [str(source.planned)]])
            else:
                why.append(["lag", [(posted - source.ordered).days]])
        habit = model.partner(source.partner)
        incoming = self._way(flow)[1]
        if habit.delay is None:
            return [*why, ["unknown", []]]
        code = "late" if habit.delay > 0 else "early" if habit.delay else "on_time"
        values = [abs(habit.delay), habit.paid] if habit.delay else [habit.paid]
        why.append([code if incoming else f"paid_{code}", values])
        if habit.paid < 5:
            why.append(["thin", [habit.paid]])
        return why

    # ------------------------------------------------------------------
    # What may never come
    # ------------------------------------------------------------------

    def _doubtful(self, flows, chance, reasons, as_of, known, rows):
        """Scale down what is overdue for long or blocked, and return which those are."""
        shares = {}
        marked = [False] * len(flows)
        for number, flow in enumerate(flows):
            source = flow.source
            if not isinstance(source, Item) or source.ledger not in ("in", "out"):
                continue
            limit = self._doubtful_days(source.company)
            way = (source.company, source.ledger == "in")
            if limit and (as_of - source.due).days > limit and way[1]:
                if way not in shares:
                    shares[way] = self._paid_in_the_end(way, limit, known, rows)
                chance[number] *= shares[way]
                reasons[number].append(["doubtful", [round(shares[way] * 100)]])
                marked[number] = True
            if source.blocked:
                chance[number] *= 0.5
                reasons[number].append(["blocked", []])
                marked[number] = True
            if source.kind.startswith("draft"):
                share = self.env["res.company"].browse(source.company).ai_cash_draft_probability
                chance[number] *= share
                reasons[number].append(["draft", [round(share * 100)]])
        return marked

    def _doubtful_days(self, company):
        return self.env["res.company"].browse(company).sudo().ai_cash_doubtful_days

    def _paid_in_the_end(self, way, limit, known, rows):
        """Return the share of documents open so long after the due date that were paid yet."""
        reached = paid = 0
        for row in rows:
            if (row["company_id"], row["incoming"]) != way:
                continue
            day = row["due"] + timedelta(days=limit)
            done = row["paid"] if row["reconciled"] and row["money"] else None
            if day < known and (done or date.max) > day:
                reached += 1
                paid += bool(done)
        return (paid + 1) / (reached + 2)
