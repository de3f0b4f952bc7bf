"""Discriminators can tell the alternatives apart."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import JsonObject, JsonValue
from generator.references import Unresolvable
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit

_MOST = 200


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    discriminator = visit.node["discriminator"]
    if not isinstance(discriminator, dict):
        return
    mapping = discriminator.get("mapping")
    for value, name in mapping.items() if isinstance(mapping, dict) else ():
        reference = str(name) if "/" in str(name) or "#" in str(name) else f"#/components/schemas/{name}"
        if isinstance(context.resolve(reference, visit), Unresolvable):
            yield Problem(
                message=f"The mapping of `{value}` leads nowhere: `{name}`.",
                hint="Name a schema of the document.",
                at=("discriminator", "mapping", value),
            )
    tag = str(discriminator.get("propertyName"))
    for keyword in ("oneOf", "anyOf"):
        alternatives = visit.node.get(keyword)
        for index, alternative in enumerate(alternatives if isinstance(alternatives, list) else []):
            named = alternative.get("$ref") if isinstance(alternative, dict) else None
            if isinstance(named, str) and not _has(tag, visit.node, named, visit, context):
                yield Problem(
                    message=f"The alternative `{named}` has no property `{tag}`, which tells them apart.",
                    hint=f"Add `{tag}` to its `properties`, and to `required`.",
                    at=(keyword, index),
                )


def _has(name: str, around: JsonObject, reference: str, visit: Visit, context: Context) -> bool:
    """Tell whether the schema around the alternatives, or the alternative itself, has the property `name`.

    It may come from what they are composed of; what leads nowhere, or further than anyone would write, is not blamed.
    """
    waiting: list[JsonValue] = [{"properties": around.get("properties")}, {"$ref": reference}]
    seen: set[str] = set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        properties = node.get("properties")
        if isinstance(properties, dict) and name in properties:
            return True
        waiting += [part for keyword in ("allOf", "anyOf", "oneOf") for part in _list(node.get(keyword))]
        further = node.get("$ref")
        if isinstance(further, str) and further not in seen:
            seen.add(further)
            target = context.resolve(further, visit)
            if isinstance(target, Unresolvable) or target.place.uri != visit.uri or len(seen) > _MOST:
                return True
            waiting.append(target.node)
    return False


def _list(node: JsonValue) -> list[JsonValue]:
    return node if isinstance(node, list) else []


RULE = Rule(
    name="discriminator-effective",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    versions=V3_X,
    kinds=("schema",),
    members=("discriminator",),
    what=(
        "Each `mapping` of a discriminator names a schema that is there, and each alternative in `oneOf` or `anyOf` "
        "that is a reference within the document describes the property, be it by what it is composed of."
    ),
    why="Without it a reader cannot know which alternative a value is.",
    wrong="""\
oneOf: [{$ref: '#/components/schemas/Cat'}]
discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cta'}}
""",
    right="""\
oneOf: [{$ref: '#/components/schemas/Cat'}]
discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
""",
    source="OpenAPI 3.0.4, 4.7.25",
    check=_check,
)
