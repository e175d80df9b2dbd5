"""The model server itself: as a process with its control address, and under ``make eval``."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from odoo.addons.ai_audit_log.llm import structured

from tests.support.model_rules import SENTENCE_LENGTH, sentence
from tests.support.model_server import ModelServer, step

from .llm_cases import ask_order, connect

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def process():
    """Base URL of a stand-in in a process of its own."""
    command = [sys.executable, "-m", "tests.support.model_server", "--port", "0", "--stand-in"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        assert line.startswith("Stand-in for a language model (plain rules, no real model): ")
        yield line.split(": ")[1].strip()
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


def call(url, content=None):
    data = None if content is None else json.dumps(content).encode()
    with urlopen(Request(url, data=data), timeout=10) as answer:
        return json.load(answer)


def test_scripted_from_outside(process):
    control = process.removesuffix("/v1") + "/control"
    assert call(f"{control}/script", [step("invented_id"), step("good")]) == {"steps": 2}

    class Server:
        base_url = process

    def check(answer):
        if "c99" in [one.id for one in answer.order]:
            raise ValueError("invented")

    assert structured.ask(connect(Server), ask_order(), check).asked == 2
    bodies = [one["body"] for one in call(f"{control}/requests")]
    assert len(bodies) == 2 and len(bodies[1]["messages"]) == 4
    assert {one["owned_by"] for one in call(f"{process}/models")["data"]} == {"stand-in"}


def test_unknown_steps_are_refused():
    with pytest.raises(ValueError, match="cannot do 'fly'"):
        step("fly")


@pytest.mark.parametrize("text", ["", "short", "word " * 100, "x" * 500])
def test_the_stand_ins_sentences_keep_their_length(text):
    assert len(sentence(text)) <= SENTENCE_LENGTH


def evaluate(**env):
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("AI_FINANCE_")
    }
    return subprocess.run(
        [sys.executable, "-m", "bench.eval"],
        cwd=ROOT,
        env={**clean, **env},
        capture_output=True,
        text=True,
    )


def test_evaluation():
    with ModelServer() as server:
        server.script([step("invented_id", times=2), step("wrong_type"), step("good")])
        done = evaluate(
            AI_FINANCE_BASE_URL=server.base_url,
            AI_FINANCE_MODEL="demo-stand-in",
            AI_FINANCE_API_KEY="sk-never-shown-1234",
            AI_FINANCE_PRICE_IN="2",
            AI_FINANCE_PRICE_OUT="8",
        )
    assert done.returncode == 0, done.stderr
    *_, last = done.stdout.strip().splitlines()
    suite, cases, *_, tokens, cost = re.split(r"\s{2,}", last.strip())
    assert (suite, int(cases)) == ("all", 14) and int(tokens) > 0 and float(cost) > 0
    assert "never-shown" not in done.stdout + done.stderr


def test_evaluation_of_nothing():
    done = evaluate()
    assert done.returncode == 2 and not done.stdout
    assert "AI_FINANCE_BASE_URL and AI_FINANCE_MODEL not set" in done.stderr


def test_evaluation_of_a_dead_model():
    with ModelServer() as server:
        address = server.base_url
    done = evaluate(AI_FINANCE_BASE_URL=address, AI_FINANCE_MODEL="m")
    assert done.returncode == 1
    assert "cannot be reached" in done.stdout and address not in done.stdout + done.stderr
