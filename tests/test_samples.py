"""Sample values: the author's where valid, else made; always valid, always the same, never without end."""

import contextlib
import itertools
import json
import re
import time

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import Place
from generator.json_values import to_json
from generator.model import Example, Schema
from generator.pipeline import Options, convert
from generator.readers import read
from generator.samples import Direction, Sampler
from generator.samples.maker import Maker
from generator.samples.patterns import matches, pattern_text
from generator.samples.plan import EXTENTS, NothingFitsError, Plan, SpentError
from generator.validation import validate
from tests.conftest import OK, api, document_at, document_of

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
        {"type": "array", "items": {"type": "string"}, "minItems": 30, "uniqueItems": True},
        {
            "type": "array",
            "items": {"type": "string", "minLength": 4, "maxLength": 6},
            "minItems": 20,
            "uniqueItems": True,
        },
        {"type": "array", "items": {"type": "string", "maxLength": 2}, "minItems": 9, "uniqueItems": True},
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
        {"allOf": [{"type": "string", "format": "regex"}, {"type": "string", "format": "ipv4"}]},
        {"allOf": [{"type": "string", "pattern": "^[A-Z]{3}-\\d{4}$"}, {"pattern": "^\\w[\\w.-]*$"}]},
        {"type": "object", "patternProperties": {"^[a-m]": False}, "minProperties": 2},
        {
            "type": "object",
            "patternProperties": {"d$": {}},
            "additionalProperties": False,
            "propertyNames": {"maxLength": 10},
            "minProperties": 3,
        },
        {
            "prefixItems": [{"const": 0.5}, {"type": "string"}, {"oneOf": [{}]}],
            "items": {"type": "integer"},
            "contains": {"type": "boolean"},
            "type": "array",
        },
        {"if": False, "then": {"const": "then"}, "else": {"const": "else"}},
        {"if": {"const": 5}, "then": {"type": "string"}, "else": {"if": {"type": "boolean"}, "else": {"const": "x"}}},
        {"type": "object", "oneOf": [{"required": ["a"]}, {"maxProperties": 5}, {"type": "object"}]},
        {"oneOf": [{"const": 0.5}, {"if": {"type": "boolean"}, "then": {"type": "string"}}, {"type": "number"}]},
        {"prefixItems": [{"const": 9}, {}], "items": {"type": "string"}, "contains": {"const": None}, "maxItems": 2},
        {"prefixItems": [{"const": "a"}], "oneOf": [{"prefixItems": [True, {"const": 1}]}], "items": False},
        {"type": "number", "exclusiveMinimum": 6, "multipleOf": 3, "maximum": 14},
        {"type": "string", "pattern": "^(?=.*\\d)(?=.*[a-z]).{8,}$", "maxLength": 8},
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "dependentRequired": {"a": ["b"]},
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "dependentSchemas": {"a": {"type": "string"}},
            "minProperties": 2,
        },
        {"additionalProperties": {"allOf": [{"type": "string"}, {"type": "integer"}]}, "type": "object"},
        {
            "additionalProperties": {"type": "array"},
            "oneOf": [{"maxProperties": 5}, {"maxProperties": 5, "dependentSchemas": {"tags": {"type": "boolean"}}}],
            "type": "object",
        },
        {"type": "string", "format": "date-time", "maxLength": 30},
    ],
)
def test_made_values_are_valid(node):
    """A made value satisfies its schema, by the judgement of another validator."""
    result = sample(node)
    jsonschema.Draft202012Validator(node, format_checker=jsonschema.FormatChecker()).validate(result.value)
    assert result.findings == ()


def test_formats_of_whole_numbers_are_bounds():
    """An author's example is held against the range of its format, which validators leave alone."""
    schema = {"type": "integer", "format": "int32", "minimum": 7, "example": 3_000_000_000}
    content = {"application/json": {"schema": schema}}
    document = document_of(api({"/a": {"post": {"requestBody": {"content": content}, "responses": OK}}}))
    converted = convert(document, Options())
    [request] = json.loads(converted.value.files[".postman_collection.json"])["item"]
    assert request["request"]["body"]["raw"] == "7"
    assert [f.rule for f in converted.findings if "2147483647" in f.message] == ["example-invalid"]


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


