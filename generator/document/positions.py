"""Lines and columns, looked up only when something is to be said."""

import contextlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.document.json_places import positions_in_json
from generator.document.text import decode, yaml_parser
from generator.document.values import Resource, Source
from generator.findings import Position
from generator.json_values import JsonValue, pointer_join, pointer_split

_START = Position(1, 1)
_LINE_END = r"\r\n|\n|\r"
_UNREADABLE = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What JSON may hold and YAML may not: escapes of surrogates, and characters that are not printable (YAML 1.2, 5.1)."""


def locate(read: Source | Resource, pointers: Collection[str]) -> dict[str, Position]:
    """Return the position of each of `pointers` in what was read.

    A member's position is its key's, an item's its own; what is not there has its nearest ancestor's.
    A source, and what was read as JSON, is gone through once more; what was read as YAML knows its positions.
    """
    if isinstance(read, Source):
        return _located_in_text(read, pointers)
    if read.places is not None:
        return read.places.locate(pointers)
    found = positions_in_json(read.source.content, read.root, pointers)
    return _located_in_text(read.source, pointers) if found is None else found


class MarkedPlaces:
    """The places of the parts of `root`, which was read as YAML.

    `marks` has for each container, by its `id`, the marks of its keys or items in their order: values with a `line` and
    a `column`, both from 0.
    """

    def __init__(self, root: JsonValue, marks: Mapping[int, Sequence[Any]]) -> None:
        self._root = root
        self._marks = marks

    def locate(self, pointers: Collection[str]) -> dict[str, Position]:
        """Return the position of each of `pointers`."""
        return {pointer: self._position(pointer) for pointer in pointers}

    def _position(self, pointer: str) -> Position:
        node: Any = self._root
        found = _START
        for token in pointer_split(pointer):
            keys = (
                list(node)
                if isinstance(node, dict)
                else list(map(str, range(len(node) if isinstance(node, list) else 0)))
            )
            if token not in keys:
                break
            index, marks = keys.index(token), self._marks.get(id(node), ())
            if index < len(marks):  # what `<<` merged in comes last and has no mark here
                found = Position(marks[index].line + 1, marks[index].column + 1)
            node = node[token] if isinstance(node, dict) else node[index]
        return found


def _located_in_text(source: Source, pointers: Collection[str]) -> dict[str, Position]:
    import yaml

    wanted = _with_ancestors(pointers)
    found: dict[str, Position] = {"": _START}
    for text in _readings(source):
        # What was found before the place where a text breaks off still counts.
        with contextlib.suppress(yaml.YAMLError):
            _walk(yaml_parser(text), yaml, wanted, found)
            break
    return {pointer: found[_nearest(pointer, found)] for pointer in pointers}


def _readings(source: Source) -> Iterator[str]:
    """Yield the text, then the text with the same positions in which nothing is left that only JSON may hold."""
    with contextlib.suppress(UnicodeDecodeError):
        text = decode(source.content)
        yield text
        yield re.sub(_UNREADABLE, _as_long, text)


def _as_long(match: re.Match[str]) -> str:
    return "?" if len(match[0]) == 1 else "\\u003f"


def _with_ancestors(pointers: Collection[str]) -> frozenset[str]:
    wanted = set()
    for pointer in pointers:
        ancestor = pointer
        while ancestor not in wanted:
            wanted.add(ancestor)
            ancestor = ancestor.rpartition("/")[0]
    return frozenset(wanted)


def _nearest(pointer: str, found: dict[str, Position]) -> str:
    while pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _walk(parser: Any, yaml: Any, wanted: frozenset[str], found: dict[str, Position]) -> None:
    """Follow the events; below a container that nobody asks for, only its end matters."""
    stack: list[list[Any]] = []  # [pointer, next index or None for a mapping, waiting key]
    skipped = 0
    while (event := parser.get_event()) is not None and len(found) < len(wanted) + 1:
        kind = type(event)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            if skipped:
                skipped -= 1
            else:
                stack.pop()
            continue
        opens = kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent
        if skipped:
            skipped += opens
            continue
        if not opens and kind is not yaml.ScalarEvent and kind is not yaml.AliasEvent:
            continue
        pointer = _child(stack, event, opens=opens, found=found, wanted=wanted) if stack else ""
        if opens and pointer in wanted:
            stack.append([pointer, None if kind is yaml.MappingStartEvent else 0, None])
        elif opens:
            skipped = 1


def _child(
    stack: list[list[Any]], event: Any, *, opens: bool, found: dict[str, Position], wanted: frozenset[str]
) -> str | None:
    """Return the pointer of the node that `event` begins; None where it is a key."""
    frame = stack[-1]
    position = Position(event.start_mark.line + 1, event.start_mark.column + 1)
    if frame[1] is not None:
        pointer = pointer_join(frame[0], frame[1])
        frame[1] += 1
        if pointer in wanted:
            found.setdefault(pointer, position)
        return pointer
    if frame[2] is None and not opens:
        pointer = frame[2] = pointer_join(frame[0], getattr(event, "value", ""))
        if pointer in wanted:
            found[pointer] = position
        return None
    waiting: str = frame[2]
    frame[2] = None
    return waiting


def source_lines(read: Source | Resource | None) -> list[str]:
    """Return the lines of what was read, as an editor counts them; none where it is no text."""
    if read is None:
        return []
    source = read.source if isinstance(read, Resource) else read
    try:
        text = decode(source.content)
        return re.split(_LINE_END, text) if "\r" in text else text.split("\n")
    except UnicodeDecodeError:
        return []
