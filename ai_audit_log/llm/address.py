"""Which addresses a model may have: the ledger's texts are sent there."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

#: Endings of host names that never leave a private network.
PRIVATE_ENDINGS = (".local", ".internal", ".lan", ".localhost")


def check_address(url: str) -> None:
    """Refuse an address that is unfit to receive the ledger's texts.

    :param url: base address of an OpenAI-compatible server
    :raises ValueError: with a sentence for people; it never repeats the address
    """
    if not url.isascii() or not url.isprintable() or any(mark in url for mark in " \\"):
        raise ValueError("The address holds characters that no web address has.")
    parts = _split(url)
    if parts.scheme not in ("https", "http"):
        raise ValueError("The address must start with https:// (or http:// on your own network).")
    if parts.username is not None or parts.password is not None:
        raise ValueError("The address must hold no user name or password; use the key's field.")
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        raise ValueError("The address must end with its path, without ? or #.")
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError("The address names no server.")
    ip = _literal_ip(host)
    if ip and (ip.is_link_local or ip.is_unspecified or ip.is_multicast):
        raise ValueError("The address is no server's address.")
    if parts.scheme == "http" and not _is_private(host, ip):
        raise ValueError("A server outside your own network must be reached by https://.")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        # The port is only read, and found wrong, when asked for.
        unreadable = parts.port == 0
    except ValueError:
        unreadable = True
    if unreadable:
        # Outside of the handler: the library's own message may repeat the address.
        raise ValueError("The address cannot be read.")
    return parts


def _literal_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_private(host: str, ip: ipaddress.IPv4Address | ipaddress.IPv6Address | None) -> bool:
    """Tell whether traffic to the host stays on this machine or network."""
    if ip:
        return ip.is_loopback or ip.is_private
    # One word is a machine or container of the own network: the internet has no such names. All
    # digits or 0x.. is an IP address in disguise.
    one_word = "." not in host and ":" not in host and not host[:1].isdigit()
    return one_word or host.endswith(PRIVATE_ENDINGS)
