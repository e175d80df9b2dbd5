"""The client against a real server on loopback: every fault ends as one typed failure."""

import logging
import time
import traceback

import pytest

from odoo.addons.ai_audit_log.llm import openai_client, structured, transport
from odoo.addons.ai_audit_log.llm.client import Endpoint, ModelFailure
from odoo.addons.ai_audit_log.llm.openai_client import OpenAIClient

from tests.support.model_server import MODEL, ModelServer, step

from .llm_cases import FACTS, KEY, ask_order, connect, endpoint


@pytest.fixture
def server():
    with ModelServer() as server:
        yield server


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch):
    """The SDK's own waits between tries, shortened; waits that a server asks for stay."""
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)


def ask(client):
    return structured.ask(client, ask_order())


def fails(client):
    with pytest.raises(ModelFailure) as caught:
        ask(client)
    return caught.value


def test_good_answer(server):
    answer = ask(connect(server))
    assert [one.id for one in answer.value.order] == ["c2", "c1"]
    assert answer.model == MODEL
    assert answer.usage.prompt_tokens > 0 and answer.usage.completion_tokens > 0
    assert answer.asked == 1 and answer.latency_ms > 0
    sent = server.requests[0]
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    form = sent.body["response_format"]["json_schema"]
    assert form["strict"] is True and form["name"] == "BankMatchOrder"
    assert form["schema"]["additionalProperties"] is False
    assert sent.body["temperature"] == 0 and sent.body["max_tokens"] == 800


def test_nothing_about_this_machine_is_sent(server, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-somebody")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://example.com/v1")
    ask(connect(server))
    headers = server.requests[0].headers
    assert not [name for name in headers if name.startswith(("x-stainless", "openai-"))]
    assert headers["user-agent"] == "ai-finance-odoo"


