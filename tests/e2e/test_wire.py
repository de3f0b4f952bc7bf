"""Parameters on the wire: style × explode × type × place, read by the standard, in newman, the Postman CLI and curl."""

import itertools
import json
import subprocess
import urllib.parse
from typing import Any, NamedTuple

import pytest

from generator.pipeline import Options, SnippetFormat, convert, snippets
from tests.conftest import OK, api, document_of
from tests.e2e.conftest import Loopback
from tests.fidelity import reading
from tests.skips import CURL, program

pytestmark = pytest.mark.e2e

SPECIAL = "a b+c&d=e%41/f?g#h:i@j;k\"l<m>'n*o!$()~é{}^`\\é😀"
"""Each of these means something to an address, a form, a shell or a client; a `,`, `|` or `.` parts values."""

VALUES: dict[str, Any] = {
    "primitive": SPECIAL + ",|.",
    "array": [SPECIAL, "second", "x,y"],
    "object": {"R k": SPECIAL, "second": "2"},
}
PLAIN = {"primitive": "a b:c;d=e", "array": ["a b", "c:d"], "object": {"R": "a b", "G": "2"}}
"""What a header holds: nothing in it is encoded."""


class Case(NamedTuple):
    """One parameter, alone in its operation."""

    name: str
    place: str
    style: str
    explode: bool
    kind: str
    value: Any
    version: str = "3.0.3"
    media_type: str = ""
    reserved: bool = False


def cases():
    """Yield the table of the standard: each style where it is allowed, for each kind of value."""
    styles = {
        "path": ("simple", "label", "matrix"),
        "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
        "header": ("simple",),
        "cookie": ("form",),
    }
    for place, of_place in styles.items():
        for style, explode, kind in itertools.product(of_place, (False, True), ("primitive", "array", "object")):
            if style == "deepObject" and (kind != "object" or not explode):
                continue
            if style.endswith("Delimited") and (kind != "array" or explode):
                continue
            values = PLAIN if place == "header" else VALUES
            value = values[kind]
            if style == "label" or style.endswith("Delimited"):  # these have no way to hold their own delimiter
                value = json.loads(json.dumps(value).replace(".", "").replace("|", "").replace("a b", "ab"))
            yield Case(f"{place}-{style}-{explode}-{kind}", place, style, explode, kind, value)
    yield Case("query-reserved", "query", "form", True, "primitive", SPECIAL, reserved=True)
    yield Case("query-content", "query", "form", True, "primitive", {"a": SPECIAL}, media_type="application/json")
    yield Case("path-content", "path", "simple", False, "primitive", {"a": SPECIAL}, media_type="application/json")
    yield Case("cookie-cookie", "cookie", "cookie", True, "primitive", "a/b=c:d", version="3.2.0")
    for name, style in (("csv", "simple"), ("ssv", "ssv"), ("tsv", "tsv"), ("pipes", "pipes")):
        value = ["a+b&c", "d%41"]
        yield Case(f"2-path-{name}", "path", style, False, "array", value, version="2.0")
        query = "form" if name == "csv" else style
        yield Case(f"2-query-{name}", "query", query, False, "array", value, version="2.0")
    yield Case("2-query-multi", "query", "form", True, "array", [SPECIAL, "x"], version="2.0")


CASES = {case.name: case for case in cases()}
COLLECTION_FORMATS = {"simple": "csv", "form": "csv"}
NAME = "p q"
PATH_NAME = "p"


def parameter(case: Case) -> dict:
    """Return the parameter object of a case."""
    name = PATH_NAME if case.place in {"path", "header"} else "pq" if case.place == "cookie" else NAME
    schema: dict[str, Any] = {"type": {"primitive": "string"}.get(case.kind, case.kind)}
    node: dict[str, Any] = {"name": name, "in": case.place, "required": True}
    if case.version == "2.0":
        format_ = "multi" if case.explode else COLLECTION_FORMATS.get(case.style, case.style)
        return {
            **node,
            "type": "array",
            "items": {"type": "string"},
            "collectionFormat": format_,
            "x-example": case.value,
        }
    if case.media_type:
        return {**node, "content": {case.media_type: {"schema": {"type": "object"}, "example": case.value}}}
    if case.kind == "array":
        schema["items"] = {"type": "string"}
    reserved = {"allowReserved": True} if case.reserved else {}
    return {**node, "schema": schema, "style": case.style, "explode": case.explode, "example": case.value, **reserved}


def tree(version: str) -> dict:
    """Return a document with an operation for each case of a version."""
    paths = {
        f"/{case.name}/" + ("x{p}/end" if "matrix" in case.name else "{p}/end" if case.place == "path" else "end"): {
            "get": {"operationId": case.name, "parameters": [parameter(case)], "responses": OK}
        }
        for case in CASES.values()
        if case.version == version
    }
    if version == "2.0":
        return {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "h.example", "paths": paths}
    return api(paths, openapi=version, servers=[{"url": "http://h.example"}])


def value_on(call: dict, case: Case):
    """Return the value that a server reads for a case."""
    path, _, query = call["path"].partition("?")
    name = parameter(case)["name"]
    if case.place == "path":
        text = path.split("/")[2].removeprefix("x" if "matrix" in case.name else "")
        return reading.from_path(text, name, case.kind, case.style, explode=case.explode)
    if case.place == "header":
        return reading.joined(call["headers"][name], case.kind, [","], explode=case.explode)
    if case.place == "cookie" and case.style == "cookie":
        return call["headers"]["cookie"].partition("=")[2]
    pairs = reading.raw_pairs(*((call["headers"]["cookie"], "; ") if case.place == "cookie" else (query,)))
    return reading.from_query(pairs, name, case.kind, case.style, explode=case.explode)


def check(loopback: Loopback) -> None:
    """Compare what arrived with what the authors wrote."""
    calls = {urllib.parse.unquote(call["path"]).split("/")[1]: call for call in loopback.received}
    assert set(calls) == set(CASES)
    wrong = {}
    for name, case in CASES.items():
        found = value_on(calls[name], case)
        if case.media_type:
            found = json.loads(found)
        if found != case.value:
            wrong[name] = (found, calls[name]["path"])
    assert not wrong


def test_collections_say_what_the_document_says(runner, loopback, tmp_path):
    """In Postman's runners each value of the table arrives, encoded exactly once."""
    for version in ("2.0", "3.0.3", "3.2.0"):
        value = convert(document_of(tree(version)), Options()).value
        assert value is not None
        path = tmp_path / f"{version}.json"
        path.write_text(value.files[".postman_collection.json"])
        code, output = runner(path, baseUrl=loopback.address)
        assert code == 0, output
    check(loopback)


def test_curl_commands_say_what_the_document_says(loopback):
    """In a shell each value of the table arrives, encoded exactly once."""
    program("curl", CURL)
    for version in ("2.0", "3.0.3", "3.2.0"):
        options = Options(server=loopback.address)
        listed = json.loads(snippets(document_of(tree(version)), options, SnippetFormat.JSON).value or "[]")
        script = "\n".join(snippet["snippets"]["posix"] for snippet in listed)
        done = subprocess.run(["sh", "-c", script], check=False, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr
    check(loopback)
