"""The official JSON Schemas of OpenAPI, read as files from the packages that ship them, which are not imported."""

import functools
import importlib.machinery
import itertools
import json
import operator
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import msgspec

from generator.document import Document, SpecificationVersion
from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, pointer_join, pointer_split, to_json
from generator.validation.complaints import Complaints, complaints_of
from generator.validation.parts import parts
from generator.wording import without_long_values

_SCHEMAS = {
    SpecificationVersion.V2_0: ("openapi_spec_validator", "resources/schemas/v2.0/schema.json"),
    SpecificationVersion.V3_0: ("openapi_spec_validator", "resources/schemas/v3.0/schema.json"),
    SpecificationVersion.V3_1: ("openapi_spec_validator", "resources/schemas/v3.1/schema.json"),
    SpecificationVersion.V3_2: ("openapi_spec_validator", "resources/schemas/v3.2/schema.json"),
}
_SECTIONS = {
    SpecificationVersion.V2_0: "the official JSON Schema of OpenAPI 2.0",
    SpecificationVersion.V3_0: "the official JSON Schema of OpenAPI 3.0",
    SpecificationVersion.V3_1: "the official JSON Schema of OpenAPI 3.1",
    SpecificationVersion.V3_2: "the official JSON Schema of OpenAPI 3.2",
}
_MOST = 200
_MOST_ERRORS = 2000
"""How many findings are told, and how many errors are looked at."""


def metaschema_path(version: SpecificationVersion) -> Path:
    """Return where the installed schema of `version` lies. Raises FileNotFoundError where the package is missing."""
    package, name = _SCHEMAS[version]
    found = importlib.machinery.PathFinder.find_spec(package, sys.path)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(package)
    return Path(next(iter(found.submodule_search_locations)), name)


def metaschema(version: SpecificationVersion) -> Any:
    """Return the schema of `version`, in 3.1 and later with Schema Objects checked as JSON Schema 2020-12.

    The shipped form leaves them open: its `meta` anchor accepts anything (OpenAPI 3.1.1, section 4.3).
    """
    content = metaschema_path(version).read_bytes()
    if b"$dynamicRef" not in content:
        return msgspec.json.decode(content)
    schema = json.loads(content)
    for definition in schema.get("$defs", {}).values():
        if isinstance(definition, dict) and definition.get("$dynamicAnchor") == "meta":
            definition.clear()
            definition["$ref"] = "https://json-schema.org/draft/2020-12/schema"
    return json.loads(json.dumps(schema).replace('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"'))


@functools.cache
def compiled(version: SpecificationVersion) -> Any:
    """Return the validator of the schema of `version`, which is compiled once."""
    import jsonschema_rs

    return jsonschema_rs.validator_for(metaschema(version))


def metaschema_findings(document: Document, severity: Severity) -> Iterator[tuple[Finding, Complaints]]:
    """Yield what the official schema says against `document`, as findings of this severity, and of what."""
    validator = compiled(document.version)
    root = document.root
    if validator.is_valid(root):
        return
    seen: set[tuple[str, str]] = set()
    cut: list[tuple[str, ...]] = []
    found = list(itertools.islice(_errors(validator, root, cut), _MOST_ERRORS + 1))
    errors = found[:_MOST_ERRORS]
    faulty = {tuple(error.instance_path)[:length] for error in errors for length in range(len(error.instance_path) + 1)}
    for error in errors:
        innocent = _innocent(error, faulty, document.version)
        if innocent and innocent.issuperset(error.kind.unexpected):
            continue
        for finding, complaints in _findings(error, innocent, document, severity):
            said = (finding.place.pointer, finding.message)
            if said in seen:
                continue
            if len(seen) >= _MOST:
                message = f"There are further faults of this kind than the {_MOST} that are told."
                yield _not_told(document, severity, message)
                return
            seen.add(said)
            yield finding, complaints
    if len(found) > len(errors):
        message = f"Only the first {_MOST_ERRORS:,} faults against the official schema were looked at."
        yield _not_told(document, severity, message)
    for way in cut:
        message = "What follows in this very large object is not held against the official schema."
        yield _not_told(document, Severity.WARNING, message, pointer_join("", *way))


def _errors(validator: Any, root: JsonObject, cut: list[tuple[str, ...]]) -> Iterator[Any]:
    """Yield the errors part by part, and put into `cut` where a part ends before what it is of does."""
    for part in parts(root):
        yield from (
            error for error in validator.iter_errors(part.tree) if tuple(map(str, error.instance_path)) not in part.cut
        )
        cut += part.cut[-1:]


def _findings(
    error: Any, innocent: frozenset[str], document: Document, severity: Severity
) -> Iterator[tuple[Finding, Complaints]]:
    """Yield what is to be told of one error, the members that it names and are `innocent` left out."""
    for number, (leaf, allowed) in enumerate(_told(error)):
        unexpected = [name for name in getattr(leaf.kind, "unexpected", None) or () if name not in innocent]
        pointer = pointer_join("", *leaf.instance_path, *(unexpected if len(unexpected) == 1 else ()))
        finding = Finding(
            rule="openapi-schema",
            severity=Severity.WARNING if _lacks_quotes(leaf) else severity,
            message=_message(leaf, pointer, allowed, unexpected),
            why=f"It is against {_SECTIONS[document.version]}.",
            hint="Correct it as the message says; it is converted as far as it can be understood.",
            place=Place(document.uri, pointer),
        )
        yield finding, complaints_of(leaf if number else error, document.uri, innocent)


