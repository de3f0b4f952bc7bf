"""The only reader of specifications: files, folders, globs and standard input become `Source` values."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.document import Source, declares_version
from generator.files import read_limited
from generator.findings import UnreadableInputError, UsageError
from generator.guesses import closest
from generator.remote import check_specification, is_remote
from generator.text_layout import clean, plural

STANDARD_INPUT = "-"
DEFAULT_NAME = "openapi"
ENDINGS = (".yaml", ".yml", ".json")
"""What a specification's file is called in a folder; also what is cut off to get its name."""

MOST_BYTES = 200_000_000
"""Bytes of a specification, with all that it refers to."""
_MOST_NAMES = 5


class SpecificationFile(Struct, frozen=True, kw_only=True):
    """A specification that is to be read: its path as the user wrote it, and the name of what is made from it.

    `content` is set where it can be read only once and only here: standard input, a pipe.
    """

    path: str
    name: str
    content: bytes | None = None

    @property
    def size(self) -> int:
        """How many bytes there are to read, as far as known."""
        if self.content is not None:
            return len(self.content)
        try:
            return Path(self.path).stat().st_size
        except OSError:
            return 0

    def read(self) -> Source:
        """Return the bytes; raises UnreadableInputError, which says what to look at."""
        content = self.content if self.content is not None else _read(self.path)
        return Source(uri=uri_of(self.path), content=content)


class Selection(Struct, frozen=True, kw_only=True):
    """What the arguments stand for: the specifications in their order, each once, without those that are not there.

    `skipped` are the files of folders that are no specifications; `problems` are arguments that stand for nothing, each
    with why.
    """

    files: tuple[SpecificationFile, ...] = ()
    skipped: tuple[str, ...] = ()
    problems: Mapping[str, UnreadableInputError] = {}

    def passed_over(self) -> str:
        """Return how many files were skipped, and which; empty where there is none."""
        if not self.skipped:
            return ""
        names = sorted({os.path.basename(path) for path in self.skipped})  # noqa: PTH119 -- a path as it was written
        more = ", …" if len(names) > _MOST_NAMES else ""
        named = ", ".join(names[:_MOST_NAMES])
        return f"{plural(len(self.skipped), 'other file')} in the folder skipped: {clean(named + more)}"


def select(arguments: Sequence[str], name: str | None = None) -> Selection:
    """Find what `arguments` name: a file, a folder, a glob, or `-` for standard input, which is then called `name`.

    A folder stands for its own files whose top level has `openapi` or `swagger`, not for those of its subfolders.
    Raises UsageError where `name` cannot be used.
    """
    _check_name(name, arguments)
    files: dict[str, SpecificationFile] = {}
    problems: dict[str, UnreadableInputError] = {}
    skipped: list[str] = []
    for path in _expanded(arguments, problems):
        try:
            found, passed_over = _files_of(path, name or DEFAULT_NAME)
        except UnreadableInputError as problem:
            problems[path] = problem
            continue
        skipped += passed_over
        for file in found:
            files.setdefault(_identity(file.path), file)
    return Selection(files=tuple(files.values()), skipped=tuple(skipped), problems=problems)


def uri_of(path: str, separator: str = os.sep) -> str:
    """Return the URI of the file at `path`, from which references start: slashes part it (RFC 3986, 3.3)."""
    return path.replace(separator, "/")


def name_of(path: str) -> str:
    """Return the name of what is made from the file at `path`: its own without `.yaml`, `.yml` or `.json`."""
    name = Path(path).name
    stem, ending = os.path.splitext(name)  # noqa: PTH122 -- Path.suffix knows no ending in "name."
    return stem if ending.lower() in ENDINGS and stem else name


def _check_name(name: str | None, arguments: Sequence[str]) -> None:
    if name is None:
        return
    if STANDARD_INPUT not in arguments:
        raise UsageError("--name is for standard input: it needs - among the SPECs")
    if not name.strip() or name in (".", "..") or any(mark in name for mark in "/\\") or not name.isprintable():
        raise UsageError(f"--name {name!r} cannot be a file's name: it must have no slash and no control character")


