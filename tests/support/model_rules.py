"""What the stand-in for a language model answers: plain rules, one a schema.

It is no language model. It lets people see the parts of the product that need one, and tests say
what came from where.
"""

import json
import re

RULES = {}
SENTENCE_LENGTH = 200


def rule(schema_name):
    """Register a rule ``(facts) -> answer`` for the schema of that name."""

    def register(function):
        RULES[schema_name] = function
        return function

    return register


def answer(schema_name, schema, user):
    """Return the good answer to a question, as a dict.

    :param schema: the JSON schema the answer must have, used where no rule is registered
    :param user: the question's text, facts as JSON in it
    """
    if schema_name in RULES:
        return RULES[schema_name](facts_of(user))
    return example(schema, schema)


def facts_of(user):
    """Return the JSON document in a question's text."""
    return json.loads(user[user.index("{") : user.rindex("}") + 1])


@rule("BankMatchOrder")
def bank_match_order(facts):
    line = facts["line"]
    said = _words(f"{line.get('text', '')} {line.get('payer', '')} {line.get('account', '')}")
    candidates = sorted(facts["candidates"], key=lambda one: -_overlap(said, one))
    first = candidates[0]
    shared = _overlap(said, first) > 0
    why = "; ".join(first.get("engine_reasons") or []) if shared else ""
    document = first.get("document") or "The first candidate"
    partner = f" of {first['partner']}" if first.get("partner") else ""
    text = f"{document}{partner} fits the bank text best" if shared else "The data decides nothing"
    return {
        "order": [{"id": one["id"], "amount": one["amount"]} for one in candidates],
        "sentence": sentence(f"{text}: {why}" if why else text),
    }


@rule("ReasonSentence")
def reason_sentence(facts):
    reasons = facts.get("reasons") or []
    texts = [one if isinstance(one, str) else one.get("text", "") for one in reasons]
    return {"sentence": sentence("; ".join(filter(None, texts)) or "No reason was given")}


@rule("BillChoice")
def bill_choice(facts):
    """The last candidate of each field that the page has behind the field's label."""
    text = facts["text"].lower()
    chosen = {}
    for one in facts["candidates"]:
        if f"number: {one['value'].lower()}" in text or one["field"] not in chosen:
            chosen[one["field"]] = one["id"]
    return {"chosen": [{"field": field, "id": found} for field, found in chosen.items()]}


@rule("InvoiceNote")
def invoice_note(facts):
    parts = [
        f"{words} {facts[name]}"
        for name, words in (
            ("orders", "Thank you for your order"),
            ("deliveries", "delivered with"),
            ("dates", "on"),
        )
        if facts.get(name)
    ]
    return {"note": sentence(" ".join(parts) or "Thank you for your order")}


@rule("CashInsight")
def cash_insight(facts):
    parts = [facts["said"].split(". ")[0].rstrip(".")]
    parts += [one["text"].rstrip(".") for one in (facts.get("actions") or [])[:1]]
    return {"text": ". ".join(parts) + "."}


def sentence(text):
    """Return a text as a sentence that keeps within its length, cut between words."""
    text = " ".join(text.split()).rstrip(".")
    if len(text) >= SENTENCE_LENGTH:
        text = text[: SENTENCE_LENGTH - 2].rsplit(" ", 1)[0].rstrip(",;:")
    return text[:1].upper() + text[1:] + "."


def example(node, root):
    """Return the plainest value that a JSON schema allows."""
    if "$ref" in node:
        return example(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    if "enum" in node:
        return node["enum"][0]
    if "anyOf" in node:
        return example(node["anyOf"][0], root)
    kind = node.get("type")
    if kind == "object":
        return {name: example(field, root) for name, field in node["properties"].items()}
    return {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}.get(kind)


def _words(text):
    return set(re.findall(r"[a-z]{3,}|\d{2,}", text.casefold()))


def _overlap(said, candidate):
    named = _words(f"{candidate.get('document', '')} {candidate.get('reference', '')}")
    partner = _words(candidate.get("partner") or "")
    return 3 * len(said & named) + len(said & partner)
