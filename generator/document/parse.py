"""From sources to a document: JSON or YAML, then the version of OpenAPI."""

import codecs
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from generator.document.identifiers import identifiers
from generator.document.text import HALF_PAIR, as_utf8, decode, half_pair, join_surrogates, undecodable
from generator.document.values import Absence, Document, Resource, Source, SpecificationVersion, Tree
from generator.document.yaml_tree import DEEPEST, YamlTreeError, scalar, yaml_tree
from generator.findings import Checked, Finding, Place, Position, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join

_DECLARATION = re.compile(rb"""(?:^|[{,\n])[ \t\r]*["']?(?:openapi|swagger)["']?[ \t]*:""")
_DECLARED = re.compile(_DECLARATION.pattern + rb"""[ \t]*["']?(2\.0|3\.[012])""")
_METADATA = re.compile(rb"openIdConnectUrl|oauth2MetadataUrl")
_OUTSIDE = re.compile(rb"""\$ref["']?[ \t]*:(?!\s*["']?#)""")
_VERSIONS = "2.0, 3.0, 3.1 and 3.2"


def declares_version(content: bytes) -> bool:
    """Tell, without reading it all, whether `content` looks like a document with `openapi` or `swagger` at its top."""
    content = as_utf8(content)
    for match in _DECLARATION.finditer(content):
        start = content.rfind(b"\n", 0, match.start() + 1) + 1
        line = content[start : match.end()].lstrip(b"\n\r")
        if not line[:1].isspace() or content.lstrip(b" \t\r\n")[:1] == b"{":
            return True
    return False


def declared_version(content: bytes) -> SpecificationVersion | None:
    """Return the version that `content` seems to declare, without reading it all."""
    match = _DECLARED.search(as_utf8(content))
    return SpecificationVersion(match[1].decode()) if match else None


def read_tree(source: Source) -> Tree:
    """Return what `source` holds as JSON or YAML, None where it cannot be read, and what is to be said of it."""
    findings: list[Finding] = []
    tree = _tree(source, findings)
    return replace(tree, findings=tuple(findings))


Read: TypeAlias = Callable[[Source], Tree]
"""How a source is read: by `read_tree`, or by what remembers what that returned."""


def parse(
    sources: Mapping[str, Source], entry: str, absent: Mapping[str, Absence] | None = None, read: Read = read_tree
) -> Checked[Document | None]:
    """Read all `sources` and return the document whose entry is at the URI `entry`; `absent` are those not there.

    The value is None where a source cannot be read or the entry is no OpenAPI document; findings say why.
    """
    findings: list[Finding] = []
    resources: dict[str, Resource] = {}
    for uri, source in sources.items():
        tree = read(source)
        findings += tree.findings
        if isinstance(tree.value, dict):
            names = identifiers(source.content, tree.value)
            resources[uri] = Resource(source=source, root=tree.value, places=tree.places, identifiers=names)
        elif tree.value is not None or not tree.findings:
            empty = not source.content.removeprefix(codecs.BOM_UTF8).strip()
            findings.append(_not_an_object(uri, empty=empty) if uri == entry else _no_part(uri, empty=empty))
    if entry not in resources:
        return Checked(None, tuple(findings))
    version = _version(entry, resources[entry].root, findings)
    if version is None:
        return Checked(None, tuple(findings))
    return Checked(Document(uri=entry, version=version, resources=resources, absent=absent or {}), tuple(findings))


