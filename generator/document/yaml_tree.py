"""A YAML text as JSON values (OpenAPI 3.0.4 section 4.2): JSON-shaped scalars only, keys as text, bounded.

Built from PyYAML's events by a loop of our own: dates, `yes`, `0777` stay text, `200:` is the key "200", a key that
comes twice is a finding, and no input makes it recurse or grow without bound.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from generator.document.positions import MarkedPlaces
from generator.document.text import yaml_parser
from generator.document.values import Tree
from generator.findings import Finding, Place, Position, Severity
from generator.json_values import JsonValue

DEEPEST = 250
"""Levels of nesting that are read: at 255 the engine that holds values against schemas ends."""

MOST_ALIASED = 2_000_000
"""Nodes that aliases and merges may add."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_WORDS: dict[str, JsonValue] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_TAGS_OF_TEXT = frozenset({None, "tag:yaml.org,2002:str", "!"})


class YamlTreeError(Exception):
    """The text cannot be read further; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Frame(Struct):
    """A container that is being filled: `key` waits for its value, `merges` for the end; `inner` nodes are deeper."""

    container: Any
    is_mapping: bool
    anchor: str | None
    inner: int = 0
    marks: list[Any] = []
    key: str | None = None
    merging: bool = False
    merges: list[JsonValue] = []


def scalar(text: str) -> JsonValue:
    """Return what a plain scalar means as JSON; what JSON would not write so stays text."""
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text) if text[0] in "-0123456789" else None
    if match is None:
        return text
    if match[1] is None and match[2] is None:
        return int(text) if len(text) < 1000 else text
    number = float(text)
    return number if math.isfinite(number) else text


def yaml_tree(uri: str, text: str) -> Tree:
    """Return what is in `text`. Raises YamlTreeError where it cannot be read."""
    import yaml

    builder = _Builder(uri)
    handlers = {
        yaml.MappingStartEvent: builder.mapping_start,
        yaml.SequenceStartEvent: builder.sequence_start,
        yaml.MappingEndEvent: builder.end,
        yaml.SequenceEndEvent: builder.end,
        yaml.AliasEvent: builder.alias,
        yaml.DocumentStartEvent: builder.document_start,
        **dict.fromkeys((yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent), builder.nothing),
    }
    try:
        builder.build(yaml_parser(text).get_event, yaml.ScalarEvent, handlers)
    except yaml.YAMLError as error:
        raise YamlTreeError(_syntax(uri, text, error)) from error
    return Tree(value=builder.root, findings=tuple(builder.findings), places=MarkedPlaces(builder.root, builder.marks))


class _Builder:
    """Builds the tree, event by event. What runs once an event is written to be quick."""

    def __init__(self, uri: str) -> None:
        self.findings: list[Finding] = []
        self.marks: dict[int, list[Any]] = {}
        self._uri = uri
        self._top = _Frame([], False, None)
        self._frame = self._top
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[JsonValue, int]] = {}
        self._scalars: dict[str, Any] = {}
        self._aliased = 0
        self._documents = 0

    @property
    def root(self) -> JsonValue:
        """Return the value of the document; None where there is none."""
        documents: list[JsonValue] = self._top.container
        return documents[0] if documents else None

    def build(
        self, next_event: Callable[[], Any], scalar_event: type, handlers: Mapping[type, Callable[[Any], None]]
    ) -> None:
        """Take all events, until there is none: most are scalars, which are keys where one is due, else values."""
        frame = self._frame
        container, key, scalars = frame.container, frame.key, self._scalars
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is not scalar_event:
                frame.key = key
                handlers[kind](event)
                frame = self._frame
                container, key = frame.container, frame.key
                continue
            value = event.value
            if key is None and frame.is_mapping:
                key = value
                if value in container or value == "<<":
                    self._unusual_key(frame, value, event)
                else:
                    container[value] = None  # holds its place in the order
                    frame.marks.append(event.start_mark)
            else:
                if event.implicit[0] or event.tag not in _TAGS_OF_TEXT:
                    if value not in scalars:
                        scalars[value] = scalar(value)
                    value = scalars[value]
                if key is None or frame.merging:
                    self._add(frame, value, event)
                else:
                    container[key] = value
                key = None
            if event.anchor is not None:
                self._anchors[event.anchor] = (value, 1)

    def nothing(self, event: Any) -> None:
        """Pass over an event that says nothing."""

    def document_start(self, event: Any) -> None:
        """Begin the document; there is one only."""
        self._documents += 1
        if self._documents > 1:
            raise self._fatal(event, "yaml-documents", "A second YAML document starts here.", "Keep one per file.")

    def _unusual_key(self, frame: _Frame, key: str, event: Any) -> None:
        if key == "<<" and event.implicit[0]:
            frame.merging = True
        elif key in frame.container:
            self.findings.append(self._duplicate(event, key))
            frame.marks[list(frame.container).index(key)] = event.start_mark
        else:
            frame.container[key] = None
            frame.marks.append(event.start_mark)

    def _add(self, frame: _Frame, value: JsonValue, event: Any) -> None:
        if not frame.is_mapping:
            frame.container.append(value)
            frame.marks.append(event.start_mark)
        elif frame.merging:
            frame.merges.append(value)
            frame.key, frame.merging = None, False
        else:
            frame.container[frame.key] = value
            frame.key = None

    def mapping_start(self, event: Any) -> None:
        """Begin an object."""
        self._open(event, {}, is_mapping=True)

    def sequence_start(self, event: Any) -> None:
        """Begin a list."""
        self._open(event, [], is_mapping=False)

    def _open(self, event: Any, container: Any, *, is_mapping: bool) -> None:
        frame = self._frame
        if frame.is_mapping and frame.key is None:
            raise self._fatal(event, "yaml-key", "A key is not text.", "Keys are words, such as `name:`.")
        if len(self._stack) >= DEEPEST:
            raise self._fatal(
                event, "too-deep", f"The nesting is deeper than {DEEPEST} levels.", "Move inner parts to components."
            )
        self._add(frame, container, event)  # before it is filled: no alias to it is accepted until it ends
        self._stack.append(frame)
        self._frame = opened = _Frame(container, is_mapping, event.anchor)
        self.marks[id(container)] = opened.marks

    def end(self, event: Any) -> None:
        """End an object or a list."""
        frame = self._frame
        self._frame = self._stack.pop()
        for merged in frame.merges:
            self._merge(frame.container, merged, event)
        size = frame.inner + len(frame.container) * (2 if frame.is_mapping else 1)
        self._frame.inner += size
        if frame.anchor is not None:
            self._anchors[frame.anchor] = (frame.container, size + 1)

    def _merge(self, container: Any, merged: JsonValue, event: Any) -> None:
        """Add the members of `merged` that the mapping does not have itself (YAML 1.1, merge key)."""
        for source in merged if isinstance(merged, list) else [merged]:
            if not isinstance(source, dict):
                raise self._fatal(event, "yaml-merge", "`<<` merges something that is no mapping.", "Merge mappings.")
            self._count(len(source), event)
            for key, value in source.items():
                container.setdefault(key, value)

    def alias(self, event: Any) -> None:
        """Put what an anchor names into its place."""
        found = self._anchors.get(event.anchor)
        if found is None:
            inside = any(frame.anchor == event.anchor for frame in (*self._stack, self._frame))
            what = "refers to the node it stands in" if inside else "refers to no anchor before it"
            raise self._fatal(event, "yaml-alias", f"The alias `*{event.anchor}` {what}.", "Define the anchor first.")
        value, size = found
        self._count(size, event)
        frame = self._frame
        if frame.is_mapping and frame.key is None:
            raise self._fatal(event, "yaml-key", "A key is an alias.", "Write the key itself.")
        self._add(frame, value, event)

    def _count(self, nodes: int, event: Any) -> None:
        self._aliased += nodes
        self._frame.inner += nodes
        if self._aliased > MOST_ALIASED:
            raise self._fatal(
                event,
                "yaml-alias",
                f"Aliases expand to more than {MOST_ALIASED:,} nodes.",
                "Use `$ref` instead of YAML aliases.",
            )

    def _duplicate(self, event: Any, key: str) -> Finding:
        return Finding(
            rule="duplicate-key",
            severity=Severity.WARNING,
            message=f"The key `{key}` comes twice in the same object; the last one counts.",
            why="Keys are unique (OpenAPI 3.0.4, 4.2; YAML 1.2, 3.2.1.3): what the first one says is lost.",
            hint="Merge the two, or give one another name.",
            place=Place(self._uri, ""),
            position=_position(event.start_mark),
        )

    def _fatal(self, event: Any, rule: str, message: str, hint: str) -> YamlTreeError:
        return YamlTreeError(
            Finding(
                rule=rule,
                severity=Severity.ERROR,
                message=message,
                why="A specification is YAML that could as well be written as JSON (OpenAPI 3.0.4, 4.2).",
                hint=hint,
                place=Place(self._uri, ""),
                position=_position(event.start_mark),
            )
        )


def _position(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def _syntax(uri: str, text: str, error: Any) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    position = _position(mark) if mark is not None else _offset_position(text, getattr(error, "position", 0))
    lines = text.splitlines()
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    tab = "\t" in line[: len(line) - len(line.lstrip())]
    stopped = f"The reader stopped {context}." if context else "Nothing after this place can be understood."
    return Finding(
        rule="yaml-tab" if tab else "yaml-syntax",
        severity=Severity.ERROR,
        message="A tab indents this line." if tab else f"The YAML cannot be read: {problem}.",
        why="YAML is indented by spaces only (YAML 1.2, 6.1)." if tab else stopped,
        hint="Replace the tab by spaces." if tab else "Look here and at the line before: indentation, quotes, colons.",
        place=Place(uri, ""),
        position=position,
    )


def _offset_position(text: str, offset: Any) -> Position:
    before = text[: offset if isinstance(offset, int) else 0]
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
