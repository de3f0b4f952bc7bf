"""Where members of a JSON text stand: quick ways through it against the slow one that follows every event."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.document import Source, parse
from generator.document.json_places import positions_in_json
from generator.document.positions import _located_in_text
from generator.json_values import pointer_join

# The slow way knows no escapes of surrogate pairs, so that names have none.
NAMES = st.text(
    st.characters(
        codec="utf-8",
        max_codepoint=0xFFFD,
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\u2028\u2029\x85\ufeff",
    ),
    max_size=5,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | NAMES | st.sampled_from(['a"b', "c\\", "}", "\n  }", "x: {", "\t]"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=30,
)
LAYOUTS = st.sampled_from(
    [
        {"indent": 2},
        {"indent": 4, "ensure_ascii": False},
        {"indent": "\t"},
        {"separators": (",", ":")},
        {},
        {"indent": 0},
    ]
)


def pointers_of(root):
    """Return the pointers of all nodes, and one below each that is not there."""
    found, waiting = [], [(root, "")]
    while waiting:
        node, pointer = waiting.pop()
        found += [pointer, f"{pointer}/nowhere/at all"]
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        waiting += [(child, pointer_join(pointer, key)) for key, child in children]
    return found


def both_ways(text, pointers):
    """Return the positions found by the quick way, and by the slow one."""
    content = text.encode()
    root = json.loads(text, strict=False)
    return positions_in_json(content, root, pointers), _located_in_text(Source(uri="a", content=content), pointers)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=5), LAYOUTS)
def test_the_quick_way_finds_what_the_slow_one_finds(value, layout):
    """In any layout, for any names and any text in values, each member has the same line and column both ways."""
    pointers = pointers_of(value)
    quick, slow = both_ways(json.dumps(value, **layout), pointers)
    assert quick == slow


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_odd_layouts(end):
    """Windows' line ends; a container closed at the margin; members of one object on one line and on several."""
    text = '{"a": {"b": 1},\n  "c": [\n1, {\n"d": 2}\n],\n "e": {\n    "f": {\n  }, "g": 3 }\n}\n'.replace("\n", end)
    quick, slow = both_ways(text, pointers_of(json.loads(text)))
    assert quick == slow


def test_a_text_that_is_not_what_was_read_is_left_to_the_slow_way():
    """Another order, another value, something missing: nothing is told rather than a wrong line."""
    content = b'{"a": {"b": 1}, "c": 2}'
    for root in ({"c": 2, "a": {"b": 1}}, {"a": {"x": 1}, "c": 2}, {"a": {"b": 1}}, {"a": [1], "c": 2}):
        assert positions_in_json(content, root, ["/a/b", "/a/x", "/c"]) is None


def test_a_finding_in_json_has_its_line():
    """The whole way: a document in JSON is read, and a place in it is found, beside characters of several bytes."""
    text = json.dumps(
        {"openapi": "3.0.3", "info": {"title": "Gâteaux 🍰", "version": "1"}, "paths": {}}, ensure_ascii=False
    )
    document = parse({"a": Source(uri="a", content=text.encode())}, "a").value
    found = positions_in_json(text.encode(), document.root, ["/paths"])
    assert found["/paths"].column == text.index('"paths"') + 1
