"""Say why: reasons of an explanation, guards against automatic work, why nothing was found.

Guards never change a probability. They hold what the probability cannot: equal twins, amounts
without any other agreement, claims of other lines, wording that makes a payment special.
"""

from odoo.addons.ai_finance_engine.money import from_minor, plain
from odoo.addons.ai_finance_engine.references import Form

from .assignment import Turn
from .candidates import Facts, ItemIndex
from .differences import FEE, Difference
from .explain import Claims, Verdict
from .misspelt import NEIGHBOUR
from .reasons import Reason, reason
from .scoring import NAMED, Explanation
from .weights import WEIGHTS

EARLY, LATE = 5, 180  # days before the document, after it was due: needs its number
SMALLEST_PART, LARGEST_PART = 0.1, 0.9  # of a document: instalments; beyond, a person looks
NAMED_IN_CHIPS = 3  # references listed one by one; more make a list unreadable


def _text(minor: int, facts: Facts) -> str:
    return plain(from_minor(abs(minor), facts.digits), facts.digits)


def agreements(
    index: ItemIndex,
    verdict: Verdict,
    explanation: Explanation,
    equals: frozenset[int] = frozenset(),
) -> tuple[str, ...]:
    """Return which of "reference", "amount", "payer" agree, each found independently.

    "deposit": the items are all the payments of one batch or day, no chosen ones.

    :param equals: items among which a policy has decided
    """
    scorer = verdict.scorer
    found = []
    named = [scorer.reference_log(position) for position in explanation.positions]
    if min(named) >= NAMED and max(named) >= WEIGHTS["reference_agrees"]:
        found.append("reference")
    if explanation.exact and scorer.is_telling(explanation.positions, max(0, len(equals) - 1)):
        found.append("amount")
    payer = min(map(scorer.payer_log, explanation.positions))
    if payer >= WEIGHTS["payer_agrees"] or (
        payer >= WEIGHTS["payer_may_agree"]
        and explanation.exact
        and scorer.is_only_one(explanation.positions)
    ):
        found.append("payer")
    several = len(explanation.positions) > 1
    if index.is_whole_day(explanation.positions) or (
        several and index.is_batch(explanation.positions)
    ):
        found += ["deposit"] if explanation.exact else []
    return tuple(found)


def reasons(index: ItemIndex, verdict: Verdict, explanation: Explanation) -> tuple[Reason, ...]:
    """Return what speaks for (and against) an explanation, strongest first."""
    facts = verdict.facts
    named = [
        reason("reference", value=facts.mentions[position].value)
        for position in explanation.positions
        if verdict.scorer.reference_log(position) > 0
    ]
    nearly = verdict.scorer.misspelt.mistyped(explanation.positions)
    found = [reason("reference_nearly", value=nearly)] if nearly else named[:NAMED_IN_CHIPS]
    found += _amount_reasons(index, facts, explanation)
    found += _payer_reasons(index, facts, explanation)
    newest = max(explanation.positions, key=lambda position: (index.day[position], position))
    found.append(_date_reason(index, facts, newest))
    if any(amount < 0 for _position, amount in explanation.parts):
        found.append(reason("refund"))
    return tuple(found)


def _amount_reasons(index: ItemIndex, facts: Facts, explanation: Explanation) -> list[Reason]:
    if explanation.rest:
        return [reason("amount_over", rest=_text(explanation.rest, facts))]
    if explanation.open_rest:
        return [reason("amount_partial", rest=_text(explanation.open_rest, facts))]
    other = index.items[explanation.positions[0]].currency
    if other != facts.line.currency:
        return [reason("currency_other", currency=other)]
    if explanation.offs:
        return [_off_reason(facts, off) for off in explanation.offs]
    found = [reason("batch", value=index.items[explanation.positions[0]].batch)]
    if len(explanation.parts) > 1:
        found.append(reason("set_sum", count=len(explanation.parts)))
        return found if index.is_batch(explanation.positions) else found[1:]
    return [reason("amount_exact")]


def _off_reason(facts: Facts, off: Difference) -> Reason:
    code = "fee_stated" if off.purpose == FEE and off.stated else off.purpose
    return reason(code, amount=_text(off.amount, facts))


