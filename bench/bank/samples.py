"""The files of lines that are measured: which cases, how often, in what books."""

from collections.abc import Callable

from . import cases, strangers
from .books import Shape, open_books
from .truth import Sample

ORDINARY = {
    cases.named: 46, cases.unnamed: 17, cases.named_set: 7, cases.unnamed_set: 4,
    cases.partial: 1, cases.instalments: 0.5, cases.over_paid: 0.4, cases.discount: 1,
    cases.less_credit_note: 0.7, cases.refund: 0.7, strangers.registered: 4,
    strangers.deposit: 0.7, strangers.payout: 0.7, strangers.nothing: 14, strangers.on_account: 0.7,
}  # fmt: skip
HARD = {
    cases.named: 26, cases.unnamed: 18, cases.named_set: 8, cases.unnamed_set: 6,
    cases.partly_named: 2, cases.third_party: 3, cases.typo: 3, cases.partial: 2,
    cases.instalments: 1, cases.over_paid: 1, cases.short_by_fee: 1.5, cases.discount: 4,
    cases.discount_late: 1, cases.tolerance: 1.5, cases.less_credit_note: 2, cases.refund: 1.5,
    cases.paid_again: 1, cases.returned: 1, strangers.registered: 4, strangers.deposit: 1.5,
    strangers.payout: 1.5, strangers.nothing: 8, strangers.on_account: 3, strangers.not_listed: 4,
}  # fmt: skip
NASTY = {
    cases.named: 40, cases.unnamed: 25, cases.typo: 6, cases.named_set: 6, cases.unnamed_set: 3,
    cases.third_party: 4, cases.paid_again: 6, strangers.not_listed: 8, strangers.on_account: 4,
    strangers.registered: 4,
}  # fmt: skip


def file_of(seed: int, shape: Shape, mix: dict[Callable, float], count: int) -> Sample:
    """Return a file of about `count` lines of a mix of cases."""
    books = open_books(seed, shape)
    choices, weights = list(mix), list(mix.values())
    for _ in range(count * 3):
        if len(books.lines) >= count:
            break
        books.rng.choices(choices, weights)[0](books)
    return books.sample()


def ordinary(seed: int, count: int = 1500) -> Sample:
    """Ordinary lines of an ordinary company."""
    return file_of(seed, Shape(partners=700, recurring=0.04), ORDINARY, count)


def hard(seed: int, count: int = 1500) -> Sample:
    """Lines that are hard on purpose."""
    shape = Shape(partners=500, hard=0.8, recurring=0.08)
    return file_of(seed, shape, HARD, count)


def nasty(seed: int, count: int = 1500) -> Sample:
    """Everybody is billed the same few amounts every month."""
    shape = Shape(partners=600, open_items=(1, 4), hard=0.6, same_amount=True, suppliers=0.1)
    return file_of(seed, shape, NASTY, count)


def nearly_all_paid(seed: int, count: int = 1500) -> Sample:
    """A file that settles nearly everything that is open."""
    mix = {cases.named: 45, cases.unnamed: 45, cases.named_set: 5, strangers.nothing: 5}
    return file_of(seed, Shape(partners=count // 4, hard=0.4, recurring=0.15), mix, count)


def many_open(seed: int, count: int = 400) -> Sample:
    """Customers with 60 to 100 open documents."""
    shape = Shape(partners=40, open_items=(60, 100), recurring=0.0, hard=0.4, suppliers=0.2)
    mix = {cases.named: 30, cases.unnamed: 25, cases.unnamed_set: 30, cases.named_set: 15}
    return file_of(seed, shape, mix, count)
