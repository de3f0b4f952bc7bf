"""Each schema of the JSON-Schema-Test-Suite that has a valid instance gets a valid value, read out of a document."""

import json
import re
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from generator.document import Source, parse
from generator.json_values import to_json
from generator.readers import read
from generator.samples import Direction, Sampler
from generator.validation import validate
from tests.conftest import OK, api
from tests.samples.suite import FOLDER, Case, cases
from tests.samples.validity import FORMATS
from tests.skips import SUITE

OF_OPENAPI_30 = {
    "type", "properties", "required", "additionalProperties", "items", "allOf", "anyOf", "oneOf", "not", "enum",
    "format", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
    "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "$ref",
    "definitions", "description", "title",
}  # fmt: skip
"""The keywords that OpenAPI 2.0 and 3.0 take from JSON Schema; `definitions` is where the suite's references lead."""

REMOTE = "it refers to another host"
BEYOND_30 = "it uses what OpenAPI 3.0 does not have"


def excluded(case: Case, draft: str) -> str | None:
    """Return why a schema of the suite is left out, if it is."""
    text = json.dumps(case.schema)
    if "localhost:1234" in text or '"$ref": "http' in text or '"$dynamicRef": "http' in text:
        return REMOTE
    return BEYOND_30 if draft == "draft4" and not _is_of_openapi30(case.schema) else None


def _is_of_openapi30(schema: Any) -> bool:
    """Tell whether a schema has but the keywords of 3.0, in its form: one type that is not null, one item schema."""
    if not isinstance(schema, dict):
        return False
    kind, reference = schema.get("type", "string"), schema.get("$ref", "#/")
    if schema.keys() - OF_OPENAPI_30 or not isinstance(kind, str) or kind == "null" or not reference.startswith("#/"):
        return False
    maps = [schema.get(keyword, {}) for keyword in ("properties", "definitions")]
    inner = [item for one in maps for item in one.values()]
    inner += [part for keyword in ("allOf", "anyOf", "oneOf") for part in schema.get(keyword, [])]
    inner += [schema[keyword] for keyword in ("items", "not") if keyword in schema]
    extra = schema.get("additionalProperties")
    inner += [extra] if isinstance(extra, dict) else []
    return all(map(_is_of_openapi30, inner))


def value_of(schema: Any, version: str) -> tuple[Any, bool]:
    """Return the sample of `schema`, a document of its own beside an API of `version`, and whether it is said bad."""
    node = {"$ref": "suite.json"} if isinstance(schema, dict) else schema
    paths = {"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": node}}}, "responses": OK}}}
    sources = {"api.json": Source(uri="api.json", content=to_json({**api(paths), "openapi": version}).encode())}
    if isinstance(schema, dict):
        sources["suite.json"] = Source(uri="suite.json", content=json.dumps(schema).encode())
    document = parse(sources, "api.json").value
    assert document is not None
    model = read(validate(document).value).value
    [operation] = model.operations
    assert operation.body is not None
    asked = operation.body.media_types[0].schema
    sampled = Sampler(model.definitions).sample(asked, direction=Direction.REQUEST)
    return sampled.value, any(finding.rule in {"sample-invalid", "sample-cut"} for finding in sampled.findings)


@pytest.mark.parametrize(
    ("draft", "version", "judge", "judge_of_patterns", "least"),
    [
        ("draft2020-12", "3.1.1", jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator, 370),
        ("draft4", "3.0.3", jsonschema.Draft4Validator, jsonschema_rs.Draft4Validator, 100),
    ],
)
def test_schemas_of_the_suite_get_valid_values(draft, version, judge, judge_of_patterns, least):
    """The value of each is valid, and no warning says otherwise; left out are remote references, and what 3.0 lacks."""
    if not FOLDER.is_dir():
        pytest.skip(SUITE)
    wrong, tried = [], 0
    for case in cases(draft):
        if excluded(case, draft):
            continue
        tried += 1
        value, told = value_of(case.schema, version)
        try:
            valid = judge(case.schema, format_checker=FORMATS if case.formats else None).is_valid(value)
        except re.error:  # not every pattern of ECMA-262 can be read by Python
            valid = judge_of_patterns(case.schema).is_valid(value)
        if told or not valid:
            wrong.append((case.name, value))
    assert tried >= least
    assert wrong == []
