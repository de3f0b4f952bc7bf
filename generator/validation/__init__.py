"""Validation: the official schemas, then one pass of our own rules. The only maker of `ValidDocument`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.document import Document
from generator.findings import Checked, Finding, Place
from generator.json_values import JsonObject, pointer_join
from generator.references import Unresolvable, follow
from generator.validation.metaschemas import metaschema_findings
from generator.validation.reach import unresolvable_needs
from generator.validation.rule import Context, Problem, Rule
from generator.validation.rules import RULES
from generator.validation.walk import Visit, walk


class ValidDocument(Struct, frozen=True, kw_only=True):
    """A document that can be read: for each operation not in `broken_operations`, what its request needs is there.

    `broken_operations` holds pointers into the entry document.
    """

    document: Document
    broken_operations: frozenset[str]


def validate(document: Document) -> Checked[ValidDocument]:
    """Return `document` with all that is wrong with it; what can be converted by a stated rule is a warning only."""
    visits = list(walk(document))
    broken, needed = unresolvable_needs(document, visits)
    own = list(_rule_findings(document, visits, needed))
    told = {finding.place.pointer for finding in own}
    official = [
        finding
        for finding in metaschema_findings(document)
        if not any(finding.place.pointer in {pointer, pointer.rpartition("/")[0]} for pointer in told)
    ]
    return Checked(ValidDocument(document=document, broken_operations=broken), (*own, *official))


def _rule_findings(document: Document, visits: list[Visit], needed: frozenset[str]) -> Iterator[Finding]:
    context = _context(document, visits, needed)
    by_kind: dict[str, list[Rule]] = defaultdict(list)
    for rule in RULES:
        for kind in rule.kinds:
            by_kind[kind].append(rule)
    everywhere = by_kind["*"]
    for visit in visits:
        rules = by_kind.get(visit.kind, []) if "$ref" not in visit.node else everywhere
        for rule in rules:
            for problem in rule.check(visit, context):
                yield _finding(rule, problem, visit, document)


def _finding(rule: Rule, problem: Problem, visit: Visit, document: Document) -> Finding:
    pointer = pointer_join(visit.pointer, problem.pointer) if problem.pointer else visit.pointer
    return Finding(
        rule=rule.name,
        severity=problem.severity or rule.severity,
        message=problem.message,
        why=rule.why,
        hint=problem.hint,
        place=Place(document.uri, pointer),
    )


def _context(document: Document, visits: list[Visit], needed: frozenset[str]) -> Context:
    components = document.root.get("components")
    declared = components.get("securitySchemes") if isinstance(components, dict) else None
    schemes = declared if isinstance(declared, dict) else document.root.get("securityDefinitions")
    operation_ids: dict[str, str] = {}
    for visit in visits:
        if visit.kind == "operation" and isinstance(identifier := visit.node.get("operationId"), str):
            operation_ids.setdefault(identifier, visit.pointer)
    return Context(
        document=document,
        schemes=schemes if isinstance(schemes, dict) else {},
        kinds={visit.pointer: visit.kind for visit in visits},
        operation_ids=operation_ids,
        needed=needed,
        parameters=lambda operation: _parameters(document, operation),
    )


def _parameters(document: Document, operation: Visit) -> Iterable[tuple[JsonObject, str]]:
    """Yield the parameters of an operation and of its path item behind references, each with where it is listed."""
    for owner in (operation.parent, operation):
        nodes = owner.node.get("parameters") if owner is not None else None
        for index, node in enumerate(nodes if isinstance(nodes, list) else []):
            pointer = pointer_join(owner.pointer if owner else "", "parameters", index)
            target = follow(document, node, Place(document.uri, pointer))
            if not isinstance(target, Unresolvable) and isinstance(target.node, dict):
                yield target.node, pointer
