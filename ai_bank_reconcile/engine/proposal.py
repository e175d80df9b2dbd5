"""The stored form of a bank matching proposal: a stable, validated JSON interface.

Amounts are decimal strings in the transaction currency of the line, signed relative to the line:
positive is in the line's own direction. What the parts of a proposal add up to is always the
line: sum of counterparts + write-offs + remainder = absolute amount of the line.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_serializer,
    model_validator,
)

from .reasons import Reason

Kind = Literal["match", "account", "none"]
Handling = Literal["none", "keep_open", "on_account"]
Purpose = Literal["fee", "discount", "tolerance"]
Amount = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,18}(\.[0-9]{1,8})?$")]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
# JSON knows no tuples: lists are accepted there, and only there
AsTuple = Field(default=(), strict=False)


class Counterpart(BaseModel):
    """An open item and how much of the line it takes; less than its residual leaves it open.

    :param item_amount: what the item loses in its own currency, where that is not the line's
    """

    model_config = STRICT

    move_line_id: int
    amount: Amount
    item_amount: Amount | None = None

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler):
        stored = handler(self)
        if self.item_amount is None:
            del stored["item_amount"]
        return stored


class WriteOff(BaseModel):
    """A part of the line booked on an account instead of an open item.

    The amount is negative where the line brings less than the items it settles (a fee kept by the
    bank). A cash discount names its account for the eye only: core splits it and its tax.

    :param tax_ids: taxes that the amount includes
    :param analytic: percentages by analytic accounts, as core stores a distribution
    :param purpose: why, in a match; None in an account proposal
    """

    model_config = STRICT

    account_id: int
    amount: Amount
    label: str = ""
    partner_id: int | None = None
    tax_ids: Annotated[tuple[int, ...], AsTuple] = ()
    purpose: Purpose | None = None
    analytic: dict[str, float] | None = None

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler):
        stored = handler(self)
        if self.analytic is None:
            del stored["analytic"]
        return stored


class Alternative(BaseModel):
    """Another explanation of the line, with its own probability and reasons."""

    model_config = STRICT

    kind: Kind
    counterparts: Annotated[tuple[Counterpart, ...], AsTuple] = ()
    write_off: WriteOff | None = None
    write_offs: Annotated[tuple[WriteOff, ...], AsTuple] = ()
    splits: Annotated[tuple[WriteOff, ...], AsTuple] = ()
    by_hand: bool = False
    confidence: Confidence
    reasons: Annotated[tuple[Reason, ...], AsTuple] = ()
    partner_id: int | None = None
    remainder: Amount = "0.00"
    remainder_handling: Handling = "none"

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler):
        return _by_hand_only(self, handler(self))


class Proposal(BaseModel):
    """What is proposed for one bank line.

    `remainder` is the part of the line that no item takes (over-payment) and
    `remainder_handling` what becomes of it: stay on the line's suspense account or be booked on
    the partner's account. `write_off` is the one part of an account proposal; `write_offs` are the
    differences of a match, each with its purpose. `splits` are parts a person books on accounts,
    beside documents or several instead of the one, and `by_hand` says that a person made the
    proposal; neither is stored where there is none. A proposal of kind "none" proposes nothing and
    so has no remainder; `why_not` then says in one English sentence what came nearest and which
    test failed.
    """

    model_config = STRICT

    kind: Kind
    counterparts: Annotated[tuple[Counterpart, ...], AsTuple] = ()
    write_off: WriteOff | None = None
    write_offs: Annotated[tuple[WriteOff, ...], AsTuple] = ()
    splits: Annotated[tuple[WriteOff, ...], AsTuple] = ()
    by_hand: bool = False
    alternatives: Annotated[tuple[Alternative, ...], AsTuple] = ()
    partner_id: int | None = None
    remainder: Amount = "0.00"
    remainder_handling: Handling = "none"
    why_not: str | None = None

    @model_validator(mode="after")
    def _is_consistent(self):
        """Refuse what cannot be booked: no parts, a part twice, a remainder without handling."""
        ids = [part.move_line_id for part in self.counterparts]
        if len(ids) != len(set(ids)):
            raise ValueError("an item is named twice")
        if self.kind == "match" and not ids:
            raise ValueError("a match needs at least one counterpart")
        if self.kind == "account" and (ids or (self.write_off is None) != bool(self.splits)):
            raise ValueError("an account proposal has a write-off or splits and no counterpart")
        if self.kind == "none" and (ids or self.splits or self.write_off is not None):
            raise ValueError("a proposal of nothing has no parts")
        if self.write_offs and self.kind != "match":
            raise ValueError("only a match has differences")
        if any(part.purpose is None for part in self.write_offs):
            raise ValueError("a difference needs a purpose")
        if any(part.purpose is not None for part in self.splits):
            raise ValueError("a part on an account of a person's choice has no purpose")
        if (Decimal(self.remainder) == 0) != (self.remainder_handling == "none"):
            raise ValueError("a remainder needs a handling, and only a remainder does")
        return self

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler):
        return _by_hand_only(self, handler(self))

    def to_json(self) -> dict:
        """Return the JSON-able dictionary that `validate` accepts."""
        return self.model_dump(mode="json")


def _by_hand_only(model: Proposal | Alternative, stored: dict) -> dict:
    """Leave out of a stored form what only a person's proposal has."""
    if not model.splits:
        del stored["splits"]
    if not model.by_hand:
        del stored["by_hand"]
    return stored


def validate(json_dict: dict) -> Proposal:
    """Return the proposal stored in `json_dict`.

    :raises pydantic.ValidationError: for unknown keys, wrong types or inconsistent parts
    """
    return Proposal.model_validate(json_dict)
