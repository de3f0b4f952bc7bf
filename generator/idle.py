"""Settings that have no effect on what is read: most likely a slip in a pattern."""

import fnmatch
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.jobs.outcome import Outcome
from generator.jobs.tasks import Task
from generator.settings.file import key_line
from generator.settings.values import DocumentSettings, Override, Settings

_MOST_FILES = 10_000
"""How many files below the settings' folder are looked at."""


def idle_overrides(settings: Settings, paths: Sequence[str]) -> Iterator[str]:
    """Yield a message for each of the [[overrides]] whose `files` match none of `paths`, nor another file near by.

    Whoever reads one file of many has overrides for the others too: these are looked for where the settings lie and
    where the files do.
    """
    for number, override in enumerate(settings.overrides, start=1):
        if not any(override.concerns(path, settings.folder) for path in paths) and not _is_near(
            override, settings.folder, paths
        ):
            patterns = ", ".join(f'"{pattern}"' for pattern in override.files)
            yield f"{_place(settings, number, 'files')}: files {patterns} of these [[overrides]] match no file"


def idle_operations(settings: Settings, tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a message for each of the `public-operations` that matches no operation of any file that was checked.

    Where one of the files could not be read, nobody knows.
    """
    if any(outcome.idle_operations is None for outcome in outcomes):
        return
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
                f'{_place(settings, number, "public-operations")}: "{pattern}" of public-operations matches no '
                'operation of what was checked; it is "/path" or "METHOD /path", with wildcards'
            )


def _is_near(override: Override, folder: Path, paths: Sequence[str]) -> bool:
    """Tell whether there is a file that the override is for."""
    folders = {folder, *(Path(path).absolute().parent for path in paths)}
    names = {name for each in folders for name in _names_in(each)}
    return any(
        _leads_somewhere(folder, pattern)
        if "/" in pattern
        else any(fnmatch.fnmatchcase(name, pattern) for name in names)
        for pattern in override.files
    )


def _names_in(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:  # it may be entered, and not be listed
        return []


def _leads_somewhere(folder: Path, pattern: str) -> bool:
    """Tell whether a file below `folder` has such a path; where too many lie there, or elsewhere, nobody knows."""
    if pattern.startswith("/") or ".." in pattern.split("/"):
        return True
    paths = (
        Path(parent, name).relative_to(folder).as_posix() for parent, _, names in os.walk(folder) for name in names
    )
    looked_at = list(itertools.islice(paths, _MOST_FILES))
    return len(looked_at) == _MOST_FILES or any(fnmatch.fnmatchcase(path, pattern) for path in looked_at)


def _table_of(pattern: str, document: DocumentSettings, overrides: Iterable[Override]) -> int:
    """Return the number of the table in which `pattern` stands, 0 for the one around the [[overrides]]."""
    if pattern in (document.public_operations or ()):
        return 0
    numbered = enumerate(overrides, start=1)
    return next(number for number, each in numbered if pattern in (each.settings.public_operations or ()))


def _place(settings: Settings, table: int, key: str) -> str:
    line = key_line(settings, table, key)
    return f"{settings.path}:{line}" if line else f"{settings.path}"
