"""What `sendready rules RULE` shows as wrong raises the rule, and what it shows as right does not."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from generator import second_opinion
from generator.checking import CheckOptions, Policy, check
from generator.document import Source, parse
from generator.json_values import to_json
from generator.pipeline import Options, SnippetFormat, convert, snippet_page
from generator.reference_validator import answered
from generator.validation.rule import Rule
from generator.validation.rules.catalogue import CONVERSION_ONLY, EXPLAINED_BY_NAME

OPERATION: dict[str, Any] = {"responses": {code: {"description": "A response."} for code in ("200", "401", "403")}}
OPERATIONS: dict[Any, Any] = {
    "get": {**OPERATION, "operationId": "getPet"},
    "post": OPERATION,
    "put": {"responses": {"200": {"description": "Without a 401."}}},
}
SCOPES = {"pets.read": "Read pets", "pets.write": "Write pets"}
FLOW = {"tokenUrl": "https://api.acme.com/token", "scopes": SCOPES}
DATA = {
    "Pet": {"type": "object", "properties": {"kind": {"type": "string"}}},
    "Cat": {"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]},
}
OTHERS = {
    "basic": {"type": "http", "scheme": "basic"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "certificate": {"type": "mutualTLS"},
}
INFO = {"title": "Pets", "version": "1"}
PLACES: tuple[tuple[str | int, ...], ...] = (
    (),
    ("paths",),
    ("paths", "/pets"),
    ("paths", "/pets", "post"),
    ("paths", "/pets", "get"),
    ("paths", "/pets", "put"),
    ("paths", "/pets/{id}", "get", "parameters", 0),
    ("paths", "/pets", "get", "parameters", 0),
    ("paths", "/pets", "get", "responses", "200"),
    ("paths", "/pets", "get", "responses", "200", "content", "application/json"),
    ("paths", "/pets", "post", "requestBody"),
    ("paths", "/pets", "post", "requestBody", "content"),
    ("paths", "/pets", "post", "requestBody", "content", "application/json"),
    ("paths", "/pets", "post", "requestBody", "content", "multipart/form-data"),
    ("paths", "/pets", "post", "requestBody", "content", "multipart/form-data", "schema"),
    ("paths", "/pets", "post", "requestBody", "content", "application/json", "schema"),
    ("paths", "/token", "post", "requestBody", "content", "application/x-www-form-urlencoded", "schema"),
    ("components", "schemas", "Tried"),
    ("components",),
    ("components", "securitySchemes", "oauth"),
    ("components", "securitySchemes", "oauth", "flows"),
    ("components", "securitySchemes", "oauth", "flows", "clientCredentials"),
    ("servers", 0),
    ("definitions", "Tried"),
    ("securityDefinitions", "oauth"),
)
"""Where a fragment is tried: there it is merged into a document of which nothing is to be said."""

NOT_ALONE = {
    "text-encoding": "its fault is in bytes, not in text",
    "too-deep": "it is shown by its beginning",
    "operations-left-out": "it takes thousands of operations",
    "secret-in-text": "a rule's own text must not hold a token",
}
"""The rules whose examples cannot be tried, and why."""

OPTIONS = CheckOptions(policy=Policy(scope_pattern=r"^[a-z]+\.(read|write)$"))


def base(version: str, *, secured: bool) -> dict[str, Any]:
    """Return a document of `version` that has what fragments name; `secured` as a whole, or by its one operation."""
    security = {"security": [{"oauth": list(SCOPES)}]}
    paths = {"/pets": {"get": {**OPERATIONS["get"], **({} if secured else security)}}}
    if version == "2.0":
        scheme = {"type": "oauth2", "flow": "application", **FLOW}
        basic = {"basic": {"type": "basic"}, "apiKey": OTHERS["apiKey"]}
        head: dict[str, Any] = {
            "swagger": "2.0",
            "host": "api.acme.com",
            "schemes": ["https"],
            **(security if secured else {}),
        }
        return {
            **head,
            "info": INFO,
            **(security if secured else {}),
            "paths": paths,
            "definitions": DATA,
            "securityDefinitions": {"oauth": scheme, **basic},
        }
    schemes = {"oauth": {"type": "oauth2", "flows": {"clientCredentials": FLOW}}, **OTHERS}
    return {
        "openapi": version,
        "info": INFO,
        **(security if secured else {}),
        "servers": [{"url": "https://api.acme.com"}],
        "paths": paths,
        "components": {"schemas": DATA, "securitySchemes": schemes},
    }


def merged(tree: Any, fragment: Any, place: tuple[str | int, ...] = (), depth: int = 99) -> Any:
    """Return `tree` with `fragment` at `place`, where what is missing on the way is made.

    It is merged in down to a `depth`, from which on it takes the place of what is there.
    """
    if place:
        token, *others = place
        if isinstance(token, int):
            items = list(tree) if isinstance(tree, list) else []
            first = items[0] if items else {}
            return [merged(first, fragment, tuple(others), depth), *items[1:]]
        around = tree if isinstance(tree, dict) else {}
        below = around.get(token, OPERATIONS.get(token, {}))
        return {**around, token: merged(below, fragment, tuple(others), depth)}
    if depth and isinstance(tree, dict) and isinstance(fragment, dict):
        return {**tree, **{name: merged(tree.get(name), value, (), depth - 1) for name, value in fragment.items()}}
    return fragment


def said(text: str, rule: Rule, name: str) -> set[str]:
    """Return the rules of what a check says of a document, or a conversion where only that says it."""
    loaded = parse({name: Source(uri=name, content=text.encode())}, name)
    document, findings = loaded.value, list(loaded.findings)
    if document is not None and rule not in CONVERSION_ONLY:
        findings = list(
            check(document, CheckOptions(policy=OPTIONS.policy, reference=rule.name == "second-opinion"), findings)
        )
    elif document is not None and rule.name.startswith("http-file"):
        findings += snippet_page(document, Options(), SnippetFormat.HTTP).findings
    elif document is not None:
        options = Options(token_url="https://other.example.com/token" if rule.name == "token-url-given" else None)
        findings += convert(document, options).findings
    return {finding.rule for finding in findings}


def documents(text: str, rule: Rule) -> Iterator[str]:
    """Yield the text alone, then documents that have it in one of the places."""
    yield text
    try:
        fragment = yaml.safe_load(text)
    except yaml.YAMLError:
        return
    fragment = _keys_as_text(fragment)
    for version in sorted({f"{each.value}.0".replace("2.0.0", "2.0") for each in rule.versions}, reverse=True):
        for place, depth, secured in itertools.product(PLACES, (99, 1, 0), (True, False)):
            yield to_json(merged(base(version, secured=secured), fragment, place, depth))


def _keys_as_text(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _keys_as_text(value) for key, value in node.items()}
    return [_keys_as_text(item) for item in node] if isinstance(node, list) else node


TRIED = [rule for name, rule in EXPLAINED_BY_NAME.items() if name not in NOT_ALONE]


@pytest.mark.parametrize("rule", TRIED, ids=lambda rule: rule.name)
def test_what_is_shown_as_wrong_is_wrong_and_what_is_shown_as_right_is_not(rule, monkeypatch):
    """There is a place where the one raises the rule, and the other, there, does not."""
    monkeypatch.setattr(
        second_opinion, "asked", lambda document, _: answered(document)
    )  # a process for each of so many documents takes minutes
    name = "a.json" if rule.name == "json-syntax" else "a.yaml"
    for wrong, right in zip(documents(rule.wrong, rule), documents(rule.right, rule), strict=False):
        if rule.name in said(wrong, rule, name) and rule.name not in said(right, rule, name):
            return
    pytest.fail(f"nowhere is this wrong:\n{rule.wrong}\nand this right:\n{rule.right}")
