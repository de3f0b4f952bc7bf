"""Discriminators can tell the alternatives apart."""

from collections.abc import Iterable

from generator.findings import Place, Severity
from generator.references import Unresolvable, resolve
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    discriminator = visit.node["discriminator"]
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    for value, name in mapping.items() if isinstance(mapping, dict) else ():
        reference = str(name) if "/" in str(name) or "#" in str(name) else f"#/components/schemas/{name}"
        if isinstance(resolve(context.document, reference, Place(context.document.uri, visit.pointer)), Unresolvable):
            yield Problem(
                message=f"The mapping of `{value}` leads nowhere: `{name}`.",
                hint="Name a schema of the document.",
                at=("discriminator", "mapping", value),
            )


RULE = Rule(
    name="discriminator-effective",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    versions=V3_X,
    kinds=("schema",),
    members=("discriminator",),
    what="What a discriminator maps to is there, and each alternative that is referred to has the property.",
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
