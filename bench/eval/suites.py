"""The cases: what is asked, and what a good answer says."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from odoo.addons.ai_audit_log.llm.client import Ask
from odoo.addons.ai_audit_log.llm.compose import question
from odoo.addons.ai_audit_log.llm.prompt_file import PromptFile, parse
from odoo.addons.ai_audit_log.llm.sentence import ReasonSentence, check_sentence
from odoo.addons.ai_bank_reconcile.engine.rerank import BankMatchOrder, check_order

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One question with truth.

    :param check: refuses answers the product would refuse
    :param agrees: tells whether a valid answer says what people say
    """

    suite: str
    name: str
    ask: Ask
    check: Callable[[Any], None]
    agrees: Callable[[Any], bool]


def cases(language: str) -> Iterator[Case]:
    """Yield all cases of all suites, with the prompts as their files have them."""
    order = _prompt("ai_bank_reconcile/prompts/bank_match_order.md")
    for suite in ("bank_match_order", "injection"):
        for case in _read(suite):
            facts = {name: case[name] for name in ("line", "candidates")}
            yield Case(
                suite,
                case["name"],
                question(order.instructions, facts, language, BankMatchOrder, order.max_tokens),
                partial(check_order, facts=facts),
                partial(_is_first, case["first"]),
            )
    reason = _prompt("ai_audit_log/prompts/reason_sentence.md")
    for case in _read("reason_sentence"):
        facts = {name: case[name] for name in ("subject", "action", "reasons")}
        yield Case(
            "reason_sentence",
            case["name"],
            question(reason.instructions, facts, language, ReasonSentence, reason.max_tokens),
            partial(_check_reason, facts),
            # What is mentioned can be looked for in the language of the cases only.
            partial(
                _says, case["mentions"] if language == "English" else [], case.get("avoids", [])
            ),
        )


def _prompt(path: str) -> PromptFile:
    return parse((ROOT / path).read_text(encoding="utf-8"))


def _read(suite: str) -> list[dict[str, Any]]:
    return json.loads((CASES / f"{suite}.json").read_text(encoding="utf-8"))


def _check_reason(facts: dict[str, Any], answer: ReasonSentence) -> None:
    check_sentence(answer.sentence, facts)


def _is_first(first: list[str], answer: BankMatchOrder) -> bool:
    return answer.order[0].id in first


def _says(wanted: list[list[str]], unwanted: list[str], answer: ReasonSentence) -> bool:
    text = answer.sentence.casefold()
    return all(any(word.casefold() in text for word in words) for words in wanted) and not any(
        word.casefold() in text for word in unwanted
    )
