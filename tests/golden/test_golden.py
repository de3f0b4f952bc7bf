"""The golden grid: every sample specification in every output of every command, as text, beside this file.

The grid is made of `specs/` and of what the command line declares, so that a new sample, command or format is part of
it as soon as it is there; what has no file here fails. `make goldens` writes the files anew.
"""

import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import cli, exit_codes
from generator.cli_options import Option
from tests.conftest import SPECS, document_at
from tests.skips import REPOSITORY

HERE = Path(__file__).parent
REWRITE = os.environ.get("REWRITE_GOLDENS") == "1"
CHOSEN = ("--credentials", "--format")
"""The options whose every value is an output of its own."""


def calls() -> Iterator[tuple[str, ...]]:
    """Yield each command that writes something with each combination of its kinds of output."""
    for name, command in cli.COMMANDS.items():
        options = {option.flags[-1]: option for _, group in command.options for option in group}
        if "--output" in options:
            kinds = [words(options[flag]) for flag in CHOSEN if flag in options]
            yield from ((name, *itertools.chain(*chosen)) for chosen in itertools.product(*kinds))


def words(option: Option) -> list[tuple[str, str]]:
    """Return what is to be said for each value of an option."""
    return [(option.flags[-1], value) for value in option.choices]


def outputs(path: Path, folder: Path, capsys: pytest.CaptureFixture) -> dict[str, str]:
    """Return all that is made from the specification at `path`, by file name, and what each command says.

    Of equal texts only the first is returned.
    """
    texts: dict[str, str] = {}
    for name, *said in calls():
        kind = ".".join((name, *said[1::2]))
        target = folder / kind
        assert cli.run([name, path.name, "--output", str(target), *said]) in {exit_codes.DONE, exit_codes.FOUND}
        for file in sorted(target.rglob("*")) if target.is_dir() else [target]:
            text = modest(file) if file.is_file() else ""
            if text and text not in texts.values():
                texts[file.relative_to(folder).as_posix()] = text
        messages = capsys.readouterr().err.replace(f"{folder}{os.sep}", "").replace(os.sep, "/")
        texts.setdefault(f"{name}.messages.txt", "".join(f"{line.rstrip()}\n" for line in messages.splitlines()))
    return texts


def modest(file: Path) -> str:
    """Return a file's text; of SARIF without the catalogue of rules, which is the same for every sample."""
    text = file.read_bytes().decode()
    if file.suffix != ".sarif":
        return text
    log = json.loads(text)
    assert log["runs"][0]["tool"]["driver"].pop("rules")
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_outputs_are_the_golden_ones(path, tmp_path, monkeypatch, capsys):
    """Each text is that of its file, each text has a file, and each file a text."""
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    golden, made = HERE / path.stem, outputs(path, tmp_path, capsys)
    if REWRITE:
        rewrite(golden, made)
    kept = {file.relative_to(golden).as_posix(): file for file in golden.rglob("*") if file.is_file()}
    assert sorted(made) == sorted(kept), "make goldens writes what is missing, and removes what is no longer made"
    for name, text in made.items():
        assert text == kept[name].read_bytes().decode(), name


def rewrite(golden: Path, made: dict[str, str]) -> None:
    """Write the files anew."""
    for file in [file for file in golden.rglob("*") if file.is_file()]:
        file.unlink()
    for name, text in made.items():
        (golden / name).parent.mkdir(parents=True, exist_ok=True)
        (golden / name).write_bytes(text.encode())


def test_every_folder_is_of_a_sample():
    """A sample that is gone leaves no golden files, and none of them names this machine."""
    kept = {entry.name for entry in HERE.iterdir() if entry.is_dir() and entry.name != "__pycache__"}
    assert kept <= {path.stem for path in SPECS}
    for file in (file for name in kept for file in (HERE / name).rglob("*") if file.is_file()):
        assert str(REPOSITORY) not in file.read_text(encoding="utf-8"), file


def test_samples_cover_every_version():
    """There is a sample in each version of OpenAPI that is read."""
    assert {document_at(path).version.value for path in SPECS} == {"2.0", "3.0", "3.1", "3.2"}
