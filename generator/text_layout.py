"""Text for people: in colour or not, on one line, in columns, with nothing in it that steers a terminal."""

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.vocabulary import STEERING

LONGEST_TEXT = 600
"""Longer texts of a finding are cut; a document may have put a whole page into a name."""

COLOURS = {"error": "31;1", "warning": "33;1", "info": "36;1", "place": "1", "faint": "2"}
"""SGR codes (ECMA-48 section 8.3.117)."""

_OURS = "|".join(("0", *COLOURS.values()))
_STEERING = re.compile(rf"\r(?!\n)|\x1b(?!\[(?:{_OURS})m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f{STEERING}]")


class Style(Struct, frozen=True):
    """Whether text may carry colours: only where a terminal shows it and NO_COLOR is not set."""

    colour: bool = False

    def paint(self, kind: str, text: str) -> str:
        """Return `text` in the colour of `kind`, a key of COLOURS."""
        return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self.colour else text


class Layout(Struct, frozen=True, kw_only=True):
    """What a report may look like where it goes: its colours, and how many columns a line has."""

    style: Style = Style()
    width: int = 80


def clean(text: str) -> str:
    """Return `text` on one line and without characters that steer a terminal or hide what is written.

    A document is not trusted to say what its text does to the screen: control characters, line ends and the marks that
    turn the direction of writing are spelled out. `::` at a word's beginning, which would be a command to GitHub's
    runner where a line begins with it, is parted.
    """
    shown = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
    shown = re.sub(r"(?<!\S)::", ": :", shown)
    if shown.isprintable():
        return shown
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in shown)


def harmless(text: str) -> str:
    """Return `text` in its lines and its colours, with a mark for each other character that steers a terminal."""
    return _STEERING.sub("\ufffd", text)


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Return `rows`, the first of which are the headings, in columns; those numbered in `right` stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )


def plural(count: int, noun: str) -> str:
    """Return the count with its noun: `1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
