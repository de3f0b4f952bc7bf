"""Validation: the official schemas, then one pass of our own rules. The only maker of `ValidDocument`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.document import Document
from generator.findings import Checked, Finding, Place, Severity
from generator.json_values import JsonObject, pointer_join
from generator.references import Unresolvable, follow
from generator.validation.foreign import foreign_findings
from generator.validation.metaschemas import metaschema_findings
from generator.validation.reach import unresolvable_needs
from generator.validation.rule import Context, Family, Policy, Rule
from generator.validation.rules import CONVERSION_RULES
from generator.validation.run import run_rules
from generator.validation.walk import Visit, walk

__all__ = ["Policy", "ValidDocument", "examine", "validate"]


class ValidDocument(Struct, frozen=True, kw_only=True):
    """A document that can be read: for each operation not in `broken_operations`, what its request needs is there.

    `broken_operations` holds their places.
    """

    document: Document
    broken_operations: frozenset[Place]


def validate(document: Document) -> Checked[ValidDocument]:
    """Return `document` with what concerns its conversion; what converts by a stated rule is a warning only."""
    grades = {rule.name: rule.conversion or rule.severity for rule in CONVERSION_RULES}
    return _judged(document, CONVERSION_RULES, grades, Policy())


def examine(document: Document, policy: Policy) -> Checked[ValidDocument]:
    """Return `document` with all that any rule says of it, graded as a check of specifications grades it."""
    from generator.validation.rules.catalogue import RULES

    return _judged(document, RULES, {rule.name: rule.severity for rule in RULES}, policy)


def _judged(
    document: Document, rules: Sequence[Rule], grades: Mapping[str, Severity], policy: Policy
) -> Checked[ValidDocument]:
    visits = list(walk(document))
    broken, needed = unresolvable_needs(document, visits)
    here = frozenset(place.pointer for place in needed if place.uri == document.uri)
    context = _context(document, visits, here, policy)
    own = [*run_rules(rules, grades, visits, context), *foreign_findings(document, visits, needed, grades)]
    official = _not_yet_told(metaschema_findings(document, grades.get("openapi-schema", Severity.WARNING)), own, rules)
    return Checked(ValidDocument(document=document, broken_operations=broken), (*own, *official))


def _not_yet_told(official: Iterable[Finding], own: Iterable[Finding], rules: Iterable[Rule]) -> Iterable[Finding]:
    """Yield the official schema's findings, without those where a rule has said as grave a thing in better words."""
    ranks = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
    spoken = {rule.name for rule in rules if rule.family is Family.OPENAPI or rule.conversion is not None}
    told: dict[str, int] = {}
    for finding in own:
        if finding.rule in spoken:
            pointer = finding.place.pointer
            for at in (pointer, pointer.rpartition("/")[0]):
                told[at] = max(told.get(at, 0), ranks[finding.severity])
    return (finding for finding in official if told.get(finding.place.pointer, -1) < ranks[finding.severity])


def _context(document: Document, visits: list[Visit], needed: frozenset[str], policy: Policy) -> Context:
    components: Any = document.root.get("components")
    declared = components.get("securitySchemes") if isinstance(components, dict) else None
    schemes = declared if isinstance(declared, dict) else document.root.get("securityDefinitions")
    operation_ids: dict[str, str] = {}
    for visit in visits:
        if visit.kind == "operation" and isinstance(identifier := visit.node.get("operationId"), str):
            operation_ids.setdefault(identifier, visit.pointer)
    return Context(
        document=document,
        schemes={
            name: target.node
            for name, node in (schemes.items() if isinstance(schemes, dict) else ())
            if not isinstance(target := follow(document, node, Place(document.uri, "")), Unresolvable)
        },
        kinds={visit.pointer: visit.kind for visit in visits},
        operation_ids=operation_ids,
        needed=needed,
        outside=_outside(visits),
        parameters=lambda operation: _parameters(document, operation),
        operations=tuple(visit for visit in visits if visit.kind == "operation"),
        policy=policy,
    )


def _outside(visits: list[Visit]) -> dict[str, tuple[str, ...]]:
    """Return the pointers of the objects that refer to other documents, by the reference."""
    found: dict[str, tuple[str, ...]] = {}
    for visit in visits:
        reference = visit.node.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            found[reference] = (*found.get(reference, ()), visit.pointer)
    return found


def _parameters(document: Document, operation: Visit) -> Iterable[tuple[JsonObject, str]]:
    """Yield the parameters of an operation and of its path item behind references, each with where it is listed."""
    for owner in (operation.parent, operation):
        nodes = owner.node.get("parameters") if owner is not None else None
        for index, node in enumerate(nodes if isinstance(nodes, list) else []):
            pointer = pointer_join(owner.pointer if owner else "", "parameters", index)
            target = follow(document, node, Place(document.uri, pointer))
            if not isinstance(target, Unresolvable) and isinstance(target.node, dict):
                yield target.node, pointer
