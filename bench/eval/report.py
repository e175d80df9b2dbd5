"""The figures of one evaluation as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.ai_audit_log.llm.budget import cost
from odoo.addons.ai_audit_log.llm.client import Usage
from odoo.addons.ai_audit_log.llm.pool import Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case.

    :param agrees: the answer is valid and says what the case expects
    """

    suite: str
    name: str
    outcome: Outcome
    agrees: bool

    @property
    def usage(self) -> Usage:
        """Tokens paid, for refused answers, too."""
        last = self.outcome.answer or self.outcome.failure
        return last.usage if last else Usage()

    @property
    def verdict(self) -> str:
        """One word or sentence for the list of cases."""
        if self.outcome.failure:
            return str(self.outcome.failure)
        if not self.outcome.answer:
            return self.outcome.skipped or "no time left"
        return "agrees" if self.agrees else "differs"


def lines(results: Sequence[Result], price_in: Decimal, price_out: Decimal) -> list[str]:
    """Return the report: every case, then the figures of each suite and of all."""
    out = [f"  {one.suite:<18} {one.name:<38} {one.verdict}" for one in results]
    heads = ("suite", "cases", "agree", "invalid", "repaired", "failed", "median", "tokens", "cost")
    out += ["", _row(heads)]
    suites = dict.fromkeys(one.suite for one in results)
    for suite in (*suites, "all"):
        part = [one for one in results if suite in (one.suite, "all")]
        out.append(_row((suite, *_figures(part, price_in, price_out))))
    if not price_in and not price_out:
        out.append("Costs need AI_FINANCE_PRICE_IN and AI_FINANCE_PRICE_OUT (per million tokens).")
    return out


def _figures(part: Sequence[Result], price_in: Decimal, price_out: Decimal) -> tuple[str, ...]:
    answers = [one.outcome.answer for one in part if one.outcome.answer]
    failures = [one.outcome.failure for one in part if one.outcome.failure]
    invalid = sum(failure.kind == "invalid" for failure in failures)
    latencies = sorted(answer.latency_ms for answer in answers)
    usage = sum((one.usage for one in part), Usage())
    return (
        str(len(part)),
        f"{100 * sum(one.agrees for one in part) / len(part):.0f} %",
        str(invalid),
        str(sum(answer.asked > 1 for answer in answers)),
        str(len(part) - len(answers) - invalid),
        f"{latencies[len(latencies) // 2] / 1000:.2f} s" if latencies else "-",
        str(usage.prompt_tokens + usage.completion_tokens),
        f"{cost(usage, price_in, price_out):.4f}",
    )


def _row(cells: Sequence[str]) -> str:
    return f"  {cells[0]:<18}" + "".join(f"{cell:>10}" for cell in cells[1:])
