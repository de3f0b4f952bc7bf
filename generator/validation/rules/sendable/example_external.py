"""Examples are in the document, where they can be sent."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit

_INSIDE = frozenset({"value", "dataValue", "serializedValue"})


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if _INSIDE.isdisjoint(visit.node):
        address = without_credentials(str(visit.node["externalValue"])).address
        yield Problem(
            message=f"The example `{visit.name}` is elsewhere, at `{address}`; it is not fetched.",
            hint="Write it here, as its `value`.",
            at=("externalValue",),
        )


RULE = Rule(
    name="example-external",
    family=Family.SENDABLE,
    severity=Severity.INFO,
    conversion=Severity.INFO,
    versions=V3_X,
    kinds=("example",),
    members=("externalValue",),
    what="An example has its `value` in the document, not behind an `externalValue`.",
    why="What is elsewhere is not fetched: another example or a made value is sent in its place.",
    wrong="examples: {pet: {externalValue: 'https://example.com/pet.json'}}",
    right="examples: {pet: {value: {name: Rex}}}",
    source="OpenAPI 3.0.4, 4.7.19",
    check=_check,
)
