"""The settings file: where it is found, what stands in it, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.files import is_file, is_there, read_limited
from generator.findings import UsageError
from generator.guesses import closest
from generator.settings.keys import ALL_KEYS, DOCUMENT_KEYS, OVERRIDE_KEYS, OVERRIDES, RUN_KEYS, Key
from generator.settings.values import DocumentSettings, Override, Settings

OWN_FILE = "sendready.toml"
PROJECT_FILE = "pyproject.toml"
REPOSITORY_MARK = ".git"

_MOST_BYTES = 1_000_000
"""Of settings, with those of other tools in the same file."""

HEADING = r"\s*\[\[?\s*([\w.-]+)\s*\]"
KEY = r"""\s*["']?([\w-]+)["']?\s*="""
"""A table's heading and a key, as they begin a line of TOML."""

_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_MUCH_DOTTED = re.compile(r"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){100}")
"""A key for which the reader of TOML takes memory by the square of its names."""


class _Problem(Struct, frozen=True):
    """What is wrong at a key of a settings file; `table` counts the [[overrides]] from 1, 0 is the one around."""

    table: int
    key: str
    message: str


def find_settings(start: Path, given: Path | None = None) -> Settings:
    """Return the settings of the file `given`, else of the nearest one from the folder `start` upwards.

    The search ends at the repository's root, the folder that has `.git`; outside of a repository only `start` itself is
    looked at, since folders above it may be anybody's. Raises UsageError for a file that is wrong, which says of each
    wrong key and value where it stands and what was probably meant.
    """
    if given is not None:
        return _read(given, _table(given, needed=True) or {}, named=True)
    for folder in _searched(start.absolute()):
        for path in (folder / OWN_FILE, folder / PROJECT_FILE):
            if is_file(path) and (table := _table(path, needed=False)) is not None:
                return _read(path, table, named=False)
    return Settings(folder=start.absolute())


def _searched(start: Path) -> tuple[Path, ...]:
    folders = (start, *start.parents)
    for number, folder in enumerate(folders, start=1):
        if is_there(folder / REPOSITORY_MARK):
            return folders[:number]
    return (start,)


def _table(path: Path, *, needed: bool) -> Mapping[str, object] | None:
    """Return the settings' table of the file; None where a pyproject.toml, that was not named, has none."""
    import tomllib

    try:
        content = read_limited(path, _MOST_BYTES)
        if path.name == PROJECT_FILE and b"sendready" not in content and not needed:
            return None
        text = content.decode("utf-8-sig")
        if _MUCH_DOTTED.search(_STRING.sub("_", text)):
            raise UsageError(f"{path}: these settings hold a key of a hundred names and more, parted by dots")
        root = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path}: these settings cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise UsageError(f"{path}: these settings are not TOML: {error}") from error
    if path.name != PROJECT_FILE:
        return root
    tool = root.get("tool")
    table = tool.get("sendready") if isinstance(tool, dict) else None
    if table is None and needed:
        raise UsageError(f"{path}: it has no table [tool.sendready]")
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{path}: tool.sendready must be a table")
    return table


def _read(path: Path, table: Mapping[str, object], *, named: bool) -> Settings:
    folder = path.absolute().parent
    plain = {key: value for key, value in table.items() if key != OVERRIDES}
    values, problems = _values(plain, {**DOCUMENT_KEYS, **RUN_KEYS}, 0, also=(OVERRIDES,))
    overrides, in_overrides = _overrides(table.get(OVERRIDES, []))
    problems += in_overrides
    output, baseline = values.pop("output", None), values.pop("baseline", None)
    if output is not None and not named and not _is_inside(output, folder):
        # What leads to other folders must be asked for by whoever runs the command.
        message = (
            f'output "{output}" leads out of {folder}; such a folder must come from -o, or from settings that '
            "--config names"
        )
        problems.append(_Problem(0, "output", message))
    if "remote-hosts" in plain and not named:
        # What opens the network must be asked for, too.
        problems.append(_Problem(0, "remote-hosts", "remote-hosts is honoured only in settings that --config names"))
    if problems:
        raise UsageError(*_told(path, problems))
    return Settings(
        folder=folder,
        path=path,
        output=folder / output if output is not None else None,
        baseline=folder / baseline if baseline is not None else None,
        overrides=overrides,
        document=DocumentSettings(**{name: values.pop(name) for name in map(_field, DOCUMENT_KEYS) if name in values}),
        **values,
    )


