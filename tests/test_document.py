"""Reading: YAML is read as JSON, each problem has a place, nothing hostile hurts."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.document import Source, declares_version, locate, parse
from generator.findings import Place, Position, Severity

HEAD = b"openapi: 3.0.3\n"


def read(content: bytes):
    """Return what parsing `content` gives."""
    return parse({"a.yaml": Source(uri="a.yaml", content=content)}, "a.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-01-01", "2020-01-01"),
        ("yes", "yes"),
        ("0777", "0777"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("1e3", 1000.0),
        ("1e400", "1e400"),
        (".inf", ".inf"),
        ("=", "="),
        ("~", None),
        ("", None),
        ("true", True),
        ("-0.5", -0.5),
        ("'1'", "1"),
        ("36893488147419103232", 2**65),
        ("!!str 1", "1"),
    ],
)
def test_scalars_are_json_shaped(text, value):
    """A plain scalar is what JSON would call it, and text otherwise."""
    found = read(HEAD + f"x: {text}\n".encode()).value
    assert found is not None
    assert found.root["x"] == value


def test_keys_are_text_and_merges_count():
    """Keys are text whatever they look like, and `<<` adds what is not there yet."""
    found = read(HEAD + b"base: &b {a: 1, 200: x}\nx: {<<: *b, a: 2}\n").value
    assert found is not None
    assert found.root["x"] == {"a": 2, "200": "x"}


def test_duplicate_keys_are_told_with_their_place():
    """A key that comes twice is a warning with line and column, in YAML and in JSON."""
    for content, position in (
        (HEAD + b"a: 1\na: 2\n", Position(3, 1)),
        (b'{"openapi":"3.0.3",\n"a":1,"a":2}', Position(2, 7)),
    ):
        result = read(content)
        assert result.value is not None
        assert [(f.rule, f.position) for f in result.findings] == [("duplicate-key", position)]


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"openapi: 3.0.3\n\ta: 1\n", "yaml-tab", 2),
        (b"a: [1\nb: 2", "yaml-syntax", 2),
        (b"a: *x", "yaml-alias", 1),
        (b"a: &x [*x]", "yaml-alias", 1),
        (b"a: 1\n---\nb: 2", "yaml-documents", 2),
        (b'{"a" 1}', "json-syntax", 1),
        (b"a: \xe9", "text-encoding", 1),
        (b"[" * 100_000, "too-deep", 1),
        (b"a: " + b"[" * 600, "too-deep", 1),
        (b"", "openapi-document", 1),
        (b"- 1", "openapi-document", 1),
        (b"? [a]\n: 1", "yaml-key", 1),
    ],
)
def test_what_cannot_be_read_is_one_error_with_a_place(content, rule, line):
    """Unreadable text is an error that names its line, never an exception."""
    result = read(content)
    assert result.value is None
    assert [f.rule for f in result.findings] == [rule]
    assert result.findings[0].severity is Severity.ERROR
    assert result.findings[0].position is not None
    assert result.findings[0].position.line == line


@pytest.mark.parametrize(("uri", "said"), [("a.json", ["json-syntax"]), ("A.JSON", ["json-syntax"]), ("a.yaml", [])])
def test_a_file_called_json_that_is_yaml_is_told(uri, said):
    """Few readers of JSON take a comma too many or a comment: it is read, with a warning at its place."""
    content = b'{"openapi": "3.0.3",\n "paths": {},}'
    result = parse({uri: Source(uri=uri, content=content)}, uri)
    assert result.value is not None
    assert [finding.rule for finding in result.findings] == said
    assert all(finding.position.line == 2 and finding.severity is Severity.WARNING for finding in result.findings)


def test_aliases_cannot_explode():
    """A document of nested aliases is refused instead of being expanded."""
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert [f.rule for f in read("\n".join(lines).encode()).findings] == ["yaml-alias"]


@pytest.mark.parametrize(("text", "known"), [("3.0.3", True), ("3.2.0", True), ("4.0.0", False), ("3.10.0", False)])
def test_versions(text, known):
    """Known versions are read, unknown ones are an error."""
    assert (read(f'openapi: "{text}"\n'.encode()).value is not None) is known


def test_an_unknown_version_is_told_which_are_known():
    """Nobody can write in "whichever version" where that one is the mistake."""
    [finding] = read(b"openapi: 4.0.0\n").findings
    assert "2.0, 3.0, 3.1 and 3.2" in finding.hint


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_called_empty(content):
    """The entry as well as a file that it refers to; what holds something else is not."""
    entry = Source(uri="a.yaml", content=b"openapi: 3.0.3\n")
    [finding] = read(content).findings
    assert finding.message == "This is no OpenAPI document: the file is empty."
    sources = {"a.yaml": entry, "b.yaml": Source(uri="b.yaml", content=content)}
    [finding] = parse(sources, "a.yaml").findings
    assert finding.message == "The document refers to this file, but it is empty."
    twice = {**sources, "a.yaml": Source(uri="a.yaml", content=b"openapi: 3.0.3\ninfo: {}\ninfo: {}\n")}
    assert finding in parse(twice, "a.yaml").findings
    assert "its top level is not an object" in read(b"- 1").findings[0].message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(json_values)
def test_json_reads_back_equal(value):
    """What is written as JSON reads back as it was."""
    found = read(json.dumps({"openapi": "3.0.3", "x": value}).encode()).value
    assert found is not None
    assert found.root["x"] == value


def test_locate_answers_every_pointer(shared):
    """Each pointer of a real document is located at the line that the YAML composer gives."""
    path = shared / "specs/kpn/kpn-ise.yaml"
    wanted = {}

    def collect(node, pointer):
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                child = f"{pointer}/{key.value.replace('~', '~0').replace('/', '~1')}"
                wanted[child] = key.start_mark.line + 1
                collect(value, child)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                wanted[f"{pointer}/{index}"] = value.start_mark.line + 1
                collect(value, f"{pointer}/{index}")

    collect(yaml.compose(path.read_text()), "")
    found = locate(Source(uri="x", content=path.read_bytes()), wanted)
    assert {pointer: position.line for pointer, position in found.items()} == wanted


def test_folder_looks_are_cheap_and_right():
    """Only a top-level `openapi` or `swagger` makes a document."""
    assert declares_version(b"openapi: 3.0.0")
    assert declares_version(b'{"info": {}, "swagger": "2.0"}')
    assert not declares_version(b"a:\n  openapi: 3.0.0\n")


def test_json_numbers_mean_what_they_mean_in_yaml():
    """A number that no float holds, or that is longer than any counts, stays text in both formats."""
    long = "9" * 5000
    numbers = f"[1e400, {long}, 1E2, -0.5]"
    for text in (f'{{"openapi": "3.0.3", "x": {numbers}}}', f"openapi: 3.0.3\nx: {numbers}"):
        found = read(text.encode()).value
        assert found is not None
        assert found.root["x"] == ["1e400", long, 100.0, -0.5]


def test_half_a_surrogate_pair_is_told_and_replaced():
    """Whole pairs are characters; a half, in a value or a key, is U+FFFD with a warning at its place."""
    result = read(rb'{"openapi": "3.0.3", "x": ["\ud83d\ude00", "a\ud800"], "y": {"\udfff": 1}}')
    assert result.value is not None
    assert result.value.root["x"] == ["😀", "a\ufffd"]
    assert result.value.root["y"] == {"\ufffd": 1}
    assert [(f.rule, f.severity, f.place.pointer) for f in result.findings] == [
        ("text-encoding", Severity.WARNING, "/y"),
        ("text-encoding", Severity.WARNING, "/x/1"),
    ]


@pytest.mark.parametrize("odd", [r"\ud83d\ude00", "\x7f", r"\/", r"\ud800"])
def test_places_after_what_only_json_may_hold(odd):
    """Escaped surrogates and control characters, which YAML does not know, move no line and no column."""
    text = f'{{"openapi": "3.0.3",\n "{odd}": "{odd}", "p": {{\n  "q": 1}}}}'
    column = text.split("\n")[1].index('"p"') + 1
    found = locate(Source(uri="a", content=text.encode()), ["/p", "/p/q"])
    assert found == {"/p": Position(2, column), "/p/q": Position(3, 3)}


@pytest.mark.parametrize("token", ["9" * 5000, "01", "-", "-1", "²"])
def test_no_index_that_is_none(token):
    """Only an array's own index leads into it, without leading zeros (RFC 6901, section 4)."""
    found = read(HEAD + b"x: [a, b]\n").value
    assert found is not None
    assert found.node_at(Place("a.yaml", "/x/1")) == "b"
    with pytest.raises(KeyError):
        found.node_at(Place("a.yaml", f"/x/{token}"))
