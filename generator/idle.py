"""Settings that have no effect on what is read: most likely a slip in a pattern."""

import fnmatch
import functools
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.jobs.outcome import Outcome
from generator.jobs.tasks import Task
from generator.settings.file import key_lines
from generator.settings.values import DocumentSettings, Override, Settings

_MOST_FILES = 10_000
"""How many files below the settings' folder are looked at."""


def idle_overrides(settings: Settings, paths: Sequence[str]) -> Iterator[str]:
    """Yield a message for each of the [[overrides]] whose `files` match none of `paths`, nor another file near by.

    Whoever reads one file of many has overrides for the others too: these are looked for where the settings lie and
    where the files do.
    """
    place = _Places(settings)
    near = _Near(settings.folder, paths)
    for number, override in enumerate(settings.overrides, start=1):
        if not any(override.concerns(path, settings.folder) for path in paths) and not near.has(override):
            patterns = ", ".join(f'"{pattern}"' for pattern in override.files)
            yield f"{place.of(number, 'files')}: files {patterns} of these [[overrides]] match no file"


def idle_operations(settings: Settings, tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a message for each of the `public-operations` that matches no operation of any file that was checked.

    Where one of the files could not be read, nobody knows.
    """
    if any(outcome.idle_operations is None for outcome in outcomes):
        return
    place = _Places(settings)
    asked = dict.fromkeys(pattern for task in tasks for pattern in task.settings.public_operations or ())
    for pattern in asked:
        concerned = [
            outcome
            for task, outcome in zip(tasks, outcomes, strict=True)
            if pattern in (task.settings.public_operations or ())
        ]
        if all(pattern in (outcome.idle_operations or ()) for outcome in concerned):
            number = _table_of(pattern, settings.document, settings.overrides)
            yield (
                f'{place.of(number, "public-operations")}: "{pattern}" of public-operations matches no '
                'operation of what was checked; it is "/path" or "METHOD /path", with wildcards'
            )


class _Near:
    """The files near by, each folder looked at once, and only where somebody asks."""

    def __init__(self, folder: Path, paths: Sequence[str]) -> None:
        self._folder = folder
        self._folders = {folder, *(Path(path).absolute().parent for path in paths)}

    def has(self, override: Override) -> bool:
        """Tell whether there is a file that the override is for."""
        return any(
            self._leads_somewhere(pattern)
            if "/" in pattern
            else any(fnmatch.fnmatchcase(name, pattern) for name in self._names)
            for pattern in override.files
        )

    def _leads_somewhere(self, pattern: str) -> bool:
        """Tell whether a file below has such a path; where too many lie there, or elsewhere, nobody knows."""
        if pattern.startswith("/") or ".." in pattern.split("/"):
            return True
        return len(self._below) == _MOST_FILES or any(fnmatch.fnmatchcase(path, pattern) for path in self._below)

    @functools.cached_property
    def _names(self) -> set[str]:
        return {name for each in self._folders for name in _names_in(each)}

    @functools.cached_property
    def _below(self) -> list[str]:
        paths = (
            Path(parent, name).relative_to(self._folder).as_posix()
            for parent, _, names in os.walk(self._folder)
            for name in names
        )
        return list(itertools.islice(paths, _MOST_FILES))


def _names_in(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:  # it may be entered, and not be listed
        return []


def _table_of(pattern: str, document: DocumentSettings, overrides: Iterable[Override]) -> int:
    """Return the number of the table in which `pattern` stands, 0 for the one around the [[overrides]]."""
    if pattern in (document.public_operations or ()):
        return 0
    numbered = enumerate(overrides, start=1)
    return next(number for number, each in numbered if pattern in (each.settings.public_operations or ()))


class _Places:
    """Where keys of a settings file stand, looked for once, and only where somebody asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, table: int, key: str) -> str:
        """Return the place of `key` in the table of that number, as `FILE:LINE`, or the file alone."""
        line = self._lines.get((table, key))
        return f"{self._settings.path}:{line}" if line else f"{self._settings.path}"

    @functools.cached_property
    def _lines(self) -> Mapping[tuple[int, str], int]:
        return key_lines(self._settings)
