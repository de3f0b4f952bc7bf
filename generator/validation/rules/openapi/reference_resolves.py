"""References lead somewhere, and to the right kind of thing."""

from collections.abc import Iterable

from generator.findings import Place, Severity
from generator.references import Problem as ReferenceProblem
from generator.references import Unresolvable
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    reference = visit.node.get("$ref")
    if reference is None or (visit.kind == "schema" and isinstance(reference, dict)):
        return
    if visit.uri != context.document.uri:
        return  # where references of other resources lead is told for all that is reached there
    target = context.resolve(reference, visit)
    if isinstance(target, Unresolvable):
        places = context.outside.get(target.cause or target.reference, ())
        if target.problem is ReferenceProblem.OTHER_DOCUMENT and visit.pointer != next(iter(places), visit.pointer):
            return
        needed = not context.needed.isdisjoint(places or (visit.pointer,))
        yield Problem(
            message=target.message + (" Operations that send it are left out." if needed else ""),
            hint=_hint(target, context),
            at=("$ref",),
            severity=Severity.ERROR if needed else None,
        )
        return
    if target.place.uri != context.document.uri:
        return
    found = context.kind_at(target.place.pointer)
    if found is not None and found != visit.kind:
        yield Problem(
            message=f"A {_words(visit.kind)} is expected here, but `{reference}` is a {_words(found)}.",
            hint=f"Refer to a {_words(visit.kind)}.",
            at=("$ref",),
        )


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _hint(target: Unresolvable, context: Context) -> str:
    if target.problem is ReferenceProblem.OTHER_DOCUMENT:
        return target.hint or "Put what it names into this file, for instance under `components`."
    if target.problem is ReferenceProblem.CYCLE:
        return "Write what is meant in the place of one of the references that lead in this circle."
    parent, _, name = target.reference.rpartition("/")
    near = context.guesser.closest(name, _names_at(context, parent.removeprefix("#")))
    return f"Did you mean `{parent}/{near}`?" if near else "Add what it names, or correct the reference."


def _names_at(context: Context, pointer: str) -> Iterable[str]:
    """Return the names beside the one that a reference into the entry resource means."""
    try:
        around = context.document.node_at(Place(context.document.uri, pointer))
    except KeyError:
        return ()
    return around if isinstance(around, dict) else ()


RULE = Rule(
    name="reference-resolves",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    conversion_else="error where operations are left out for it",
    kinds=("*",),
    members=("$ref",),
    what=(
        "Each `$ref` names something that is there, without going in circles, and of the kind that its place asks for."
    ),
    why="What it names is lost otherwise; an operation whose request needs it cannot be sent.",
    wrong="schema: {$ref: '#/components/schemas/Pte'}",
    right="schema: {$ref: '#/components/schemas/Pet'}",
    source="OpenAPI 3.0.4, 4.7.23; 2.0, Reference Object",
    check=_check,
)