def _expanded(arguments: Sequence[str], problems: dict[str, UnreadableInputError]) -> Iterator[str]:
    """Give the paths that `arguments` name, globs as in a shell; note in `problems` what matches nothing."""
    for argument in arguments:
        if argument == STANDARD_INPUT or is_remote(argument) or os.path.lexists(argument):
            yield argument
            continue
        import glob

        if not glob.has_magic(argument):
            yield argument
        elif matches := sorted(glob.glob(argument, recursive=True)):  # noqa: PTH207 -- keeps paths as they were written
            yield from matches
        else:
            problems[argument] = UnreadableInputError(f"{argument}: no file matches this pattern")


def _files_of(path: str, stdin_name: str) -> tuple[list[SpecificationFile], list[str]]:
    """Return the specifications that one path stands for, and which files of a folder are none."""
    if is_remote(path):
        return [SpecificationFile(path=path, name=check_specification(path))], []
    if path == STANDARD_INPUT:
        return [SpecificationFile(path=path, name=stdin_name, content=_read_stdin())], []
    if not path:
        raise UnreadableInputError("an empty SPEC names no file; is a variable of the shell not set?")
    place = Path(path)
    try:
        if place.is_dir():
            return _files_of_folder(place, path)
        if place.exists() and not place.is_file():
            return [SpecificationFile(path=path, name=name_of(path), content=_read(path))], []
        present = place.exists()
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"{path}: cannot be read: {_reason(error)}") from error
    if not present:
        raise UnreadableInputError(f"{path}: there is no such file or folder{_suggestion(place)}")
    return [SpecificationFile(path=path, name=name_of(path))], []


def _files_of_folder(folder: Path, written: str) -> tuple[list[SpecificationFile], list[str]]:
    entries = sorted((entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name)
    paths = [os.path.join(written, entry.name) for entry in entries]  # noqa: PTH118 -- keeps `./` as it was written
    found = [
        SpecificationFile(path=path, name=name_of(path))
        for path in paths
        if path.lower().endswith(ENDINGS) and declares_version(_read(path))
    ]
    if not found:
        deeper = any(entry.is_dir() for entry in folder.iterdir())
        more = f"; its subfolders are not searched, '{written.rstrip('/')}/**/*.yaml' would do that" if deeper else ""
        raise UnreadableInputError(
            f"{written}: no specification in this folder: no .yaml, .yml or .json file has openapi or swagger "
            f"at its top level{more}"
        )
    names = {file.path for file in found}
    return found, [path for path in paths if path not in names]


def _read(path: str) -> bytes:
    try:
        return read_limited(Path(path), MOST_BYTES)
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"{path}: cannot be read: {_reason(error)}") from error


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise UnreadableInputError("-: there is no standard input")
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableInputError(f"-: standard input cannot be read: {_reason(error)}") from error
    if len(content) > MOST_BYTES:
        raise UnreadableInputError(f"-: standard input is larger than {MOST_BYTES // 1_000_000} MB")
    return content


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _identity(path: str) -> str:
    return path if path == STANDARD_INPUT or is_remote(path) else os.path.realpath(path)


def _suggestion(missing: Path) -> str:
    """Return what was probably meant by a path that is not there, as the end of a sentence."""
    folder = missing.parent
    if not folder.is_dir():
        return f"; the folder {folder} does not exist either{_suggestion(folder)}" if folder != missing else ""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return ""
    # Endings are not compared: with them, any two short names would be near to each other.
    stems: dict[str, str] = {}
    for name in names:
        stem, suffix = Path(name).stem, Path(name).suffix
        named = bool(suffix) or not missing.suffix
        if named and name != missing.name and (stem not in stems or suffix == missing.suffix):
            stems[stem] = name
    near = closest(missing.stem, stems)
    return f"; did you mean {folder / stems[near]}?" if near else ""
