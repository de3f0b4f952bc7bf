"""Secrets in the texts of a document: those in other resources than the entry, and the document without them."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from generator.document import Document
from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join, pointer_split
from generator.known_secrets import without_secrets as harmless_text
from generator.validation.rule import Policy
from generator.validation.rules.auth_flow.secret_in_text import RULE, problem
from generator.validation.secret_search import secret_places


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
    changes: dict[str, list[tuple[str, str]]] = {}
    for finding in findings:
        text = document.node_at(finding.place) if finding.rule == RULE.name else None
        if isinstance(text, str) and (harmless := harmless_text(text)) != text:
            changes.setdefault(finding.place.uri, []).append((finding.place.pointer, harmless))
    if not changes:
        return document
    changed = {
        uri: replace(document.resources[uri], root=_with(document.resources[uri].root, changes[uri])) for uri in changes
    }
    return replace(document, resources={**document.resources, **changed})


def _with(root: JsonObject, changes: Iterable[tuple[str, str]]) -> JsonObject:
    """Return `root` with other texts at some pointers; each container on the way is copied once."""
    top: JsonObject = dict(root)
    copies: dict[tuple[str, ...], JsonValue] = {(): top}
    for pointer, text in changes:
        *way, last = pointer_split(pointer)
        node: JsonValue = top
        for depth, token in enumerate(way, start=1):
            at = tuple(way[:depth])
            if at not in copies:
                child = node[token] if isinstance(node, dict) else node[int(token)] if isinstance(node, list) else None
                copies[at] = (
                    dict(child) if isinstance(child, dict) else list(child) if isinstance(child, list) else child
                )
                _set(node, token, copies[at])
            node = copies[at]
        _set(node, last, text)
    return top


def _set(node: JsonValue, token: str, value: JsonValue) -> None:
    if isinstance(node, dict):
        node[token] = value
    elif isinstance(node, list):
        node[int(token)] = value
