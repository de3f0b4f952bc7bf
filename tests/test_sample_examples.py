"""Authors' examples in samples: the first that is valid, else one that is mended, and what is said of it."""

import pytest

from generator.findings import Checked
from generator.model import Example, Schema
from generator.samples import Direction, Sampler
from tests.test_samples import HERE, sample


def test_author_comes_first_and_is_mended_or_told():
    """A valid example is used as it is; one that only has the wrong spelling is mended; another is replaced."""
    assert sample({"type": "string"}, "mine") == sample({"type": "string"}, "mine")
    assert sample({"type": "string"}, "mine").value == "mine"
    mended = sample({"type": "string"}, 5)
    assert (mended.value, [f.rule for f in mended.findings]) == ("5", ["example-invalid"])
    replaced = sample({"type": "integer", "maximum": 3}, "x")
    assert isinstance(replaced.value, int)
    assert "made value" in replaced.findings[0].message


OBJECT = {
    "type": "object",
    "required": ["a", "b"],
    "properties": {"a": {"type": "string"}, "b": {"type": "integer"}, "t": {"type": "string", "format": "date-time"}},
    "additionalProperties": False,
}
IMPOSSIBLE = {"oneOf": [{"type": "string"}, {"type": "string"}]}


def test_what_is_right_in_an_example_is_kept():
    """Of an example, also one inside its schema, only what offends gives way; what is missing is completed."""
    for example in ({"a": "mine"}, {"a": "mine", "b": "many"}, {"a": "mine", "b": 1, "zz": 2}):
        assert sample(OBJECT, example).value == {"a": "mine", "b": 1}
        assert sample({**OBJECT, "example": example}).value == {"a": "mine", "b": 1}
        assert [f.rule for f in sample({**OBJECT, "example": example}).findings] == ["example-invalid"]
    rows = [{"a": "x", "b": 1, "t": "yesterday"}, {"a": "y", "b": 2, "t": "today"}]
    result = sample({"type": "array", "items": OBJECT}, rows)
    assert [(row["a"], row["b"], row["t"][:4]) for row in result.value] == [("x", 1, "2026"), ("y", 2, "2026")]
    assert result.findings[0].message.endswith("It is used with `0/t` and `1/t` altered.")
    message = sample({"items": OBJECT}, [{"a": "mine", "zz": 1, "y": 2}] * 2).findings[0].message
    assert message.endswith("It is used with `0/b` and `1/b` added and without `0/zz`, `0/y`, `1/zz` and 1 more.")


@pytest.mark.parametrize("impossible", [IMPOSSIBLE, {"type": "string", "minLength": 5, "maxLength": 2}])
def test_an_example_is_better_than_a_value_that_is_no_more_valid(impossible):
    """Where a schema contradicts itself, its author's values are used, and no example is asked for."""
    node = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": impossible, "b": {"type": "integer", "example": 7}, "c": {"type": "string"}},
    }
    result = sample(node, {"a": "nl", "c": "mine"})
    assert result.value == {"a": "nl", "b": 7, "c": "mine"}
    assert {f.rule for f in result.findings} == {"example-invalid", "sample-invalid"}
    assert not any(f.hint.startswith("Give an example") for f in result.findings)


def test_an_example_inside_a_contradictory_schema_is_used():
    """The example of a schema that contradicts itself, or of a member, is used where nothing is valid."""
    result = sample({"type": "object", "required": ["a"], "properties": {"a": {**IMPOSSIBLE, "example": "nl"}}})
    assert result.value == {"a": "nl"}
    assert [f.rule for f in result.findings] == ["sample-invalid"]
    assert not result.findings[0].hint.startswith("Give an example")


def test_a_saved_answer_keeps_what_its_author_says():
    """A member that cannot be valid is left out of a request, and kept in an answer."""
    node = {"type": "object", "properties": {"a": IMPOSSIBLE, "c": {"type": "string"}}}
    said = {"a": "nl", "c": "mine"}
    assert sample(node, said).value == {"c": "mine"}
    answered = sample(node, said, direction=Direction.RESPONSE)
    assert answered.value == said
    assert [f.rule for f in answered.findings] == ["example-invalid"]


