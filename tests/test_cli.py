"""The command line, as a process: exit codes, standard output for data only, files whole or not at all."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.skips import on_posix

SAMPLE = str(REPOSITORY / "specs/parcel-tracking.yaml")
FULL = Path("/dev/full")
"""A file that is always full, where the system has one."""
HEAVY = ("rich", "pydantic", "jsonschema", "openapi_spec_validator", "httpx", "urllib.request")


def sendready(*arguments, cwd, given=b"", options=()):
    """Run the command in the folder `cwd`."""
    command = [sys.executable, *options, "-m", "generator", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=cwd, input=given, capture_output=True, check=False, env=environment, timeout=60)


def test_convert_writes_all_files_and_a_table(tmp_path):
    """A conversion exits with 0, prints nothing to standard output, and says where files are."""
    done = sendready("convert", SAMPLE, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    written = sorted(path.name for path in (tmp_path / "output").iterdir())
    assert "parcel-tracking.postman_collection.json" in written
    assert "parcel-tracking.curl.md" in written
    assert len([name for name in written if "environment" in name]) == 3
    assert b"parcel-tracking" in done.stderr


@on_posix
@pytest.mark.parametrize("words_go", ["2>&-", ">&-", *([f"2>{FULL}"] if FULL.exists() else [])])
def test_work_is_done_where_nobody_can_read_the_words(tmp_path, words_go):
    """Closed or full streams for words cost no file and no exit code."""
    command = f'"{sys.executable}" -m generator convert "{SAMPLE}" {words_go}'
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=False, timeout=60
    )
    assert done.returncode == 0
    assert len(list((tmp_path / "output").iterdir())) == 5


@on_posix
@pytest.mark.parametrize("data_goes", [">&-", *([f">{FULL}"] if FULL.exists() else [])])
def test_data_that_cannot_be_written_is_an_error(tmp_path, data_goes):
    """Where standard output is closed or full, one message says so, and the exit code is 2."""
    command = f'"{sys.executable}" -m generator rules {data_goes}'
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=False, timeout=60,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: standard output cannot be written: ")
    assert done.stderr.count(b"\n") == 1


@on_posix
@pytest.mark.parametrize("buffered", ["", "1"])
def test_data_that_is_written_in_part_is_an_error(tmp_path, buffered):
    """Where a file takes the beginning only, the exit code says so, whether Python keeps a buffer or not."""
    command = f'ulimit -f 4; "{sys.executable}" -m generator rules > rules.txt'
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": buffered}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=known, check=False, timeout=60, capture_output=True)
    assert (tmp_path / "rules.txt").stat().st_size in {2048, 4096}
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: standard output cannot be written: ")


@on_posix
def test_an_order_to_end_leaves_nothing_half_written(tmp_path):
    """A CI that cancels a job finds the folder as it was: no file beside its place, no set of which a part is new."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/parcel-tracking.curl.md").write_text("earlier")
    program = (
        "import os, signal; from generator import cli, output; write = output._write_new\n"
        "output._write_new = lambda *given: (write(*given), os.kill(os.getpid(), signal.SIGTERM))\n"
        "cli.main()"
    )
    command = [sys.executable, "-c", program, "convert", SAMPLE]
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=known, capture_output=True, check=False, timeout=60)
    assert done.returncode == 143
    assert b"Traceback" not in done.stderr
    assert {path.name: path.read_text() for path in (tmp_path / "output").iterdir()} == {
        "parcel-tracking.curl.md": "earlier"
    }


def test_strict_fails_on_warnings(tmp_path):
    """The sample has a warning, which --strict makes a failure."""
    assert sendready("convert", SAMPLE, "--strict", cwd=tmp_path).returncode == 1


