"""Files of an earlier run that are there still, though this run did not write them: they are told, never deleted."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

_ENVIRONMENT = re.compile(r"(.+)\.[^.]+\.postman_environment\.json")
_SCRIPT = re.compile(r"(.+?)(?:\.(?:sh|cmd|ps1)|-request\.curl|-body\.(?:csv|html|json|txt|xml|yaml))")
_NAMED = 5


def environments(folder: Path, names: Collection[str], written: Iterable[Path]) -> list[Path]:
    """Return the environments in `folder` of the specifications called `names` that are not among `written`."""
    return [folder / name for name in _others(folder, written) if _name(_ENVIRONMENT, name) in names]


def scripts(folder: Path, written: Iterable[Path]) -> list[Path]:
    """Return what looks as if `--format files` wrote it into `folder`, and is not among `written`.

    A command is known by its three scripts of one name.
    """
    there = _names(folder)
    commands = {name.removesuffix(".sh") for name in there if name.endswith(".sh")}
    made = {name for name in commands if {f"{name}.cmd", f"{name}.ps1"} <= there}
    return [folder / name for name in _others(folder, written) if _name(_SCRIPT, name) in made]


def told(found: Iterable[Path]) -> str:
    """Return what is to be said of the files `found`; nothing where there are none."""
    paths = list(map(str, found))
    if not paths:
        return ""
    further = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    what = "was there before and is not one" if len(paths) == 1 else "were there before and are none"
    return f"{', '.join(paths[:_NAMED])}{further} {what} of this run's files; delete what is out of date"


def _others(folder: Path, written: Iterable[Path]) -> list[str]:
    return sorted(_names(folder) - {path.name for path in written})


def _names(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in folder.iterdir()}
    except OSError:
        return set()


def _name(pattern: re.Pattern[str], name: str) -> str | None:
    """Return what a file is called after, where it is of a kind."""
    found = pattern.fullmatch(name)
    return found[1] if found else None
