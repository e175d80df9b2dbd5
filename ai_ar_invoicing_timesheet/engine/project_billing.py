"""What to put on the invoice of a project, why, and what its manager should look at.

Which lines and quantities go together is decided as for any order; here it is explained by hours,
milestones and what else was done.
"""

from dataclasses import replace
from decimal import Decimal

from odoo.addons.ai_ar_invoicing.engine.billing import LIKELY, SURE, UNSURE, Draft, propose
from odoo.addons.ai_ar_invoicing.engine.billing_facts import Document, Line, Terms
from odoo.addons.ai_ar_invoicing.engine.billing_reasons import Reason, quantity

from .project_facts import Project, Work, people

#: Reasons of any order that say something about a project too.
KEPT = {"returned", "down_payment", "down_payment_later", "several_orders", "date_closed"}
#: So many names are told, the others are counted by dots.
SHOWN = 5


def propose_project(project: Project, terms: Terms) -> Draft | None:
    """Return the invoice of ``project``, or ``None`` where nothing is due."""
    orders = {
        order.id: replace(order, grouping="order", own_rule=False) for order in project.orders
    }
    document = Document(project.id, project.name, tuple(orders), day=project.until)
    drafts = propose([document], orders, terms)
    if not drafts:
        return None
    # All orders are one document, so they make one draft.
    [draft] = drafts
    vetoes = (*draft.vetoes, *_vetoes(project, draft, terms.tolerance))
    reasons = (*_done(project, draft), *_kept(draft))
    return replace(
        draft,
        exact=True,
        merge=True,
        confidence=_confidence(vetoes),
        reasons=reasons,
        vetoes=vetoes,
    )


def _confidence(vetoes: tuple[Reason, ...]) -> float:
    codes = {veto.code for veto in vetoes}
    if codes & {"negative", "charged_before", "currencies"}:
        return UNSURE
    return LIKELY if codes else SURE


def _kept(draft: Draft) -> list[Reason]:
    kept = [reason for reason in draft.reasons if reason.code in KEPT]
    if draft.dated.code == "date_delivery":
        kept.append(Reason("date_period", draft.dated.params))
    elif draft.dated.code != "date_closed":
        kept.append(draft.dated)
    return kept


def _done(project: Project, draft: Draft) -> list[Reason]:
    """Return what was done, by kind."""
    lines = [line for line, now in draft.lines if not line.down_payment]
    work = [item for line in lines for item in project.work.get(line.id, ())]
    reached = [item for line in lines for item in project.milestones.get(line.id, ())]
    reasons = [_hours(project, work)] if work else []
    if reached:
        reasons.append(Reason("milestones", {"names": _names([item.name for item in reached])}))
    told = {line.id for line in lines if project.work.get(line.id) or line.id in project.milestones}
    rest = [line for line in lines if line.id not in told]
    for code, by_delivery in (("fixed_price", False), ("delivered", True)):
        names = [line.name for line in rest if line.by_delivery == by_delivery]
        if names:
            reasons.append(Reason(code, {"names": _names(names)}))
    return reasons


def _hours(project: Project, work: list[Work]) -> Reason:
    return Reason(
        "hours",
        {
            "hours": quantity(sum((item.hours for item in work), Decimal(0))),
            "since": min(item.first for item in work).isoformat(),
            "until": project.until.isoformat(),
            "people": _people(work),
        },
    )


def _people(work: list[Work]) -> str:
    return _names([f"{person} {quantity(hours)} h" for person, hours in people(work).items()])


def _names(names: list[str]) -> str:
    unique = list(dict.fromkeys(names))
    return ", ".join(unique[:SHOWN]) + (", …" if len(unique) > SHOWN else "")


def _vetoes(project: Project, draft: Draft, tolerance: Decimal) -> list[Reason]:
    found = []
    for line, now in draft.lines:
        if line.down_payment:
            continue
        if now < 0:
            found.append(Reason("negative", {"name": line.name, "now": quantity(now)}))
        elif _beyond(line, now, tolerance):
            params = {"charged": quantity(line.invoiced + now), "ordered": quantity(line.ordered)}
            found.append(Reason("beyond_ordered", {"name": line.name, **params}))
    if project.loose:
        hours = quantity(sum((item.hours for item in project.loose), Decimal(0)))
        params = {"hours": hours, "people": _people(list(project.loose))}
        found.append(Reason("hours_without_line", params))
    currencies = {order.currency for order in project.orders}
    if len(currencies) > 1:
        found.append(Reason("currencies", {"names": ", ".join(sorted(currencies))}))
    return found


def _beyond(line: Line, now: Decimal, tolerance: Decimal) -> bool:
    # What was never ordered, such as expenses, has no limit of its own.
    limit = line.ordered * (1 + tolerance)
    return line.by_delivery and line.ordered > 0 and line.invoiced + now > limit
