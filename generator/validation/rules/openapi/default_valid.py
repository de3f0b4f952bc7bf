"""Defaults have the type of their schema."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.schema_types import allows, type_words
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if not allows(visit.node, visit.node["default"]):
        yield Problem(
            message=f"The default is not of the type {type_words(visit.node)}.",
            hint="Write it in its type: quotes make text, and only text.",
            at=("default",),
        )


RULE = Rule(
    name="default-valid",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    severity_else="warning where it has the type, and something else of its schema refuses it",
    conversion=Severity.WARNING,
    kinds=("schema", "parameter"),
    members=("default",),
    what=(
        "A `default` is of the type that stands beside it, and valid by the whole schema. A conversion says so of "
        "those that would be sent."
    ),
    why="The default must conform to the type; a server or client that takes it fails.",
    wrong="{type: boolean, default: 'false'}",
    right="{type: boolean, default: false}",
    source="OpenAPI 3.0.4, 4.7.24; 2.0, Schema Object",
    check=_check,
)
