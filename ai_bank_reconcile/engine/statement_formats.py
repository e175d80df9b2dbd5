"""Recognise files that are no table: other bank formats, and what is no statement at all."""

import re

# What a file begins with, or has near its beginning -> name of the format
_MARKS = (
    (re.compile(rb"camt\.05[234]|<BkToCstmr(?:Stmt|DbtCdtNtfctn|AcctRpt)"), "CAMT"),
    (re.compile(rb"OFXHEADER|<OFX>", re.IGNORECASE), "OFX"),
    (re.compile(rb"^\s*!(?:Type|Account):?", re.IGNORECASE), "QIF"),
    (re.compile(rb":20:[\s\S]{0,400}\n:(?:25|28C?|60[FM])[A-Z]?:|^:(?:60[FM]|61):"), "MT940"),
    (re.compile(rb"^%PDF-"), "PDF"),
    (re.compile(rb"^\s*<(?:!DOCTYPE\s+)?html", re.IGNORECASE), "HTML"),
    (re.compile(rb"^\s*<\?xml|^\s*<[A-Za-z][\w:.-]*[\s>]"), "XML"),
)
_LOOK = 4000
#: Formats that have statements, so that an importer for them can exist.
BANK_FORMATS = ("CAMT", "OFX", "QIF", "MT940", "XML")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def other_format(content: bytes) -> str:
    """Return the name of the format a file is in, "" where it may be a table.

    :param content: the bytes of the file
    """
    head = content[:_LOOK].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return next((name for pattern, name in _MARKS if pattern.search(head)), "")


def is_protected(content: bytes) -> bool:
    """Tell whether an old container holds a new spreadsheet locked by a password."""
    return _ENCRYPTED in content


def wide_encoding(content: bytes) -> str:
    """Return the encoding of two-byte text without a mark at its beginning, "" for others."""
    head = content[:_LOOK]
    if len(head) < 8:
        return ""
    zeros = [head[at::2].count(0) / len(head[at::2]) for at in (0, 1)]
    if zeros[1] > 0.7 and zeros[0] < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > 0.7 and zeros[1] < 0.1 else ""


def is_binary(text: str) -> bool:
    """Tell whether decoded bytes are no text: too many control characters."""
    head = text[:_LOOK]
    control = sum(char < " " and char not in "\t\r\n\x0c" for char in head)
    return control * 50 > len(head)
