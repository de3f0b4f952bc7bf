"""Text of the document inside Markdown pages: it cannot leave its place (CommonMark 0.31)."""

import re

from generator.vocabulary import STEERING

_STEERING = re.compile(f"[\x00-\x08\x0b-\x1f{STEERING}]")
"""What steers the terminal that a page is printed to, or turns the direction of writing."""

_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~&"})


def escaped(text: str) -> str:
    """Return `text` on one line, with what Markdown or HTML would read as markup escaped."""
    return one_line(text).translate(_MARKUP)


def one_line(text: str) -> str:
    """Return `text` on one line, with a mark for each character that steers a terminal."""
    return readable(" ".join(text.split()))


def readable(text: str) -> str:
    """Return `text` in its lines, with a mark for each character that steers a terminal."""
    return _STEERING.sub("\ufffd", text)


def code(text: str) -> str:
    """Return `text` as a code span whose backticks outnumber those inside (CommonMark 6.1)."""
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{one_line(text)}{pad}{fence}"


def fenced(text: str, language: str) -> str:
    """Return `text` as a fenced code block that nothing inside can end (CommonMark 4.5)."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0) if "`" in text else 0
