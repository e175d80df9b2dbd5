"""What was proposed or booked for bank lines, compared with the truth, case by case."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(slots=True)
class Tally:
    """Counts of one case; shares are of the lines that settle a document."""

    lines: int = 0
    matched: int = 0
    first: int = 0
    third: int = 0
    automatic: int = 0
    automatic_matched: int = 0
    wrong: int = 0

    def to_json(self):
        return {name: getattr(self, name) for name in self.__slots__}


def tallies():
    return defaultdict(Tally)


def count(found, truth, automatic, right, third):
    """Count one line under its case and under all of them.

    :param found: what :func:`tallies` returned
    :param automatic: it was booked, or would be, without a person
    :param right: what was proposed or booked first is the truth
    :param third: the truth is among the first three
    """
    for case in ("", truth.case):
        tally = found[case]
        tally.lines += 1
        tally.automatic += automatic
        tally.wrong += automatic and not right
        if truth.parts:
            tally.matched += 1
            tally.automatic_matched += automatic
            tally.first += right
            tally.third += third


def ours(env, sample, ledger):
    """Judge the live suggestions of the lines of ``sample``; return :func:`tallies`."""
    logs = env["ai.audit.log"].search([("res_id", "in", [*ledger.lines.values()])])
    by_line = {log.res_id: log for log in logs}
    found = tallies()
    for line in sample.ctx.lines:
        truth, log = sample.truths[line.id], by_line[ledger.lines[line.id]]
        offers = [log.proposal, *log.proposal["alternatives"]]
        right = [is_right(offer, truth, ledger.items) for offer in offers[:3]]
        count(found, truth, bool(log.auto_eligible), right[0], any(right))
    return found


def is_right(offer, truth, items):
    """Tell whether an offer, as the log keeps it, is the truth to the cent."""
    parts = {part["move_line_id"]: Decimal(part["amount"]) for part in offer["counterparts"]}
    offs = {one["purpose"]: Decimal(one["amount"]) for one in offer.get("write_offs") or ()}
    wanted = {items[item]: amount for item, amount in truth.parts.items()}
    remainder = Decimal(offer.get("remainder") or 0)
    return (parts, offs, remainder) == (wanted, truth.write_offs, truth.remainder)


def widget(lines, sample, ledger):
    """Judge what the widget reconciled by itself: right is to have matched the right items."""
    found = tallies()
    records = lines.browse(ledger.lines.values())
    by_line = dict(zip(ledger.lines, records, strict=True))
    for line in sample.ctx.lines:
        truth, record = sample.truths[line.id], by_line[line.id]
        right = matched(record) == {ledger.items[item] for item in truth.parts}
        done = record.is_reconciled
        count(found, truth, done, done and right, done and right)
    return found


def matched(line):
    """Return the ids of the items a bank line is reconciled with."""
    own = line.move_id.line_ids
    partials = own.matched_debit_ids + own.matched_credit_ids
    return set((partials.debit_move_id + partials.credit_move_id - own).ids)


# ----------------------------------------------------------------------
# The books afterwards
# ----------------------------------------------------------------------


def open_amounts(env, ledger):
    """Return ``{number in the books: open amount}`` of all documents."""
    records = env["account.move.line"].browse(ledger.items.values())
    return {
        item: Decimal(str(record.amount_residual_currency)).quantize(CENT)
        for item, record in zip(ledger.items, records, strict=True)
    }


def differences(before, after, sample, booked):
    """Compare open amounts with the truth, line by line booked.

    :param booked: numbers of the bank lines that were booked
    :return: ``{document: what is open too much}``
    """
    expected = dict(before)
    amounts = {line.id: line.amount for line in sample.ctx.lines}
    for number in booked:
        for item, amount in sample.truths[number].parts.items():
            expected[item] -= amount if amounts[number] > 0 else -amount
    return {item: after[item] - expected[item] for item in after if after[item] != expected[item]}
