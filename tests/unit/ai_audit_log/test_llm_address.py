"""Addresses that may receive the ledger's texts, and what of an error text may be shown."""

import pytest

from odoo.addons.ai_audit_log.llm.address import check_address
from odoo.addons.ai_audit_log.llm.client import Endpoint
from odoo.addons.ai_audit_log.llm.scrub import LENGTH, excerpt, scrub

from .llm_cases import KEY


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/v1",
        "https://resource.example.com:8443/openai",
        "http://localhost:11434/v1",
        "http://127.0.0.1:8000/v1",
        "http://[::1]:8000/v1",
        "http://10.1.2.3/v1",
        "http://192.168.1.20:1234/v1",
        "http://model:11434/v1",
        "http://llm.example.internal/v1",
        "http://printer.local/v1",
        "http://host.lan./v1",
    ],
)
def test_accepted(url):
    check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/v1",
        "http://example.com/v1",
        "http://8.8.8.8/v1",
        "http://134744072/v1",
        "http://0x08080808/v1",
        "http://0.0.0.0/v1",
        "http://169.254.169.254/latest",
        "https://user:secret@example.com/v1",
        "https://secret@example.com/v1",
        "https://example.com/v1?key=secret",
        "https://example.com/v1?",
        "https://example.com/v1#part",
        "https://example.com:99999/v1",
        "https://[broken/v1",
        "https:///v1",
        "https://exämple.com/v1",
        "https://example.com/v 1",
        "https://example.com\\@evil.example/v1",
        "https://example.com/\nv1",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://localhost.example.com/v1",
    ],
)
def test_refused(url):
    with pytest.raises(ValueError) as caught:
        check_address(url)
    message = str(caught.value)
    assert message.startswith("The address") or message.startswith("A server")
    assert "secret" not in message and "example.com" not in message
    assert caught.value.__context__ is None, "the library's own error repeats the address"


END = Endpoint(base_url="https://llm.example.com/v1", api_key=KEY, model="m")


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect key {KEY}.",
        f"Incorrect key {KEY.upper()}",
        f"Incorrect key {KEY[:6]}****{KEY[-4:]}.",
        f"Incorrect key '****{KEY[-4:]}'",
        f"Authorization: Bearer {KEY}",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
        "api_key=abcdefghijk",
        "No route to llm.example.com",
        "See https://llm.example.com/v1/errors or www.example.com/help",
    ],
)
def test_scrubbed(text):
    shown = scrub(text, END)
    assert "***" in shown
    for secret in (KEY, KEY[:6], KEY[-4:], "eyJ", "abcdef", "example.com"):
        assert secret.lower() not in shown.lower()


def test_short_and_on_one_line():
    assert scrub("a\r\n\x00b\u202ec", END) == "a b c"
    assert len(scrub("word " * 5000, END)) == LENGTH


@pytest.mark.parametrize("body", [None, "text", [], {}, {"message": 5}, {"message": " "}])
def test_nothing_to_tell(body):
    assert excerpt(body, END) == ""


def test_without_a_key():
    local = Endpoint(base_url="http://localhost:1/v1", model="m")
    assert scrub("the model m is not there", local) == "the model m is not there"