KINDS = {
    "oneOf": [
        {"type": "object", "properties": {"kind": {"const": kind}, member: {"type": "string"}}}
        for kind, member in (("cat", "mews"), ("dog", "barks"))
    ]
}
EITHER = {"oneOf": [{"required": ["id"]}, {"required": ["name"]}], "properties": {"x": {"type": "integer"}}}
OPEN = {
    "oneOf": [
        {"type": "object", "properties": {name: {"type": "object"}, "seen": {"type": "string"}}} for name in ("a", "b")
    ]
}


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    ("schema", "example", "used", "words"),
    [
        (KINDS, {"barks": "loud"}, {"barks": "loud", "kind": "dog"}, "with `kind` added"),
        (KINDS, {"mews": "softly", "old": 9}, {"mews": "softly", "old": 9, "kind": "cat"}, "with `kind` added"),
        (EITHER, {"x": 1, "name": "n", "id": 2}, {"x": 1, "id": 2}, "without `name`"),
    ],
)
def test_what_several_alternatives_accept_is_told_apart(schema, example, used, words, direction):
    """Such an example gets what tells its alternative from the others, or loses what another one asks for."""
    for node, at_the_node in ((schema, [example]), ({**schema, "example": example}, [])):
        result = sample(node, *at_the_node, direction=direction)
        assert result.value == used
        assert result.findings[0].message.endswith(f"It is used {words}.")
    inner = {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/%23~1x"}, {"type": "integer"}]}}
    assert sample(inner, [7, example], direction=direction, definitions={"#/x": schema}).value == [7, used]


def test_an_answer_that_nothing_tells_apart_stays_as_it_is():
    """It is read, and an odd member would mislead; a request keeps its members too, and gets the odd one."""
    example = {"a": {"mine": 1}, "seen": "now"}
    for node, at_the_node in ((OPEN, [example]), ({**OPEN, "example": example}, [])):
        answered = sample(node, *at_the_node, direction=Direction.RESPONSE)
        assert answered.value == example
        assert answered.findings[0].message.endswith("It is used all the same, since nothing better was found.")
        sent = sample(node, *at_the_node)
        assert sent.value == {**example, "b": sent.value["b"]}
        assert sent.findings[0].message.endswith("It is used with `b` added.")


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ({"type": "integer", "example": "x17"}, 'The example violates its schema: "x17" is not of type "integer"'),
        ({"type": "string", "enum": ["a"], "example": "c"}, 'The example violates its schema: "c" is not one of "a"'),
        ({"type": "string", "maxLength": 1, "examples": ["ab"]}, '"ab" is longer than 1 character'),
        ({"type": "integer", "default": "x"}, 'The default violates its schema: "x" is not of type "integer"'),
        ({"type": "integer", "example": 1, "default": "x"}, None),
    ],
)
def test_an_example_deep_inside_that_cannot_be_used_is_told(member, reason):
    """Where a member's own example would have been the value, that it cannot be is said there, with its reason."""
    inner = {"type": "object", "required": ["id"], "properties": {"id": member}}
    schema = {"type": "object", "properties": {"in": {"type": "array", "items": inner}, "other": {"type": "integer"}}}
    result = sample({**schema, "properties": {**schema["properties"], "two": {"type": "boolean", "example": 3}}})
    said = {f.place.pointer: f.message for f in result.findings if f.rule in {"example-invalid", "default-valid"}}
    assert len(said) == 1 + (reason is not None)
    assert "3 is not of type" in said.pop("/properties/two/example")
    [keyword] = {"example", "examples", "default"} & member.keys() if reason else ["example"]
    place = f"/properties/in/items/properties/id/{keyword}{'/0' * (keyword == 'examples')}"
    assert reason is None or reason in said[place]


def test_what_offends_in_an_example_of_a_named_schema_is_told_at_the_example():
    """The place is that of the author's value, be it behind references or beside what refuses it."""
    inner = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}, "ok": {"type": "string"}}}
    beside = {"allOf": [{"$ref": "#/$defs/%23~1Inner"}, {"example": {"n": 10, "ok": "mine"}}]}
    definitions = {"#/Inner": inner, "#/Outer": {"type": "object", "properties": {"in": beside}}}
    node = {"type": "array", "items": {"$ref": "#/$defs/%23~1Outer"}}
    [finding] = sample(node, definitions=definitions).findings
    assert finding.place.pointer == "/Outer/properties/in/allOf/1/example/n"
    assert finding.message.startswith("The example violates its schema: at `n`, 10 is greater than the maximum of 9. ")
    assert finding.message.endswith("It is used with `n` altered.")


def test_members_that_do_not_travel_are_no_fault_of_an_example():
    """An example for both directions is sent without what is read-only, and nothing is said of it."""
    node = {"type": "object", "properties": {"id": {"allOf": [{"readOnly": True}]}, "n": {"type": "string"}}}
    example = {"id": 1, "n": "x"}
    closed = {"type": "object", "properties": {"id": False}, "example": {"id": 1}}
    for schema, examples in ((node, (example,)), ({**node, "example": example}, ())):
        given = [Example(value=value, place=HERE) for value in examples]
        asked = Schema(node=schema, place=HERE)
        result = Sampler({}, [asked]).sample(asked, given, direction=Direction.REQUEST)
        assert result == Checked({"n": "x"})
    assert [finding.rule for finding in sample(closed).findings] == ["example-invalid"]
    wrong = Example(value={"id": 1, "n": 2}, place=HERE)
    asked = Schema(node=node, place=HERE)
    [finding] = Sampler({}, [asked]).sample(asked, [wrong], direction=Direction.REQUEST).findings
    assert finding.message.endswith("It is used with `n` altered.")
