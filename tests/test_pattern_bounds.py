"""Bounds of regular expressions: however many states they ask for, what is compiled and matched stays within limits."""

import random
import time

import jsonschema_rs
import pytest

from generator.checking import CheckOptions, check
from generator.findings import Place, Severity
from generator.model import Schema
from generator.pattern_weight import LONGEST_PATTERN, MOST_STATES, costly, states
from generator.pipeline import Options, SnippetFormat, convert, snippets
from generator.readers import schemas as readers
from generator.samples import Direction, patterns
from generator.samples.verify import TOO_MANY_WAYS, Verifier
from tests.conftest import OK, api, document_of

HEAVY = [f"([a-z]{{1,{300 - number}}}){{1,{400 - number}}}" for number in range(250)]
"""Each of these is megabytes to an engine; together they were two gigabytes."""

PLACES = {
    "members": {"properties": {f"m{number}": {"pattern": pattern} for number, pattern in enumerate(HEAVY)}},
    "by pattern": {"patternProperties": {pattern: {"type": "string"} for pattern in HEAVY}},
    "names": {
        "properties": {
            f"m{number}": {"type": "object", "propertyNames": {"pattern": pattern}, "minProperties": 1}
            for number, pattern in enumerate(HEAVY)
        }
    },
    "beside examples": {
        "properties": {f"m{number}": {"pattern": pattern, "example": "a"} for number, pattern in enumerate(HEAVY)}
    },
}


@pytest.fixture
def compiled(monkeypatch):
    """Gather all patterns that any engine is given, in whatever schema."""
    given = set()
    make = jsonschema_rs.Draft202012Validator

    def recorded(schema, *arguments, **more):
        waiting = [schema]
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                given.update([node["pattern"]] if isinstance(node.get("pattern"), str) else [])
                given.update(node["patternProperties"] if isinstance(node.get("patternProperties"), dict) else [])
            waiting += node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        return make(schema, *arguments, **more)

    monkeypatch.setattr(jsonschema_rs, "Draft202012Validator", recorded)
    patterns._ENGINES.__init__()
    patterns._search.cache_clear()
    return given


def _document(schema, **more):
    body = {"content": {"application/json": {"schema": {"type": "object", **schema}}}}
    return document_of(api({"/a": {"post": {"requestBody": body, "responses": OK}}}, openapi="3.1.0", **more))


