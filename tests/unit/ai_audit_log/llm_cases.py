"""What the tests of the model client share: a question, endpoints, a server."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from odoo.addons.ai_audit_log.llm.client import Endpoint
from odoo.addons.ai_audit_log.llm.compose import question
from odoo.addons.ai_audit_log.llm.openai_client import OpenAIClient

from tests.support.model_server import MODEL

KEY = "sk-test-1b9d2c7e5f-secret-tail"
FACTS = {
    "line": {"text": "Payment INV/2026/00012 Azure", "payer": "Azure Interior", "amount": "120.50"},
    "candidates": [
        {
            "id": "c1",
            "document": "INV/2026/00011",
            "partner": "Deco Addict",
            "amount": "120.50",
            "engine_reasons": ["amount exact"],
        },
        {
            "id": "c2",
            "document": "INV/2026/00012",
            "partner": "Azure Interior",
            "amount": "120.50",
            "engine_reasons": ["reference INV/2026/00012", "amount exact"],
        },
    ],
}


class Ranked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    amount: str


class BankMatchOrder(BaseModel):
    """The same form as the real one, which is another addon's."""

    model_config = ConfigDict(extra="forbid", strict=True)

    order: list[Ranked]
    sentence: str


def ask_order(facts=FACTS):
    return question("Order the candidates.", facts, "English", BankMatchOrder)


def check_offered(answer):
    amounts = {one["id"]: Decimal(one["amount"]) for one in FACTS["candidates"]}
    for one in answer.order:
        if one.id not in amounts:
            raise ValueError("the order names an id that was not offered")
        if Decimal(one.amount) != amounts[one.id]:
            raise ValueError("the order changes an amount")


def endpoint(server, **options):
    defaults = {
        "base_url": server.base_url,
        "api_key": KEY,
        "model": MODEL,
        "timeout": 5.0,
        "deadline": 10.0,
        "max_retries": 2,
    }
    return Endpoint(**{**defaults, **options})


def connect(server, **options):
    return OpenAIClient(endpoint(server, **options))