def _payer_reasons(index: ItemIndex, facts: Facts, explanation: Explanation) -> list[Reason]:
    """Return one reason for each different thing the line says about the partners."""
    found = {}
    for position in explanation.positions:
        evidence = facts.payers.of(index.partner[position])
        if evidence.code in ("name", "name_in_text", "name_differs"):
            found[evidence.code] = reason(evidence.code, percent=evidence.percent)
        elif evidence.confirmed:
            found[evidence.code] = reason(evidence.code, count=evidence.confirmed)
        elif evidence.code:
            found[evidence.code] = reason(evidence.code)
    if index.is_payment[explanation.positions[0]]:
        found["registered_payment"] = reason("registered_payment")
    return list(found.values())


def _date_reason(index: ItemIndex, facts: Facts, position: int) -> Reason:
    after_document = facts.day - index.day[position]
    if after_document < 0:
        return reason("date_before", days=-after_document)
    after_due = facts.day - index.due[position]
    if after_due < 0:
        return reason("date_before_due", days=-after_due)
    return reason("date_after_due", days=after_due) if after_due else reason("date_on_due")


def guards(index: ItemIndex, turn: Turn, claims: Claims) -> tuple[Reason, ...]:
    """Return what forbids booking what a line chose without a person; empty if nothing does."""
    verdict, explanation = turn.verdict, turn.chosen
    found = _agreement_guards(index, verdict, explanation, turn.equals)
    found += _amount_guards(index, verdict, explanation)
    others = twins(verdict, explanation, claims, turn.equals)
    if others:
        found.append(reason("twin", count=others))
    if turn.rivals:
        found.append(reason("contested"))
    named = explanation.named >= NAMED
    if verdict.incomplete or (verdict.unseen_sets and not named and len(explanation.parts) > 1):
        found.append(reason("incomplete"))
    return tuple(found + _text_guards(index, verdict, explanation))


def _agreement_guards(
    index: ItemIndex, verdict: Verdict, explanation: Explanation, equals: frozenset[int]
) -> list[Reason]:
    """Two of three must agree, the payer and the date must not contradict, the partner be known."""
    found = []
    agree = agreements(index, verdict, explanation, equals)
    if agree == ("amount",):
        found.append(reason("amount_only"))
    elif len(agree) < 2:
        common = explanation.exact and "amount" not in agree
        found.append(reason("amount_common" if common else "few_agreements"))
    facts = verdict.facts
    mentions = facts.mentions
    firm = "amount" in agree and explanation.named >= WEIGHTS["firm_reference"]
    spelled_out = all(
        position in mentions and mentions[position].form >= (Form.WORD if firm else Form.YEAR)
        for position in explanation.positions
    )
    payer = min(map(verdict.scorer.payer_log, explanation.positions))
    if payer <= WEIGHTS["payer_speaks_against"] and not spelled_out:
        found.append(reason("payer_unsure"))
    if not {"reference", "amount"} <= set(agree) and any(
        facts.day - index.day[position] < -EARLY or facts.day - index.due[position] > LATE
        for position in explanation.positions
    ):
        found.append(reason("date_unusual"))
    partners = {index.partner[position] for position in explanation.positions}
    deposit = all(index.is_payment[position] for position in explanation.positions)
    if None in partners and not deposit:
        found.append(reason("partner_unknown"))
    extra = sum(
        verdict.scorer.reference_log(position) < NAMED for position in explanation.positions
    )
    if 0 < extra < len(explanation.positions) and (extra > 1 or len(agree) < 2):
        found.append(reason("extra_unnamed"))
    if len(partners) > 1 and not deposit:
        found.append(reason("partners_mixed"))
    return found


def _amount_guards(index: ItemIndex, verdict: Verdict, explanation: Explanation) -> list[Reason]:
    """Return guards of unequal amounts, against what was open before the batch."""
    found = []
    if explanation.rest:
        found.append(reason("over_payment"))
    if _is_short(index, explanation) and not _is_instalment(index, verdict, explanation):
        found.append(reason("partial"))
    other = index.items[explanation.positions[0]].currency
    firm = explanation.named >= WEIGHTS["firm_reference"] and not explanation.converted
    if other != verdict.facts.line.currency and not firm:
        # A rate of the day would hide a short payment in the exchange difference.
        found.append(reason("currency_other", currency=other))
    payments = all(index.is_payment[position] for position in explanation.positions)
    if not payments and any(off.purpose == FEE for off in explanation.offs):
        found.append(reason("fee_first"))
    return found


def _is_short(index: ItemIndex, explanation: Explanation) -> bool:
    return any(abs(amount) < abs(index.minor[pos]) for pos, amount in explanation.settled)


