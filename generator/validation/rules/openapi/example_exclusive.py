"""An example or examples."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.kind == "example":
        inside = next((name for name in ("value", "dataValue", "serializedValue") if name in visit.node), None)
        if inside:
            yield Problem(
                message=f"`externalValue` stands beside `{inside}`.", hint="Keep one of the two.", at=("externalValue",)
            )
    elif "example" in visit.node:
        yield Problem(message="`example` stands beside `examples`.", hint="Keep one of the two.", at=("examples",))


RULE = Rule(
    name="example-exclusive",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V3_X,
    kinds=("parameter", "header", "media_type", "example"),
    members={**dict.fromkeys(("parameter", "header", "media_type"), ("examples",)), "example": ("externalValue",)},
    what="`example` and `examples` do not stand side by side, nor do `value` and `externalValue`.",
    why="They exclude each other: tools show one of the two.",
    wrong="""\
example: Rex
examples: {dog: {value: Rex}}
""",
    right="examples: {dog: {value: Rex}}",
    source="OpenAPI 3.0.4, 4.7.12, 4.7.14, 4.7.19 and 4.7.21",
    check=_check,
)
