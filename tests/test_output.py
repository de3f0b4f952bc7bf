"""Writing: all the files of a specification or none, and nothing outside of the folder."""

import os
from pathlib import Path

import pytest

from generator.findings import OutputError
from generator.output import write_file, write_files
from tests.skips import on_posix


def contents(folder: Path) -> dict[str, str]:
    """Return the names and texts of all that is in a folder, temporary files included."""
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_files_are_written_into_a_new_folder(tmp_path):
    """The folder is made with those above it; texts are UTF-8 with plain line ends; nothing else is left there."""
    written = write_files(tmp_path / "a/b", {"x.json": "é\n", "y.md": ""})
    assert written == (tmp_path / "a/b/x.json", tmp_path / "a/b/y.md")
    assert (tmp_path / "a/b/x.json").read_bytes() == b"\xc3\xa9\n"
    assert contents(tmp_path / "a/b") == {"x.json": "é\n", "y.md": ""}


@pytest.mark.parametrize("blocked", ["a", "m", "z"])
def test_a_run_that_fails_leaves_earlier_files(tmp_path, blocked):
    """A folder in the place of any one file: the others keep what they had, the new ones are absent."""
    (tmp_path / "a").write_text("earlier")
    (tmp_path / blocked).unlink(missing_ok=True)
    (tmp_path / blocked).mkdir()
    before = contents(tmp_path)
    with pytest.raises(OutputError, match="a folder of this name is in its place"):
        write_files(tmp_path, {"a": "new", "m": "new", "z": "new"})
    assert contents(tmp_path) == before


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_rename_that_fails_puts_the_earlier_back(tmp_path, monkeypatch, failing):
    """Where the system refuses to replace one file, those already replaced get back what they held, new ones go."""
    for name in ("a", "b"):
        (tmp_path / name).write_text("earlier")
    replaced: list[str] = []
    original = Path.replace

    def refuse(self, target):
        if len(replaced) == failing and target.name == ("a", "b", "c")[failing]:
            raise PermissionError(13, "Permission denied")
        replaced.append(target.name)
        return original(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"cannot be replaced: Permission denied; is it open in another program\?"):
        write_files(tmp_path, {"a": "new", "b": "new", "c": "new"})
    assert contents(tmp_path) == {"a": "earlier", "b": "earlier"}


@on_posix
def test_an_unwritable_folder_is_told(tmp_path):
    """A folder that takes no files is an error that names the file and the reason, and earlier files stay."""
    (tmp_path / "a").write_text("earlier")
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):  # root may write anywhere
            tmp_path.chmod(0o700)
            target = Path("/proc/sendready") if Path("/proc").is_dir() else tmp_path / "a/b"
            with pytest.raises(OutputError, match="this folder cannot be made"):
                write_files(target, {"a": "new"})
        else:
            with pytest.raises(OutputError, match="a: cannot be written: Permission denied"):
                write_files(tmp_path, {"a": "new"})
    finally:
        tmp_path.chmod(0o700)
    assert contents(tmp_path) == {"a": "earlier"}


def test_a_full_disk_is_told_and_earlier_files_stay(tmp_path, monkeypatch):
    """Where the second text does not fit any more, the first is not put in place either."""
    (tmp_path / "a").write_text("earlier")
    original = os.fdopen

    def full(descriptor, mode):
        file = original(descriptor, mode)
        if len(list(tmp_path.glob("*.tmp"))) == 2:
            file.close()
            raise OSError(28, "No space left on device")
        return file

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OutputError, match="b: cannot be written: No space left on device"):
        write_files(tmp_path, {"a": "new", "b": "new"})
    assert contents(tmp_path) == {"a": "earlier"}


@on_posix
def test_links_are_replaced_never_followed(tmp_path):
    """A link in a file's place, or where the temporary file goes, leads no text to where it points."""
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    folder.mkdir()
    outside.write_text("mine")
    (folder / "a").symlink_to(outside)
    (folder / "dangling").symlink_to(tmp_path / "absent")
    (folder / "to-folder").symlink_to(tmp_path)
    (folder / f".sendready-{os.getpid()}-0.tmp").symlink_to(outside)
    write_files(folder, {"a": "mine", "dangling": "new", "to-folder": "new"})
    assert outside.read_text() == "mine"
    assert not (tmp_path / "absent").exists()
    assert contents(folder) == {"a": "mine", "dangling": "new", "to-folder": "new"}
    assert not any(path.is_symlink() for path in folder.iterdir())


def test_a_file_that_says_the_same_is_left_alone(tmp_path):
    """Its time stays, so that build tools see no change; a changed one is a new file of the usual mode."""
    write_file(tmp_path / "a", "same")
    os.utime(tmp_path / "a", (1, 1))
    write_file(tmp_path / "a", "same")
    assert (tmp_path / "a").stat().st_mtime == 1
    write_file(tmp_path / "a", "other")
    assert (tmp_path / "a").stat().st_mtime > 1
    (tmp_path / "plain").write_text("")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a\\b", "/etc/x", "a\nb", "a\0"])
def test_names_never_lead_out_of_the_folder(tmp_path, name):
    """A name with a slash or a control character is refused before anything is made."""
    with pytest.raises(OutputError, match="cannot be a file's name"):
        write_files(tmp_path / "new", {"ok": "x", name: "x"})
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    """What stands in the way is said by its own path."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="file is a file, not a folder"):
        write_files(tmp_path / "file/deeper", {"a": "x"})
    with pytest.raises(OutputError, match="this is no name for a file"):
        write_file(Path(), "x")


@on_posix
@pytest.mark.parametrize("path", ["a" * 300, f"{'a/' * 3000}b", f"{'a' * 300}/b"])
def test_a_name_that_is_too_long_is_told(tmp_path, path):
    """It is an error like others, with the system's reason, and nothing is left."""
    with pytest.raises(OutputError, match="File name too long"):
        write_file(tmp_path / path, "x")
    assert not [left for left in tmp_path.rglob("*") if left.is_file()]


def test_text_that_is_no_unicode_is_refused(tmp_path):
    """Half a surrogate pair cannot be written; the message shows it, and nothing is made."""
    with pytest.raises(OutputError, match=r"half a surrogate pair, '\\ud800'"):
        write_files(tmp_path / "new", {"a": "x\ud800"})
    assert not (tmp_path / "new").exists()


@on_posix
def test_who_may_read_a_file_stays(tmp_path):
    """A file that is replaced keeps its mode."""
    write_file(tmp_path / "a", "old")
    (tmp_path / "a").chmod(0o600)
    write_file(tmp_path / "a", "new")
    assert ((tmp_path / "a").read_text(), (tmp_path / "a").stat().st_mode & 0o777) == ("new", 0o600)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices in folders")
def test_devices_and_pipes_are_not_replaced(tmp_path):
    """Somebody with all rights who writes to /dev/null, or to a pipe, keeps it; a link to one is no way round."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to("/dev/null")
    for path in (pipe, tmp_path / "link", Path("/dev/null"), Path("/dev/stdout")):
        before = path.lstat().st_mode
        with pytest.raises(OutputError, match="a device or a pipe"):
            write_file(path, "text")
        assert path.lstat().st_mode == before
    assert {path.name for path in tmp_path.iterdir()} == {"pipe", "link"}
