"""A document without operations."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if not context.operations:
        yield Problem(message="The document has no operation.", hint="Describe at least one operation under `paths`.")


RULE = Rule(
    name="operations-present",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    conversion=Severity.ERROR,
    kinds=("document",),
    what="At least one operation is there.",
    why="Without one there is nothing to send.",
    wrong="paths: {}",
    right="""\
paths:
  /pets:
    get: {responses: {"200": {description: The pets.}}}
""",
    source="OpenAPI 3.0.4, 4.7.8",
    check=_check,
)
