"""A progress bar on one line of a terminal, for runs over many files."""

from typing import TextIO

from msgspec import Struct

from generator.text_layout import clean

WORTH_A_BAR = 3
"""From how many files on a bar is shown."""

WIDTH = 24
LONGEST_NAME = 40
ERASE_LINE = "\r\x1b[2K"
"""Carriage return, then Erase in Line (ECMA-48 section 8.3.41)."""


class Progress(Struct):
    """How many of `total` files are done; silent where `stream` is no terminal or the files are few.

    Whoever prints in between calls `clear` before and `show` after.
    """

    stream: TextIO
    total: int
    enabled: bool
    done: int = 0

    def show(self, name: str) -> None:
        """Draw the bar; `name` is the file that is being worked on."""
        if self.shown:
            filled = WIDTH * self.done // self.total
            bar = "#" * filled + "." * (WIDTH - filled)
            short = clean(name) if len(name) <= LONGEST_NAME else "…" + clean(name[-LONGEST_NAME:])
            self.stream.write(f"{ERASE_LINE}[{bar}] {self.done}/{self.total} {short}")
            self.stream.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self.shown:
            self.stream.write(ERASE_LINE)
            self.stream.flush()

    @property
    def shown(self) -> bool:
        """Whether there is a bar at all."""
        return self.enabled and self.total >= WORTH_A_BAR