def test_no_key_means_none_is_sent(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-program")
    ask(connect(server, api_key=""))
    assert "authorization" not in server.requests[0].headers


def test_azure_path_and_header(server, monkeypatch):
    monkeypatch.setenv("AZURE_OPENAI_AD_TOKEN", "token-of-another-program")
    client = connect(server, base_url=server.url, api_version="2024-10-21")
    assert ask(client).value.order[0].id == "c2"
    sent = server.requests[0]
    path = f"/openai/deployments/{MODEL}/chat/completions?api-version=2024-10-21"
    assert sent.path == path
    assert sent.headers["api-key"] == KEY and "authorization" not in sent.headers
    assert client.models() == ["demo-stand-in", "demo-stand-in-small"]


def test_models(server):
    assert connect(server).models() == ["demo-stand-in", "demo-stand-in-small"]


@pytest.mark.parametrize("form", ["object", "text"])
@pytest.mark.parametrize("wrapping", ["good", "fenced", "thinking"])
def test_servers_without_schemas(server, form, wrapping):
    server.script([step(wrapping)])
    if (form, wrapping) == ("object", "good"):
        # Words around the object are tolerated in one form only.
        server.script([step("trailing_text"), step("good")])
    answer = ask(connect(server, structured=form))
    assert answer.value.order[0].id == "c2"
    body = server.requests[0].body
    assert ("response_format" in body) == (form == "object")
    assert '"additionalProperties": false' in body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("fault", "kind", "requests"),
    [
        (step("error", status=500), "server", 3),
        (step("error", status=503), "server", 3),
        (step("error", status=400, message="Too long."), "rejected", 1),
        (step("error", status=404, message="No such model."), "rejected", 1),
        (step("wrong_key"), "rejected", 1),
        (step("rate_limit"), "rate_limited", 3),
        (step("reset"), "unreachable", 3),
        (step("truncated_body"), "unreachable", 3),
        (step("not_json"), "server", 1),
        (step("not_json", text='{"choices": [', kind="application/json"), "server", 1),
        (step("not_json", text='{"choices": []}', kind="application/json"), "server", 1),
        (step("not_json", text="[1]", kind="application/json"), "server", 1),
        (step("compressed"), "server", 1),
        (step("huge"), "server", 1),
        (step("redirect", to="http://127.0.0.1:9/v1/chat/completions"), "unreachable", 1),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else None,
)
def test_every_fault_is_one_typed_failure(server, fault, kind, requests):
    server.script([{**fault, "times": "always"}])
    failure = fails(connect(server))
    assert failure.kind == kind, str(failure)
    assert len(server.requests) == requests
    assert str(failure)[0].isupper() and len(str(failure)) < 300


def test_redirect_is_not_followed(server):
    with ModelServer() as elsewhere:
        server.script([step("redirect", to=f"{elsewhere.base_url}/chat/completions")])
        assert "elsewhere" in str(fails(connect(server)))
        assert not elsewhere.requests


def test_nobody_listens():
    with ModelServer() as server:
        client = connect(server)
    failure = fails(client)
    assert failure.kind == "unreachable"
    assert failure.__cause__ is None and failure.__context__ is None


def test_timeout(server):
    server.script([step("slow", seconds=30)])
    started = time.monotonic()
    failure = fails(connect(server, timeout=0.3))
    assert failure.kind == "timeout" and time.monotonic() - started < 3
    assert len(server.requests) == 1, "a question that has arrived may be paid for already"


def test_a_drop_and_then_nothing(server):
    server.script([step("drip", pause=3)])
    assert fails(connect(server, timeout=0.3)).kind == "timeout"
    assert len(server.requests) == 1


def test_a_proxy_of_the_environment(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "llm.example.org")
    assert transport._proxy("https://llm.example.com/v1") == "http://proxy.example:3128"
    assert transport._proxy("https://llm.example.org/v1") is None
    assert ask(connect(server)).asked == 1, "the own network is reached directly"


@pytest.mark.parametrize("fault", [step("drip", pause=0.05), step("rate_limit", retry_after=0.3)])
def test_total_deadline_holds_over_all_tries(server, fault):
    server.script([{**fault, "times": "always"}])
    started = time.monotonic()
    failure = fails(connect(server, timeout=0.5, deadline=0.8, max_retries=50))
    assert failure.kind in ("timeout", "rate_limited") and time.monotonic() - started < 3


def test_a_short_wait_is_kept(server):
    server.script([step("rate_limit", retry_after=1), step("good")])
    assert ask(connect(server)).asked == 1
    first, second = server.requests
    assert second.time - first.time >= 1


@pytest.mark.parametrize(("status", "kind"), [(429, "rate_limited"), (503, "server")])
def test_a_long_wait_is_the_callers(server, status, kind):
    server.script([step("error", status=status, retry_after=120)])
    started = time.monotonic()
    failure = fails(connect(server))
    assert (failure.kind, failure.retry_after) == (kind, 120)
    assert time.monotonic() - started < 3 and len(server.requests) == 1


def test_a_wait_beyond_the_deadline_is_not_begun(server):
    server.script([step("rate_limit", retry_after=15)])
    assert fails(connect(server, deadline=2)).retry_after == 15


@pytest.mark.parametrize("parameter", ["max_tokens", "temperature"])
def test_a_refused_parameter_is_left_out_from_then_on(server, parameter):
    server.script([step("refuse_parameter", parameter=parameter, times="always")])
    client = connect(server)
    ask(client)
    ask(client)
    bodies = [one.body for one in server.requests]
    assert [parameter in body for body in bodies] == [True, False, False]
    if parameter == "max_tokens":
        assert bodies[-1]["max_completion_tokens"] == 800


def test_an_unknown_form_of_answers(server):
    server.script([step("refuse_parameter", parameter="response_format", times="always")])
    assert "form of answers" in str(fails(connect(server)))
    assert ask(connect(server, structured="text")).value.order[0].id == "c2"


@pytest.mark.parametrize("address", ["http://example.com/v1", "ftp://127.0.0.1/", "nonsense"])
def test_an_unfit_address_is_never_connected(address):
    failure = fails(OpenAIClient(Endpoint(base_url=address, model="m", api_key=KEY)))
    assert failure.kind == "rejected" and address not in str(failure)


@pytest.mark.parametrize(
    "fault",
    [
        step("wrong_key"),
        step("error", status=400, message=f"Bad key {KEY} at http://127.0.0.1:1/v1 {KEY[:4]}**il"),
        step("error", status=500, message=f"Bearer {KEY}\r\nHost: 127.0.0.1"),
        step("error", status=404, message="x" * 5000),
        step("rate_limit", retry_after=100),
        step("reset"),
        step("slow", seconds=5),
        step("redirect", to="http://127.0.0.1:9/?leak=1"),
    ],
)
def test_key_address_and_question_are_nowhere(server, fault, caplog, capfd):
    """Not in errors, their causes or representations, nor in any log at any level."""
    for name in ("", "openai", "openai._base_client", "httpx", "httpcore", "httpcore.http11"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    server.script([{**fault, "times": "always"}])
    client = connect(server, timeout=0.3, max_retries=1)
    failure = fails(client)
    told = "".join(traceback.format_exception(failure))
    told += caplog.text + repr(client) + repr(endpoint(server)) + repr(vars(failure))
    told += "".join(capfd.readouterr())
    for secret in (
        KEY,
        KEY[:10],
        KEY[-8:],
        f"127.0.0.1:{server.port}",
        server.url,
        FACTS["line"]["text"],
    ):
        assert secret not in told
    assert len(str(failure)) < 300


def test_limits_are_sane():
    assert transport.MAX_WAIT <= 30 and transport.MAX_BYTES < 10_000_000
    assert openai_client._usage({"prompt_tokens": -5, "completion_tokens": True}).prompt_tokens == 0