def references_out(source: Source, read: Read = read_tree) -> tuple[str, ...]:
    """Return, each once, the addresses outside of `source` that its references name, without their fragments.

    A source whose text holds no such reference is not read for that.
    """
    if not _OUTSIDE.search(source.content):
        return ()
    found: dict[str, None] = {}
    stack: list[JsonValue] = [read(source).value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and (address := reference.partition("#")[0]):
                found[address] = None
            stack.extend(reversed(node.values()))
        elif isinstance(node, list):
            stack.extend(reversed(node))
    return tuple(found)


def metadata_addresses(source: Source, read: Read = read_tree) -> tuple[str, ...]:
    """Return, each once, where the security schemes of `source` say that a server describes itself (RFC 8414)."""
    if not _METADATA.search(source.content):
        return ()
    found: dict[str, None] = {}
    node = read(source).value
    for name in ("components", "securitySchemes"):
        node = node.get(name) if isinstance(node, dict) else None
    for scheme in node.values() if isinstance(node, dict) else ():
        for name in ("openIdConnectUrl", "oauth2MetadataUrl"):
            address = scheme.get(name) if isinstance(scheme, dict) else None
            if isinstance(address, str) and address.startswith("https://"):
                found[address] = None
    return tuple(found)


_NOTHING = Tree(value=None)


def _tree(source: Source, findings: list[Finding]) -> Tree:
    try:
        text = decode(source.content)
    except UnicodeDecodeError as error:
        findings.append(undecodable(source.uri, source.content, error))
        return _NOTHING
    json_error: Finding | None = None
    if text.lstrip()[:1] in {"{", "["}:
        try:
            value = _whole_characters(source.uri, _json_tree(source.uri, text), text, findings)
            return Tree(value=value)
        except YamlTreeError as error:
            findings.append(error.finding)
            return _NOTHING
        except _DuplicateKeyError:
            pass
        except json.JSONDecodeError as error:
            json_error = _json_syntax(source.uri, error)
    return _yaml(source.uri, text, json_error, findings)


def _yaml(uri: str, text: str, json_error: Finding | None, findings: list[Finding]) -> Tree:
    """Return what `text` is as YAML; where it is no YAML either, a text that began as JSON is told as JSON.

    So is a file that is called JSON and is YAML only.
    """
    for attempt in dict.fromkeys((text, join_surrogates(text))):
        try:
            tree = yaml_tree(uri, attempt)
        except YamlTreeError as error:
            problem = error.finding
            continue
        findings.extend(tree.findings)
        if json_error is not None and uri.lower().endswith(".json"):
            findings.append(_json_as_yaml(json_error))
        return tree
    syntax = problem.rule in {"yaml-syntax", "yaml-tab"}
    findings.append(json_error if json_error is not None and syntax else problem)
    return _NOTHING


class _DuplicateKeyError(Exception):
    """A JSON object has a key twice; the YAML reader, which knows positions, reads the text again."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _DuplicateKeyError
    return value


def _json_tree(uri: str, text: str) -> JsonValue:
    """Return the value of a JSON text. Raises YamlTreeError where it is nested too deeply."""
    too_deep = Finding(
        rule="too-deep",
        severity=Severity.ERROR,
        message=f"The nesting is deeper than {DEEPEST} levels.",
        why="No API is described that deeply; reading on could exhaust the machine.",
        hint="Move inner parts to components.",
        place=Place(uri, ""),
        position=Position(1, 1),
    )
    try:
        value: JsonValue = json.loads(
            text, object_pairs_hook=_object, parse_constant=str, parse_int=scalar, parse_float=scalar
        )
    except RecursionError as error:
        raise YamlTreeError(too_deep) from error
    if _depth_exceeds(value, DEEPEST):
        raise YamlTreeError(too_deep)
    return value


def _whole_characters(uri: str, value: JsonValue, text: str, findings: list[Finding]) -> JsonValue:
    """Return the new `value` with U+FFFD in place of each half of a surrogate pair, which UTF-8 cannot write."""
    if "\\u" not in text:
        return value
    root: dict[str, JsonValue] = {"": value}
    waiting: list[tuple[Any, str]] = [(root, "")]
    while waiting:
        node, pointer = waiting.pop()
        for key, child in list(node.items() if isinstance(node, dict) else enumerate(node)):
            place = pointer_join(pointer, key) if node is not root else ""
            if isinstance(child, dict | list):
                waiting.append((child, place))
            elif isinstance(child, str) and HALF_PAIR.search(child):
                node[key] = HALF_PAIR.sub("\ufffd", child)
                findings.append(half_pair(uri, place))
        if isinstance(node, dict) and any(HALF_PAIR.search(key) for key in node):
            renamed = {HALF_PAIR.sub("\ufffd", key): child for key, child in node.items()}
            node.clear()
            node.update(renamed)
            findings.append(half_pair(uri, pointer))
    return root[""]


def _depth_exceeds(value: JsonValue, limit: int) -> bool:
    level: list[Any] = [value] if isinstance(value, dict | list) else []
    for _ in range(limit + 1):
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True


def _json_syntax(uri: str, error: json.JSONDecodeError) -> Finding:
    return Finding(
        rule="json-syntax",
        severity=Severity.ERROR,
        message=f"The JSON cannot be read: {error.msg}.",
        why="Nothing after this place can be understood (RFC 8259).",
        hint="Look for a missing comma, quote or bracket here or just before.",
        place=Place(uri, ""),
        position=Position(error.lineno, error.colno),
    )


def _json_as_yaml(error: Finding) -> Finding:
    """Return the finding that a file called JSON is none, but YAML."""
    return replace(
        error,
        severity=Severity.WARNING,
        message=f"{error.message.removesuffix('.')}; it is read as YAML.",
        why="Other readers of JSON stop here (RFC 8259).",
        hint="Write it as JSON, or end the file's name in .yaml.",
    )


def _not_an_object(uri: str, *, empty: bool) -> Finding:
    return Finding(
        rule="openapi-document",
        severity=Severity.ERROR,
        message=f"This is no OpenAPI document: {'the file is empty' if empty else 'its top level is not an object'}.",
        why='A document begins with `openapi: 3.…` or `swagger: "2.0"` (OpenAPI 3.0.4, 4.7.1).',
        hint="Give the file that SwaggerHub exports as YAML or JSON.",
        place=Place(uri, ""),
        position=Position(1, 1),
    )


def _no_part(uri: str, *, empty: bool) -> Finding:
    what = "it is empty" if empty else "its top level is not an object"
    return Finding(
        rule="openapi-document",
        severity=Severity.ERROR,
        message=f"The document refers to this file, but {what}.",
        why="What a reference names is an object, or stands in one (OpenAPI 3.0.4, 4.7.23).",
        hint="Correct the file, or the reference to it.",
        place=Place(uri, ""),
        position=Position(1, 1),
    )


def _version(uri: str, root: JsonObject, findings: list[Finding]) -> SpecificationVersion | None:
    key = "swagger" if "swagger" in root and "openapi" not in root else "openapi"
    declared = root.get(key)
    text = str(declared) if isinstance(declared, str | int | float) else ""
    match = re.match(r"(2\.0|3\.[012])(?:\.\d|$|-)", text)
    known = match is not None and (match[1] == "2.0") == (key == "swagger")
    if known and match is not None:
        if not isinstance(declared, str):
            findings.append(_version_number(uri, key, text))
            root[key] = text
        return SpecificationVersion(match[1])
    missing = declared is None
    findings.append(
        Finding(
            rule="openapi-version",
            severity=Severity.ERROR,
            message="The document names no version: neither `openapi` nor `swagger` is there."
            if missing
            else f"The version `{key}: {text or declared!r}` is not known.",
            why=f"How a document is read depends on its version; {_VERSIONS} are known."
            if missing
            else "How a document is read depends on its version.",
            hint="Begin the document with `openapi: 3.0.3`, or whichever version it is written in."
            if missing
            else f"Write the document in one of the versions that are read: {_VERSIONS}.",
            place=Place(uri, "" if missing else f"/{key}"),
        )
    )
    return None


def _version_number(uri: str, key: str, text: str) -> Finding:
    return Finding(
        rule="openapi-version",
        severity=Severity.INFO,
        message=f"The version `{key}: {text}` is a number; it is read as text.",
        why="The version is text (OpenAPI 3.0.4, 4.7.1).",
        hint=f'Put it into quotes: `{key}: "{text}"`.',
        place=Place(uri, f"/{key}"),
    )
