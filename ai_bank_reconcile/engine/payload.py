"""What the engine saw of each line, in the form that is kept with the log for a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from .context import BankLine, MatchContext, OpenItem
from .matcher import LineResult


def payloads(ctx: MatchContext, results: Sequence[LineResult]) -> Iterator[dict[str, Any]]:
    """Yield one JSON-ready dict a result: the line, and the items that were offered for it."""
    lines = {line.id: line for line in ctx.lines}
    items = {item.id: item for item in ctx.items}
    for result in results:
        explanations = (result.proposal, *result.proposal.alternatives)
        offered = dict.fromkeys(
            part.move_line_id for explanation in explanations for part in explanation.counterparts
        )
        yield {
            "line": _line(lines[result.line_id]),
            # A payment that came back is no open item, its number is among the alarms.
            "items": [_item(items[item_id]) for item_id in offered if item_id in items],
            "open_items": len(items),
        }


def _line(line: BankLine) -> dict[str, Any]:
    return {
        "amount": str(line.amount),
        "currency": line.currency,
        "date": line.date.isoformat(),
        "label": line.label,
        "partner_id": line.partner_id,
        "partner_name": line.partner_name,
        "account_number": line.account_number,
        "transaction_type": line.transaction_type,
    }


def _item(item: OpenItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "number": item.number,
        "reference": item.reference,
        "payment_reference": item.payment_reference,
        "residual": str(item.residual),
        "currency": item.currency,
        "partner_id": item.partner_id,
        "date": item.date.isoformat(),
        "date_maturity": item.date_maturity and item.date_maturity.isoformat(),
    }
