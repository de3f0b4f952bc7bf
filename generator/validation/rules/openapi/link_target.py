"""Links lead to an operation."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.references import Unresolvable
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    identifier, reference = visit.node.get("operationId"), visit.node.get("operationRef")
    if (identifier is None) == (reference is None):
        yield Problem(
            message=f"The link has {'neither' if identifier is None else 'both'} `operationId` and `operationRef`.",
            hint="Give it exactly one of the two.",
        )
    elif isinstance(identifier, str) and identifier not in context.operation_ids:
        yield Problem(
            message=f"No operation has the id `{identifier}`.",
            hint=context.guesser.did_you_mean(identifier, context.operation_ids, "Name an operation of the document."),
            at=("operationId",),
        )
    elif isinstance(reference, str) and reference.startswith("#"):
        target = context.resolve(reference, visit)
        if isinstance(target, Unresolvable):
            yield Problem(message=target.message, hint="Name an operation of the document.", at=("operationRef",))


RULE = Rule(
    name="link-target",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V3_X,
    kinds=("link",),
    what="A link has exactly one of `operationId` and `operationRef`, and it names an operation of the document.",
    why="A link that leads nowhere cannot be followed.",
    wrong="links: {pet: {operationId: getPte}}",
    right="links: {pet: {operationId: getPet}}",
    source="OpenAPI 3.0.4, 4.7.20",
    check=_check,
)
