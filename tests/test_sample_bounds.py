"""Bounds of sample values: however a schema is made, the work for its samples has an end."""

import json
import time

import pytest

from generator.checking import CheckOptions, check
from generator.findings import Place, Severity
from generator.model import Example, Schema
from generator.pipeline import Options, convert
from generator.samples import Direction, Sampler, patterns
from generator.samples.verify import TOO_MANY_WAYS, Verifier
from generator.samples.weight import Weigher
from tests.conftest import OK, api, document_of


@pytest.mark.parametrize("count", [10**400, -(10**400), 1e400, float("nan"), 3.0, 2.5])
def test_counts_may_be_of_any_size(count):
    """A count is kept where it is whole and not negative, however many digits it has."""
    schema = {"type": "string", "maxLength": count, "multipleOf": count}
    body = {"content": {"application/json": {"schema": schema}}}
    result = convert(document_of(api({"/a": {"post": {"requestBody": body, "responses": OK}}})), Options())
    assert result.value is not None


def nested(depth):
    """Return an object that holds itself `depth` times."""
    value: object = 1
    for _ in range(depth):
        value = {"c": value}
    return value


def levels(depth, **more):
    """Return definitions of which each leads to the next in two ways."""
    return {
        f"L{level}": {
            "anyOf": [
                {
                    "title": title,
                    "type": "object",
                    "required": ["c"],
                    "properties": {"c": {"$ref": f"#/$defs/L{level + 1}"}},
                }
                for title in "ab"
            ]
        }
        for level in range(depth)
    } | {f"L{depth}": {"type": "string"}, **more}


def test_alternatives_within_alternatives_are_counted():
    """What a validator would follow in millions of ways is weighed first, each pair of a schema and a value once."""
    definitions = levels(60)
    assert Weigher(definitions).ways({"$ref": "#/$defs/L0"}, nested(10)) == 2**11
    assert Weigher(definitions).ways({"$ref": "#/$defs/L0"}, nested(60)) == 2**60
    found = Verifier(definitions).violations({"$ref": "#/$defs/L0"}, nested(60), Direction.REQUEST)
    assert found == (TOO_MANY_WAYS,)
    found = Verifier(levels(10)).violations({"$ref": "#/$defs/L0"}, nested(10), Direction.REQUEST)
    assert [violation.keyword for violation in found] == ["anyOf"]


def test_an_example_that_is_not_judged_is_told():
    """A check says which examples it does not hold against their schemas; it does not call them wrong."""
    text = json.dumps(levels(40)).replace("#/$defs/", "#/components/schemas/")
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/L0"}, "example": nested(40)}}}
    tree = api({"/a": {"post": {"requestBody": body, "responses": OK}}}, components={"schemas": json.loads(text)})
    (finding,) = [f for f in check(document_of(tree), CheckOptions()) if f.rule == "example-invalid"]
    assert finding.severity is Severity.INFO
    assert "not judged" in finding.message


def test_samples_that_cannot_be_made_take_bounded_work():
    """Levels of alternatives that end in a schema which needs itself are given up, sooner where there are many."""
    definitions = {
        f"L{level}": {
            "oneOf": [
                {"type": "object", "required": [name], "properties": {name: {"$ref": f"#/$defs/L{level + 1}"}}}
                for name in "ab"
            ]
        }
        for level in range(11)
    }
    definitions["L11"] = {"type": "object", "required": ["s"], "properties": {"s": {"$ref": "#/$defs/L11"}}}
    sampler = Sampler(definitions)
    for level in range(11):
        schema = Schema(node={"$ref": f"#/$defs/L{level}"}, place=Place("x", ""))
        assert sampler.sample(schema, direction=Direction.REQUEST).findings
    assert sampler._makers[Direction.REQUEST].work < 3_000_000


