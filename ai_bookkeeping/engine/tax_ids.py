"""Tax ids checked by their digits, as far as their country has check digits."""

from stdnum import get_cc_module
from stdnum.eu.vat import MEMBER_STATES


def checked(vat: str | None) -> tuple[bool, str | None]:
    """Return whether a tax id is right by form and check digits, and its country's code.

    :param vat: with the letters of its country; without, it cannot be checked
    """
    compact = "".join(sign for sign in (vat or "").upper() if sign.isalnum())
    country = "CH" if compact.startswith("CHE") else compact[:2]
    country = {"EL": "GR", "XI": "GB"}.get(country, country)
    if not country.isalpha() or len(compact) < 6:
        return False, None
    letters = country.lower()
    known = letters in MEMBER_STATES or country in ("GR", "GB", "CH", "NO")
    module = get_cc_module("el" if letters == "gr" else letters, "vat") if known else None
    if module is None:
        return False, country if known else None
    try:
        return bool(module.is_valid(compact)), country
    except (ValueError, LookupError, OSError):
        return False, country