def _is_inside(output: str, folder: Path) -> bool:
    """Tell whether `output` is a folder within `folder`, whatever links stand in its path."""
    try:
        return (folder / output).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _overrides(value: object) -> tuple[tuple[Override, ...], list[_Problem]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        return (), [_Problem(0, OVERRIDES, "overrides must be tables: [[overrides]]")]
    overrides: list[Override] = []
    problems: list[_Problem] = []
    for number, entry in enumerate(value, start=1):
        values, wrong = _values(entry, OVERRIDE_KEYS, number)
        problems += wrong
        if "files" not in entry:
            message = 'overrides without the key "files", the patterns of the files that they are for'
            problems.append(_Problem(number, "", message))
        if not problems:
            overrides.append(Override(files=values.pop("files"), settings=DocumentSettings(**values)))
    return tuple(overrides), problems


def _values(
    table: Mapping[str, object], keys: Mapping[str, Key], number: int, also: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[_Problem]]:
    """Return the table's values by the name of their field, and what is wrong with its keys and values."""
    values: dict[str, Any] = {}
    problems: list[_Problem] = []
    for key, value in table.items():
        if key not in keys:
            problems.append(_Problem(number, key, f'unknown key "{key}"{_suggestion(key, (*keys, *also))}'))
            continue
        try:
            values[_field(key)] = keys[key].kind.read(value)
        except ValueError as error:
            problems.append(_Problem(number, key, f"{key} {error}"))
    return values, problems


def _told(path: Path, problems: Sequence[_Problem]) -> list[str]:
    """Return a message for each problem, with its line where that is found, in the order of the file."""
    lines = _lines(path)
    placed = [(lines.get((problem.table, problem.key), 0), problem) for problem in problems]
    placed.sort(key=lambda entry: entry[0])
    return [
        f"{path}:{line}: {problem.message}" if line else f"{path}: {_in_table(problem.table)}{problem.message}"
        for line, problem in placed
    ]


def _in_table(number: int) -> str:
    return f"[[overrides]] {number}: " if number else ""


def key_lines(settings: Settings) -> Mapping[tuple[int, str], int]:
    """Return the lines at which keys stand, by the number of their table and their name, as far as they are found."""
    return _lines(settings.path) if settings.path is not None else {}


def origins(settings: Settings, flags: DocumentSettings, paths: Sequence[str]) -> list[dict[str, str]]:
    """Return for the document at each of `paths` which keys hold that are no flag's, with where they stand.

    That is said as `FILE:LINE: KEY`.
    """
    lines = key_lines(settings)

    def origin(table: int, key: str) -> str:
        line = lines.get((table, key))
        return f"{settings.path}:{line}: {key}" if line else f"{settings.path}: {key}"

    unflagged = [key for key in DOCUMENT_KEYS if getattr(flags, _field(key)) is None]
    found = []
    for path in paths:
        own = [
            (n, each.settings) for n, each in enumerate(settings.overrides, 1) if each.concerns(path, settings.folder)
        ]
        tables = ((0, settings.document), *own)
        saying = {key: table for table, said in tables for key in unflagged if getattr(said, _field(key)) is not None}
        found.append({key: origin(table, key) for key, table in saying.items()})
    return found


def _lines(path: Path) -> dict[tuple[int, str], int]:
    """Return the lines of keys, by the number of their table, and of the headings of the [[overrides]] at the key "".

    It knows keys and headings that begin a line, which is how people write them; other keys have no line.
    """
    above = "tool.sendready." if path.name == PROJECT_FILE else ""
    lines: dict[tuple[int, str], int] = {}
    table: int | None = None if above else 0
    count = 0
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if heading := re.match(HEADING, line):
            name = f"{heading[1]}.".removeprefix(above).rstrip(".")
            table = 0 if f"{heading[1]}." == above else None
            if name == OVERRIDES and line.lstrip().startswith("[["):
                count += 1
                table = count
                lines[count, ""] = number
            elif f"{heading[1]}.".startswith(above):
                lines.setdefault((0, name.split(".")[0]), number)
        elif table is not None and (key := re.match(KEY, line)):
            lines.setdefault((table, key[1]), number)
    return lines


def _suggestion(key: str, keys: tuple[str, ...]) -> str:
    if key in ALL_KEYS:
        return "; it belongs to the top of the file" if key in RUN_KEYS else "; it belongs into [[overrides]]"
    near = closest(key, keys)
    return f'; did you mean "{near}"?' if near else f"; the keys are {', '.join(sorted(keys))}"


def _field(key: str) -> str:
    return key.replace("-", "_")
