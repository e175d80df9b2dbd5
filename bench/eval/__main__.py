"""Ask the configured model all cases and print how it did: ``make eval``."""

import os
import sys
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from scripts import bare_addons

bare_addons.install()

from odoo.addons.ai_audit_log.llm.client import Endpoint  # noqa: E402
from odoo.addons.ai_audit_log.llm.openai_client import OpenAIClient  # noqa: E402
from odoo.addons.ai_audit_log.llm.pool import ask_all  # noqa: E402

from bench.eval import report, suites  # noqa: E402  the addons are importable only now

NEEDED = ("AI_FINANCE_BASE_URL", "AI_FINANCE_MODEL")
WHAT_TO_SET = """\
No model is configured: {missing} not set. Set, for a hosted or a local model:

  AI_FINANCE_BASE_URL     e.g. http://localhost:11434/v1
  AI_FINANCE_MODEL        its name, as the server lists it
  AI_FINANCE_API_KEY      where the server wants one
  AI_FINANCE_API_VERSION  Azure only
  AI_FINANCE_STRUCTURED   schema (default), object or text: what the server understands
  AI_FINANCE_LANGUAGE     English (default): the language of the sentences
  AI_FINANCE_PRICE_IN     price of a million tokens of questions, for the costs
  AI_FINANCE_PRICE_OUT    price of a million tokens of answers

Or: make eval MODEL=demo, which asks the stand-in (plain rules, no model)."""
#: Seconds for all cases.
DEADLINE = 600


def main(env: Mapping[str, str] = os.environ) -> int:
    """Run the evaluation; 2 when it is not configured, 1 when no case was answered."""
    missing = [name for name in NEEDED if not env.get(name)]
    if missing:
        print(WHAT_TO_SET.format(missing=" and ".join(missing)), file=sys.stderr)
        return 2
    try:
        prices = [Decimal(env.get(f"AI_FINANCE_PRICE_{way}") or "0") for way in ("IN", "OUT")]
    except InvalidOperation:
        print("AI_FINANCE_PRICE_IN and AI_FINANCE_PRICE_OUT are numbers.", file=sys.stderr)
        return 2
    if env.get("AI_FINANCE_STRUCTURED", "schema") not in ("schema", "object", "text"):
        print("AI_FINANCE_STRUCTURED is schema, object or text.", file=sys.stderr)
        return 2
    cases = list(suites.cases(env.get("AI_FINANCE_LANGUAGE") or "English"))
    client = OpenAIClient(_endpoint(env))
    asked = {number: (case.ask, case.check) for number, case in enumerate(cases)}
    outcomes = {one.key: one for one in ask_all(asked, [("model", client)], 4, DEADLINE)}
    results = []
    for number, case in enumerate(cases):
        answer = outcomes[number].answer
        agrees = bool(answer) and case.agrees(answer.value)
        results.append(report.Result(case.suite, case.name, outcomes[number], agrees))
    print(f"Model {env['AI_FINANCE_MODEL']}, {len(cases)} cases")
    print("\n".join(report.lines(results, *prices)))
    return 0 if any(one.outcome.answer for one in results) else 1


def _endpoint(env: Mapping[str, str]) -> Endpoint:
    return Endpoint(
        base_url=env["AI_FINANCE_BASE_URL"],
        api_key=env.get("AI_FINANCE_API_KEY", ""),
        model=env["AI_FINANCE_MODEL"],
        api_version=env.get("AI_FINANCE_API_VERSION", ""),
        structured=env.get("AI_FINANCE_STRUCTURED") or "schema",
        timeout=60.0,
        deadline=180.0,
        max_retries=1,
    )


if __name__ == "__main__":
    sys.exit(main())
