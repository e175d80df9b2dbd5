"""Whether a mail comes from who it seems to: domains that only look like the vendor's."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

#: Where anybody may have an address: they say nothing of a vendor.
PUBLIC = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com "
    "gmx.de gmx.net web.de t-online.de aol.com proton.me protonmail.com orange.fr free.fr "
    "wanadoo.fr laposte.net libero.it ziggo.nl kpnmail.nl telenet.be skynet.be "
    "btinternet.com".split()
)
_LOOKS_LIKE = str.maketrans({"0": "o", "1": "l", "5": "s", "i": "l", "v": "u"})


def domain_of(address: str | None) -> str:
    """Return the domain of a mail address in lower case, empty without one."""
    return (address or "").rpartition("@")[2].strip(" >").lower()


def lookalike(sender: str | None, known: Iterable[str]) -> str | None:
    """Return the known domain that the sender's only looks like, or ``None``.

    :param sender: address the mail came from
    :param known: addresses of the vendor
    """
    domain = domain_of(sender)
    domains = {one for one in map(domain_of, known) if one}
    if not domain or domain in domains or domain in PUBLIC:
        return None
    for one in sorted(domains - PUBLIC):
        if domain.endswith(f".{one}") or one.endswith(f".{domain}"):
            continue  # a part of the same house
        if _alike(domain, one):
            return one
    return None


def _alike(domain: str, known: str) -> bool:
    if _drawn(domain) == _drawn(known):
        return True
    name, ending = domain.rpartition(".")[::2]
    known_name, known_ending = known.rpartition(".")[::2]
    if name == known_name and ending != known_ending:
        return True
    short = min(len(name), len(known_name))
    allowed = 0 if short < 5 else 1 if short < 8 else 2
    return OSA.distance(domain, known, score_cutoff=allowed) <= allowed


def _drawn(domain: str) -> str:
    """How a domain looks: letters that are taken for each other are one."""
    return domain.replace("rn", "m").replace("vv", "w").replace("-", "").translate(_LOOKS_LIKE)
