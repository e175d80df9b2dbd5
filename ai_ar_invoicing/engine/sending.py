"""How an invoice reaches its customer: the channel, what to fall back on, and why.

Pure: the model reads the facts of many invoices at once and calls :func:`choose` on each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHANNELS = ("email", "peppol", "portal", "post")

#: What is tried where the customer's channel is impossible, in this order.
FALLBACK = {
    "email": ("portal", "post"),
    "peppol": ("email", "portal", "post"),
    "portal": ("email", "post"),
    "post": ("email", "portal"),
}

#: The customer's own channel works: only a wrong address could make it wrong.
AS_WANTED = 0.98
#: Nothing is set on the customer and e-mail, the usual way, works.
AS_USUAL = 0.96
#: Another way than the wanted one: below the usual minimum, so that a person looks.
INSTEAD = 0.80


def _lt(text: str) -> str:
    """Mark a text for the translation template; the model translates it where it is shown."""
    return text


CHANNEL_TEXT = {
    "email": _lt("by e-mail"),
    "peppol": _lt("by Peppol"),
    "portal": _lt("in the customer portal"),
    "post": _lt("by post"),
    "hand": _lt("by hand"),
}

SENDING_TEXT = {
    "as_set": _lt("%(channel)s, as set on the customer"),
    "as_usual": _lt("%(channel)s, nothing else is set on the customer"),
    "instead": _lt("%(channel)s instead"),
    "no_email": _lt("the customer has no e-mail address"),
    "peppol_missing": _lt("Peppol is not set up in this company"),
    "peppol_unverified": _lt("not verified on Peppol yet: verify it on the customer"),
    "peppol_invalid": _lt("the customer cannot be reached by Peppol"),
    "no_portal_user": _lt("nobody at the customer has access to the portal"),
    "no_address": _lt("the postal address is not complete"),
    "no_way": _lt("there is no way to reach the customer: complete the address"),
    "new": _lt("first invoice to this customer"),
    "overdue": _lt("%(count)s invoices of this customer are overdue"),
    "rule": _lt("text of the rule “%(rule)s”"),
    "slip": _lt("with the delivery slip %(names)s"),
    "link": _lt("with a link to pay"),
    "link_many": _lt("with a link to pay all %(count)s open invoices"),
    "sent_before": _lt("was sent %(channel)s on %(date)s"),
    "changed": _lt("it changed after it was sent %(channel)s on %(date)s: look at both"),
    "not_posted": _lt("The invoice is not posted."),
    "under_way": _lt("It is being sent already."),
    "interrupted": _lt(
        "It was being sent when the server stopped: find out whether it arrived, then confirm or "
        "send it again."
    ),
    "sent": _lt("It was sent already, %(channel)s on %(date)s."),
    "sent_by_hand": _lt("It was sent already, by hand."),
    "by_hand_before": _lt("was sent by hand before"),
    "no_recipient": _lt("A recipient has no e-mail address any more."),
}


@dataclass(frozen=True)
class Facts:
    """What is known of one invoice to be sent.

    :param wanted: the channel, one of :data:`CHANNELS`
    :param is_set: the customer has that channel set, it is not just the usual one
    :param obstacles: ``{channel: code}`` of the channels that are impossible, and why
    :param is_new: no invoice went to this customer before
    :param overdue: how many other invoices of this customer are overdue
    :param rule: name of the rule that chose the text, if one did
    :param slips: names of the deliveries whose slip is attached
    :param payable: a link to pay online is sent with it
    :param open_count: open invoices that a link for all of them would cover, this one included
    :param before: ``{"channel", "date", "changed"}`` where it was sent before; the date is
        ``None`` where nobody kept it
    """

    record_id: int
    wanted: str
    is_set: bool = True
    obstacles: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False
    overdue: int = 0
    rule: str = ""
    slips: tuple[str, ...] = ()
    payable: bool = False
    open_count: int = 1
    before: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Choice:
    """The engine's answer; ``channel`` is ``None`` where there is no way."""

    channel: str | None
    confidence: float
    reasons: tuple[dict[str, Any], ...]
    vetoes: tuple[dict[str, Any], ...] = ()


def choose(facts: Facts) -> Choice:
    """Choose the channel: the customer's own, else the first that is possible, with the reason."""
    channel, confidence, reasons = _channel(facts)
    if channel is None:
        return Choice(None, 0.0, tuple(reasons))
    if facts.is_new:
        reasons.append(reason("new"))
    elif facts.overdue:
        reasons.append(reason("overdue", count=facts.overdue))
    if facts.rule and channel == "email":
        reasons.append(reason("rule", rule=facts.rule))
    if facts.slips and channel == "email":
        reasons.append(reason("slip", names=", ".join(facts.slips)))
    if facts.payable and channel == "email":
        many = facts.open_count > 1
        reasons.append(reason("link_many", count=facts.open_count) if many else reason("link"))
    return Choice(channel, confidence, tuple(reasons), _vetoes(facts))


def _channel(facts: Facts) -> tuple[str | None, float, list[dict[str, Any]]]:
    if facts.wanted not in facts.obstacles:
        code = "as_set" if facts.is_set else "as_usual"
        confidence = AS_WANTED if facts.is_set else AS_USUAL
        return facts.wanted, confidence, [reason(code, channel=facts.wanted)]
    reasons = [reason(facts.obstacles[facts.wanted])]
    for channel in FALLBACK[facts.wanted]:
        if channel not in facts.obstacles:
            return channel, INSTEAD, [*reasons, reason("instead", channel=channel)]
    return None, 0.0, [*reasons, reason("no_way")]


def _vetoes(facts: Facts) -> tuple[dict[str, Any], ...]:
    """A second sending is never automatic."""
    if not facts.before:
        return ()
    if not facts.before["date"]:
        return (reason("by_hand_before"),)
    code = "changed" if facts.before["changed"] else "sent_before"
    params = {name: facts.before[name] for name in ("channel", "date")}
    return (reason(code, **params),)


def reason(code: str, **params: Any) -> dict[str, Any]:
    """Return a reason, JSON-ready, without its text."""
    return {"code": code, "params": params}
