"""Folders: from tags, inside their parents, or from paths; callbacks and webhooks apart; filters."""

import json
import re

from generator.pipeline import Folders, Options, SnippetFormat, convert, snippets
from tests.conftest import OK, api, document_of


def folders_of(tree, **options):
    """Return the names of folders and requests as nested lists."""
    value = convert(document_of(tree), Options(**options)).value
    assert value is not None

    def names(items):
        return [[item["name"], names(item["item"])] if "item" in item else item["name"] for item in items]

    return names(json.loads(value.files[".postman_collection.json"])["item"])


def operation(name, *tags, **members):
    """Return an operation with a name."""
    return {"operationId": name, "tags": list(tags), "responses": OK, **members}


def test_tags_lie_inside_their_parents():
    """A tag of 3.2 with a parent is a folder in its parent's; badges are no folders; a circle of parents ends."""
    tags = [
        {"name": "shop"},
        {"name": "orders", "parent": "shop"},
        {"name": "beta", "kind": "badge"},
        {"name": "a", "parent": "b"},
        {"name": "b", "parent": "a"},
    ]
    paths = {
        "/1": {"get": operation("one", "beta", "orders"), "put": operation("two", "shop")},
        "/2": {"get": operation("three", "a"), "put": operation("four")},
    }
    tree = api(paths, openapi="3.2.0", tags=tags)
    assert folders_of(tree) == [
        ["shop", ["two", ["orders", ["one"]]]],
        ["b", [["a", ["three"]]]],
        "four",
    ]


def test_paths_make_folders():
    """With --folders paths the fixed segments of a path are its folders."""
    paths = {"/a/{id}/b": {"get": operation("one")}, "/a": {"get": operation("two")}}
    assert folders_of(api(paths), folders=Folders.PATHS) == [["a", [["b", ["one"]], "two"]]]


def test_callbacks_and_webhooks_have_folders_of_their_own():
    """What the API sends lies apart, also from a tag of that name, and carries none of the API's credentials."""
    paths = {
        "/a": {
            "post": operation(
                "one", "Webhooks", callbacks={"done": {"{$request.body#/u}/x": {"post": operation("two")}}}
            )
        }
    }
    tree = api(
        paths,
        openapi="3.1.0",
        webhooks={"placed": {"post": operation("three")}},
        security=[{"k": []}],
        components={"securitySchemes": {"k": {"type": "http", "scheme": "bearer"}}},
    )
    assert folders_of(tree) == [
        ["Webhooks", ["one"]],
        ["Callbacks", ["POST done of POST /a"]],
        ["Webhooks from the API", ["POST placed"]],
    ]
    value = convert(document_of(tree), Options()).value
    assert value is not None
    items = json.loads(value.files[".postman_collection.json"])["item"]
    sent = [folder["item"][0]["request"] for folder in items[1:]]
    assert [request["auth"]["type"] for request in sent] == ["noauth", "noauth"]
    assert [request["url"]["raw"] for request in sent] == ["{{callbackUrl}}/x", "{{webhookUrl}}"]
    said = "Security, as the specification has it: `k`. Nothing of that is sent from here."
    assert all(request["description"].endswith(said) for request in sent)


def test_filters():
    """Operations are chosen by operationId and by method; callbacks are left out then."""
    paths = {"/a": {"get": operation("one"), "post": operation("two"), "put": operation("three")}}
    assert folders_of(api(paths), operations=("one", "three")) == ["one", "three"]
    assert folders_of(api(paths), methods=("post",)) == ["two"]


def test_schemes_are_named_by_their_address():
    """A requirement of 3.2 may name a scheme by its address, in components or elsewhere in the document."""
    paths = {
        "/a": {"get": operation("one", security=[{"#/components/securitySchemes/k": []}])},
        "/b": {"get": operation("two", security=[{"#/components/x-more/j": []}])},
    }
    components = {
        "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "X-K"}},
        "x-more": {"j": {"type": "apiKey", "in": "header", "name": "X-J"}},
    }
    value = convert(document_of(api(paths, openapi="3.2.0", components=components)), Options()).value
    assert value is not None
    items = json.loads(value.files[".postman_collection.json"])["item"]
    assert [item["request"]["auth"]["apikey"][0]["value"] for item in items] == ["X-K", "X-J"]


def test_webhooks_alone_are_a_collection():
    """A document that describes webhooks only becomes a collection of them, and needs no server."""
    tree = api({}, openapi="3.1.0", webhooks={"placed": {"post": operation("one")}})
    del tree["paths"]
    assert folders_of(tree) == [["Webhooks", ["POST placed"]]]
    findings = convert(document_of(tree), Options()).findings
    assert "server-relative" not in [finding.rule for finding in findings]


def test_a_page_shows_what_is_in_no_folder_before_the_folders():
    """Below the heading of a folder a request without a tag would seem to be in it."""
    operations = {
        "/a": {"get": {"summary": "Tagged", "tags": ["Files"], "security": [], "responses": OK}},
        "/b": {"get": {"summary": "Bare", "security": [], "responses": OK}},
        "/c": {"get": {"summary": "Again", "tags": ["Files"], "security": [], "responses": OK}},
    }
    page = snippets(document_of(api(operations)), Options(), SnippetFormat.MARKDOWN).value or ""
    assert re.findall(r"^##+ (.*)$", page, re.MULTILINE) == ["Bare", "Files", "Tagged", "Again"]
