"""The official JSON Schemas of OpenAPI, read as files from the packages that ship them, which are not imported."""

import importlib.machinery
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from generator.document import Document, SpecificationVersion
from generator.findings import Finding, Place, Severity
from generator.json_values import pointer_join
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


@cache
def _validator(version: SpecificationVersion) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(metaschema(version))


def metaschema_findings(document: Document, severity: Severity) -> Iterator[Finding]:
    """Yield what the official schema says against `document`, one finding of this severity a place."""
    validator = _validator(document.version)
    root = document.root
    if validator.is_valid(root):
        return
    seen: set[tuple[str, str]] = set()
    for error in validator.iter_errors(root):
        leaf = _leaf(error)
        pointer = pointer_join("", *leaf.instance_path)
        message = _message(leaf, pointer)
        if (pointer, message) in seen or len(seen) >= _MOST:
            continue
        seen.add((pointer, message))
        yield Finding(
            rule="openapi-schema",
            severity=Severity.WARNING if _lacks_quotes(leaf) else severity,
            message=message,
            why=f"It is against {_SECTIONS[document.version]}.",
            hint="Correct it as the message says; it is converted as far as it can be understood.",
            place=Place(document.uri, pointer),
        )


def _lacks_quotes(error: Any) -> bool:
    """Tell whether a number stands where text is wanted, as in `version: 1.0`: in YAML only the quotes are missing."""
    wanted = getattr(error.kind, "types", None) or []
    return list(wanted) == ["string"] and isinstance(error.instance, int | float)


def _leaf(error: Any) -> Any:
    """Return the error to tell: of several alternatives, the one that came furthest and is no reference."""
    while True:
        branches = getattr(error.kind, "context", None)
        if not branches:
            return error

        def rank(branch: Any) -> tuple[bool, int, int]:
            missing_reference = any(e.message.startswith('"$ref" is a required') for e in branch)
            return missing_reference, -max((len(e.instance_path) for e in branch), default=0), len(branch)

        fitting = [branch for branch in branches if branch]
        if not fitting:
            return error
        error = max(min(fitting, key=rank), key=lambda e: len(e.instance_path))


def _message(error: Any, pointer: str) -> str:
    where = f"`{pointer}`" if pointer else "The document"
    return f"{where}: {without_long_values(error.message)}."
