"""Secrets in the texts of a document: those in other resources than the entry, and the document without them."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from generator.document import Document
from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join, pointer_split
from generator.validation.rule import Policy
from generator.validation.rules.auth_flow.secret_in_text import RULE, problem
from generator.validation.secret_search import secret_places, without_known


def secrets_elsewhere(document: Document, policy: Policy, grades: Mapping[str, Severity]) -> Iterator[Finding]:
    """Yield a finding for each secret in a resource that is not the entry, of which the rule itself speaks."""
    for uri, resource in document.resources.items():
        if uri == document.uri:
            continue
        for tokens, kind, known in secret_places(resource.root, policy.allowed_secrets):
            said = problem(tokens, kind, known=known)
            yield RULE.finding(
                Place(uri, pointer_join("", *tokens)), said.message, said.hint, said.severity or grades[RULE.name]
            )


def without_secrets(document: Document, findings: Iterable[Finding]) -> Document:
    """Return `document` without the secrets that `findings` tell, where there is no doubt that they are some."""
    resources = dict(document.resources)
    for finding in findings:
        if finding.rule == RULE.name:
            uri = finding.place.uri
            text = document.node_at(finding.place)
            if isinstance(text, str) and (harmless := without_known(text)) != text:
                root = _with(resources[uri].root, pointer_split(finding.place.pointer), harmless)
                resources[uri] = replace(resources[uri], root=root)
    return replace(document, resources=resources) if resources != document.resources else document


def _with(root: JsonObject, tokens: Iterable[str], value: str) -> JsonObject:
    """Return `root` with `value` where `tokens` lead to; what is beside the way there is shared."""
    copy: JsonObject = dict(root)
    node: JsonValue = copy
    *way, last = tokens
    for token in way:
        node = _own(node, token)
    _set(node, last, value)
    return copy


def _own(node: JsonValue, token: str) -> JsonValue:
    """Return a copy of the member at `token`, which takes its place in `node`."""
    child = node[token] if isinstance(node, dict) else node[int(token)] if isinstance(node, list) else None
    copy: JsonValue = dict(child) if isinstance(child, dict) else list(child) if isinstance(child, list) else child
    _set(node, token, copy)
    return copy


def _set(node: JsonValue, token: str, value: JsonValue) -> None:
    if isinstance(node, dict):
        node[token] = value
    elif isinstance(node, list):
        node[int(token)] = value
