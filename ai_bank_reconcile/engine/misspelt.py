"""Numbers of a text that no open document has: which are a document's own, written wrongly.

A payer mistypes, leaves out or doubles a digit; a bank cuts a text at a fixed width, so that only
the beginning of a number is left. Both look like the number of another document.
"""

from rapidfuzz.distance import OSA

from .candidates import Facts, ItemIndex

NEIGHBOUR = 20  # numbers that near in a series may belong to one payer
SHORTEST = 4  # digits in which a typing error is recognised
SHORTEST_CUT = 2  # digits left of a number that was cut off


class Misspelt:
    """The numbers of one text that fit no document, compared with the documents' own numbers.

    :param misfits: numbers that are not open or open with another partner: (value, partner)
    """

    def __init__(self, index: ItemIndex, facts: Facts, misfits: list[tuple[str, int | None]]):
        self._index, self._facts = index, facts
        self._written = [(value, _digits(value), partner) for value, partner in misfits]
        self._found: dict[tuple, str] = {}

    def mistyped(self, positions: tuple[int, ...], apart: int = 0) -> str:
        """Return the number of the text that is the one item's own but for one typing error.

        :param apart: how far the two numbers are from each other at least
        """
        if not self._written or len(positions) > 1 or positions[0] in self._facts.mentions:
            return ""
        key = (positions[0], apart)
        if key not in self._found:
            self._found[key] = self._mistyped(positions[0], apart)
        return self._found[key]

    def _mistyped(self, position: int, apart: int) -> str:
        own = self._own(position)
        for value, written, partner_id in self._written:
            if self._index.partner[position] == partner_id or written in self._index.settled:
                continue
            if any(_is_typing_error(written, number, apart) for number in own):
                return value
        return ""

    def cut_off(self, positions: tuple[int, ...]) -> frozenset[str]:
        """Return the numbers of the text that are the beginning of an item's own number.

        Not those that name another open item of the same partner.
        """
        if not self._written:
            return frozenset()
        partners = {self._index.partner[position] for position in positions} - {None}
        own = [number for position in positions for number in self._own(position)]
        return frozenset(
            value
            for value, written, partner_id in self._written
            if len(written) >= SHORTEST_CUT
            and partner_id not in partners
            and written not in self._index.settled
            and any(number != written and number.startswith(written) for number in own)
        )

    def _own(self, position: int) -> list[str]:
        item = self._index.items[position]
        texts = dict.fromkeys((item.number, item.reference, item.payment_reference))
        return [digits for text in texts if (digits := _digits(text))]


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _is_typing_error(written: str, number: str, apart: int) -> bool:
    """Tell whether a number has one digit wrong, swapped, left out or doubled.

    The tail alone may be written, but not with a digit too few.
    """
    if len(written) < SHORTEST:
        return False
    if abs(len(written) - len(number)) == 1 and OSA.distance(written, number, score_cutoff=1) == 1:
        return True
    if len(written) > len(number):
        return False
    tail = number[-len(written) :]
    return (
        OSA.distance(written, tail, score_cutoff=1) == 1 and abs(int(written) - int(tail)) >= apart
    )
