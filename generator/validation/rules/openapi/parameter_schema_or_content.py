"""Parameters and headers have a schema or a content."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    content = visit.node.get("content")
    what = f"The {visit.kind} `{visit.node.get('name', visit.name)}`"
    if ("schema" in visit.node) == ("content" in visit.node):
        both = "both `schema` and `content`" if "schema" in visit.node else "neither `schema` nor `content`"
        yield Problem(message=f"{what} has {both}.", hint="Give it exactly one of the two.")
    elif isinstance(content, dict) and len(content) != 1:
        yield Problem(
            message=f"The `content` of {what[0].lower()}{what[1:]} has {len(content)} media types.",
            hint="Keep exactly one.",
            at=("content",),
        )


RULE = Rule(
    name="parameter-schema-or-content",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    versions=V3_X,
    kinds=("parameter", "header"),
    what="A parameter or header has exactly one of `schema` and `content`, and `content` has one media type.",
    why=(
        "Otherwise nobody knows how its value is written; `content` counts first, then a schema that allows anything."
    ),
    wrong="{name: q, in: query}",
    right="{name: q, in: query, schema: {type: string}}",
    source="OpenAPI 3.0.4, 4.7.12 and 4.7.21",
    check=_check,
)
