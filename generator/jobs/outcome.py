"""What became of a specification."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from generator.located import Located

if TYPE_CHECKING:
    from generator.pipeline import Snippet


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one specification.

    `report` holds its findings as text. `problem` says why nothing could be done at all, else it is empty.
    `written` are the files of `convert`, `fill_in` the variables that wait for a user's values; `text` is what
    `snippets` made, `files` are what has to lie beside it, `snippets` its commands as values, `located` what `check`
    found, `left` the other files in which something could be mended, `idle_operations` the patterns of public ones that
    match no operation; None where that is not known.
    """

    path: str
    report: str = ""
    errors: int = 0
    warnings: int = 0
    problem: str = ""
    requests: int = 0
    token: bool = False
    fill_in: tuple[str, ...] = ()
    written: tuple[Path, ...] = ()
    text: str | None = None
    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    snippets: "tuple[Snippet, ...]" = ()
    located: tuple[Located, ...] = ()
    left: tuple[str, ...] = ()
    idle_operations: tuple[str, ...] | None = None