def _is_instalment(index: ItemIndex, verdict: Verdict, explanation: Explanation) -> bool:
    """Tell whether the payer names one document and clearly pays a part of it.

    What is nearly all of a document may be a discount or a dispute: that is for a person.
    """
    (position, amount), *others = explanation.parts
    share = abs(amount) / abs(index.minor[position])
    agree = agreements(index, verdict, explanation)
    return (
        not others
        and explanation.named >= WEIGHTS["firm_reference"]
        and {"reference", "payer"} <= set(agree)
        and SMALLEST_PART <= share <= LARGEST_PART
        and not any(_is_rival(index, other, position) for other in verdict.explanations)
    )


def _is_rival(index: ItemIndex, other: Explanation, position: int) -> bool:
    """Tell whether another document of the partner has exactly the amount that was paid."""
    partners = {index.partner[one] for one in other.positions}
    return other.exact and position not in other.positions and index.partner[position] in partners


def _text_guards(index: ItemIndex, verdict: Verdict, explanation: Explanation) -> list[Reason]:
    """Return guards of what the text says beside the explanation."""
    facts = verdict.facts
    agree = set(agreements(index, verdict, explanation))
    # a number with one wrong digit is this document's own where an odd amount and the payer agree,
    # but a neighbour in the series may well be another document of the same payer
    explained = frozenset()
    if {"amount", "payer"} <= agree and verdict.scorer.is_odd:
        explained = verdict.scorer.explained(explanation.positions, NEIGHBOUR)
    # where everything else agrees, a further number is an order, a customer, a bill paid before
    spelled_out = all(
        position in facts.mentions and facts.mentions[position].form >= Form.YEAR
        for position in explanation.positions
    )
    beyond_doubt = spelled_out and {"reference", "amount", "payer"} <= agree
    unknown = [value for value in facts.unresolved if value not in explained and not beyond_doubt]
    found = [reason("unknown_number", value=value) for value in unknown[:NAMED_IN_CHIPS]]
    partners = {index.partner[position] for position in explanation.positions}
    for position in verdict.scorer.named_not_used(set(explanation.positions))[:NAMED_IN_CHIPS]:
        value = facts.mentions[position].value
        if value in explained or (beyond_doubt and index.partner[position] not in partners):
            continue
        found.append(reason("named_not_used", value=value))
    # a bank calls what is paid in a deposit, too
    paid_in = all(index.is_payment[position] for position in explanation.positions)
    if facts.prepayment and explanation.named < WEIGHTS["firm_reference"] and not paid_in:
        found.append(reason("prepayment", value=facts.prepayment))
    return found


def twins(
    verdict: Verdict,
    explanation: Explanation,
    claims: Claims,
    equals: frozenset[int] = frozenset(),
) -> int:
    """Return how many other explanations fit as well, dates apart.

    An item that another line names and settles to the cent is nobody's twin any more.

    :param equals: items among which a policy has decided
    """
    limit = explanation.undated - WEIGHTS["twin_margin"]
    mine = set(explanation.positions)
    others = {
        other.positions
        for other in verdict.explanations
        if other.undated > limit
        and set(other.positions) != mine
        and not (len(other.positions) == 1 and equals.issuperset(other.positions))
        and not (claims.firm - mine) & set(other.positions)
    }
    more = verdict.more if verdict.more and verdict.scorer.stranger_log() > limit else 0
    return len(others) + more


def why_not(index: ItemIndex, verdict: Verdict) -> tuple[Reason, ...]:
    """Return what came nearest to explaining a line, and which tests it failed."""
    facts = verdict.facts
    unknown = [reason("unknown_number", value=value) for value in facts.unresolved[:1]]
    if not facts.pool.count:
        return (reason("nothing_open"), *unknown)
    if not verdict.explanations:
        return (reason("no_candidate"), *unknown)
    nearest = verdict.explanations[0]
    number = index.items[nearest.positions[0]].number or str(index.items[nearest.positions[0]].id)
    found = [*_nearest_reasons(facts, nearest, number), *unknown]
    found += _payer_reasons(index, facts, nearest)
    if not any(position in facts.mentions for position in nearest.positions):
        found.append(reason("no_reference"))
    others = twins(verdict, nearest, Claims()) if nearest.exact else 0
    if others:
        found.append(reason("twin", count=others))
    return tuple(found)


def _nearest_reasons(facts: Facts, nearest: Explanation, number: str) -> list[Reason]:
    if nearest.blocked:
        return [reason("item_taken", number=number)]
    if nearest.exact:
        return [reason("same_amount", number=number)]
    off = sum(one.amount for one in nearest.offs)
    difference = _text(nearest.rest or nearest.open_rest or off, facts)
    return [reason("amount_differs", difference=difference, number=number)]
