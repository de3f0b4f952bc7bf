"""What a discriminator says of a value: the name of the schema that it is of (OpenAPI 3.0.4, 4.7.25)."""

from collections.abc import Callable

from generator.json_values import JsonObject, JsonValue
from generator.samples.schemas import definition_key


def discriminating(discriminator: JsonValue, reference: str) -> JsonValue:
    """Return the schema whose discriminator says that a value is what `reference` names."""
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    if not isinstance(name, str):
        return True
    names = [key for key, target in mapping.items() if target == reference] if isinstance(mapping, dict) else []
    value = names[0] if names else (definition_key(reference) or "").rpartition("/")[2]
    return {"properties": {name: {"const": value}}, "required": [name]}


def may_say(node: JsonObject, said: JsonValue, seen_through: Callable[[JsonValue], JsonValue]) -> bool:
    """Tell whether the schema `node` lets its discriminator say that: a base may list only what extends it.

    `said` is from `discriminating`; `seen_through` returns what a schema is behind its references.
    """
    for name, asked in _properties(said).items():
        there = seen_through(_properties(node).get(name))
        listed = there.get("enum") if isinstance(there, dict) else None
        if isinstance(listed, list) and isinstance(asked, dict) and asked["const"] not in listed:
            return False
    return True


def _properties(node: JsonValue) -> JsonObject:
    found = node.get("properties") if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}
