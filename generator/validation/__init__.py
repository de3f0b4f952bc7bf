"""Validation: the official schemas, then one pass of our own rules. The only maker of `ValidDocument`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from generator.document import Document
from generator.findings import Checked, Finding, Place, Severity
from generator.guesses import Guesser
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.references import Unresolvable, follow
from generator.uris import join
from generator.validation.complaints import Complaints
from generator.validation.foreign import foreign_findings
from generator.validation.metaschemas import metaschema_findings
from generator.validation.reach import unresolvable_needs
from generator.validation.resolving import Resolver
from generator.validation.rule import Context, Family, Policy, Rule
from generator.validation.rules import CONVERSION_RULES
from generator.validation.rules.auth_flow import secret_in_text
from generator.validation.rules.sendable import operations_left_out, pattern_left_out
from generator.validation.run import run_rules
from generator.validation.secrets import without_live_secrets
from generator.validation.walk import Visit, kind_at, walk

__all__ = ["Policy", "ValidDocument", "examine", "validate"]


class ValidDocument(Struct, frozen=True, kw_only=True):
    """A document that can be read: for each operation not in `broken_operations`, what its request needs is there.

    `broken_operations` holds their places; `visits` are the objects that were met. Live secrets of which there is no
    doubt are in none of these, nor in what is said: they have been made harmless.
    """

    document: Document
    broken_operations: frozenset[Place]
    visits: Sequence[Visit] = ()


def validate(document: Document, allowed_secrets: tuple[str, ...] = ()) -> Checked[ValidDocument]:
    """Return `document` with what concerns its conversion; what converts by a stated rule is a warning only.

    `allowed_secrets` are patterns of what looks like a secret and is none.
    """
    grades = {rule.name: rule.conversion or rule.severity for rule in CONVERSION_RULES}
    return _judged(document, CONVERSION_RULES, grades, Policy(allowed_secrets=allowed_secrets))


def examine(document: Document, policy: Policy) -> Checked[ValidDocument]:
    """Return `document` with all that any rule says of it, graded as a check of specifications grades it."""
    from generator.validation.rules.catalogue import RULES

    return _judged(document, RULES, {rule.name: rule.severity for rule in RULES}, policy)


def _judged(
    given: Document, rules: Sequence[Rule], grades: Mapping[str, Severity], policy: Policy
) -> Checked[ValidDocument]:
    harmless = without_live_secrets(given, policy.allowed_secrets, grades[secret_in_text.RULE.name])
    document = harmless.value
    visits, dropped = _affordable(document)
    resolver = Resolver(document)
    broken, needed = unresolvable_needs(document, visits, resolver)
    here = frozenset(place.pointer for place in needed if place.uri == document.uri)
    context = _context(document, visits, here, policy, resolver)
    own = [
        *run_rules(rules, grades, visits, context),
        *foreign_findings(document, visits, needed, grades),
        *harmless.findings,
    ]
    official = _not_yet_told(metaschema_findings(document, grades.get("openapi-schema", Severity.WARNING)), own, rules)
    told = [operations_left_out.left_out(place, place.pointer) for place in dropped[:1]]
    told += pattern_left_out.left_out_patterns(document)
    valid = ValidDocument(document=document, broken_operations=broken.union(dropped), visits=visits)
    return Checked(valid, (*own, *told, *official))


def _affordable(document: Document) -> tuple[list[Visit], list[Place]]:
    """Return the objects of `document`, and the operations without which their parameters stay within bounds."""
    allowed = operations_left_out.parts_allowed(document.size)
    visits, dropped = [], []
    for visit in walk(document):
        if visit.kind == "operation" and visit.parent is not None and allowed >= 0:
            allowed -= sum(len(nodes) for each in (visit, visit.parent) if (nodes := _listed(each)))
        if visit.kind == "operation" and allowed < 0:
            dropped.append(visit.place)
        else:
            visits.append(visit)
    return visits, dropped


def _listed(owner: Visit) -> list[JsonValue]:
    """Return the parameters that a path item or an operation lists."""
    nodes = owner.node.get("parameters")
    return nodes if isinstance(nodes, list) else []


def _not_yet_told(
    official: Iterable[tuple[Finding, Complaints]], own: Iterable[Finding], rules: Iterable[Rule]
) -> Iterator[Finding]:
    """Yield the official schema's findings, without those of which a rule has said as grave a thing in better words."""
    ranks = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
    spoken = {rule.name for rule in rules if rule.family is Family.OPENAPI or rule.conversion is not None}
    near: dict[Severity, dict[str, list[Finding]]] = {severity: {} for severity in ranks}
    for finding in own:
        if finding.rule in spoken:
            pointer = finding.place.pointer
            for severity in (grade for grade in ranks if ranks[grade] <= ranks[finding.severity]):
                for at in dict.fromkeys((pointer, pointer.rpartition("/")[0])):
                    near[severity].setdefault(at, []).append(finding)
    return (finding for finding, complaints in official if not complaints.are_told(near[finding.severity]))


def _context(
    document: Document, visits: list[Visit], needed: frozenset[str], policy: Policy, resolver: Resolver
) -> Context:
    components: Any = document.root.get("components")
    declared = components.get("securitySchemes") if isinstance(components, dict) else None
    old = document.root.get("securityDefinitions")
    schemes = {**(old if isinstance(old, dict) else {}), **(declared if isinstance(declared, dict) else {})}
    operation_ids: dict[str, Place] = {}
    operations = tuple(visit for visit in visits if visit.kind == "operation")
    for visit in operations:
        if isinstance(identifier := visit.node.get("operationId"), str):
            operation_ids.setdefault(identifier, visit.place)
    return Context(
        document=document,
        schemes={
            name: target.node
            for name, node in schemes.items()
            if not isinstance(target := follow(document, node, Place(document.uri, "")), Unresolvable)
        },
        operation_ids=operation_ids,
        resolve=resolver,
        kind_at=cache(lambda pointer: kind_at(document, pointer)),
        needed=needed,
        outside=_outside(document, visits),
        parameters=_Parameters(document).of,
        guesser=Guesser(),
        operations=operations,
        policy=policy,
    )


def _outside(document: Document, visits: list[Visit]) -> dict[str, tuple[str, ...]]:
    """Return the pointers of the objects that refer to other documents, by the reference, or by why they are absent."""
    found: dict[str, list[str]] = {}
    for visit in visits:
        if "$ref" not in visit.node or visit.uri != document.uri:
            continue
        reference = visit.node["$ref"]
        if isinstance(reference, str) and not reference.startswith("#"):
            absence = document.absent.get(join(document.uri, reference.partition("#")[0]))
            cause = absence.cause if absence else ""
            found.setdefault(cause or reference, []).append(visit.pointer)
    return {reference: tuple(pointers) for reference, pointers in found.items()}


class _Parameters:
    """The parameters of operations, gathered once for each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, list[tuple[JsonObject, str]]] = {}

    def of(self, visit: Visit) -> Iterable[tuple[JsonObject, str]]:
        """Return those of an operation and of its path item behind references, each with where it is listed."""
        known = self._known.get(id(visit))
        if known is None:
            known = self._known[id(visit)] = list(self._gathered(visit))
        return known

    def _gathered(self, visit: Visit) -> Iterator[tuple[JsonObject, str]]:
        for owner in (visit.parent, visit):
            if owner is None:
                continue
            for index, node in enumerate(_listed(owner)):
                place = Place(owner.uri, pointer_join(owner.pointer, "parameters", index))
                target = follow(self._document, node, place)
                if not isinstance(target, Unresolvable) and isinstance(target.node, dict):
                    yield target.node, place.pointer