COMMANDS = {
    "convert": lambda document: convert(document, Options()).findings,
    "snippets": lambda document: snippets(document, Options(), SnippetFormat.MARKDOWN).findings,
    "check": lambda document: check(document, CheckOptions()),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", PLACES)
def test_patterns_are_compiled_up_to_so_many_states(place, command, compiled):
    """Each that is left out is told at its place; the others are compiled, and none beside them."""
    told = [f for f in COMMANDS[command](_document(PLACES[place])) if f.rule == "pattern-left-out"]
    left_out = costly(HEAVY)
    assert 200 < len(left_out) < len(HEAVY)
    assert compiled.isdisjoint(left_out)
    assert sum(map(states, compiled)) <= MOST_STATES
    assert len({f.place for f in told}) == len(told) == len(left_out)
    assert {f.severity for f in told} == {Severity.WARNING}
    assert all(any(f"`{pattern}`" in f.message for f in told) for pattern in left_out)
    keyword = "patternProperties" if place == "by pattern" else "pattern"
    assert all(f"/{keyword}" in f.place.pointer for f in told)


def test_which_patterns_are_left_out_does_not_depend_on_their_order():
    """The costliest are, wherever they stand; those that fit beside them stay."""
    shuffled = [*HEAVY, "^[a-z]+$", r"^\d{4}$"]
    random.Random(1).shuffle(shuffled)
    assert costly(shuffled) == costly(reversed(shuffled))
    assert costly(shuffled) < {*HEAVY}
    assert max(states(one) for one in HEAVY if one not in costly(shuffled)) <= min(map(states, costly(shuffled)))


def test_patterns_where_no_schema_belongs_are_bounded_too(compiled):
    """What a reference names is read as a schema, be it an extension: nothing is left out there without a word."""
    schema = {"properties": {f"m{number}": {"$ref": f"#/x-more/{number}"} for number in range(len(HEAVY))}}
    document = _document(schema, **{"x-more": [{"type": "string", "pattern": pattern} for pattern in HEAVY]})
    told = [f for f in convert(document, Options()).findings if f.rule == "pattern-left-out"]
    assert {f.place.pointer.rpartition("/")[2] for f in told} == {"pattern"}
    assert len(told) == len(costly(HEAVY))
    assert compiled.isdisjoint(costly(HEAVY))


def test_members_by_a_pattern_that_is_left_out_are_not_called_wrong():
    """Of members that the pattern may be about nothing is known: they are neither too many nor of a wrong type."""
    schema = {
        "patternProperties": {"^([a-z]{1,1000}){1,1000}$": {"type": "integer"}},
        "additionalProperties": False,
        "example": {"a": 1, "b": "x"},
    }
    found = check(_document(schema), CheckOptions())
    assert [f.rule for f in found if f.rule in {"pattern-left-out", "example-invalid"}] == ["pattern-left-out"]


def test_a_pattern_that_is_too_long_is_left_out_and_told():
    """Engines take minutes for what is long enough."""
    schema = {"properties": {"a": {"type": "string", "pattern": "(?=a)" * LONGEST_PATTERN}}}
    for command in COMMANDS.values():
        (told,) = [f for f in command(_document(schema)) if "pattern" in f.rule]
        assert "it has 25,000 characters" in told.message
        assert "Shorten it" in told.hint


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        ("([a-z]{1,300}){1,300}", 90_000),
        ("([a-z]{0300}){000300}", 90_000),
        ("(?=a)(?:[a-z]{ ,300 }){ 300 , }", 90_000),
        (r"[\]{9}](?:a{300}){300}", 90_000),
        (r"(?:a{300}[(]){300}", 90_000),
        (r"(?:[)]a{300}){300}", 90_000),
        (r"[](?:a{300}[(]){300}]", 90_000),
        (r"(?x) (?:a{300} # [" + "\n" + r"){300} # ]", 90_000),
        (r"(?=a)(?#[)(?:a{300}){300}(?#])", 90_000),
        (r"\p{L}{1,256}", 100_000),
        (r"(?=a)\w{1,256}", 100_000),
        (r".{1,8192}", 90_000),
        (r"[^a]{1,8192}", 70_000),
        (r"(?i)[a-z]{30000}", 90_000),
        ("(a{999999999}){99999999999}", 10**12),
    ],
)
def test_states_are_counted_whatever_the_pattern_is_hidden_in(pattern, least):
    """Zeros, spaces, classes, comments and sets of Unicode hide nothing."""
    assert states(pattern) >= least


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[\s\S]{1,1024}$", r"[\P{M}\p{M}]{1,1024}", r"^\p{ASCII}{0,8192}$", r"^(\d{1,3}\.){3}\d{1,3}$",
        r"^(?=.*[a-z])(?=.*\d)[\w.-]{8,20}$", r"^[^\u0000\u0085\u2028\u2029\r\n]{1,1024}$", "[[A-Z0-9]{1,18}",
    ],
)  # fmt: skip
def test_patterns_as_people_write_them_cost_little(pattern):
    """Twenty of the largest that public specifications have are still all compiled."""
    assert states(pattern) <= MOST_STATES / 20


def test_states_are_about_what_the_engine_makes_of_them():
    """What is counted as many states does not compile within few bytes, and the other way round."""

    def compiles(pattern, size):
        options = jsonschema_rs.FancyRegexOptions(size_limit=size)
        try:
            jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
        except jsonschema_rs.ValidationError:
            return False
        return True

    for pattern in (r"[a-z]{3000}", r"([a-z]{1,54}){1,54}", r".{300}", r"[^a]{300}", r"\S{300}", r"\p{L}{10}"):
        assert compiles(pattern, 170 * states(pattern)), pattern
        assert not compiles(pattern, 8 * states(pattern)), pattern


