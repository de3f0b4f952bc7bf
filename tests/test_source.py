"""Reading: what the arguments stand for, and what is said where they stand for nothing."""

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from generator.findings import UnreadableInputError, UsageError
from generator.source import SpecificationFile, name_of, select
from tests.skips import on_posix

SPEC = "openapi: 3.0.3\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the working folder, with two specifications, a note, and one in a subfolder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs/deeper").mkdir(parents=True)
    (tmp_path / "specs/b.yaml").write_text(SPEC)
    (tmp_path / "specs/a.JSON").write_text('{"swagger": "2.0"}')
    (tmp_path / "specs/note.yaml").write_text("just: a note\nopen: openapi\n")
    (tmp_path / "specs/readme.txt").write_text(SPEC)
    (tmp_path / "specs/deeper/c.yml").write_text(SPEC)
    return tmp_path


def paths(*arguments: str) -> list[str]:
    """Return the paths of what `arguments` stand for."""
    return [file.path for file in select(arguments).files]


def problems(*arguments: str) -> str:
    """Return what is said of arguments that stand for nothing."""
    return "\n".join(map(str, select(arguments).problems.values()))


def test_a_folder_stands_for_its_own_specifications(folder):
    """By name, those whose top level tells a version; the others are named, subfolders are left alone."""
    selection = select(["specs"])
    assert [file.path for file in selection.files] == [str(Path("specs") / name) for name in ("a.JSON", "b.yaml")]
    assert [file.name for file in selection.files] == ["a", "b"]
    assert [Path(path).name for path in selection.skipped] == ["note.yaml", "readme.txt"]
    assert selection.problems == {}


def test_a_folder_has_files_of_every_encoding_that_is_read(folder):
    """A file that begins with a byte order mark, as Windows' editors write it, is a specification as any other."""
    for name, encoding in (("bom", "utf-8-sig"), ("wide", "utf-16"), ("wider", "utf-32")):
        (folder / f"specs/{name}.yaml").write_text(SPEC, encoding=encoding)
        (folder / f"specs/{name}.json").write_text('{"openapi": "3.0.3"}', encoding=encoding)
    found = {f"{name}.{ending}" for name in ("bom", "wide", "wider") for ending in ("yaml", "json")}
    assert {Path(file.path).name for file in select(["specs"]).files} == {"a.JSON", "b.yaml", *found}


def test_a_pattern_is_expanded_here_too(folder):
    """Shells that leave patterns alone get the same; a file whose name looks like one is that file."""
    assert paths("specs/**/*.y*ml") == ["specs/b.yaml", "specs/deeper/c.yml", "specs/note.yaml"]
    (folder / "a[1].yaml").write_text(SPEC)
    assert paths("a[1].yaml") == ["a[1].yaml"]
    assert problems("none-*.yaml") == "none-*.yaml: no file matches this pattern"


@on_posix
def test_each_file_is_taken_once(folder):
    """However it is named: by a folder, a pattern, a link or another way to write its path."""
    (folder / "link.yaml").symlink_to("specs/b.yaml")
    assert paths("specs/b.yaml", "specs/../specs/b.yaml", "link.yaml", "specs/b*", "specs") == [
        "specs/b.yaml",
        str(Path("specs/a.JSON")),
    ]


def test_what_is_not_there_is_told_with_what_was_meant(folder):
    """A misspelt name, a misspelt folder, a folder without specifications, nothing; the others are found."""
    assert f"did you mean {Path('specs/b.yaml')}?" in problems("specs/bb.yaml")
    assert "the folder spec does not exist either; did you mean specs?" in problems("spec/b.yaml")
    (folder / "basic.yaml").touch()
    (folder / "petstore.json").touch()
    (folder / "petstore.yaml").touch()
    assert "did you mean" not in problems("sec.yaml")
    assert "did you mean" not in problems("resp.yaml")
    assert "did you mean petstore.yaml?" in problems("petstor.yaml")
    assert "did you mean petstore.json?" in problems("petstor.json")
    assert "did you mean petstore." in problems("petstore.yml")
    (folder / "empty/inner").mkdir(parents=True)
    assert "'empty/**/*.yaml' would do that" in problems("empty")
    assert "an empty SPEC names no file" in problems("")
    assert "cannot be read" in problems("\0") or "there is no such file" in problems("\0")
    assert paths("absent.yaml", "specs/b.yaml") == ["specs/b.yaml"]


def test_standard_input_has_a_name(folder, monkeypatch):
    """`-` is read once and is called what `--name` says, else openapi; the name must be a file's."""
    for name, expected in ((None, "openapi"), ("mine", "mine")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SPEC.encode())))
        (file,) = select(["-", "-"], name).files
        assert (file.name, file.read().content, file.size) == (expected, SPEC.encode(), len(SPEC))
    for name in ("a/b", "..", "a\\b", " ", "a\nb"):
        with pytest.raises(UsageError, match="cannot be a file's name"):
            select(["-"], name)
    with pytest.raises(UsageError, match="--name is for standard input"):
        select(["specs/b.yaml"], "mine")
    monkeypatch.setattr(sys, "stdin", None)
    assert problems("-") == "-: there is no standard input"


@on_posix
def test_a_pipe_is_read_when_it_is_found(folder):
    """What can be read only once, such as a shell's <(command), is read once."""
    os.mkfifo(folder / "pipe")
    threading.Thread(target=(folder / "pipe").write_text, args=(SPEC,), daemon=True).start()
    (file,) = select(["pipe"]).files
    assert file.read().content == file.read().content == SPEC.encode()


def test_a_file_that_is_gone_is_a_readable_error(tmp_path):
    """Between looking and reading a file may go; its size is then unknown and reading says why it fails."""
    file = SpecificationFile(path=str(tmp_path / "gone.yaml"), name="gone")
    assert file.size == 0
    with pytest.raises(UnreadableInputError, match="cannot be read: No such file"):
        file.read()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.yaml", "b"),
        ("b.v1.YML", "b.v1"),
        (".yaml", ".yaml"),
        ("b.txt", "b.txt"),
        ("b", "b"),
        ("b.", "b."),
    ],
)
def test_names_lose_only_a_specifications_ending(path, name):
    """What is made is called after the file, without .yaml, .yml or .json."""
    assert name_of(path) == name
