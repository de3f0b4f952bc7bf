"""What is printed: data to standard output, words for people to standard error."""

import os
import sys
from pathlib import Path

from generator.findings import OutputError
from generator.report import Style, clean

_ANSI_ON_WINDOWS = ("WT_SESSION", "ANSICON", "ConEmuANSI", "TERM")
"""Variables of the terminals on Windows that understand escape sequences."""


def say(text: str) -> None:
    """Write for people: to standard error, and only there."""
    if text:
        sys.stderr.write(text)
        sys.stderr.flush()


def say_error(message: str) -> None:
    """Write `message` as an error, on a line of its own."""
    say(f"{style().paint('error', 'error')}: {clean(message)}\n")


def put(output: str, text: str) -> None:
    """Write data: to standard output (`-`) as UTF-8 whatever the terminal's own encoding is, or to a file.

    Raises OutputError.
    """
    if output != "-":
        if text:
            from generator.output import write_file

            say(f"Written: {write_file(Path(output), text)}\n")
        return
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has read enough; what Python still holds back must not fail when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, UnicodeEncodeError) as error:
        raise OutputError(f"standard output cannot be written: {error}") from error


def style() -> Style:
    """Return how words for people are written: in colour on a terminal, unless NO_COLOR is set."""
    return Style(colour=is_terminal() and not os.environ.get("NO_COLOR"))


def is_terminal() -> bool:
    """Tell whether standard error is a terminal that understands escape sequences."""
    if os.name == "nt" and not any(name in os.environ for name in _ANSI_ON_WINDOWS):
        return False
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