def test_snippets_from_standard_input(tmp_path):
    """A specification on standard input gives JSON on standard output."""
    given = Path(SAMPLE).read_bytes()
    done = sendready("snippets", "-", "--format", "json", cwd=tmp_path, given=given)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["name"] == "Get Access Token"


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "nowhere.yaml"),
        ("convert", SAMPLE, "--server", "9"),
        ("convert", SAMPLE, "--token-url", "nonsense"),
        ("convert", SAMPLE, "--nonsense"),
        ("convert", SAMPLE, "--config", "nowhere.toml"),
    ],
)
def test_wrong_usage_is_one_message_and_2(tmp_path, arguments):
    """What cannot be done is said without a traceback, and nothing is written."""
    done = sendready(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()
    assert not (tmp_path / "output").exists()


@on_posix
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--scope", b"a\xff"), b"argument --scope: 'a\\udcff' is not UTF-8"),
        (("--token-param", b"a=\xff"), b"argument --token-param: 'a=\\udcff' is not UTF-8"),
        (("--path", "[" * 9000), b"argument --path: it is longer than 2,000 characters"),
        (("--jobs", "9" * 50), b"is no whole number from 1 upwards"),
        (("--\n::error::\x1b[31mred",), b"unrecognized arguments: --\\n: :error::\\x1b[31mred"),
    ],
)
def test_odd_words_on_the_command_line_are_one_message(tmp_path, arguments, said):
    """Whatever a script put there: it is told on one line, and steers neither a terminal nor a CI's runner."""
    command = [sys.executable, "-m", "generator", "convert", SAMPLE, *arguments]
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=known, timeout=60)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_of_the_settings_is_shown_from_here(files):
    """The table is as narrow as with `-o`; from elsewhere the whole path is said."""
    (files / "sendready.toml").write_text('output = "made/here"\n')
    (files / "inner").mkdir()
    (files / ".git").mkdir()
    for cwd, shown in ((files, Path("made/here")), (files / "inner", files / "made/here")):
        done = sendready("convert", files / "good.yaml", cwd=cwd)
        assert f"  {shown / 'good.postman_collection.json'}, .curl.md\n" in done.stderr.decode()
        assert (files / "made/here/good.postman_collection.json").exists()


def test_of_several_specifications_each_mistake_names_its_own(files):
    """Which document has no such server is said, where it might be any."""
    done = sendready("convert", "good.yaml", "bad.yaml", "--server", "9", "-o", "out", cwd=files)
    for name in ("good", "bad"):
        assert f"error: {name}.yaml: --server 9: the document has no such server.".encode() in done.stderr


