"""Operation ids are unique.

What it checks: no two operations share an `operationId`.
Why: tools find operations by it (OpenAPI 3.0.4, 4.7.10); requests are then named by method and path.
Wrong: `operationId: get` twice
Right: `operationId: getPet` and `operationId: getOwner`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    identifier = visit.node.get("operationId")
    first = context.operation_ids.get(identifier) if isinstance(identifier, str) else None
    if first is not None and first != visit.pointer:
        yield Problem(
            message=f"The operationId `{identifier}` is also that of `{first}`.",
            hint="Give each operation an id of its own.",
            pointer="operationId",
        )


RULE = Rule(
    name="operation-id-unique",
    severity=Severity.WARNING,
    kinds=("operation",),
    why="An operationId is unique among all operations (OpenAPI 3.0.4, 4.7.10).",
    check=_check,
)
