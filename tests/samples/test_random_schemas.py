"""Random schemas get valid values, or are rightly said to have none."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from generator.pipeline import Options, convert
from tests.conftest import REPOSITORY, document_at
from tests.samples.judge import Verdict, judge, proven
from tests.samples.schemas import SCHEMAS


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCHEMAS)
def test_no_schema_gets_an_invalid_value_in_silence(node):
    """Another validator finds the value of any schema valid, or a finding says that it is not."""
    assert judge(node) is not Verdict.SILENT


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCHEMAS)
def test_the_solver_proves_nothing_that_is_wrong(node):
    """What has a value that another validator accepts is never said to be impossible."""
    if judge(node) is Verdict.VALID:
        assert proven(node) is not Verdict.IMPOSSIBLE


@pytest.mark.parametrize(
    "node",
    [
        {"type": "object", "oneOf": [{"type": "object"}, {"properties": {}, "type": "object"}]},
        {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"type": "boolean"}},
        {"type": "string", "format": "date", "not": {"type": "string", "format": "regex"}},
        {"type": "integer", "multipleOf": 7, "minimum": 1, "maximum": 6},
        {"allOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "char"}]},
        {"items": {"format": "date"}, "contains": {"type": "string", "format": "byte"}, "type": "array"},
        {"prefixItems": [{"type": "string", "format": "time"}], "items": {"const": "abc"}, "minItems": 3,
         "uniqueItems": True, "type": "array"},
        {"required": ["id"], "dependentSchemas": {"id": {"if": {"type": "array"}, "else": False}}, "type": "object"},
    ],
)  # fmt: skip
def test_the_solver_proves_what_is_impossible(node):
    """No value satisfies any of these."""
    assert proven(node) is Verdict.IMPOSSIBLE


@pytest.mark.parametrize(
    "node",
    [
        {"type": "object", "oneOf": [{"dependentSchemas": {"id": {"type": "string"}}}, {"type": "object"}]},
        {"required": ["tags"], "maxProperties": 3, "properties": {"name": {}, "id": {}, "email": {}},
         "dependentRequired": {"name": ["id", "email"]}, "type": "object"},
        {"allOf": [{"patternProperties": {"^[a-m]": {"type": "string"}}},
                   {"additionalProperties": {"const": "abc"}}], "required": ["email", "status"], "type": "object"},
        {"oneOf": [{"propertyNames": {"maxLength": 10}}, {"type": "object"}], "type": "object",
         "propertyNames": {"pattern": "^[a-zA-Z]+$"}},
        {"minItems": 3, "items": {"type": "object"}, "uniqueItems": True, "type": "array"},
        {"patternProperties": {"^[a-m]": False}, "propertyNames": {"pattern": "^[a-zA-Z]+$"}, "minProperties": 3,
         "type": "object"},
        {"additionalProperties": {"properties": {"id": {}}, "type": "object",
                                  "oneOf": [{"additionalProperties": False}]}, "minProperties": 2, "type": "object"},
        {"properties": {"id": {"type": "integer"}}, "additionalProperties": {"const": None}, "type": "object",
         "oneOf": [{"additionalProperties": {"const": None}}, {"type": "object"}]},
        {"propertyNames": {"maxLength": 10}, "type": "object",
         "oneOf": [{"additionalProperties": False, "propertyNames": {"maxLength": 10}}, {"type": "object"}]},
        {"if": {"type": "string", "format": "uri-reference"}, "then": False, "else": {"minLength": 12}},
        {"prefixItems": [{"type": "object"}, {"oneOf": [{"type": "string"}, {}]}, {}], "contains": {"const": "x1"},
         "minContains": 2, "maxItems": 4, "type": "array"},
        {"required": ["tags", "createdAt"], "maxProperties": 3, "type": "object",
         "oneOf": [{}, {"dependentSchemas": {"name": {"type": "number"}}}, {"additionalProperties": {"enum": ["a"]}}]},
        {"required": ["name", "createdAt", "status"], "maxProperties": 4, "type": "object",
         "oneOf": [{}, {"additionalProperties": {"type": "integer"}}, {"propertyNames": {"minLength": 2}}]},
        {"properties": {"name": {}}, "minProperties": 2, "oneOf": [{"type": "object"}],
         "dependentSchemas": {"name": {"oneOf": [{"minProperties": 3}, {"minProperties": 3}]}}},
        {"properties": {"tags": {}}, "dependentSchemas": {"tags": {"additionalProperties": False}},
         "patternProperties": {}, "minProperties": 3, "type": "object"},
    ],
)  # fmt: skip
def test_values_are_found_where_only_few_fit(node):
    """Each of these has a value that is off the beaten track."""
    assert judge(node) is Verdict.VALID


def test_the_ten_members_are_those_of_the_documentation():
    """The table in the documentation shows what is made today."""
    document = document_at(Path(__file__).with_name("ten-members.yaml"))
    collection = json.loads(convert(document, Options()).value.files[".postman_collection.json"])
    body = json.loads(collection["item"][0]["request"]["body"]["raw"])
    rows = (REPOSITORY / "docs/samples.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `([\w.]+)` \|.*?\| `([^`]*)` \| `", rows, flags=re.MULTILINE))
    body["payment.kind"] = body.pop("payment")["kind"]
    assert shown == {name: str(value) for name, value in body.items()}
