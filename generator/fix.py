"""Mends what can be mended without asking: adds the members that are missing, and touches nothing else.

A specification is mended in its text: what is added are whole members, at the end of their object, in the indentation
and quotes that stand there. Everything else stays byte for byte, which no writer of YAML could promise.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from generator.checking import CheckOptions, allowed_secrets, check
from generator.document import Document, Source, parse
from generator.expressions import is_found
from generator.findings import Finding, Insertion, Place, Position, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join, pointer_split
from generator.known_secrets import MARK, without_secrets
from generator.validation.rules.auth_flow import flow_addresses
from generator.validation.secrets import without_live_secrets
from generator.validation.security import alternatives, flows, is_bearer, is_public_on_purpose, scheme_name
from generator.validation.walk import walk

_MOST_ROUNDS = 5
_NO_TOKEN: JsonValue = {"description": "The access token is missing or no longer valid."}
_NO_CREDENTIALS: JsonValue = {"description": "The credentials are missing or not valid."}
_WITHOUT_TOKEN = frozenset({"apiKey", "basic", "mutualTLS"})
_PLACE_OF_SCHEME = re.compile(r"/(?:components/securitySchemes|securityDefinitions)/[^/]+")
_PLAIN = re.compile(r"[A-Za-z][^\s:#,\[\]{}&*!|>'\"%@`]*(:[^\s:#,\[\]{}]+)*( [A-Za-z.]+)*")
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class Addition(Struct, frozen=True, kw_only=True):
    """A member that is to be added to the object at `pointer`."""

    pointer: str
    key: str
    value: JsonValue


def fixed(document: Document, options: CheckOptions) -> str | None:
    """Return the text of the entry of `document` with what can be mended mended; None where nothing safely is.

    A round's additions may allow others (a scheme is there, its operations want a 401); each round's text is read
    again, and one that would not be read, or would have more errors than before, is dropped.
    """
    text = _text(document)
    best: str | None = None
    for _ in range(_MOST_ROUNDS):
        state = _checked(document, text, options) if text is not None else None
        if state is None or text is None:
            return best
        additions = list({(each.pointer, each.key): each for each in _wanted(*state, options)}.values())
        changed = _applied(text, additions) if additions else text
        after = _checked(document, changed, options)
        if changed == text or after is None or _errors(after[1]) > _errors(state[1]):
            return best
        text = best = changed
    return best


def insertions(
    document: Document, findings: Sequence[Finding], options: CheckOptions
) -> dict[Finding, tuple[Insertion, ...]]:
    """Return for each of `findings` that can be mended what to insert where in the text of the entry of `document`.

    Nothing is offered where the text with all of it in place would not be read, or would have more errors.
    """
    wanted: dict[Finding, list[Addition]] = {}
    ground = _Ground(without_live_secrets(document, allowed_secrets(options), Severity.WARNING).value, options)
    for finding in findings:
        mend = _MENDS.get(finding.rule)
        if mend is not None and finding.place.uri == document.uri:
            wanted[finding] = list(mend(_Fault(ground, finding)))
    every = list({(each.pointer, each.key): each for additions in wanted.values() for each in additions}.values())
    text = _text(document)
    if not every or text is None:
        return {}
    places = _places(text, every)
    after = _checked(document, _inserted(text, places.values()), options)
    if after is None or _errors(after[1]) > _errors(findings):
        return {}
    offered = {finding: [places.get((a.pointer, a.key)) for a in additions] for finding, additions in wanted.items()}
    return {
        finding: tuple(_insertion_at(text, *place) for place in found if place is not None)
        for finding, found in offered.items()
        if found and None not in found
    }


def _insertion_at(text: str, place: int, added: str) -> Insertion:
    start = text.rfind("\n", 0, place) + 1
    column = place - start + 1 - text.startswith("\ufeff", start)
    return Insertion(position=Position(text.count("\n", 0, place) + 1, column), text=added)


def _text(document: Document) -> str | None:
    """Return the text of the entry; None where it is not UTF-8."""
    content = document.resources[document.uri].source.content
    try:
        return None if content.startswith((b"\xff\xfe", b"\xfe\xff")) else content.decode()
    except UnicodeDecodeError:
        return None


def _checked(document: Document, text: str, options: CheckOptions) -> tuple[Document, tuple[Finding, ...]] | None:
    """Read and check `document` with `text` in the place of its entry's."""
    sources = {uri: resource.source for uri, resource in document.resources.items()}
    changed = {**sources, document.uri: Source(uri=document.uri, content=text.encode())}
    loaded = parse(changed, document.uri, document.absent)
    if loaded.value is None:
        return None
    harmless = without_live_secrets(loaded.value, allowed_secrets(options), Severity.WARNING).value
    return harmless, check(loaded.value, options, loaded.findings)


