"""Why an explanation was offered, refused or kept from automatic work: codes with parameters.

The engine only hands out codes; the ORM layer translates `REASON_TEXT` and fills the parameters
in. Texts are short enough for a chip in a list.
"""

from pydantic import BaseModel, ConfigDict, model_serializer

REASON_TEXT = {
    # evidence for (or against) an explanation
    "reference": "reference %(value)s",
    "amount_exact": "amount exact",
    "amount_partial": "partial: %(rest)s stays open",
    "amount_over": "over-paid by %(rest)s",
    "set_sum": "%(count)s documents, sum exact",
    "name": "name %(percent)s %%",
    "name_in_text": "name in text %(percent)s %%",
    "name_differs": "name differs (%(percent)s %%)",
    "iban": "bank account known",
    "iban_differs": "bank account of another partner",
    "partner_set": "partner set on line",
    "partner_differs": "other partner set on line",
    "date_before": "%(days)s days before document",
    "date_before_due": "%(days)s days before due",
    "date_on_due": "on due date",
    "date_after_due": "%(days)s days after due",
    "registered_payment": "registered payment",
    "refund": "credit note deducted",
    # guards: what forbids automatic work, whatever the probability
    "twin": "%(count)s other(s) fit as well",
    "amount_only": "only the amount agrees",
    "few_agreements": "only one of reference, amount, payer agrees",
    "payer_unsure": "payer does not agree",
    "partner_unknown": "document without partner",
    "partners_mixed": "documents of several partners",
    "over_payment": "more than what is open",
    "partial": "less than what is open",
    "contested": "another line claims the same item",
    "incomplete": "search was cut short",
    "prepayment": "prepayment wording: %(value)s",
    "unknown_number": "number %(value)s is not open",
    "named_not_used": "%(value)s is named but not used",
    # why a line has no match
    "no_candidate": "no open item with this amount, number or payer",
    "nothing_open": "no open item in this currency and direction",
    "amount_differs": "amount differs by %(difference)s from %(number)s",
    "same_amount": "%(number)s has this amount",
    "nearest_name": "name %(percent)s %%",
    "no_reference": "no reference",
    "item_taken": "%(number)s is taken by another line",
    "zero_amount": "line has no amount",
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