def test_counting_is_linear():
    """A pattern of any length that is compiled is counted in no time, however it tries to make that long."""
    for text in ("[", "(", "{ ", r"\p{", "(?a", "(?<", "[a", "{1", "(?" + "a" * 50, "[(?#"):
        pattern = (text * LONGEST_PATTERN)[:LONGEST_PATTERN]
        states.cache_clear()
        assert states(pattern) >= 1


def test_engines_are_kept_up_to_so_many_states(monkeypatch):
    """The sampler's own engines, those of patterns that it puts together too, do not add up from schema to schema."""
    engines = patterns._Engines()
    for pattern in HEAVY[:60]:
        engines.of(pattern)
        assert sum(map(states, engines._known)) <= MOST_STATES
    assert 0 < len(engines._known) < 60
    assert engines.of("(?:[a-z]{1,1000}){1,1000}") is None


def test_matching_is_bounded(monkeypatch):
    """A value is not held against patterns that take too many steps with it; that is said, and the search ends."""
    node = {"type": "array", "items": {"type": "string", "pattern": "^(?:.{1,50}){1,40}$"}}
    schema = Schema(node=node, place=Place("x", ""))
    asked = []
    is_valid = Verifier._shared
    monkeypatch.setattr(Verifier, "_shared", lambda *given: asked.append(1) or is_valid(*given))
    verifier = Verifier({}, [schema])
    assert verifier.violations(node, ["x" * 50], Direction.REQUEST) == ()
    assert verifier.violations(node, ["x" * 50_000], Direction.REQUEST) == (TOO_MANY_WAYS,)
    for number in range(200):
        verifier.violations(node, ["x" * 10_000 + str(number)], Direction.REQUEST)
    assert len(asked) < 20


def test_long_texts_for_costly_patterns_are_tried_less_often(monkeypatch):
    """What matching takes in many states at once counts as work."""
    pattern, tried, judge = "^(?:.{1,50}){1,40}é$", [], patterns.matches
    monkeypatch.setattr(patterns, "matches", lambda one, other: tried.append(other) or judge(one, other))
    patterns._search.cache_clear()
    assert patterns.pattern_text(pattern, 4000, 4096) is None
    assert 0 < len(tried) < 30
    assert patterns.pattern_work(pattern, 4000, 4096) > 200


def test_a_document_without_patterns_is_not_walked_through(monkeypatch):
    """What patterns cost is asked for where there are some."""
    monkeypatch.setattr(readers.SchemaReader, "_leave_out_costly_patterns", None)
    assert convert(_document({"properties": {"pattern": {"type": "string"}}}), Options()).value is not None


@pytest.mark.parametrize("text", [r"\[" * 2500, '"[^\\"' * 800, "[" * 5000, "(?" * 2500])
def test_states_are_counted_in_one_go(text):
    """Every pattern of a document is counted, used or not: two hundred long ones take no time to speak of."""
    started = time.process_time()
    for number in range(200):
        states(f"{text[:-4]}{number:04}")
    assert time.process_time() - started < 10, "it took a quarter of a minute"


def test_a_pattern_in_an_example_is_none():
    """It is no schema's; a member of a schema may be called as data is."""
    heavy = HEAVY[0] * 100
    body = {"schema": {"type": "object"}, "example": {"pattern": heavy}}
    member = {"properties": {"example": {"type": "string", "pattern": heavy}}}
    operation = {"requestBody": {"content": {"application/json": body}}, "responses": OK}
    tree = api({"/a": {"post": operation}}, components={"schemas": {"A": member}})
    told = [f.place.pointer for f in convert(document_of(tree), Options()).findings if f.rule == "pattern-left-out"]
    assert told == ["/components/schemas/A/properties/example/pattern"]