def test_a_base_whose_discriminator_lists_others_says_one_of_them():
    """Its own name would be invalid; where nothing is listed, or it is, it goes by that."""
    kinds = {"#/x/Kind": {"enum": ["Export", "Alert"]}}

    def said(kind):
        base = {"type": "object", "properties": {"kind": kind}, "discriminator": {"propertyName": "kind"}}
        return sample({"$ref": "#/$defs/%23~1x~1Base"}, definitions={"#/x/Base": base, **kinds})

    for listed in ({"enum": ["Export", "Alert"]}, {"$ref": "#/$defs/%23~1x~1Kind"}):
        assert said(listed).value["kind"] == "Export"
        assert not said(listed).findings
    assert said({"type": "string"}).value == said({"enum": ["Export", "Base"]}).value == {"kind": "Base"}


def test_unsatisfiable_schema_is_told():
    """Where nothing can be valid, a warning says so."""
    assert [f.rule for f in sample({"type": "string", "minLength": 5, "maxLength": 2}).findings] == ["sample-invalid"]


_LACKS = {"type": "object", "required": ["a"], "properties": {"b": {}}, "additionalProperties": False}
_EITHER = [{"required": ["b", "c"]}, {"required": ["d"], "properties": {"d": {"type": "string"}}}]


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (_LACKS, "the member `a` is required, and is not among those that are allowed."),
        ({"properties": {"x": {"allOf": [_LACKS]}}, "required": ["x"], "type": "object"}, "at `x`, the member `a` is"),
        (
            {"type": "object", "additionalProperties": False, "oneOf": _EITHER},
            "Additional properties are not allowed ('d'",
        ),
        ({"type": "array", "minItems": 1, "items": False}, "no value can satisfy it"),
    ],
)
def test_a_contradiction_between_members_is_told_by_their_names(node, reason):
    """Seven schemas of a large public specification require what they do not allow; it is said which member that is."""
    (finding,) = sample(node).findings
    assert f": {reason}" in finding.message


def test_what_a_validator_calls_false_is_said_in_words():
    """That `false` does not allow a value says nothing to whoever has not written `false`."""
    (finding,) = sample({"properties": {"a": False}}, {"a": 1}).findings
    assert "at `a`, nothing may be there" in finding.message


def test_members_whose_names_are_digits_are_told_apart_from_items():
    """A validator gives such names as numbers: what offends there is found and mended as anywhere else."""
    closed = {"type": "object", "oneOf": [{"additionalProperties": False}], "properties": {"id": {}}}
    alternatives = {"oneOf": [{"type": "string", "pattern": "^b"}, {"type": "string", "pattern": "b$"}]}
    node = {
        "type": "object",
        "properties": {"01": closed, "7": alternatives},
        "additionalProperties": {"type": "array"},
    }
    result = sample({**node, "required": ["01", "7", "007", "+7"]})
    assert not result.findings
    assert result.value["01"] == {}


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


def test_what_is_remembered_would_be_made_again():
    """A value that is taken from memory is the one that would be made in its place, whatever was made before."""
    names = "abcdef"
    definitions = {
        f"#/{name}": {
            "type": "object",
            "required": list(names[index + 1 : index + 2]),
            "properties": {other: {"$ref": f"#/$defs/%23~1{other}"} for other in names if (ord(other) + index) % 3},
        }
        for index, name in enumerate(names)
    }
    definitions["#/f"] = {"oneOf": [{"$ref": "#/$defs/%23~1b"}, {"type": "string"}]}
    compared = 0
    for order in (names, names[::-1]):
        maker = Maker(definitions, Direction.REQUEST)
        for name, extent in itertools.product(order, EXTENTS):
            node = {"$ref": f"#/$defs/%23~1{name}"}
            with contextlib.suppress(SpentError, NothingFitsError):
                remembered = maker.first(node, "", extent)
                assert remembered == maker.make(node, "", Plan(extent=extent)).value
                compared += 1
    assert compared > len(names)


