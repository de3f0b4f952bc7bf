"""A document without operations.

What it checks: at least one operation is there.
Why: without one there is nothing to send.
Wrong: `paths: {}`
Right: `paths: {/pets: {get: …}}`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del visit
    if "operation" not in context.kinds.values():
        yield Problem(message="The document has no operation.", hint="Describe at least one operation under `paths`.")


RULE = Rule(
    name="operations-present",
    severity=Severity.ERROR,
    kinds=("document",),
    why="Without an operation there is nothing to send.",
    check=_check,
)
