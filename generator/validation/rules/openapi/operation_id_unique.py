"""Operation ids are unique."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    identifier = visit.node.get("operationId")
    first = context.operation_ids.get(identifier) if isinstance(identifier, str) else None
    if first is not None and first != visit.place:
        yield Problem(
            message=f"The operationId `{identifier}` is also that of `{first.pointer}`.",
            hint="Give each operation an id of its own.",
            at=("operationId",),
        )


RULE = Rule(
    name="operation-id-unique",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("operation",),
    members=("operationId",),
    what="No two operations share an `operationId`.",
    why="Tools find operations by it; requests with a shared one are named by method and path.",
    wrong="""\
/pets: {get: {operationId: list}}
/owners: {get: {operationId: list}}
""",
    right="""\
/pets: {get: {operationId: listPets}}
/owners: {get: {operationId: listOwners}}
""",
    source="OpenAPI 3.0.4, 4.7.10; 2.0, Operation Object",
    check=_check,
)
