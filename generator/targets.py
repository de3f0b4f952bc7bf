"""Where output may go: no two specifications into one file, none over a specification."""

import os
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli_options import Arguments
from generator.files import is_file, is_folder
from generator.findings import OutputError, UsageError

if TYPE_CHECKING:
    from generator.source import SpecificationFile

_CONVERTED = (".postman_collection.json", ".postman_environment.json", ".curl.md")
"""How the names of files end that a conversion writes."""


def check_distinct(files: Iterable["SpecificationFile"], folder: Path, ending: str) -> None:
    """Raise OutputError where two specifications would write the same, also where systems ignore upper case.

    What one writes is `folder`/NAME`ending`, a file or a folder.
    """
    taken: dict[str, SpecificationFile] = {}
    for file in files:
        name = unicodedata.normalize("NFC", file.name).casefold()
        if other := taken.get(name):
            raise OutputError(
                f"{other.path} and {file.path} would both write {folder / (file.name + ending)}; "
                "nothing is written. Do them one by one into different folders with -o, or rename one"
            )
        taken[name] = file


def check_apart(files: Collection["SpecificationFile"], folder: Path) -> None:
    """Raise OutputError where a specification is called as what a conversion of another writes into `folder`."""
    names = {file.name for file in files}
    for file in files:
        path = Path(file.path)
        taken = path.name.endswith(_CONVERTED) and any(path.name.startswith(f"{name}.") for name in names - {file.name})
        if taken and os.path.realpath(path.parent) == os.path.realpath(folder):
            raise OutputError(
                f"{file.path}: the files of another specification would go over this one; nothing is written. "
                "Name another folder with -o"
            )


def check_no_input(option: str, output: str, files: Iterable["SpecificationFile"]) -> None:
    """Raise UsageError where the text that goes to `output` would go over a specification, or onto a folder.

    `option` is what says where it goes.
    """
    if output == "-":
        return
    if is_folder(Path(output)):
        raise UsageError(f"{option} {output}: this is a folder; name the file that is to be written")
    for file in files:
        if os.path.realpath(file.path) == os.path.realpath(output):
            raise UsageError(f"{option} {output}: this is the specification itself")


def check_baseline(arguments: Arguments, files: Iterable["SpecificationFile"]) -> None:
    """Raise UsageError where --write-baseline would write over a specification, or is asked for beside a report."""
    if arguments.write_baseline is None:
        return
    if arguments.output or arguments.format or arguments.diff:
        raise UsageError("--write-baseline writes no report: -o, --format and --diff do not go with it")
    check_no_input("--write-baseline", str(arguments.write_baseline), files)


def check_mendable(arguments: Arguments, files: Iterable["SpecificationFile"]) -> None:
    """Raise UsageError where there is nothing to mend, or what is to be mended is no file."""
    if arguments.diff and not arguments.fix:
        raise UsageError("--diff shows what --fix would change: give both")
    for file in files if arguments.fix else ():
        if not is_file(Path(file.path)):
            raise UsageError(f"--fix: {file.path} is no file that could be mended")
        if Path(file.path).is_symlink():
            raise UsageError(f"--fix: {file.path} is a link; name the file that it leads to")


def from_here(folder: Path) -> Path:
    """Return a folder that settings name, as a person in the working folder would write it, if it is within that."""
    here = working_folder()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def working_folder() -> Path:
    """Return the working folder. Raises UsageError where it is gone."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the working folder does not exist any more; change to another one") from error
