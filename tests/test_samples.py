"""Sample values: the author's where valid, else made; always valid, always the same, never without end."""

import time

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import Place
from generator.model import Example, Schema
from generator.readers import read
from generator.samples import Direction, Sampler
from generator.validation import validate
from tests.conftest import document_at

HERE = Place("x", "")


def sample(node, *examples, definitions=None, direction=Direction.REQUEST, name=""):
    """Return what the sampler gives for the schema `node`."""
    given_examples = [Example(value=value, place=HERE) for value in examples]
    schema = Schema(node=node, place=HERE)
    return Sampler(definitions or {}).sample(schema, given_examples, direction=direction, name=name)


@pytest.mark.parametrize(
    "node",
    [
        {"type": "string", "minLength": 300},
        {"type": "string", "pattern": "^[A-Z]{3}-\\d{4}$"},
        {"type": "string", "pattern": "^(foo|bar)+$", "minLength": 7},
        {"type": "string", "format": "ipv6"},
        {"type": "integer", "minimum": 7, "exclusiveMaximum": 9, "multipleOf": 8},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "number", "multipleOf": 0.25, "minimum": 3.1},
        {"type": "array", "items": {"type": "integer"}, "minItems": 4, "uniqueItems": True},
        {
            "type": "object",
            "required": ["a", "b"],
            "properties": {"a": {"enum": ["x"]}},
            "additionalProperties": {"type": "integer"},
        },
        {
            "allOf": [
                {"required": ["a"], "properties": {"a": {"type": "string"}}},
                {"properties": {"a": {"maxLength": 2}}},
            ]
        },
        {"oneOf": [{"type": "integer"}, {"type": "string", "minLength": 2}]},
        {"type": ["null", "boolean"]},
        {"type": "object", "minProperties": 3, "additionalProperties": {"type": "string"}},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
        {"const": {"a": None}},
        {"type": "string", "format": "date-time", "maxLength": 30},
    ],
)
def test_made_values_are_valid(node):
    """A made value satisfies its schema, by the judgement of another validator."""
    result = sample(node)
    jsonschema.Draft202012Validator(node, format_checker=jsonschema.FormatChecker()).validate(result.value)
    assert result.findings == ()


def test_author_comes_first_and_is_mended_or_told():
    """A valid example is used as it is; one that only has the wrong spelling is mended; another is replaced."""
    assert sample({"type": "string"}, "mine") == sample({"type": "string"}, "mine")
    assert sample({"type": "string"}, "mine").value == "mine"
    mended = sample({"type": "string"}, 5)
    assert (mended.value, [f.rule for f in mended.findings]) == ("5", ["example-invalid"])
    replaced = sample({"type": "integer", "maximum": 3}, "x")
    assert isinstance(replaced.value, int)
    assert "made value" in replaced.findings[0].message


def test_direction_leaves_out_what_does_not_travel():
    """`readOnly` members are not sent, `writeOnly` ones not received, required or not."""
    node = {
        "type": "object",
        "required": ["id", "pin"],
        "properties": {"id": {"type": "integer", "readOnly": True}, "pin": {"type": "string", "writeOnly": True}},
    }
    assert sample(node).value.keys() == {"pin"}
    assert sample(node, direction=Direction.RESPONSE).value.keys() == {"id"}


def test_discriminator_names_the_chosen_branch():
    """The discriminator's member holds the name of the alternative that was taken."""
    definitions = {"#/x/Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}}
    node = {
        "oneOf": [{"$ref": "#/$defs/%23~1x~1Cat"}],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/$defs/%23~1x~1Cat"}},
    }
    assert sample(node, definitions={"#/x/Cat": definitions["#/x/Cat"]}).value == {"kind": "cat"}


def test_unsatisfiable_schema_is_told():
    """Where nothing can be valid, a warning says so."""
    assert [f.rule for f in sample({"type": "string", "minLength": 5, "maxLength": 2}).findings] == ["sample-invalid"]


def test_hostile_schemas_end_quickly():
    """Mutual recursion, reference fans and huge bounds take no time to speak of."""
    names = [f"n{index}" for index in range(15)]
    mutual = {
        f"#/{name}": {"type": "object", "properties": {other: {"$ref": f"#/$defs/%23~1{other}"} for other in names}}
        for name in names
    }
    fan = {
        f"#/f{n}": {"type": "object", "properties": {k: {"$ref": f"#/$defs/%23~1f{n + 1}"} for k in "abc"}}
        for n in range(12)
    }
    fan["#/f12"] = {"type": "string"}
    started = time.monotonic()
    sample({"$ref": "#/$defs/%23~1n0"}, definitions=mutual)
    sample({"$ref": "#/$defs/%23~1f0"}, definitions=fan)
    sample({"type": "array", "minItems": 1_000_000})
    sample({"type": "string", "pattern": "([a-z]{1,1000}){1,1000}"})
    assert time.monotonic() - started < 20


scalars = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "minLength": 3, "maxLength": 9},
        {"type": "integer", "minimum": 4},
        {"type": "number", "maximum": -1},
        {"type": "boolean"},
        {"enum": [1, "a"]},
        {"type": "string", "format": "uuid"},
    ]
)
schemas = st.recursive(
    scalars,
    lambda inner: (
        st.builds(lambda item, least: {"type": "array", "items": item, "minItems": least}, inner, st.integers(0, 3))
        | st.builds(
            lambda members, closed: {
                "type": "object",
                "properties": members,
                "required": sorted(members)[:1],
                "additionalProperties": not closed,
            },
            st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3),
            st.booleans(),
        )
        | st.builds(lambda one, two: {"anyOf": [one, two]}, inner, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schemas)
def test_any_schema_gets_a_valid_value(node):
    """Whatever is composed of ordinary keywords gets a value that another validator accepts, the same each time."""
    first = sample(node)
    jsonschema.Draft202012Validator(node, format_checker=jsonschema.FormatChecker()).validate(first.value)
    assert sample(node) == first


def test_named_schemas_of_real_exports(shared):
    """Nearly all named schemas of real exports get a valid value."""
    total = failed = 0
    for path in sorted((shared / "specs/kpn").glob("*.yaml")):
        definitions = read(validate(document_at(path)).value).value.definitions
        sampler = Sampler(definitions)
        for node in definitions.values():
            result = sampler.sample(Schema(node=node, place=HERE), direction=Direction.REQUEST)
            total += 1
            failed += any(finding.rule == "sample-invalid" for finding in result.findings)
    assert total > 200
    assert failed / total <= 0.01