def test_mending_a_long_example_is_bounded(monkeypatch):
    """An example with thousands of faults is judged a few times, not once for each of them."""
    judged = []
    judge = Verifier.violations
    monkeypatch.setattr(Verifier, "violations", lambda *given, **more: judged.append(1) or judge(*given, **more))
    item = {"type": "object", "required": ["b"], "properties": {"a": {"type": "integer"}}}
    example = Example(value=[{"a": "x"} for _ in range(3000)], place=Place("x", ""))
    schema = Schema(node={"type": "array", "items": item}, place=Place("x", ""))
    assert Sampler({}).sample(schema, [example], direction=Direction.REQUEST).findings
    assert len(judged) < 50


def test_patterns_that_nothing_matches_count_as_work():
    """Hundreds of patterns for which no text is found do not each cost what one may."""
    hard = r"^(?:(?:(?:a|b){0,20}){0,20}){0,20}x(?!)"
    members = {f"m{number}": {"type": "string", "pattern": f"{hard}{number}"} for number in range(300)}
    sampler = Sampler({})
    schema = Schema(node={"type": "object", "properties": members, "required": [*members]}, place=Place("x", ""))
    assert sampler.sample(schema, direction=Direction.REQUEST).findings
    looked_at = sum(bool(patterns._search(f"{hard}{number}", 0, 262_144).work) for number in range(300))
    assert 0 < looked_at < 100


def test_what_takes_too_many_steps_without_memory_is_told():
    """One definition in many places is made once; where the value is not valid, it is not made anew in each."""
    definitions = {"H": {"type": "string", "pattern": r"^(?:(?:(?:a|b){0,20}){0,20}){0,20}x(?!)"}}
    member = {"type": "object", "properties": {"h": {"$ref": "#/$defs/H"}}, "required": ["h"]}
    members = {f"m{number}": member for number in range(60)}
    schema = Schema(node={"type": "object", "properties": members, "required": [*members]}, place=Place("x", ""))
    sampled = Sampler(definitions).sample(schema, direction=Direction.REQUEST)
    assert len(sampled.value) == 60
    assert [finding.rule for finding in sampled.findings] == ["sample-invalid"]


def test_an_object_that_lacks_thousands_of_members_is_not_shown_for_each(monkeypatch):
    """A validator shows the whole object for each member that it lacks; where that adds up, it is not asked."""
    names = [f"n{number}" for number in range(3000)]
    node = {"type": "object", "required": names}
    few, many = {"a": 1}, {f"x{number}": number for number in range(3000)}
    verifier = Verifier({})
    assert verifier.violations(node, few, Direction.REQUEST)[0].names == ("n0",)
    (violation,) = verifier.violations(node, many, Direction.REQUEST)
    assert "more ways than can be told" in violation.message


def test_dependent_schemas_count_as_work():
    """Each of thousands of dependent schemas asks which members are there; a sample that needs all is given up."""
    names = [f"n{number}" for number in range(2000)]
    members = {name: {"type": "string"} for name in names}
    node = {"type": "object", "properties": members, "dependentSchemas": {name: {"minProperties": 1} for name in names}}
    sampler = Sampler({})
    started = time.monotonic()
    sampler.sample(Schema(node=node, place=Place("x", "")), direction=Direction.REQUEST)
    assert time.monotonic() - started < 20, "it took minutes"


def _doubled(depth, level):
    """Return definitions of which each applies the next to one value in the ways of `level`, and the last's schema."""
    definitions = {f"D{number}": level({"$ref": f"#/$defs/D{number + 1}"}) for number in range(depth)}
    return definitions | {f"D{depth}": {"type": "string"}}


