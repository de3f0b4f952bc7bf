"""Validation as conversions see it: what is graded how, official schemas, real exports."""

import pytest

from generator.document import Source, SpecificationVersion, parse
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


def _schema_messages(tree):
    found = validate(document_of(tree)).findings
    return [finding.message for finding in found if finding.rule == "openapi-schema"]


def test_of_nested_alternatives_all_words_are_told():
    """A word that chooses between alternatives within alternatives: every one that may stand there."""
    paths = {"/a": {"get": {"parameters": [{"name": "a", "in": "quer", "type": "string"}], "responses": OK}}}
    (said,) = _schema_messages({"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": paths})
    assert said.endswith('"quer" is not one of "body", "header", "formData", "query", "path".')


def test_each_fault_of_one_object_is_told():
    """Of a schema with two members that 3.0 does not allow, both are told."""
    schema = {"type": ["integer", "null"], "exclusiveMinimum": 5}
    tree = _operation(responses={"200": {"description": "OK", "content": {"a/b": {"schema": schema}}}})
    said = _schema_messages({**tree, "openapi": "3.0.3"})
    assert ["/schema/type`:" in said[0], "/schema/exclusiveMinimum`:" in said[1]] == [True, True]
    assert len(said) == 2


def test_what_only_follows_is_not_named_beside_what_is_wrong():
    """Of a scheme with a member too many, `flows` is not said to be one because something in it is wrong."""
    flows = {"clientCredentials": {"tokenUrl": "https://a.nl/t", "scopes": {}}, "magic": {}}
    schemes = {"o": {"type": "oauth2", "extra": 1, "flows": flows}}
    said = _schema_messages({**_operation(), "openapi": "3.1.0", "components": {"securitySchemes": schemes}})
    assert [message for message in said if "securitySchemes/o/extra`" in message and "'extra' was un" in message]
    assert not [message for message in said if "'flows'" in message]


def test_a_version_without_quotes_is_one_finding():
    """`swagger: 2.0` is read as text everywhere, so that nothing else complains of the number."""
    text = b"swagger: 2.0\ninfo: {title: T, version: '1'}\nhost: a.nl\npaths: {}\n"
    loaded = parse({"a": Source(uri="a", content=text)}, "a")
    assert [finding.rule for finding in loaded.findings] == ["openapi-version"]
    assert not [f for f in validate(loaded.value).findings if f.place.pointer == "/swagger"]


def test_bytes_after_a_mark_are_not_said_to_be_of_another_encoding():
    """A file whose byte order mark says UTF-16 is told as broken UTF-16."""
    (said,) = parse({"a": Source(uri="a", content=b"\xff\xfe\x00")}, "a").findings
    assert "mark of UTF-16" in said.message
    assert "Windows" not in said.hint


def test_what_stands_beside_a_fault_is_not_blamed_for_it():
    """Of an API key in no known place only the place is told: its name is as it should be."""
    schemes = {"k": {"type": "apiKey", "in": "nowhere", "name": "X-Key"}}
    (said,) = _schema_messages({**_operation(), "openapi": "3.1.0", "components": {"securitySchemes": schemes}})
    assert said.endswith('/in`: "nowhere" is not one of "query", "header", "cookie".')


def test_a_word_that_is_right_is_not_told_as_wrong():
    """Of a parameter of 2.0 with a wrong type only that is told, not that `query` is none of the other places."""
    paths = {"/a": {"get": {"parameters": [{"name": "a", "in": "query", "type": "strin"}], "responses": OK}}}
    (said,) = _schema_messages({"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": paths})
    assert '0/type`: "strin" is not one of "string", ' in said


def test_a_foreign_word_hides_no_fault_beside_it():
    """A body of 2.0 whose `in` is misspelt has its `schema` by right: the misspelt word is told."""
    paths = {"/a": {"post": {"parameters": [{"name": "a", "in": "bod", "schema": {}}], "responses": OK}}}
    tree = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    found = [finding for finding in validate(document_of(tree)).findings if "parameters" in finding.place.pointer]
    assert [(finding.rule, finding.place.pointer[-3:]) for finding in found] == [("openapi-schema", "/in")]
