"""By which channel an invoice goes, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.ai_ar_invoicing.engine.sending import (
    AS_USUAL,
    AS_WANTED,
    CHANNEL_TEXT,
    CHANNELS,
    FALLBACK,
    INSTEAD,
    SENDING_TEXT,
    Facts,
    choose,
)

CODES = {"email": "no_email", "peppol": "peppol_missing", "portal": "no_portal_user"} | {
    "post": "no_address"
}


def facts(wanted="email", impossible=(), **values):
    obstacles = {channel: CODES[channel] for channel in impossible}
    return Facts(record_id=1, wanted=wanted, obstacles=obstacles, **values)


def codes(choice):
    return [item["code"] for item in choice.reasons]


@pytest.mark.parametrize(
    ("wanted", "impossible", "channel"),
    [
        ("email", (), "email"),
        ("email", ("email",), "portal"),
        ("email", ("email", "portal"), "post"),
        ("peppol", ("peppol",), "email"),
        ("peppol", ("peppol", "email"), "portal"),
        ("portal", ("portal",), "email"),
        ("portal", ("portal", "email"), "post"),
        ("post", ("post",), "email"),
        ("post", ("post", "email"), "portal"),
        ("email", ("email", "portal", "post"), None),
    ],
)
def test_the_first_possible_channel(wanted, impossible, channel):
    assert choose(facts(wanted, impossible)).channel == channel


def test_a_fallback_says_why_and_is_less_sure():
    choice = choose(facts("peppol", ("peppol",)))
    assert codes(choice)[:2] == ["peppol_missing", "instead"]
    assert choice.confidence == INSTEAD < AS_USUAL < AS_WANTED


def test_no_invoice_goes_to_peppol_unasked():
    assert all("peppol" not in others for others in FALLBACK.values())


def test_what_only_a_mail_has_is_not_told_of_a_letter():
    values = {"slips": ("WH/OUT/1",), "payable": True, "rule": "New", "open_count": 3}
    assert set(codes(choose(facts(**values)))) >= {"slip", "link_many", "rule"}
    assert not set(codes(choose(facts("post", **values)))) & {"slip", "link_many", "rule"}


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ({"channel": "email", "date": "2026-01-02", "changed": True}, "changed"),
        ({"channel": "email", "date": "2026-01-02", "changed": False}, "sent_before"),
        ({"channel": "hand", "date": None, "changed": False}, "by_hand_before"),
    ],
)
def test_a_second_sending_is_never_automatic(before, code):
    assert [veto["code"] for veto in choose(facts(before=before)).vetoes] == [code]


@given(
    wanted=st.sampled_from(CHANNELS),
    impossible=st.sets(st.sampled_from(CHANNELS)),
    is_set=st.booleans(),
    is_new=st.booleans(),
    overdue=st.integers(0, 3),
    payable=st.booleans(),
)
def test_never_an_impossible_channel_and_every_reason_has_a_text(wanted, impossible, **values):
    choice = choose(facts(wanted, impossible, **values))
    assert choice.channel not in impossible
    for item in (*choice.reasons, *choice.vetoes):
        params = dict(item["params"])
        if "channel" in params:
            params["channel"] = CHANNEL_TEXT[params["channel"]]
        assert SENDING_TEXT[item["code"]] % params
