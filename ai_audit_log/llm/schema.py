"""A pydantic model's JSON schema in the part of the language that strict servers accept."""

from typing import Any

from pydantic import BaseModel

#: Keywords servers refuse or ignore; pydantic checks them in the answer all the same.
DROPPED = frozenset(
    """
    title default examples format pattern minLength maxLength minimum maximum exclusiveMinimum
    exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties
    discriminator deprecated readOnly writeOnly
    """.split()
)


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of ``model``: no further fields, all fields required.

    :raises ValueError: for what strict mode cannot say, such as dicts with free keys
    """
    return _strict(model.model_json_schema())


def _strict(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        # Strict servers accept nothing beside a reference.
        return {"$ref": node["$ref"]}
    if "prefixItems" in node:
        raise ValueError("strict schemas have no tuples with a type for each place; use a model")
    out = {key: value for key, value in node.items() if key not in DROPPED}
    if "const" in out:
        out["enum"] = [out.pop("const")]
    if "oneOf" in out:
        out["anyOf"] = out.pop("oneOf")
    for key in ("anyOf", "allOf"):
        if key in out:
            out[key] = [_strict(option) for option in out[key]]
    if "items" in out:
        out["items"] = _strict(out["items"])
    if "$defs" in out:
        out["$defs"] = {name: _strict(definition) for name, definition in out["$defs"].items()}
    return _closed(out) if out.get("type") == "object" else out


def _closed(node: dict[str, Any]) -> dict[str, Any]:
    """Return an object's schema without room for further fields."""
    if node.get("additionalProperties") or "properties" not in node:
        raise ValueError("strict schemas have no objects with free keys; use a list of models")
    properties = {name: _strict(field) for name, field in node["properties"].items()}
    return {
        **node,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
