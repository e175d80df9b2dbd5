"""Bank account numbers checked by their digits and by the form of their country."""

import re
from functools import cache
from pathlib import Path

from stdnum import iso11649, numdb
from stdnum.iso7064 import mod_97_10

_SIGNS = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Za-z0-9]"}


def is_valid(number: str) -> bool:
    """Tell whether a number without spaces has the right check digits and form."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", number):
        return False
    form = _form(number[:2])
    whole = bool(form) and re.fullmatch(form, number[4:]) is not None
    return whole and mod_97_10.is_valid(number[4:] + number[:4])


@cache
def _form(country: str) -> str:
    """The form of what follows the check digits; empty where a country has no such numbers."""
    bban = _database().info(country)[0][1].get("bban", "")
    return re.sub(r"(\d+)!([nac])", lambda part: f"{_SIGNS[part[2]]}{{{part[1]}}}", bban)


@cache
def _database():
    # By path: Odoo's import hook on stdnum takes the library's own way to its data away.
    with Path(iso11649.__file__).with_name("iban.dat").open() as data:
        return numdb.read(data)
