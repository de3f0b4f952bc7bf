"""Validation as conversions see it: what is graded how, official schemas, real exports."""

import pytest

from generator.document import SpecificationVersion
from generator.findings import Place, Severity
from generator.validation import validate
from generator.validation.metaschemas import metaschema_path
from tests.conftest import OK, api, document_at, document_of

GET = {"get": {"responses": OK}}


def _operation(**members):
    return api({"/a": {"get": {"responses": OK, **members}}})


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
    assert result.value.broken_operations == {Place("api.json", "/paths/~1sent/post")}
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
        assert Severity.ERROR not in {finding.severity for finding in result.findings}, path.name
        if path.name == "weseedo-personal.yaml":
            assert {finding.rule for finding in result.findings} == {"secret-in-text"}
