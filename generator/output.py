"""The only writer: all the files of one specification, or none of them."""

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.files import is_folder, is_there
from generator.findings import OutputError


class _Staged(Struct, frozen=True):
    """A file that is to be replaced, the finished text beside it, and what the file held before."""

    target: Path
    temporary: Path
    earlier: bytes | None


def write_files(folder: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Write `files` (name -> text) into `folder`, which is created, as UTF-8 with "\\n" at line ends; give their paths.

    Each text is first written beside its place and then renamed into it, so that no reader ever sees half a file;
    where one cannot be written, the folder's files are as they were. A link in a file's place is replaced.
    A file that already says the same is left alone; one that is replaced keeps who may read it. Raises OutputError.
    """
    contents = {_checked(name): _encoded(name, text) for name, text in files.items()}
    _make_folder(folder)
    with contextlib.ExitStack() as cleanup:
        staged = [
            cleanup.enter_context(_staged(folder / name, content, number))
            for number, (name, content) in enumerate(contents.items())
            if not _holds(folder / name, content)
        ]
        _replace_all(staged)
    return tuple(folder / name for name in contents)


def write_file(path: Path, text: str) -> Path:
    """Write one file; its folder is created. Raises OutputError."""
    if not path.name:
        raise OutputError(f"{path}: this is no name for a file")
    return write_files(path.parent, {path.name: text})[0]


def _checked(name: str) -> str:
    """Return `name` when it names a file of the folder itself and nothing outside of it."""
    if name in ("", ".", "..") or "/" in name or "\\" in name or not name.isprintable():
        raise OutputError(f"{name!r} cannot be a file's name: it must have no slash and no control character")
    return name


def _encoded(name: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{name}: cannot be written as UTF-8: half a surrogate pair, {text[error.start]!a}, stands in a text of "
            "the document"
        ) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        blocking = next((part for part in (folder, *folder.parents) if is_there(part) and not is_folder(part)), None)
        reason = f"{blocking} is a file, not a folder" if blocking else _reason(error)
        raise OutputError(f"{folder}: this folder cannot be made: {reason}") from error


def _is_device(path: Path) -> bool:
    """Tell whether `path` is, or leads to, what a file must not take the place of: a device, a pipe, a socket.

    What lies in /dev is one, even where it leads to a file for now, as /dev/stdout does.
    """
    if path.parent.resolve() == Path("/dev"):
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _holds(path: Path, content: bytes) -> bool:
    return _regular(path) and path.stat().st_size == len(content) and _earlier(path) == content


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _earlier(path: Path) -> bytes | None:
    """Return what the file holds now; None where there is none, or what is there is no ordinary file."""
    if not _regular(path):
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextlib.contextmanager
def _staged(target: Path, content: bytes, number: int) -> Iterator[_Staged]:
    """Write `content` beside `target`; what is not renamed by the end is removed."""
    if is_folder(target) and not target.is_symlink():
        raise OutputError(f"{target}: cannot be written: a folder of this name is in its place")
    if _is_device(target):
        raise OutputError(f"{target}: cannot be written: it is a device or a pipe, not a file; standard output is `-`")
    temporary = target.parent / f".sendready-{os.getpid()}-{number}.tmp"
    try:
        try:
            _write_new(temporary, content)
            if _regular(target):
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        except OSError as error:
            raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
        yield _Staged(target, temporary, _earlier(target))
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that must be new: a name prepared by somebody else, link or file, is removed, never followed."""
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(content)


def _replace_all(staged: Sequence[_Staged]) -> None:
    """Rename every finished text into its place; where one fails, put the earlier ones back."""
    done: list[_Staged] = []
    try:
        for step in staged:
            step.temporary.replace(step.target)
            done.append(step)
    except OSError as error:
        target = staged[len(done)].target
        for step in done:
            _restore(step)
        guess = "; is it open in another program?" if isinstance(error, PermissionError) else ""
        raise OutputError(f"{target}: cannot be replaced: {_reason(error)}{guess}") from error


def _restore(step: _Staged) -> None:
    with contextlib.suppress(OSError):
        if step.earlier is None:
            step.target.unlink()
        else:
            _write_new(step.temporary, step.earlier)
            step.temporary.replace(step.target)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
