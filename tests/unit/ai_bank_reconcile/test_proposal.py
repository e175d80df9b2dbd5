"""The stored JSON is a published interface: its keys and checks do not drift."""

import pytest
from pydantic import ValidationError

from odoo.addons.ai_bank_reconcile.engine.proposal import Proposal, validate

STORED = {
    "kind": "match",
    "counterparts": [{"move_line_id": 1, "amount": "12.34"}],
    "write_off": None,
    "write_offs": [],
    "alternatives": [
        {
            "kind": "match",
            "counterparts": [{"move_line_id": 2, "amount": "-3.00", "item_amount": "-3.10"}],
            "write_off": None,
            "write_offs": [
                {
                    "account_id": 5,
                    "amount": "-1.00",
                    "label": "",
                    "partner_id": None,
                    "tax_ids": [],
                    "purpose": "fee",
                }
            ],
            "confidence": 0.25,
            "reasons": [
                {"code": "amount_exact", "params": {}},
                {"code": "name", "params": {"percent": 96}, "text": "Name 96 %"},
            ],
            "partner_id": 7,
            "remainder": "0.00",
            "remainder_handling": "none",
        }
    ],
    "partner_id": None,
    "remainder": "0.00",
    "remainder_handling": "none",
    "why_not": None,
}
WRITE_OFF = {
    "account_id": 5,
    "amount": "1.00",
    "label": "fee",
    "partner_id": None,
    "tax_ids": [3],
    "purpose": None,
}


def test_there_and_back():
    assert validate(STORED).to_json() == STORED


def test_four_keys_are_enough():
    proposal = validate({"kind": "none", "counterparts": [], "write_off": None, "alternatives": []})
    assert proposal == Proposal(kind="none")


def test_account_proposal():
    stored = {**STORED, "kind": "account", "counterparts": [], "write_off": WRITE_OFF}
    assert validate(stored).to_json() == stored


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "guess"},
        {"surprise": 1},
        {"counterparts": []},
        {"counterparts": [{"move_line_id": "1", "amount": "1.00"}]},
        {"counterparts": [{"move_line_id": 1, "amount": 1.0}]},
        {"counterparts": [{"move_line_id": 1, "amount": "1e5"}]},
        {"counterparts": [{"move_line_id": 1, "amount": "1.00\n"}]},
        {"counterparts": [{"move_line_id": 1, "amount": "NaN"}]},
        {"counterparts": [{"move_line_id": 1, "amount": "1.00", "account_id": 5}]},
        {"counterparts": [{"move_line_id": 1, "amount": "1"}, {"move_line_id": 1, "amount": "2"}]},
        {"kind": "none"},
        {"kind": "account"},
        {"kind": "none", "counterparts": [], "write_off": WRITE_OFF},
        {"write_offs": [WRITE_OFF]},
        {"kind": "none", "counterparts": [], "write_offs": [{**WRITE_OFF, "purpose": "fee"}]},
        {"remainder": "5.00"},
        {"remainder_handling": "on_account"},
        {"alternatives": [{"kind": "match", "confidence": 1.5}]},
        {"write_off": {**WRITE_OFF, "tax_ids": ["3"]}},
    ],
)
def test_what_is_refused(change):
    with pytest.raises(ValidationError):
        validate({**STORED, **change})


def test_it_is_frozen():
    with pytest.raises(ValidationError):
        validate(STORED).kind = "none"
