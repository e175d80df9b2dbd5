from datetime import date

from odoo import api, models
from odoo.tools import format_date

from ..engine import checks
from ..engine.check_texts import FIX, FOUND, GROUPS, NONE, PARTS

#: Findings that a button on the invoice mends, by the method that does it.
MENDED_HERE = {
    "fiscal_position": "_ai_mend_fiscal_position",
    "taxes": "_ai_mend_taxes",
    "rate_differs": "refresh_invoice_currency_rate",
}


class AiInvoiceCheck(models.AbstractModel):
    """Runs the checks of customer invoices and says what they found."""

    _name = "ai.invoice.check"
    _description = "Checks of Customer Invoices"

    @api.model
    def _run(self, moves):
        """Return ``{move: [Result, ...]}`` of the customer invoices among ``moves``."""
        wanted = moves.filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
        if not wanted:
            return {}
        rules = self.env["ai.invoice.check.setting"]._rules(wanted.company_id)
        window = max(self._window(of_company) for of_company in rules.values())
        facts = self.env["ai.invoice.check.facts"]._read(wanted, window)
        return {move: checks.check(facts[move], rules[move.company_id.id]) for move in wanted}

    def _window(self, rules):
        return int({**checks.default_rules(), **rules}["duplicate_near"].limit)

    @api.model
    def _levels(self, moves):
        """Return ``{move: level}``, the hardest of each."""
        return self._levels_of(self._run(moves))

    @api.model
    def _levels_of(self, found):
        """Return ``{move: level}`` of ``{move: [Result, ...]}``."""
        return {move: checks.summary(results) for move, results in found.items()}

    @api.model
    def _blocking(self, found):
        """Return ``{move: [reason, ...]}`` of the invoices that something blocks.

        :param found: ``{move: [Result, ...]}``
        """
        return {
            move: reasons
            for move, results in found.items()
            if (reasons := self._reasons(results, "blocking"))
        }

    def _reasons(self, results, level):
        return [
            {
                "code": f"check_{finding.code}",
                "params": self._params(finding, plain=True),
                "text": self._text(finding),
            }
            for result in results
            if result.level == level
            for finding in result.findings
        ]

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _text(self, finding):
        return self.env._(FOUND[finding.code], **self._params(finding))

    def _params(self, finding, plain=False):
        """Return the params of ``finding`` as people read them, or ``plain`` for the log."""
        return {name: self._param(value, plain) for name, value in finding.params.items()}

    def _param(self, value, plain):
        if value is None:
            return self.env._(NONE)
        if isinstance(value, date):
            return value.isoformat() if plain else format_date(self.env, value)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.env._(PARTS[part]) for part in value)
        return value

    @api.model
    def _shown(self, move, results):
        """Return what the panel shows of one invoice, JSON-ready."""
        return {
            "level": checks.summary(results),
            "groups": [
                {
                    "name": self.env._(name),
                    "checks": [
                        self._row(move, result)
                        for result in results
                        if checks.CHECKS[result.code].group == group
                    ],
                }
                for group, name in GROUPS.items()
            ],
        }

    def _row(self, move, result):
        return {
            "code": result.code,
            "name": self.env._(checks.CHECKS[result.code].name),
            "level": result.level,
            "findings": [
                {
                    "text": self._text(finding),
                    "fix": self.env._(FIX[finding.code]) if finding.code in FIX else "",
                    "action": self._action(move, finding),
                }
                for finding in result.findings
            ],
        }

    def _action(self, move, finding):
        """Return what a click does: mend it here, or open what is to be mended."""
        if finding.code in MENDED_HERE:
            return {"mend": finding.code} if move.state == "draft" else None
        if finding.target:
            model, record_id = finding.target
            if self.env[model].browse(record_id)._filtered_access("read"):
                return {"model": model, "id": record_id}
        return None
