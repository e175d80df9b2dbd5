"""Compare what the engine proposes with the truth."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.ai_bank_reconcile.engine.context import BankLine
from odoo.addons.ai_bank_reconcile.engine.matcher import LineResult, propose
from odoo.addons.ai_bank_reconcile.engine.proposal import Alternative, Proposal

from .truth import Sample, Truth

THRESHOLD = 0.95


@dataclass(slots=True)
class Score:
    """Counts over lines with a match; lines without one only count as automatic or not."""

    lines: int = 0
    matched: int = 0
    first: int = 0
    first_or_twin: int = 0
    third: int = 0
    automatic: int = 0
    right_share: int = 0
    wrong: list[tuple[BankLine, Truth, LineResult]] = field(default_factory=list)
    missed: list[tuple[BankLine, Truth, LineResult]] = field(default_factory=list)
    kept: list[tuple[BankLine, Truth, LineResult]] = field(default_factory=list)
    guards: Counter = field(default_factory=Counter)

    def add(self, line: BankLine, truth: Truth, result: LineResult, kin: dict[int, tuple]) -> None:
        """Count one line.

        :param kin: item -> what its twins share: partner and open amount
        """
        self.lines += 1
        right = is_right(result.proposal, truth)
        automatic = is_automatic(result)
        if automatic:
            self.automatic += 1
            if not right:
                self.wrong.append((line, truth, result))
        if not truth.parts:
            return
        self.matched += 1
        self.right_share += automatic
        self.first += right
        self.first_or_twin += right or _is_twin(result.proposal, truth, kin)
        top = (result.proposal, *result.proposal.alternatives)[:3]
        self.third += any(is_right(one, truth) for one in top)
        if not right:
            self.missed.append((line, truth, result))
        elif not automatic:
            self.kept.append((line, truth, result))
            self.guards.update({one.code for one in result.guards} or {"not sure enough"})


def is_automatic(result: LineResult) -> bool:
    """Tell whether automatic mode would book a result."""
    return result.proposal.kind == "match" and not result.guards and result.confidence >= THRESHOLD


def is_right(offer: Proposal | Alternative, truth: Truth) -> bool:
    """Tell whether an offer is the truth, to the cent."""
    parts = {part.move_line_id: Decimal(part.amount) for part in offer.counterparts}
    offs = getattr(offer, "write_offs", ())
    write_offs = {one.purpose: Decimal(one.amount) for one in offs}
    return (parts, write_offs, Decimal(offer.remainder)) == (
        truth.parts,
        truth.write_offs,
        truth.remainder,
    )


def _is_twin(offer: Proposal, truth: Truth, kin: dict[int, tuple]) -> bool:
    chosen = sorted(kin[part.move_line_id] for part in offer.counterparts)
    return bool(chosen) and chosen == sorted(kin[item] for item in truth.parts)


def measure(samples: Iterable[Sample]) -> dict[str, Score]:
    """Return a score for each case, and for all of them under ""."""
    scores: dict[str, Score] = {"": Score()}
    for sample in samples:
        kin = {
            item.id: (item.partner_id or 0, item.residual, item.is_payment)
            for item in sample.ctx.items
        }
        for line, result in zip(sample.ctx.lines, propose(sample.ctx), strict=True):
            truth = sample.truths[line.id]
            for key in ("", truth.case):
                scores.setdefault(key, Score()).add(line, truth, result, kin)
    return scores