def test_two_that_would_write_one_file_are_refused(tmp_path):
    """Equal names in two folders: exit 2 before anything is written."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("openapi: 3.0.3")
    assert sendready("convert", "a/x.yaml", "b/x.yaml", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "output").exists()


def test_a_specification_that_is_called_like_another_s_collection_stays(tmp_path):
    """What converts beside its input must not go over another input."""
    for name in ("a.yaml", "a.postman_collection.json"):
        (tmp_path / name).write_bytes(Path(SAMPLE).read_bytes())
    done = sendready("convert", ".", "-o", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert b"would go over this one; nothing is written" in done.stderr
    assert (tmp_path / "a.postman_collection.json").read_bytes() == Path(SAMPLE).read_bytes()
    assert len(list(tmp_path.iterdir())) == 2
    assert sendready("convert", ".", "-o", "out", cwd=tmp_path).returncode == 0


def test_a_broken_file_does_not_stop_the_others(tmp_path):
    """In a folder, what cannot be read is told with its place, and the rest is converted; exit 1."""
    (tmp_path / "bad.yaml").write_text("openapi: 3.0.3\npaths: [\n")
    (tmp_path / "note.yaml").write_text("just: a note")
    (tmp_path / "good.yaml").write_bytes(Path(SAMPLE).read_bytes())
    done = sendready("convert", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert b"bad.yaml:3:" in done.stderr
    assert (tmp_path / "output/good.postman_collection.json").exists()
    assert b"1 other file in the folder skipped" in done.stderr


def test_start_up_imports_nothing_heavy(tmp_path):
    """A conversion does not pay for libraries that it does not use."""
    done = sendready("convert", SAMPLE, cwd=tmp_path, options=("-X", "importtime"))
    modules = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines() if "import time" in line}
    assert not modules & set(HEAVY)
    assert "jsonschema_rs" in modules


def test_output_is_the_same_in_every_process(tmp_path):
    """Another process with another hash seed writes the same bytes."""
    texts = []
    for seed in ("1", "2"):
        os.environ["PYTHONHASHSEED"] = seed
        sendready("convert", SAMPLE, "-o", seed, cwd=tmp_path)
        texts.append({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()})
    del os.environ["PYTHONHASHSEED"]
    assert texts[0] == texts[1]


def test_all_wrong_settings_are_told_at_once(tmp_path):
    """Each wrong line of a settings file is a line of its own on standard error; exit 2, nothing written."""
    (tmp_path / "sendready.toml").write_text('folders = "tag"\nserver = ""\n')
    done = sendready("convert", SAMPLE, cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"error: ")) == (2, 2)
    assert not (tmp_path / "output").exists()


@on_posix
def test_a_working_folder_that_is_gone_is_told(tmp_path):
    """In a folder that was removed meanwhile the message says so, without a traceback."""
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && {sys.executable} -m generator convert {SAMPLE}"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "error: the working folder does not exist any more; change to another one",
    )


@pytest.mark.parametrize(
    ("arguments", "guess"),
    [
        (("convrt", SAMPLE), b"did you mean convert?"),
        (("convert", SAMPLE, "--serve", "1"), b"did you mean --server?"),
        (("convert", SAMPLE, "--jobs", "0"), b"no whole number from 1 upwards"),
        (("convert",), b"SPEC"),
        ((), b"a command is missing"),
    ],
)
def test_what_was_meant_is_guessed(tmp_path, arguments, guess):
    """A mistyped command or option is answered with the likeliest one, and exit code 2."""
    done = sendready(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert guess in done.stderr
    assert done.stdout == b""


def test_options_and_specifications_may_stand_in_any_order(tmp_path):
    """Options between two SPECs do not end the list of SPECs."""
    other = tmp_path / "other.yaml"
    other.write_bytes(Path(SAMPLE).read_bytes())
    done = sendready("convert", SAMPLE, "-o", "here", "other.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "here").glob("*.curl.md"))) == 2


def test_behind_two_dashes_nothing_is_an_option(tmp_path):
    """A script may name any file, also one that begins with a dash."""
    (tmp_path / "--strict").write_bytes(Path(SAMPLE).read_bytes())
    (tmp_path / "-o.yaml").write_bytes(Path(SAMPLE).read_bytes())
    done = sendready("convert", "-o", "out", "--", "-o.yaml", "--strict", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {"-o.curl.md", "--strict.curl.md"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_help_and_version_are_data(tmp_path):
    """What was asked for goes to standard output."""
    assert b"Commands:" in sendready("--help", cwd=tmp_path).stdout
    assert b"--token-url" in sendready("convert", "--help", cwd=tmp_path).stdout
    assert sendready("--version", cwd=tmp_path).stdout.startswith(b"sendready ")


def test_environments_of_an_earlier_run_are_told_and_stay(tmp_path):
    """A server that went leaves its environment behind; files of others, however they are called, are not told."""
    text = Path(SAMPLE).read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    first = sendready("convert", "a.yaml", cwd=tmp_path)
    assert b"out of date" not in first.stderr
    output = tmp_path / "output"
    for name in ("a.gone", "a.b.live", "b.live"):
        (output / f"{name}.postman_environment.json").write_text("{}")
    done = sendready("convert", "a.yaml", cwd=tmp_path)
    assert done.returncode == first.returncode == 0
    left = Path("output/a.gone.postman_environment.json")
    assert f"warning: {left} was there before and is not one of this run's files; delete" in done.stderr.decode()
    assert (output / "a.gone.postman_environment.json").read_text() == "{}"


def test_scripts_of_an_earlier_run_are_told_and_stay(tmp_path):
    """Operations that went leave scripts; a user's own script or body beside them is not told."""
    words = ("snippets", SAMPLE, "--format", "files", "-o", "out")
    assert b"out of date" not in sendready(*words, cwd=tmp_path).stderr
    folder = tmp_path / "out/parcel-tracking"
    kept = next(path.stem for path in sorted(folder.glob("*.sh")))
    for name in ("old.sh", "old.cmd", "old.ps1", "old-request.curl", f"{kept}-body.txt", "mine.sh", "body.json"):
        (folder / name).write_text("")
    done = sendready(*words, cwd=tmp_path)
    [line] = [line for line in done.stderr.decode().splitlines() if "out of date" in line]
    told = {f"old{end}" for end in (".sh", ".cmd", ".ps1", "-request.curl")} | {f"{kept}-body.txt"}
    assert set(line.partition("warning: ")[2].partition(" were there before")[0].split(", ")) == {
        str(Path("out/parcel-tracking") / name) for name in told
    }
    assert (folder / "old.sh").exists()
    (folder / f"{kept}-body.json.txt").write_text("")
    (folder / "old-body.json").write_text("")
    assert b" and 1 more were there before" in sendready(*words, cwd=tmp_path).stderr


