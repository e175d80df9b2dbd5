"""What somebody should know about a line beside what it settles: data, never a booking.

A document paid a second time, a direct debit that came back, a supplier's account that is not the
one we know. An alarm keeps its line from automatic work.
"""

import re
from functools import cached_property

from odoo.addons.ai_finance_engine import money
from odoo.addons.ai_finance_engine.names import fold
from odoo.addons.ai_finance_engine.references import compact_account, read_text
from odoo.addons.ai_finance_engine.series import ReferenceIndex

from .candidates import Facts, ItemIndex
from .context import MatchContext, SettledItem
from .reasons import Reason, reason
from .scoring import Explanation

SMALLEST_ACCOUNT = 8  # characters; shorter account numbers are clipped or internal
LARGEST_RETURN_FEE = 3000  # minor units a bank adds to a returned direct debit
_RETURN = re.compile(
    r"\b(?:rucklast\w*|ruckgabe|retour\w*|return(?:ed)?|unpaid|impaye\w*|rejet\w*|rejected|"
    r"storno\w*|ruckbuch\w*|insoluto|devolu\w*|chargeback|reversal|bounced)\b"
)


class Watch:
    """Settled documents and known accounts, looked up for every line."""

    def __init__(self, ctx: MatchContext, index: ItemIndex):
        self._index = index
        self._settled = sorted(ctx.settled, key=lambda item: item.id)
        self._accounts = {
            party.id: frozenset(map(compact_account, party.account_numbers)) - {""}
            for party in ctx.parties
        }

    @cached_property
    def _references(self) -> ReferenceIndex:
        return ReferenceIndex(
            (position, text, item.date.year)
            for position, item in enumerate(self._settled)
            for text in dict.fromkeys((item.number, item.reference, item.payment_reference))
            if text
        )

    def alarms(self, facts: Facts, chosen: Explanation | None) -> tuple[Reason, ...]:
        """Return the alarms of one line.

        :param chosen: what the line settles, if anything
        """
        found = []
        if chosen is None or not chosen.exact:
            found += self._of_settled(facts)
        if chosen is not None and facts.sign < 0:
            found += self._of_account(facts, chosen)
        return tuple(found)

    def _of_settled(self, facts: Facts) -> list[Reason]:
        """Return alarms on documents that the text names and that are paid already."""
        if not self._settled:
            return []
        returned = bool(_RETURN.search(fold(facts.line.label[:500])))
        mentions = self._references.mentions(read_text(facts.line.label))
        for position in sorted(mentions, key=lambda one: (-mentions[one].form, one)):
            item = self._settled[position]
            if item.currency != facts.line.currency:
                continue
            values = {"number": item.number, "date": item.date.isoformat()}
            amount = money.to_minor(item.amount, facts.digits) * facts.sign
            if amount == facts.minor and self._fits(facts, item):
                return [reason("paid_twice", **values)]
            if returned and 0 <= facts.minor + amount <= LARGEST_RETURN_FEE:
                return [reason("returned", **values)]
        return []

    def _fits(self, facts: Facts, item: SettledItem) -> bool:
        """Tell whether the payer does not speak against the document's partner."""
        return item.partner_id is None or facts.payers.of(item.partner_id).log >= 0

    def _of_account(self, facts: Facts, chosen: Explanation) -> list[Reason]:
        """Return an alarm where money goes to an account the supplier never had."""
        account = compact_account(facts.line.account_number)
        partners = {self._index.partner[position] for position in chosen.positions}
        known = [self._accounts.get(partner, frozenset()) for partner in sorted(partners - {None})]
        if len(account) < SMALLEST_ACCOUNT or len(known) != 1 or not known[0]:
            return []
        if any(_is_same(account, other) for other in known[0]):
            return []
        return [reason("account_changed", account=account)]


def _is_same(account: str, other: str) -> bool:
    """Tell whether two spellings are one account; a national number is the tail of its IBAN."""
    return account == other or account.endswith(other) or other.endswith(account)