def test_a_member_does_not_move_with_what_is_beside_it():
    """Another member of the same object, or another definition, changes no value."""
    members = {name: {"type": "string"} for name in ("email", "city", "token")}
    alone = sample({"type": "object", "properties": members}).value
    members = {"before": {"type": "integer"}, **members, "after": {"type": "array", "items": {"format": "uuid"}}}
    assert alone.items() <= sample({"type": "object", "properties": members}).value.items()


def test_members_that_turn_out_to_be_needed_come_in_one_order():
    """Whatever order a set has in this process: hashes of text differ from run to run."""
    names = [f"member{number}" for number in range(9)]
    plan = Plan(needed=frozenset((name,) for name in names))
    assert list(Maker({}, Direction.REQUEST).make({"type": "object"}, "", plan).value) == names


def test_large_demands_are_cut_and_told():
    """What asks for more than a sample may hold is cut, and a warning names the place."""
    for node in ({"type": "array", "minItems": 1_000_000}, {"type": "string", "minLength": 10**9}):
        result = sample(node)
        assert [finding.rule for finding in result.findings] == ["sample-cut"]
        assert len(to_json(result.value)) < 600_000
    fan = {
        f"#/f{n}": {
            "type": "object",
            "required": list("abc"),
            "properties": {k: {"$ref": f"#/$defs/%23~1f{n + 1}"} for k in "abc"},
        }
        for n in range(12)
    }
    fan["#/f12"] = {"type": "string"}
    result = sample({"$ref": "#/$defs/%23~1f0"}, definitions=fan)
    assert [finding.rule for finding in result.findings] == ["sample-cut"]
    assert len(to_json(result.value)) < 600_000


def test_only_reserved_names_and_addresses_are_used():
    """Addresses, hosts and mail addresses are those that documentation may use (RFC 2606, 5737, 3849)."""
    for kind in ("email", "hostname", "uri", "ipv4", "ipv6"):
        text = sample({"type": "string", "format": kind}).value
        assert re.search(r"example\.(com|org)|\.test|^192\.0\.2\.|^2001:db8:", text), (kind, text)
    for name in ("email", "callbackUrl", "hostname", "ipAddress"):
        text = sample({"type": "string"}, name=name).value
        assert re.search(r"example\.com|^192\.0\.2\.", text), (name, text)


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [
        (r"^[A-Z]{3}-\d{4}$", 0, 99),
        (r"^[a-z]+-[0-9]+$", 20, 20),
        (r"^\p{L}+$", 3, 9),
        (r"^(?<year>\d{4})-\k<year>$", 0, 99),
        (r"^[\w-.]+$", 5, 9),
        (r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).{8,}$", 0, 99),
        (r"^\u{1F600}$", 0, 9),
        (r"^316\d{8}$", 0, 20),
        (r"^(a+)+$", 3, 3),
    ],
)
def test_patterns_in_the_meaning_of_ecma_262(pattern, shortest, longest):
    """A text is found for patterns as ECMA-262 has them, in the lengths that are asked for."""
    text = pattern_text(pattern, shortest, longest)
    assert text is not None
    assert shortest <= len(text) <= longest
    assert matches(pattern, text)
    assert text == pattern_text(pattern, shortest, longest)


def test_many_examples_that_cannot_be_used_cost_no_more_than_some():
    """Only so many are told of one schema."""
    members = {f"m{number}": {"type": "integer", "example": "x"} for number in range(500)}
    assert 1 < len(sample({"type": "object", "properties": members}).findings) < 50


def test_items_that_must_differ_are_numbered():
    """They are of one kind: no empty text, nothing that is there for want of a better one."""
    node = {"type": "array", "items": {"type": "string"}, "minItems": 3, "uniqueItems": True}
    assert sample(node).value == ["example", "example2", "example3"]
