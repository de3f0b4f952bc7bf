"""References in other resources of the closure that lead nowhere."""

from collections.abc import Iterator, Mapping

from generator.document import Document
from generator.findings import Finding, Place, Severity
from generator.json_values import JsonValue, pointer_join
from generator.references import Target, Unresolvable, resolve
from generator.validation.rules.openapi.reference_resolves import RULE
from generator.validation.walk import Visit
from generator.vocabulary import DATA_KEYWORDS


def foreign_findings(
    document: Document, visits: list[Visit], needed: frozenset[Place], grades: Mapping[str, Severity]
) -> Iterator[Finding]:
    """Yield a finding for each reference in another resource that is reached and leads nowhere, each target once."""
    if len(document.resources) == 1:
        return
    said: set[tuple[str, str]] = set()
    for place, problem in _dangling(document, visits):
        blamed = place in needed
        what = (problem.cause, str(blamed)) if problem.cause else (place.uri, problem.reference)
        if what not in said:
            said.add(what)
            yield Finding(
                rule=RULE.name,
                severity=Severity.ERROR if blamed else grades[RULE.name],
                message=problem.message + (" Operations that send it are left out." if blamed else ""),
                why=RULE.reason,
                hint=problem.hint or "Add what it names, or correct the reference.",
                place=Place(place.uri, pointer_join(place.pointer, "$ref")),
            )


def _dangling(document: Document, visits: list[Visit]) -> Iterator[tuple[Place, Unresolvable]]:
    stack: list[tuple[JsonValue, Place]] = [
        (target.node, target.place)
        for visit in reversed(visits)
        if visit.uri == document.uri
        and "$ref" in visit.node
        and isinstance(target := _outside(document, visit.node, visit.place), Target)
    ]
    seen: set[Place] = set()
    while stack:
        node, place = stack.pop()
        if place in seen:
            continue
        seen.add(place)
        if isinstance(node, dict):
            target = _outside(document, node, place)
            if isinstance(target, Target):
                stack.append((target.node, target.place))
            elif target is not None and place.uri != document.uri:
                yield place, target
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        stack.extend(
            (child, Place(place.uri, pointer_join(place.pointer, key)))
            for key, child in children
            if key not in DATA_KEYWORDS
        )


def _outside(document: Document, node: JsonValue, place: Place) -> Target | Unresolvable | None:
    """Return what `node` refers to, where that or `node` itself is not in the entry resource."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    if not isinstance(reference, str) or (place.uri == document.uri and reference.startswith("#")):
        return None
    target = resolve(document, reference, place)
    return None if isinstance(target, Target) and target.place.uri == document.uri else target
