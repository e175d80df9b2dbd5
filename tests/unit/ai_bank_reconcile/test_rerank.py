"""A model's order of candidates: only what was offered, exactly as it was offered."""

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from pydantic import ValidationError

from odoo.addons.ai_audit_log.llm.client import Endpoint, ModelFailure
from odoo.addons.ai_audit_log.llm.compose import question
from odoo.addons.ai_audit_log.llm.openai_client import OpenAIClient
from odoo.addons.ai_audit_log.llm.prompt_file import parse
from odoo.addons.ai_audit_log.llm.structured import ask
from odoo.addons.ai_bank_reconcile.engine.rerank import (
    BankMatchOrder,
    Candidate,
    check_order,
    facts,
    offered,
    ranked_ids,
)

from tests.support.model_server import MODEL, ModelServer, step

PROMPT = Path(__file__).resolve().parents[3] / "ai_bank_reconcile/prompts/bank_match_order.md"
FACTS = facts(
    text="Payment INV/2026/00012",
    payer="Azure Interior",
    account="",
    amount=Decimal("120.50"),
    currency="EUR",
    date=date(2026, 11, 12),
    candidates=[
        Candidate(
            id=f"c{place}",
            document=f"INV/2026/0001{place}",
            reference="",
            partner="Azure Interior",
            amount=Decimal(amount),
            currency="EUR",
            date=date(2026, 10, 1),
            due_date=date(2026, 11, 1) if place == 1 else None,
            engine_reasons=["amount exact"],
        )
        for place, amount in enumerate(["120.50", "120.00", "-20"], 1)
    ],
)
SENTENCE = "INV/2026/00012 is named in the text."


def order(*pairs, sentence=SENTENCE):
    return BankMatchOrder.model_validate(
        {"order": [{"id": id_, "amount": amount} for id_, amount in pairs], "sentence": sentence}
    )


def test_facts():
    assert set(FACTS) == {"line", "candidates"}
    assert offered(FACTS) == {"c1": "120.50", "c2": "120.00", "c3": "-20"}
    assert [one["due_date"] for one in FACTS["candidates"]] == ["2026-11-01", "", ""]


@pytest.mark.parametrize(
    "pairs",
    [
        [("c2", "120.00"), ("c1", "120.50"), ("c3", "-20")],
        [("c2", "120"), ("c1", "120.500"), ("c3", "-20.00")],
        [("c3", "-20")],
    ],
)
def test_accepted(pairs):
    answer = order(*pairs)
    check_order(answer, FACTS)
    ranked = ranked_ids(answer, FACTS)
    assert ranked[0] == pairs[0][0]
    assert sorted(ranked) == ["c1", "c2", "c3"], "none is lost, none is new"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (order(), "empty"),
        (order(("c9", "120.50")), "not offered"),
        (order(("C1", "120.50")), "not offered"),
        (order(("c1", "120.50"), ("c1", "120.50")), "twice"),
        (order(("c1", "120.51")), "changes the amount"),
        (order(("c1", "120.00"), ("c2", "120.50")), "changes the amount"),
        (order(("c3", "20")), "changes the amount"),
        (order(("c1", "1.205E2")), "changes the amount"),
        (order(("c1", "120,50")), "changes the amount"),
        (order(("c1", " 120.50")), "changes the amount"),
        (order(("c1", "１２０.50")), "changes the amount"),
        (order(("c1", "NaN")), "changes the amount"),
        (order(("c1", "")), "changes the amount"),
        (order(("c1", "9" * 10_000)), "changes the amount"),
        (order(("c1", "120.50"), sentence=""), "empty"),
        (order(("c1", "120.50"), sentence="x" * 201), "longer"),
        (order(("c1", "120.50"), sentence="Pay 999.00 instead."), "figure"),
        (order(("c1", "120.50"), sentence="See https://evil.example/"), "link"),
    ],
)
def test_refused(answer, words):
    with pytest.raises(ValueError, match=words) as caught:
        check_order(answer, FACTS)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "answer",
    [
        '{"order": [], "sentence": "", "approve": true}',
        '{"order": [{"id": "c1", "amount": "1", "account": 7}], "sentence": ""}',
        '{"order": [{"id": "c1", "amount": 120.50}], "sentence": ""}',
        '{"order": [{"id": 1, "amount": "1"}], "sentence": ""}',
        '{"order": ["c1"], "sentence": ""}',
        '{"order": []}',
    ],
)
def test_form(answer):
    with pytest.raises(ValidationError):
        BankMatchOrder.model_validate_json(answer)


@pytest.fixture(scope="module")
def server():
    with ModelServer() as server:
        yield server


def put(server):
    """Put the question to the server as the product does."""
    server.clear()
    prompt = parse(PROMPT.read_text())
    asked = question(prompt.instructions, FACTS, "English", BankMatchOrder, prompt.max_tokens)
    client = OpenAIClient(Endpoint(base_url=server.base_url, model=MODEL))
    return partial(ask, client, asked, partial(check_order, facts=FACTS))


FAULTS = [
    "extra_field", "wrong_type", "missing_field", "invented_id", "twice_id", "changed_amount",
    "free_text", "trailing_text", "smuggle", "invented_figure", "cut_off", "refusal",
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_a_model_is_an_answer(server, fault):
    asking = put(server)
    server.script([step(fault, times="always")])
    with pytest.raises(ModelFailure) as caught:
        asking()
    assert caught.value.kind == "invalid" and len(server.requests) == 2
    assert str(caught.value).startswith("The model's answer cannot be used: ")


def test_a_good_answer_names_the_document_of_the_text(server):
    value = put(server)().value
    assert ranked_ids(value, FACTS)[0] == "c2"
    assert "INV/2026/00012" in value.sentence