def _errors(findings: Sequence[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _wanted(document: Document, findings: Sequence[Finding], options: CheckOptions) -> Iterator[Addition]:
    """Yield what is to be added for `findings`, and where the settings say that an operation is public."""
    public = list(_public(document, options))
    yield from public
    ground = _Ground(document, options)
    for finding in findings:
        mend = _MENDS.get(finding.rule)
        in_public = any(finding.place.pointer.startswith(f"{addition.pointer}/") for addition in public)
        if mend is not None and finding.place.uri == document.uri and not in_public:
            yield from mend(_Fault(ground, finding))


def _public(document: Document, options: CheckOptions) -> Iterator[Addition]:
    """Yield `security: []` for each operation that the settings list as public and that does not say it."""
    paths = document.root.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            own = isinstance(operation, dict) and "responses" in operation and "security" not in operation
            if own and is_public_on_purpose(method.upper(), path, options.policy):
                yield Addition(pointer=pointer_join("", "paths", path, method), key="security", value=[])


class _Ground(Struct, frozen=True, dict=True):
    """What all faults of a document stand on, each looked up once; its live secrets have been made harmless."""

    document: Document
    options: CheckOptions

    @cached_property
    def schemes(self) -> dict[str, JsonObject]:
        """Return the security schemes of the entry, where 3 has them or where 2.0 has them."""
        components = self.document.root.get("components")
        new = components.get("securitySchemes") if isinstance(components, dict) else None
        both = (self.document.root.get("securityDefinitions"), new)
        found = [pair for each in both if isinstance(each, dict) for pair in each.items()]
        return {name: node for name, node in found if isinstance(node, dict)}

    @cached_property
    def asked(self) -> dict[str, dict[str, None]]:
        """Return for each scheme the scopes that operations ask of it, each once.

        What is not named as the settings ask is a slip rather than a scope.
        """
        pattern = self.options.policy.scope_pattern
        found: dict[str, dict[str, None]] = {}
        for visit in walk(self.document):
            listed = visit.node.items() if visit.kind == "security_requirement" else ()
            for scheme, scopes in listed:
                named = [scope for scope in scopes if isinstance(scope, str)] if isinstance(scopes, list) else []
                wanted = (scope for scope in named if not pattern or is_found(pattern, scope))
                found.setdefault(scheme, {}).update(dict.fromkeys(wanted))
        return found


class _Fault(Struct, frozen=True):
    """What is to be mended: a finding of a document, and what the user said, such as where tokens come from."""

    ground: _Ground
    finding: Finding

    @property
    def document(self) -> Document:
        """Return the document that has the fault."""
        return self.ground.document

    @property
    def token_url(self) -> str | None:
        """Return where tokens come from, if the user said it."""
        return self.ground.options.document.token_url

    @property
    def pointer(self) -> str:
        """Return where the fault is."""
        return self.finding.place.pointer

    @property
    def node(self) -> JsonObject:
        """Return what is there; an empty object where it is none."""
        node = self.document.node_at(self.finding.place)
        return node if isinstance(node, dict) else {}


def _scopes(fault: _Fault) -> Iterator[Addition]:
    scheme = _PLACE_OF_SCHEME.match(fault.pointer)
    name = pointer_split(scheme[0])[-1] if scheme else ""
    yield Addition(pointer=fault.pointer, key="scopes", value=_asked_for(fault, name))


def _asked_for(fault: _Fault, scheme: str) -> JsonObject:
    """Return the scopes that are asked of a scheme and no flow of it declares, without words on what they allow."""
    declared = {scope for _, flow in flows(fault.ground.schemes.get(scheme, {})) for scope in _named(flow)}
    return dict.fromkeys(sorted(fault.ground.asked.get(scheme, {}).keys() - declared), "")


def _named(flow: JsonObject) -> Iterable[str]:
    scopes = flow.get("scopes")
    return scopes if isinstance(scopes, dict) else ()


def _token_url(fault: _Fault) -> Iterator[Addition]:
    if fault.token_url and "tokenUrl" not in fault.node and fault.finding.hint == flow_addresses.to_add("tokenUrl"):
        yield Addition(pointer=fault.pointer, key="tokenUrl", value=fault.token_url)


def _response(fault: _Fault) -> Iterator[Addition]:
    place = Place(fault.document.uri, fault.pointer.rpartition("/")[0])
    operation = fault.document.node_at(place)
    owners = (operation, fault.document.root)
    offered = next(
        (each for owner in owners if isinstance(owner, dict) and (each := alternatives(owner.get("security")))), ()
    )
    schemes = fault.ground.schemes
    named = [schemes.get(scheme_name(name), {}) for item, _ in offered if isinstance(item, dict) for name in item]
    takes_token = all(str(scheme.get("type")) not in _WITHOUT_TOKEN and not _is_basic(scheme) for scheme in named)
    yield Addition(pointer=fault.pointer, key="401", value=_NO_TOKEN if takes_token else _NO_CREDENTIALS)


def _is_basic(scheme: JsonObject) -> bool:
    return scheme.get("type") == "http" and not is_bearer(scheme)


def _flow(fault: _Fault) -> Iterator[Addition]:
    if fault.token_url and isinstance(fault.node.get("flows"), dict):
        asked = _asked_for(fault, pointer_split(fault.pointer)[-1])
        flow: JsonValue = {"tokenUrl": fault.token_url, "scopes": asked}
        yield Addition(pointer=f"{fault.pointer}/flows", key="clientCredentials", value=flow)


def _scheme(fault: _Fault) -> Iterator[Addition]:
    root, token_url = fault.document.root, fault.token_url
    if not token_url:
        return
    asked = _asked_for(fault, "oauth2")
    if fault.document.version.value == "2.0":
        old: JsonValue = {"type": "oauth2", "flow": "application", "tokenUrl": token_url, "scopes": asked}
        yield Addition(pointer="", key="securityDefinitions", value={"oauth2": old})
    else:
        flows: JsonValue = {"clientCredentials": {"tokenUrl": token_url, "scopes": asked}}
        schemes: JsonValue = {"oauth2": {"type": "oauth2", "flows": flows}}
        if isinstance(root.get("components"), dict):
            yield Addition(pointer="/components", key="securitySchemes", value=schemes)
        else:
            yield Addition(pointer="", key="components", value={"securitySchemes": schemes})
    if "security" not in root:
        yield Addition(pointer="", key="security", value=[{"oauth2": []}])


_MENDS: dict[str, Callable[[_Fault], Iterator[Addition]]] = {
    "flow-scopes": _scopes,
    "flow-addresses": _token_url,
    "response-401": _response,
    "token-endpoint-missing": _flow,
    "security-scheme-present": _scheme,
}
MENDABLE = frozenset(_MENDS)
"""The rules of which findings can be mended, in the file that is checked."""


def _applied(text: str, additions: Sequence[Addition]) -> str:
    """Return `text` with the additions in place."""
    return _inserted(text, _places(text, additions).values())


def _inserted(text: str, insertions: Iterable[tuple[int, str]]) -> str:
    """Return `text` with the insertions made from its end to its beginning, so that places stay where they are."""
    numbered = [(place, -number, added) for number, (place, added) in enumerate(insertions)]
    for place, _, added in sorted(numbered, reverse=True):
        text = text[:place] + added + text[place:]
    return text


def _places(text: str, additions: Sequence[Addition]) -> dict[tuple[str, str], tuple[int, str]]:
    """Return for each addition that is possible, by its pointer and key, what is to be inserted where in `text`."""
    import yaml

    loader = (yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader)(text.removeprefix("\ufeff"))
    try:
        root = loader.get_single_node()
    except yaml.YAMLError:  # JSON that is no YAML: control characters, and keys that are too long
        return {}
    start = len(text) - len(text.removeprefix("\ufeff"))
    places = {}
    for addition in additions:
        node = _node(root, addition.pointer)
        if isinstance(node, yaml.MappingNode) and all(key.value != addition.key for key, _ in node.value):
            place, added = _insertion(text[start:], node, addition)
            places[addition.pointer, addition.key] = (place + start, added)
    return places


def _node(node: Any, pointer: str) -> Any:
    """Return the node at `pointer`; None where it is not there, or stands somewhere else behind an alias."""
    for token in pointer_split(pointer):
        inner = next(((key, value) for key, value in getattr(node, "value", ()) if _is_called(key, token)), None)
        if inner is None or inner[1].start_mark.index < inner[0].start_mark.index:
            return None
        node = inner[1]
    return node


def _is_called(key: Any, token: str) -> bool:
    """Tell whether a key has the name `token`, or one in which that has made a live secret harmless."""
    return bool(key.value == token) or (MARK in token and without_secrets(str(key.value)) == token)


def _insertion(text: str, node: Any, addition: Addition) -> tuple[int, str]:
    """Return where to insert which text so that `node` gets the member."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    if node.flow_style:
        return _flow_insertion(text, node, addition, line_end)
    first = node.value[0][0]
    lines = _block(_key(addition.key, first.style), addition.value, first.start_mark.column)
    end = len(text[: _end(*node.value[-1])].rstrip())
    place = text.find("\n", end)
    place = len(text) if place < 0 else place - (text[place - 1] == "\r")
    return place, "".join(line_end + line for line in lines)


def _end(key: Any, value: Any) -> int:
    """Return the index at which a member ends."""
    while True:
        if value.start_mark.index < key.start_mark.index:
            return int(key.end_mark.index)  # an alias: its node is elsewhere, and only the line of the key counts
        if value.id == "scalar" or value.flow_style or not value.value:
            return int(value.end_mark.index)
        last = value.value[-1]
        key, value = last if value.id == "mapping" else (last, last)


def _flow_insertion(text: str, node: Any, addition: Addition, line_end: str) -> tuple[int, str]:
    closing = node.end_mark.index - 1
    place = len(text[:closing].rstrip())
    quoted = not node.value or node.value[0][0].style in {"'", '"'}
    key = json.dumps(addition.key) if quoted else _key(addition.key, None)
    member = f"{key}: {json.dumps(addition.value, ensure_ascii=False)}"
    if not node.value:
        return place, member
    first = node.value[0][0].start_mark
    apart = line_end + " " * first.column if first.line != node.start_mark.line else " "
    return place, ("" if text[place - 1] == "," else ",") + apart + member


def _block(key: str, value: JsonValue, indent: int) -> list[str]:
    """Return a member as lines of block YAML."""
    space = " " * indent
    if isinstance(value, dict) and value:
        inner = [line for name, each in value.items() for line in _block(_key(name, None), each, indent + 2)]
        return [f"{space}{key}:", *inner]
    if isinstance(value, list) and value:
        return [f"{space}{key}:", *(f"{space}  - {_scalar(each)}" for each in value)]
    return [f"{space}{key}: {_scalar(value)}"]


def _key(key: str, style: str | None) -> str:
    """Return a key as its neighbours are written: plain where they are and it can be, else in their quotes."""
    if style in {"'", '"'}:
        return f"{style}{key}{style}"
    return key if key.isdigit() or _is_plain(key) else json.dumps(key)


def _scalar(value: JsonValue) -> str:
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict) and value:
        return "{" + ", ".join(f"{_key(name, None)}: {_scalar(each)}" for name, each in value.items()) + "}"
    return json.dumps(value)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _NOT_TEXT
