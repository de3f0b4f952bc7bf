"""What holds for any input: trees read back equal, every node has its place, and no document ends the run."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.checking import CheckOptions, check
from generator.conversion_report import report
from generator.document import Document, Source, declares_version, locate, parse
from generator.findings import FatalError, Place, Severity
from generator.jobs.processes import run
from generator.jobs.tasks import SnippetsJob, Task
from generator.json_values import JsonValue, pointer_join, pointer_split, to_json
from generator.pipeline import Folders, Look, Options, SnippetFormat, convert, snippets
from generator.references import Target, resolve
from generator.source import SpecificationFile
from tests.conftest import SPECS, document_at

LOOKS_LIKE_MORE = (
    *(
        "yes",
        "no",
        "On",
        "null",
        "~",
        "true",
        "TRUE",
        "1e3",
        "0777",
        "0x1F",
        "1_0",
        "12:30",
        "2020-01-01",
        ".inf",
        "-0",
    ),
    *(
        "<<",
        "=",
        "&a",
        "*a",
        "!x",
        "- a",
        "a: b",
        "# a",
        "%",
        "@",
        "`",
        "{",
        "[",
        "|",
        ">",
        "?",
        "---",
        "...",
        "\t",
        " ",
    ),
)
# YAML 1.1 ends a line at these three, which JSON does not.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"))
SCALAR = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.sampled_from(LOOKS_LIKE_MORE)
)
KEY = TEXT | st.sampled_from(("", "a/b", "~", "~1", "200", *LOOKS_LIKE_MORE))
TREE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4), max_leaves=20
)


def read(text: str) -> Document:
    """Return the document of a text."""
    loaded = parse({"a": Source(uri="a", content=text.encode())}, "a")
    assert loaded.value is not None, loaded.findings
    return loaded.value


def nodes(value: JsonValue, pointer: str = "") -> Iterator[tuple[str, JsonValue]]:
    """Yield every node of a tree with its pointer."""
    yield pointer, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from nodes(child, pointer_join(pointer, key))


class Writer(yaml.SafeDumper):
    """Writes YAML as PyYAML does, with quotes around texts that look like JSON's numbers, such as `0E0`, too."""

    def represent_str(self, data: str) -> yaml.Node:
        """Return the node of a text."""
        style = '"' if re.fullmatch(r"-?\d+(\.\d+)?[eE][-+]?\d+", data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)


Writer.add_representer(str, Writer.represent_str)


@given(TREE, st.sampled_from([True, False, None]), st.sampled_from([20, 10_000]), st.booleans())
@settings(deadline=None)
def test_yaml_reads_back_equal(value, flow, width, unicode):
    """What a YAML library writes, in block or flow style, folded or not, escaped or not, reads as the same tree."""
    tree = {"openapi": "3.0.3", "x": value}
    text = yaml.dump(tree, Dumper=Writer, default_flow_style=flow, width=width, allow_unicode=unicode, sort_keys=False)
    assert read(text).root == tree


@given(TREE, st.sampled_from([None, 1]), st.booleans())
@settings(deadline=None)
def test_every_node_is_found_by_its_pointer_and_has_its_own_place(value, indent, ascii_only):
    """By pointer and by reference the node itself comes back; in the text no two of them stand at the same place."""
    text = json.dumps({"openapi": "3.0.3", "x": value}, indent=indent, ensure_ascii=ascii_only)
    document = read(text)
    found = dict(nodes(document.root))
    base = Place("a", "")
    for pointer, node in found.items():
        assert document.node_at(Place("a", pointer)) is node
        target = resolve(document, f"#{pointer.replace('%', '%25')}", base)
        assert isinstance(target, Target) or "$ref" in pointer
    positions = locate(Source(uri="a", content=text.encode()), found)
    lines = text.split("\n")
    for pointer in found:
        position = positions[pointer]
        key = json.dumps(pointer_split(pointer)[-1], ensure_ascii=ascii_only) if pointer else "{"
        if pointer.isprintable() and pointer.isascii() and not pointer[-1:].isdigit():
            assert lines[position.line - 1][position.column - 1 :].startswith(key)


@given(st.lists(st.text()))
def test_pointers_part_into_the_tokens_they_were_made_of(tokens):
    """Joining escapes and splitting undoes it, whatever the tokens hold (RFC 6901)."""
    assert pointer_split(pointer_join("", *tokens)) == tuple(tokens)


@given(TREE, st.booleans())
def test_what_is_written_as_json_reads_back_equal(value, indent):
    """The one writer of JSON loses nothing, on one line or indented, and keeps the order of keys."""
    text = to_json(value, indent=indent)
    assert json.loads(text) == value
    assert [*nodes(json.loads(text))] == [*nodes(value)]


SYNTAX = st.text("{}[]:,-?&*!|>'\"%@`#\n\t abc01<~.\\").map(str.encode)


