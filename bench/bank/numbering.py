"""Account numbers and structured payment references with their check digits."""

import random

IBAN_LENGTHS = {
    "DE": 18, "AT": 16, "CH": 17, "FR": 23, "BE": 12, "NL": 14, "ES": 20, "IT": 23, "GB": 18,
    "FI": 14, "NO": 11, "PL": 24,
}  # fmt: skip


def digits(rng: random.Random, count: int) -> str:
    """Return `count` digits, the first not zero."""
    return str(rng.randint(10 ** (count - 1), 10**count - 1))


def _mod97(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text)) % 97


def iban(rng: random.Random, country: str) -> str:
    """Return a valid IBAN of the country (any country not listed counts as German)."""
    country = country if country in IBAN_LENGTHS else "DE"
    body = digits(rng, IBAN_LENGTHS[country])
    if country in ("NL", "GB", "IT"):
        body = "".join(rng.choices("ABCDEGHKLMNRST", k=4 if country != "IT" else 1)) + body
        body = body[: IBAN_LENGTHS[country]]
    return f"{country}{98 - _mod97(body + country + '00'):02d}{body}"


def creditor_reference(body: str) -> str:
    """Return an ISO 11649 reference: RF, two check digits, the body."""
    return f"RF{98 - _mod97(body + 'RF00'):02d}{body}"


def belgian(number: int) -> str:
    """Return the structured communication +++123/4567/89012+++ of a number."""
    body = f"{number % 10**10:010d}"
    whole = body + f"{int(body) % 97 or 97:02d}"
    return f"+++{whole[:3]}/{whole[3:7]}/{whole[7:]}+++"


def swiss(number: int) -> str:
    """Return a 27 digit QR reference in groups."""
    body, carry = f"{number:026d}", 0
    for char in body:
        carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)[(carry + int(char)) % 10]
    whole = body + str((10 - carry) % 10)
    return " ".join([whole[:2], *(whole[at : at + 5] for at in range(2, 27, 5))])


def finnish(number: int) -> str:
    """Return a Finnish reference number in groups of five from the right."""
    body = str(number)
    total = sum(int(char) * (7, 3, 1)[at % 3] for at, char in enumerate(reversed(body)))
    whole = body + str(-total % 10)
    head = len(whole) % 5
    groups = [whole[:head]] + [whole[at : at + 5] for at in range(head, len(whole), 5)]
    return " ".join(group for group in groups if group)


def norwegian(number: int) -> str:
    """Return a KID with its Luhn check digit."""
    body = f"{number:08d}"
    total = 0
    for at, char in enumerate(reversed(body)):
        double = int(char) * (2 if at % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return body + str(-total % 10)


STRUCTURED = {
    "DE": lambda number: creditor_reference(str(number)),
    "FR": lambda number: creditor_reference(str(number)),
    "BE": belgian,
    "CH": swiss,
    "FI": finnish,
    "NO": norwegian,
}


def structured(country: str, number: int) -> str:
    """Return the reference a company of this country prints on its invoices, "" if none."""
    return STRUCTURED[country](number) if country in STRUCTURED else ""