@pytest.mark.parametrize(
    ("level", "value"),
    [
        (lambda node: {"allOf": [node, node]}, "x"),
        (lambda node: {"properties": {"c": node}, "patternProperties": {"c": node}}, nested(40)),
        (lambda node: {**node, "properties": {"c": node}}, nested(40)),
        (lambda node: {"unevaluatedProperties": False, "allOf": [node]}, {"a": 1}),
    ],
)
def test_schemas_that_are_applied_to_one_value_again_and_again_are_counted(level, value):
    """Not only alternatives multiply what a validator does, up to all time and memory there are."""
    definitions = _doubled(40, level)
    found = Verifier(definitions).violations({"$ref": "#/$defs/D0"}, value, Direction.REQUEST)
    assert found == (TOO_MANY_WAYS,)
    few = _doubled(4, level)
    assert Verifier(few).violations({"$ref": "#/$defs/D0"}, value, Direction.REQUEST) != (TOO_MANY_WAYS,)


def test_unevaluated_members_within_each_other_are_counted_in_one_schema():
    """A schema of a few hundred characters, without any reference, must not keep a validator for hours."""
    node = {"type": "object", "properties": {"a": {"type": "string"}}}
    for _ in range(30):
        node = {"unevaluatedProperties": False, "allOf": [node]}
    schema = Schema(node=node, place=Place("x", ""))
    assert Verifier({}, [schema]).violations(node, {"a": "x"}, Direction.REQUEST) == (TOO_MANY_WAYS,)


def test_all_values_together_are_followed_in_a_bounded_number_of_ways(monkeypatch):
    """Thousands of examples, each of which may be followed, are not all followed."""
    definitions = _doubled(16, lambda node: {"anyOf": [node, node]})
    verifier = Verifier(definitions)
    asked = []
    ways = Weigher.ways
    monkeypatch.setattr(Weigher, "ways", lambda *given: asked.append(1) or ways(*given))
    values = [verifier.violations({"$ref": "#/$defs/D0"}, f"x{number}", Direction.REQUEST) for number in range(2000)]
    assert values[0] == ()
    assert values[-1] == (TOO_MANY_WAYS,)
    assert len(asked) < 1000


def test_an_object_of_thousands_of_members_of_its_own_kind_counts_as_work():
    """Looking at thousands of members that are not made, in each of thousands of objects, counts."""
    definitions = {"S": {"type": "object", "properties": {f"p{n}": {"$ref": "#/$defs/S"} for n in range(3000)}}}
    sampler = Sampler(definitions)
    sampler.sample(Schema(node={"$ref": "#/$defs/S"}, place=Place("x", "")), direction=Direction.REQUEST)
    assert sampler._makers[Direction.REQUEST].work > 40_000


def test_schemas_that_all_lead_to_each_other_are_counted():
    """A validator goes through such schemas in every order: twenty of them would take it for ever."""

    def circle(count):
        every = [{"$ref": f"#/$defs/C{number}"} for number in range(count)]
        return {f"C{number}": {"allOf": every} for number in range(count)}

    for count in (7, 10, 20, 50):
        found = Verifier(circle(count)).violations({"$ref": "#/$defs/C0"}, "x", Direction.REQUEST)
        assert found == (TOO_MANY_WAYS,)
    assert Verifier(circle(3)).violations({"$ref": "#/$defs/C0"}, "x", Direction.REQUEST) == ()


@pytest.mark.parametrize("names", [{"enum": ["a"]}, {"pattern": "^[a-z]{3}$"}, {"maxLength": 1}])
def test_members_that_are_asked_for_by_number_only_have_an_end(names):
    """Names of which there are fewer than asked for are not made again and again for ever."""
    node = {"type": "object", "minProperties": 10**18, "propertyNames": names}
    sampler = Sampler({})
    assert sampler.sample(Schema(node=node, place=Place("x", "")), direction=Direction.REQUEST).findings


def test_patterns_for_names_count_as_work():
    """Thousands of names, each held against thousands of patterns, are more than a sample is worth."""
    names = [f"a{number}" for number in range(1500)]
    node = {
        "type": "object",
        "required": names,
        "patternProperties": {f"^a{number}$": {"type": "string"} for number in range(1500)},
    }
    sampler = Sampler({})
    sampler.sample(Schema(node=node, place=Place("x", "")), direction=Direction.REQUEST)
    assert sampler._makers[Direction.REQUEST].work > 40_000
