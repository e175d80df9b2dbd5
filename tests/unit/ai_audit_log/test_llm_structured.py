"""Ask, validate, ask once more: what is accepted, what is refused, what it costs."""

import json

import pytest

from odoo.addons.ai_audit_log.llm.client import ModelFailure, Reply, Usage
from odoo.addons.ai_audit_log.llm.structured import ask, read_object

from tests.support.model_server import ModelServer, step

from .llm_cases import ask_order, check_offered, connect

#: Everything that a valid HTTP answer can have wrong in it.
BAD = [
    "extra_field", "wrong_type", "missing_field", "invented_id", "changed_amount", "free_text",
    "trailing_text", "cut_off", "truncated_json", "fenced", "thinking", "duplicate_key", "nan",
    "refusal", "content_filter", "null_content",
]  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with ModelServer() as server:
        yield server


@pytest.fixture
def client(server):
    server.clear()
    return connect(server)


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_answer_is_asked_for_again_once(server, client, fault):
    server.script([step(fault), step("good")])
    answer = ask(client, ask_order(), check_offered)
    assert answer.asked == 2 and len(server.requests) == 2
    first, second = (one.body["messages"] for one in server.requests)
    assert second[:2] == first, "the question itself stays the same"
    assert "refused" in second[-1]["content"] and len(second[-1]["content"]) < 800
    sizes = [sum(len(one["content"]) for one in messages) // 4 for messages in (first, second)]
    assert answer.usage.prompt_tokens == sum(sizes)


@pytest.mark.parametrize("fault", BAD)
def test_a_second_bad_answer_is_the_end(server, client, fault):
    server.script([step(fault, times="always")])
    with pytest.raises(ModelFailure) as caught:
        ask(client, ask_order(), check_offered)
    failure = caught.value
    assert failure.kind == "invalid" and len(server.requests) == 2
    sent = [sum(len(one["content"]) for one in body["messages"]) // 4 for body in bodies(server)]
    assert failure.usage.prompt_tokens == sum(sent)
    assert failure.latency_ms > 0 and failure.model
    assert len(str(failure)) < 400 and "\n" not in str(failure)


def bodies(server):
    return [one.body for one in server.requests]


def test_what_the_first_answer_cost_is_not_lost(server, client):
    server.script([step("free_text"), step("error", status=400, times="always")])
    with pytest.raises(ModelFailure) as caught:
        ask(client, ask_order())
    assert caught.value.kind == "rejected"
    assert caught.value.usage.prompt_tokens > 0 and caught.value.text.startswith("I think")


def test_a_check_that_stumbles_has_refused(server, client):
    def check(_answer):
        raise KeyError("c99")

    with pytest.raises(ModelFailure, match="could not be checked") as caught:
        ask(client, ask_order(), check)
    assert caught.value.kind == "invalid" and caught.value.usage.prompt_tokens


def test_the_answers_values_are_not_repeated():
    class Fixed:
        def complete(self, messages, ask):
            return Reply('{"order": "DE89370400440532013000", "sentence": ""}', "m", Usage(1, 1))

    with pytest.raises(ModelFailure) as caught:
        ask(Fixed(), ask_order())
    assert "DE89" not in str(caught.value) and caught.value.usage == Usage(2, 2)
    assert "order" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('\ufeff{"a": 1}', "schema"),
        ('```json\n{"a": 1}\n```', "schema"),
        ('{"a": 1} {"a": 1}', "schema"),
        ('Sure: {"a": 1}', "schema"),
        ('Sure: {"a": 1}', "object"),
        ('[{"a": 1}]', "schema"),
        ("null", "schema"),
        ("", "text"),
        ("no object at all", "text"),
        ('{"a": 1, "a": 2}', "text"),
        ('{"a": {"b": 1, "b": 1}}', "schema"),
        ('{"a": NaN}', "text"),
        ('{"a": -Infinity}', "schema"),
        ('{"a": 1e999}', "schema"),
        ('{"a": ' + "9" * 5000 + "}", "schema"),
        ('{"a": ' + "[" * 100_000, "schema"),
    ],
    ids=lambda value: value[:20],
)
def test_refused(text, form):
    with pytest.raises(ValueError):
        read_object(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (' \n{"a": 1}\n', "schema"),
        ('```json\n{"a": 1}\n```', "object"),
        ('```\n{"a": 1}\n```', "text"),
        ('\ufeff{"a": 1}', "object"),
        ('Sure: {"a": 1} as you wished {"b": 2}', "text"),
        ('<think>{"b": 2}</think>\n{"a": 1}', "text"),
    ],
)
def test_accepted(text, form):
    assert read_object(text, form) == json.loads('{"a": 1}')


def test_an_endless_answer_is_not_kept_whole(server, client):
    server.script([step("content", text="x" * 100_000, times="always")])
    with pytest.raises(ModelFailure) as caught:
        ask(client, ask_order())
    assert len(caught.value.text) <= 20_000
    assert max(len(one["content"]) for one in bodies(server)[1]["messages"]) < 5000