def _not_told(document: Document, severity: Severity, message: str, pointer: str = "") -> tuple[Finding, Complaints]:
    finding = Finding(
        rule="openapi-schema",
        severity=severity,
        message=message,
        why=f"It may be against {_SECTIONS[document.version]}.",
        hint="Correct what is told, and look again.",
        place=Place(document.uri, pointer),
    )
    return finding, Complaints(each=(), every=False)


def _innocent(error: Any, faulty: Set[tuple[Any, ...]], version: SpecificationVersion) -> frozenset[str]:
    """Return the members that are unevaluated only since something within them, or beside them, is wrong.

    What a schema refuses evaluates nothing (JSON Schema Core 2020-12, 10.2): neither the faulty member nor those
    that it knows beside it.
    """
    if error.kind.name != "unevaluatedProperties":
        return frozenset()
    path = tuple(error.instance_path)
    at_fault = {name for name in error.kind.unexpected if (*path, name) in faulty}
    known = _known_members(version, tuple(error.schema_path)[:-1]) if at_fault else frozenset()
    return known.intersection(error.kind.unexpected).union(at_fault)


@functools.cache
def _known_members(version: SpecificationVersion, schema_path: tuple[Any, ...]) -> frozenset[str]:
    """Return the names that the part of the official schema at `schema_path` has for members of its object."""
    root = metaschema(version)
    found: set[str] = set()
    met: set[int] = set()
    waiting = [_at(root, schema_path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and id(node) not in met:
            met.add(id(node))
            found.update(node.get("properties", ()))
            waiting += [part for keyword in ("allOf", "anyOf", "oneOf") for part in node.get(keyword, ())]
            waiting += [node.get(keyword) for keyword in ("if", "then", "else")]
            waiting += node.get("dependentSchemas", {}).values()
            waiting.append(_at(root, pointer_split(node.get("$ref", "").partition("#")[2])) if "$ref" in node else None)
    return frozenset(found)


def _at(root: Any, path: Iterable[Any]) -> Any:
    """Return what stands at `path` in the official schema; None where that is in another one."""
    try:
        return functools.reduce(operator.getitem, path, root)
    except (KeyError, IndexError, TypeError):
        return None


def _lacks_quotes(error: Any) -> bool:
    """Tell whether a number stands where text is wanted, as in `version: 1.0`: in YAML only the quotes are missing."""
    wanted = getattr(error.kind, "types", None) or []
    return list(wanted) == ["string"] and isinstance(error.instance, int | float)


def _told(error: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the errors to tell, the chief one first, each with the words of which one must stand there.

    Of several alternatives they are those of that which is meant: it is no reference, its words (as in `type: http`)
    are the ones that stand there, and it came furthest. Where a word is wrong that chooses between the alternatives, it
    is all that is told; otherwise one error for each place.
    """

    def rank(branch: Any) -> tuple[bool, bool, int, int]:
        missing_reference = any(e.message.startswith('"$ref" is a required') for e in branch)
        other_word = any(_is_another(e, error.instance_path) for e in branch)
        return missing_reference, other_word, -max(len(e.instance_path) for e in branch), len(branch)

    fitting = [branch for branch in getattr(error.kind, "context", None) or () if branch]
    if not fitting:
        yield error, _words(error)
        return
    closest = min(fitting, key=rank)
    chief = next((e for e in closest if _words(e)), None) or max(closest, key=lambda e: len(e.instance_path))
    chosen_by = [e for branch in fitting if branch is not closest for e in branch if _words_at(e, chief.instance_path)]
    if _words(chief) and chosen_by:
        yield chief, [word for branch in fitting for e in branch for word in _words_at(e, chief.instance_path)]
        return
    places = {tuple(chief.instance_path)}
    yield from _told(chief)
    for other in closest:
        if tuple(other.instance_path) not in places:
            places.add(tuple(other.instance_path))
            yield from _told(other)


def _is_another(error: Any, around: Sequence[Any]) -> bool:
    """Tell whether a member of the object `around` says by its word that another alternative is meant."""
    branches = [branch for branch in getattr(error.kind, "context", None) or () if branch]
    if branches:
        return all(any(_is_another(below, around) for below in branch) for branch in branches)
    # A word that chooses is the only one that an alternative takes: `in: query`, where a `type` may be one of many.
    return len(error.instance_path) > len(around) and len(_words(error)) == 1


def _words(error: Any) -> list[Any]:
    """Return the words of which one must stand there; none where the error is of another kind."""
    if error.kind.name == "const":
        return [error.kind.expected_value]
    return list(error.kind.options) if error.kind.name == "enum" else []


def _words_at(error: Any, path: Sequence[Any]) -> list[Any]:
    """Return the words that an error, or those of its alternatives, wants at `path`; references want none there."""
    branches = [branch for branch in getattr(error.kind, "context", None) or () if branch]
    if branches:
        return [word for branch in branches for e in branch for word in _words_at(e, path)]
    return _words(error) if list(error.instance_path) == list(path) else []


def _message(error: Any, pointer: str, allowed: list[Any], unexpected: list[str]) -> str:
    where = f"`{pointer}`" if pointer else "The document"
    text = error.message
    if len(allowed) > 1:
        words = ", ".join(dict.fromkeys(to_json(word, indent=False) for word in allowed))
        text = f"{to_json(error.instance, indent=False)} is not one of {words}"
    elif unexpected and len(unexpected) < len(error.kind.unexpected):
        names = ", ".join(f"'{name}'" for name in unexpected)
        was = "was" if len(unexpected) == 1 else "were"
        text = f"Unevaluated properties are not allowed ({names} {was} unexpected)"
    return f"{where}: {without_long_values(text)}."
