"""Why an explanation was offered, refused or kept from automatic work: codes with parameters.

The engine only hands out codes; the ORM layer translates `REASON_TEXT` and fills the parameters
in. Texts are short enough for a chip in a list.
"""

from pydantic import BaseModel, ConfigDict, model_serializer


def _lt(text: str) -> str:
    """Mark a text for the translation template; the ORM layer translates it where it is shown."""
    return text


REASON_TEXT = {
    # evidence for (or against) an explanation
    "reference": _lt("reference %(value)s"),
    "reference_nearly": _lt("number %(value)s but for a typing error"),
    "amount_exact": _lt("amount exact"),
    "amount_partial": _lt("partial: %(rest)s stays open"),
    "amount_over": _lt("over-paid by %(rest)s"),
    "set_sum": _lt("%(count)s documents, sum exact"),
    "discount": _lt("cash discount %(amount)s in time"),
    "fee_stated": _lt("fee %(amount)s stated in the text"),
    "fee": _lt("short by %(amount)s, as a bank fee is"),
    "tolerance": _lt("differs by %(amount)s, within the tolerance"),
    "batch": _lt("all payments of batch %(value)s"),
    "name": _lt("name %(percent)s %%"),
    "name_in_text": _lt("name in text %(percent)s %%"),
    "name_differs": _lt("name differs (%(percent)s %%)"),
    "iban": _lt("bank account known"),
    "iban_differs": _lt("bank account of another partner"),
    "partner_set": _lt("partner set on line"),
    "partner_differs": _lt("other partner set on line"),
    "date_before": _lt("%(days)s days before document"),
    "date_before_due": _lt("%(days)s days before due"),
    "date_on_due": _lt("on due date"),
    "date_after_due": _lt("%(days)s days after due"),
    "registered_payment": _lt("registered payment"),
    "refund": _lt("credit note deducted"),
    "oldest_of_equal": _lt("oldest of %(count)s equal items"),
    "alias": _lt("payer known for this partner, %(count)s confirmed"),
    "remittance": _lt("remittance advice %(name)s lists these documents"),
    # guards: what forbids automatic work, whatever the probability
    "twin": _lt("%(count)s other(s) fit as well"),
    "amount_only": _lt("only the amount agrees"),
    "few_agreements": _lt("only one of reference, amount, payer agrees"),
    "payer_unsure": _lt("payer does not agree"),
    "date_unusual": _lt("unusual date and no reference"),
    "partner_unknown": _lt("document without partner"),
    "partners_mixed": _lt("documents of several partners"),
    "over_payment": _lt("more than what is open"),
    "partial": _lt("less than what is open"),
    "currency_other": _lt("settles a document in %(currency)s"),
    "fee_first": _lt("a fee on a customer's payment is for a person"),
    "amount_common": _lt("many open documents have this amount"),
    "extra_unnamed": _lt("a document is added that the text does not name"),
    "contested": _lt("another line claims the same item"),
    "incomplete": _lt("search was cut short"),
    "flagged_before": _lt("a match was flagged as wrong before"),
    "prepayment": _lt("prepayment wording: %(value)s"),
    "unknown_number": _lt("number %(value)s is not open"),
    "named_not_used": _lt("%(value)s is named but not used"),
    "remittance_alone": _lt("rests on the remittance advice alone"),
    # alarms: what a person should know beside the booking
    "paid_twice": _lt("%(number)s was paid on %(date)s already"),
    "returned": _lt("%(number)s, paid on %(date)s, comes back"),
    "account_changed": _lt("paid to %(account)s, which is not a known account of the partner"),
    # why a line has no match
    "no_candidate": _lt("no open item with this amount, number or payer"),
    "nothing_open": _lt("no open item in this currency and direction"),
    "amount_differs": _lt("amount differs by %(difference)s from %(number)s"),
    "same_amount": _lt("%(number)s has this amount"),
    "nearest_name": _lt("name %(percent)s %%"),
    "no_reference": _lt("no reference"),
    "item_taken": _lt("%(number)s is taken by another line"),
    "remittance_hint": _lt("remittance advice %(name)s does not fit: %(problem)s"),
    "zero_amount": _lt("line has no amount"),
}


class Reason(BaseModel):
    """One reason: `code` of `REASON_TEXT` and the values its text names.

    :param text: the text in a user's language, where a caller has stored it with the reason
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    code: str
    params: dict[str, str | int] = {}
    text: str | None = None

    @model_serializer
    def to_json(self) -> dict:
        """Return `{"code": ..., "params": {...}}`, with `text` only where one is stored."""
        stored = {} if self.text is None else {"text": self.text}
        return {"code": self.code, "params": dict(self.params), **stored}

    @property
    def english(self) -> str:
        """The stored text, else the English default; the code itself if it has no text."""
        if self.text is not None:
            return self.text
        template = REASON_TEXT.get(self.code)
        return template % self.params if template else self.code


def reason(code: str, **params: str | int) -> Reason:
    """Return a `Reason` whose code is known to `REASON_TEXT`."""
    if code not in REASON_TEXT:
        raise KeyError(code)
    return Reason(code=code, params=params)
