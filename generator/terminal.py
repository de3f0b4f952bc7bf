"""What is printed: data to standard output, words for people to standard error."""

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from generator.findings import OutputError
from generator.text_layout import Layout, Style, clean, harmless

_ANSI_ON_WINDOWS = ("WT_SESSION", "ANSICON", "ConEmuANSI", "TERM")
"""Variables of the terminals on Windows that understand escape sequences."""


def say(text: str) -> None:
    """Write for people: to standard error, and only there. Where it is closed or full, the work goes on without."""
    if text and sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def say_error(message: str) -> None:
    """Write `message` as an error, on a line of its own."""
    say(f"{style().paint('error', 'error')}: {clean(message)}\n")


def say_warning(message: str) -> None:
    """Write `message` as a warning, on a line of its own."""
    say(f"{style().paint('warning', 'warning')}: {clean(message)}\n")


def put(output: str, text: str, beside: Mapping[str, str] | None = None) -> None:
    """Write data: to standard output (`-`) as UTF-8 whatever the terminal's own encoding is, or to a file.

    `beside` are texts for files in the same folder, by their names; standard output has no place for them. Where a
    terminal shows the text, what would steer it is replaced by a mark.
    Raises OutputError.
    """
    if output != "-":
        from generator.output import write_file, write_files

        path = Path(output)
        together = {path.name: text, **(beside or {})}
        for written in write_files(path.parent, together) if beside else (write_file(path, text),):
            say(f"Written: {written}\n")
        return
    if sys.stdout is None:
        raise OutputError("standard output cannot be written: it is closed")
    try:
        _write_all(sys.stdout.buffer, (harmless(text) if sys.stdout.isatty() else text).encode())
    except BrokenPipeError:
        # Whoever read has read enough; what Python still holds back must not fail when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, UnicodeEncodeError) as error:
        raise OutputError(f"standard output cannot be written: {error}") from error


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write all of `data`; a stream without a buffer (PYTHONUNBUFFERED) may take a part of it, and say so."""
    rest = memoryview(data)
    while rest:
        taken = stream.write(rest)
        if taken is None:
            raise OSError("who reads it takes nothing for now")
        rest = rest[taken:]
    stream.flush()


def style() -> Style:
    """Return how words for people are written: in colour on a terminal, unless NO_COLOR is set."""
    return Style(colour=is_terminal() and not os.environ.get("NO_COLOR"))


def is_terminal() -> bool:
    """Tell whether standard error is a terminal that understands escape sequences."""
    if os.name == "nt" and not any(name in os.environ for name in _ANSI_ON_WINDOWS):
        return False
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def layout(output: str) -> Layout:
    """Return how wide and colourful a report may be where it goes: as the terminal is, else 80 columns and plain."""
    import shutil

    terminal = output == "-" and sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    return Layout(style=Style(colour=terminal and not os.environ.get("NO_COLOR")), width=max(width, 40))


def append_to_summary(environment: Mapping[str, str], text: Callable[[], str]) -> None:
    """Add `text` to the summary that GitHub shows for a job, where its file is named. Raises OutputError."""
    path = environment.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text())
    except OSError as error:
        raise OutputError(f"{path}, GITHUB_STEP_SUMMARY: cannot be written: {error.strerror or error}") from error
