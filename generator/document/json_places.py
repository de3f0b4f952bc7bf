"""Where the members of a JSON text stand; only what somebody asks for is looked at closely.

A text that was read already is known to be JSON, so what nobody asks for is skipped: by its indentation where the text
is laid out in lines, else by the standard library's scanner. That the keys met are those of the tree proves it right;
where they are not, the text is laid out in another way.
"""

import codecs
import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from generator.document.text import decode
from generator.findings import Position
from generator.json_values import JsonValue, pointer_split


def positions_in_json(content: bytes, root: JsonValue, pointers: Collection[str]) -> dict[str, Position] | None:
    """Return the position in `content`, whose value is `root`, of each of `pointers`: a member's key, an item itself.

    What is not there stands where its nearest ancestor does. None where the text is not as it was taken to be.
    """
    wanted = _tree(pointers)
    wide = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE))
    if not wide and b"\r" not in content:
        try:  # the bytes, if they are laid out in lines: making text of them takes longer than all the rest
            return _in_lines(content, _Scan(content, as_bytes=True).places(wanted, root))
        except ValueError:
            pass
    text = decode(content)
    try:
        return _in_text(text, _Scan(text, as_bytes=False).places(wanted, root))
    except (ValueError, RecursionError):
        return None


def _in_lines(content: bytes, places: Mapping[str, int]) -> dict[str, Position]:
    positions: dict[str, Position] = {}
    line, at = 1, 0
    for pointer, place in sorted(places.items(), key=lambda entry: entry[1]):
        line += content.count(b"\n", at, place)
        start = content.rfind(b"\n", 0, place) + 1
        positions[pointer] = Position(line, len(content[start:place].decode()) + 1)
        at = place
    return positions


def _in_text(text: str, places: Mapping[str, int]) -> dict[str, Position]:
    positions: dict[str, Position] = {}
    line, start, at = 1, 0, 0
    for pointer, place in sorted(places.items(), key=lambda entry: entry[1]):
        for ending in re.finditer(r"\r\n|\n|\r", text[at:place]):
            line, start = line + 1, at + ending.end()
        positions[pointer] = Position(line, place - start + 1)
        at = place
    return positions


_CLOSING = {b"{": b"}", b"[": b"]"}


class _Wanted:
    """What is asked for below a node: its own pointer, and what is asked for below its members."""

    def __init__(self) -> None:
        self.pointer: str | None = None
        self.below: dict[str, _Wanted] = {}


def _tree(pointers: Collection[str]) -> _Wanted:
    root = _Wanted()
    for pointer in pointers:
        node = root
        for token in pointer_split(pointer):
            node = node.below.setdefault(token, _Wanted())
        node.pointer = pointer
    return root


def _patterns(*, as_bytes: bool) -> tuple[Any, ...]:
    texts = (r"[ \t\r\n]*", r'[ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*")[ \t\r\n]*:[ \t\r\n]*', r'"[^"\\]*(?:\\.[^"\\]*)*"')
    return tuple(re.compile(text.encode() if as_bytes else text) for text in (*texts, r"[^,\]}\s]+"))


class _Scan:
    """One look through a JSON text, which is bytes or characters; bytes must be laid out in lines."""

    def __init__(self, text: Any, *, as_bytes: bool) -> None:
        self._text = text
        self._as_bytes = as_bytes
        self._space, self._key, self._quoted, self._plain = _patterns(as_bytes=as_bytes)

    def places(self, wanted: _Wanted, root: JsonValue) -> dict[str, int]:
        """Return where what is wanted stands. Raises ValueError where the text is another than said."""
        found: dict[str, int] = {}
        start = self._after_space(0)
        stack: list[tuple[_Wanted, Any, int, int]] = [(wanted, root, start, start)]
        while stack:
            asked, node, own, at = stack.pop()
            if asked.pointer is not None:
                found[asked.pointer] = own
            met = self._members(node, at, asked.below) if asked.below else {}
            for token, below in asked.below.items():
                # What is not there takes the place of what it would stand in.
                stack.append((below, *met[token]) if token in met else (below, None, own, -1))
        return found

    def _members(self, node: Any, at: int, asked: Mapping[str, Any]) -> dict[str, tuple[Any, int, int]]:
        """Return of the members or items `asked` for: their node, their place and that of their value."""
        if at < 0 or not isinstance(node, dict | list) or not node:
            return {}
        self._expect("{" if isinstance(node, dict) else "[", at)
        met: dict[str, tuple[Any, int, int]] = {}
        for index, key in enumerate(node):
            if index:
                at = self._after_space(self._end(at))
                self._expect(",", at)
            if isinstance(node, dict):
                own, at = self._key_at(key, at + 1)
                token, value = key, node[key]
            else:
                own = at = self._after_space(at + 1)
                token, value = str(index), key
            if token in asked:
                met[token] = (value, own, at)
                if len(met) == len(asked):  # what comes after moves nothing
                    return met
        self._expect("}" if isinstance(node, dict) else "]", self._after_space(self._end(at)))
        return met

    def _expect(self, mark: str, at: int) -> None:
        if self._text[at : at + 1] != (mark.encode() if self._as_bytes else mark):
            raise ValueError(at)

    def _key_at(self, key: str, at: int) -> tuple[int, int]:
        """Return where the key at `at` begins and where its value does; it must be `key`."""
        match = self._key.match(self._text, at)
        plain = b'"%b"' % key.encode() if self._as_bytes else f'"{key}"'
        if match is None or (match[1] != plain and json.loads(match[1], strict=False) != key):
            raise ValueError(at)
        return match.start(1), match.end()

    def _after_space(self, at: int) -> int:
        return int(self._space.match(self._text, at).end())

    def _end(self, at: int) -> int:
        """Return where the value at `at` ends."""
        text = self._text
        if not self._as_bytes:
            return self._end_of_text(at)
        first = text[at : at + 1]
        closing = _CLOSING.get(first)
        if closing is None:
            return self._end_of_scalar(at)
        if text[at + 1 : at + 2] == closing:
            return at + 2
        line = text.rfind(b"\n", 0, at) + 1
        indent = text[line : self._after_space(line)]
        # Text in JSON has no line ends, so a line that begins like this one and closes is where it closes.
        end = text.find(b"\n" + indent + closing, at) if text[at + 1 : at + 2] == b"\n" else -1
        if end < 0:
            raise ValueError(at)
        return int(end + 1 + len(indent) + 1)

    def _end_of_text(self, at: int) -> int:
        return json.JSONDecoder(strict=False).raw_decode(self._text, at)[1]

    def _end_of_scalar(self, at: int) -> int:
        match = (self._quoted if self._text[at : at + 1] == b'"' else self._plain).match(self._text, at)
        if match is None:
            raise ValueError(at)
        return int(match.end())