def test_scripts_of_two_specifications_need_two_folders(tmp_path):
    """Two specifications of one name would write the same folder: nothing is written."""
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "s.yaml").write_text(Path(SAMPLE).read_text())
    done = sendready("snippets", "x/s.yaml", "y/s.yaml", "--format", "files", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert b"would both write" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--theme", "gone.css", "--format", "html"), b"--theme gone.css: cannot be read: No such file or directory"),
        (("--theme", "page.css", "--format", "html"), b"--theme page.css: it has </style>"),
        (("--theme", "good.css"), b"--theme is for the HTML page"),
        (("--theme", "good.css", "--into", "page.md"), b"--theme and --templates do not go with it"),
        (("--templates", ".", "--into", "page.md"), b"--theme and --templates do not go with it"),
        (("--tabs", "mkdocs", "--format", "html"), b"--tabs is for Markdown"),
    ],
)
def test_a_look_that_the_output_cannot_have_is_refused(tmp_path, flags, words):
    """What would be passed over, or break the page, is wrong usage."""
    (tmp_path / "page.css").write_text("a {} </STYLE><p>")
    (tmp_path / "good.css").write_text("a {}")
    (tmp_path / "page.md").write_text("")
    done = sendready("snippets", SAMPLE, *flags, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr


def test_an_implicit_flow_waits_for_no_secret(tmp_path):
    """Such a client has none: neither the words at the end nor the collection ask for it."""
    flow = {"implicit": {"authorizationUrl": "https://id.acme.com/a", "scopes": {}}}
    tree = {
        "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.acme.com"}],
        "security": [{"o": []}], "paths": {"/a": {"get": {"responses": {"200": {"description": "OK"}}}}},
        "components": {"securitySchemes": {"o": {"type": "oauth2", "flows": flow}}},
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(tree))
    done = sendready("convert", "a.json", cwd=tmp_path)
    assert b"fill in client_id and o_token" in done.stderr
    assert "client_secret" not in (tmp_path / "output/a.postman_collection.json").read_text()


@on_posix
def test_a_document_does_not_steer_the_terminal_that_its_page_is_shown_on(tmp_path):
    """On a terminal a mark stands for what it would obey; a file, or another program, gets the text as it is."""
    import pty

    content = {"text/plain": {"example": "a\x1b]0;pwn\x07\x9b\u202eb"}}
    tree = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.acme.com"}]}
    tree["paths"] = {"/a": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": "OK"}}}}}
    (tmp_path / "a.json").write_text(json.dumps(tree))
    piped = sendready("snippets", "a.json", cwd=tmp_path).stdout.decode()
    assert "a\x1b]0;pwn\x07\x9b\u202eb" in piped
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "snippets", "a.json"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=theirs, stderr=subprocess.DEVNULL) as running:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux says so where the other end is closed
            while piece := os.read(ours, 65536):
                shown += piece
        assert running.wait() == 0
    os.close(ours)
    assert "a\ufffd]0;pwn\ufffd\ufffd\ufffdb" in shown.decode()
    assert not set(shown.decode()) & set("\x1b\x07\x9b\u202e")
