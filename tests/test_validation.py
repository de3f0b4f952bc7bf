"""Validation: each rule finds its bad example and is silent on the good one; real exports convert."""

import pytest

from generator.document import SpecificationVersion
from generator.findings import Severity, has_errors
from generator.validation import validate
from generator.validation.metaschemas import metaschema_path
from generator.validation.rules import RULES
from tests.conftest import OK, api, document_at, document_of

GET = {"get": {"responses": OK}}
OAUTH = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {"r": ""}}}}


def _operation(**members):
    return api({"/a": {"get": {"responses": OK, **members}}})


def _parameter(**members):
    return {"in": "query", "name": "q", "schema": {"type": "string"}, **members}


def _flow(flow):
    return api(
        {"/a": GET}, components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}}
    )


CASES = {
    "operations-present": (api({}), api({"/a": GET})),
    "path-begins-with-slash": (api({"a": GET, "/b": GET}), api({"/a": GET})),
    "paths-distinct": (api({"/{a}": GET, "/{b}": GET}), api({"/a": GET, "/b": GET})),
    "path-parameters": (api({"/{a}": GET}), _operation()),
    "path-parameter-required": (
        api({"/{q}": {"get": {"parameters": [_parameter(**{"in": "path"})], "responses": OK}}}),
        api({"/{q}": {"get": {"parameters": [_parameter(**{"in": "path", "required": True})], "responses": OK}}}),
    ),
    "parameters-unique": (_operation(parameters=[_parameter(), _parameter()]), _operation(parameters=[_parameter()])),
    "operation-id-unique": (
        api(
            {"/a": {"get": {"operationId": "x", "responses": OK}}, "/b": {"get": {"operationId": "x", "responses": OK}}}
        ),
        _operation(operationId="x"),
    ),
    "responses-present": (api({"/a": {"get": {}}}), _operation()),
    "body-ignored": (
        _operation(requestBody={"content": {}}),
        api({"/a": {"post": {"requestBody": {"content": {}}, "responses": OK}}}),
    ),
    "ignored-header": (
        _operation(parameters=[_parameter(**{"in": "header", "name": "Authorization"})]),
        _operation(parameters=[_parameter(**{"in": "header", "name": "X-A"})]),
    ),
    "reference-resolves": (
        _operation(parameters=[{"$ref": "#/components/parameters/p"}]),
        api(
            {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/p"}], "responses": OK}}},
            components={"parameters": {"p": _parameter()}},
        ),
    ),
    "reference-siblings": (
        api({"/a": GET}, components={"schemas": {"A": {"$ref": "#/components/schemas/B", "nullable": True}, "B": {}}}),
        api({"/a": GET}, components={"schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {}}}),
    ),
    "security-requirement": (
        _operation(security=[{"o": []}]),
        api(
            {"/a": {"get": {"security": [{"o": ["r"]}], "responses": OK}}}, components={"securitySchemes": {"o": OAUTH}}
        ),
    ),
    "flow-scopes": (
        _flow({"tokenUrl": "https://a.example/t"}),
        _flow({"tokenUrl": "https://a.example/t", "scopes": {}}),
    ),
    "flow-addresses": (_flow({"scopes": {}}), _flow({"tokenUrl": "/oauth/token", "scopes": {}})),
    "server-variables": (
        api({"/a": GET}, servers=[{"url": "https://{r}.example.com"}]),
        api({"/a": GET}, servers=[{"url": "https://{r}.example.com", "variables": {"r": {"default": "eu"}}}]),
    ),
}


def test_every_rule_has_a_bad_and_a_good_example():
    """No rule is without its two examples."""
    assert {rule.name for rule in RULES} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_rule_finds_the_bad_and_passes_the_good(name):
    """A rule speaks of its bad example, with a place in it, and not of the good one."""
    bad, good = CASES[name]
    document = document_of(bad)
    found = [finding for finding in validate(document).findings if finding.rule == name]
    assert found
    for finding in found:
        assert finding.message.strip()
        assert finding.why.strip()
        assert finding.hint.strip()
    assert name not in {finding.rule for finding in validate(document_of(good)).findings}


def test_request_side_references_break_their_operation_only():
    """An operation whose body leads nowhere is broken; one whose response does, or that has an example, is not."""
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Gone"}}}}
    exemplified = {"content": {"application/json": {**body["content"]["application/json"], "example": {"a": 1}}}}
    answer = {"200": {"description": "OK", **body}}
    tree = api(
        {
            "/sent": {"post": {"requestBody": body, "responses": OK}},
            "/answered": {"post": {"responses": answer}},
            "/exemplified": {"post": {"requestBody": exemplified, "responses": OK}},
        }
    )
    result = validate(document_of(tree))
    assert result.value.broken_operations == {"/paths/~1sent/post"}
    graded = {finding.place.pointer.split("/")[2]: finding.severity for finding in result.findings}
    assert graded == {"~1sent": Severity.ERROR, "~1answered": Severity.WARNING, "~1exemplified": Severity.WARNING}


def test_official_schema_messages_are_short_and_placed():
    """What only the official schema finds is told at its place, in a line."""
    found = validate(document_of(_operation(deprecated="yes"))).findings
    assert [(f.rule, f.place.pointer) for f in found] == [("openapi-schema", "/paths/~1a/get/deprecated")]
    assert len(found[0].message) < 200


@pytest.mark.parametrize("version", SpecificationVersion)
def test_official_schemas_lie_where_they_are_looked_for(version):
    """The installed packages ship a schema for each version."""
    assert metaschema_path(version).is_file()


def test_schema_objects_of_3_1_are_checked():
    """A misspelt type inside a 3.1 schema is found, though the shipped schema leaves it open."""
    tree = {**api({"/a": GET}), "openapi": "3.1.0", "components": {"schemas": {"A": {"type": "strng"}}}}
    assert "openapi-schema" in {finding.rule for finding in validate(document_of(tree)).findings}


def test_real_exports_convert_with_warnings_only(shared):
    """No real export is refused for what does not hinder a conversion."""
    for path in sorted((shared / "specs/kpn").glob("*.yaml")):
        result = validate(document_at(path))
        assert not has_errors(result.findings), path.name
        if path.name == "weseedo-personal.yaml":
            assert result.findings == ()