@given(st.binary() | SYNTAX, st.sampled_from([b"%s", b"openapi: 3.0.3\n%s", b'{"openapi": "3.0.3", "x": %s}']))
@settings(deadline=None)
def test_any_bytes_are_read_or_told(content, frame):
    """Bytes of any kind give a document or a finding, never an exception, wherever they stand."""
    source = Source(uri="a", content=frame % content)
    loaded = parse({"a": source}, "a")
    assert loaded.value is not None or any(finding.severity is Severity.ERROR for finding in loaded.findings)
    declares_version(source.content)
    report(loaded.findings, {"a": source})


HOSTILE: list[Any] = [
    *(None, True, 0, -1, 1.5, 1e308, 2**70, [], {}, [[]], [None], {"": ""}, {"type": "string"}, {"type": ["null"]}),
    *("", "x", "\ud800", "\x00", "a\nb", "{", "}", "{}", "{a}{b}", "{{client_secret}}", "é😀", "\u202e", "a" * 3000),
    *("//", "#/", "https://", "http://[", "../../x", "?a=b", "%", "%zz", "&", ":", "`;exit`", "</script>", "[", "(?<"),
    *("^(a+)+$", "date", "int64", "binary", "*/*", "text/plain; charset=", "multipart/form-data", "application/xml"),
    *(
        {"$ref": reference}
        for reference in ("", "#", "#/", "#/components", "#/paths", 5, "a.json#/paths", "../../x", "%")
    ),
    *(
        {"$ref": reference}
        for reference in ("https://[::1", "https://x.example/a#/b", "file:///etc/passwd", "a\0b", "#%zz")
    ),
]
NAMES = [word for word in HOSTILE if isinstance(word, str)] + [
    *(
        "type",
        "format",
        "pattern",
        "enum",
        "const",
        "example",
        "examples",
        "default",
        "items",
        "properties",
        "required",
    ),
    *(
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "minimum",
        "maximum",
        "minLength",
        "maxItems",
        "additionalProperties",
        "schema",
    ),
    *("content", "style", "explode", "in", "name", "security", "servers", "parameters", "$ref", "tags", "deprecated"),
]


@st.composite
def damaged(draw) -> dict[str, Any]:
    """Return one of the samples with up to three nodes exchanged, renamed, removed, moved or added."""
    tree = copy.deepcopy(document_at(draw(st.sampled_from(SPECS))).root)
    for _ in range(draw(st.integers(1, 3))):
        pointers = [pointer for pointer, _ in nodes(tree)][1:]
        if pointers:
            _damage(draw, tree, pointers)
    return tree


def _damage(draw, tree: Any, pointers: list[str]) -> None:
    *above, last = pointer_split(draw(st.sampled_from(pointers)))
    parent = tree
    for token in above:
        parent = parent[int(token) if isinstance(parent, list) else token]
    key: Any = int(last) if isinstance(parent, list) else last
    action = draw(st.sampled_from(["exchange", "move", "remove", "rename", "add"]))
    if action == "exchange":
        parent[key] = copy.deepcopy(draw(st.sampled_from(HOSTILE)))
    elif action == "move":
        parent[key] = copy.deepcopy(dict(nodes(tree))[draw(st.sampled_from(pointers))])
    elif action == "remove":
        del parent[key]
    elif action == "rename" and isinstance(parent, dict):
        parent[draw(st.sampled_from(NAMES))] = parent.pop(key)
    elif isinstance(parent[key], dict):
        parent[key][draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(st.sampled_from(HOSTILE)))


@given(damaged(), st.sampled_from(Folders), st.sampled_from([None, "https://id.example/token"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_document_ends_the_run(tree, folders, token_url):
    """However a document is damaged: files that can be written and read, or an error that says why there are none."""
    source = Source(uri="a", content=json.dumps(tree).encode())
    loaded = parse({"a": source}, "a")
    said = list(loaded.findings)
    if loaded.value is not None:
        options = Options(folders=folders, token_url=token_url)
        try:
            converted = convert(loaded.value, options)
            listed = snippets(loaded.value, options, SnippetFormat.JSON)
        except FatalError:
            return
        said += converted.findings
        checked = check(loaded.value, CheckOptions(document=options), loaded.findings)
        assert report(checked, {"a": source}) or not checked
        texts = converted.value.files if converted.value else {}
        for name, text in texts.items():
            assert text.encode()
            if name.endswith(".json"):
                json.loads(text)
        assert (listed.value is None) == (converted.value is None)
    file = SpecificationFile(path="a.json", name="a", content=source.content)
    outcome = run(Task(file=file, job=SnippetsJob(format="md", look=Look())))
    assert "mistake in sendready" not in outcome.problem
    assert (loaded.value is not None and converted.value is not None) or any(f.severity is Severity.ERROR for f in said)
    assert report(said, {"a": source}) or not said
