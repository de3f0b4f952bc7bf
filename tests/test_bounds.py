"""What a specification may cost: whatever it asks for, the work stays within what its size explains."""

import json

import pytest

from generator.pipeline import Folders, Options, convert
from generator.samples import patterns
from generator.samples.patterns import is_pattern, pattern_text
from tests.conftest import OK, api, document_of


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a{400})(\1{4000})",
        r"(a{4000})(\1{4000})(\2{4000})",
        r"(?:(?:$){4000}){4000}",
        r"(?:(?=(x{0,9}))){4000}(?:(?:(?:a|b){0,20}){0,20}){0,20}(?!)",
        r"(?:(?=x)(?:a?){100}){4096}",
    ],
)
def test_what_is_written_for_a_pattern_is_bounded(pattern, monkeypatch):
    """Back references and nested repetitions neither multiply the text nor the number of parts that are written."""
    parts, written, tried = 0, [], []
    part, text, judge = patterns._Writer._part, patterns._Writer.text, patterns.matches

    def counted(writer, operator, argument):
        nonlocal parts
        parts += 1
        assert parts < 400_000
        return part(writer, operator, argument)

    monkeypatch.setattr(patterns._Writer, "_part", counted)

    def recorded(writer, tree):
        written.append(text(writer, tree))
        return written[-1]

    monkeypatch.setattr(patterns._Writer, "text", recorded)
    monkeypatch.setattr(patterns, "matches", lambda one, other: tried.append(other) or judge(one, other))
    patterns.pattern_text.cache_clear()
    pattern_text(pattern)
    assert max(map(len, written)) < 20_000
    assert len(tried) == len(set(tried)), "no text is judged twice"


def test_a_very_long_pattern_counts_as_unreadable():
    """Engines take minutes to compile what is long enough, so that it is not asked of them."""
    assert is_pattern("a" * 4000)
    assert not is_pattern("(?=a)" * 100_000)
    assert pattern_text(r"\p{L}" * 100_000, 5, 9) is not None


def test_folders_are_not_deeper_than_people_read():
    """A path of a thousand segments ends in a folder at a depth that importers accept."""
    path = "/" + "/".join(f"s{number}" for number in range(1200))
    value = convert(document_of(api({path: {"get": {"responses": OK}}})), Options(folders=Folders.PATHS)).value
    assert value is not None
    items, depth = json.loads(value.files[".postman_collection.json"])["item"], 0
    while "item" in items[0]:
        items, depth = items[0]["item"], depth + 1
    assert depth == 20
    assert items[0]["request"]["url"]["path"][-1] == "s1199"
