"""The few fatal errors: what each says, and the exit codes, which are documented in one place and kept."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli, exit_codes, findings, pipeline, source
from generator.findings import FatalError, OutputError, UnreadableInputError, UsageError
from generator.output import write_file, write_files
from generator.settings import file, kinds
from tests.conftest import OK, REPOSITORY, api, document_of

ONE_SERVER = api({"/a": {"get": {"responses": OK}}}, servers=[{"url": "https://api.example"}])


def asked(**options: str) -> None:
    """Ask for something of a document with one server and one operation."""
    pipeline.convert(document_of(ONE_SERVER), pipeline.Options(**options))


def fail(problem: Exception) -> None:
    """Raise what was collected."""
    raise problem


TYPICAL: dict[str, tuple[type[FatalError], Callable[[], object], str]] = {
    "server number": (UsageError, lambda: asked(server="9"), "9"),
    "server address": (UsageError, lambda: asked(server="nonsense"), "nonsense"),
    "token address": (UsageError, lambda: kinds.check_token_url("nonsense", "--token-url"), "--token-url must be"),
    "settings": (UsageError, lambda: file.find_settings(Path(), Path("absent.toml")), "absent.toml"),
    "name": (UsageError, lambda: source.select(["-"], "a/b"), "a/b"),
    "no such file": (
        UnreadableInputError,
        lambda: fail(source.select(["absent.yaml"]).problems["absent.yaml"]),
        "absent.yaml",
    ),
    "no match": (UnreadableInputError, lambda: fail(source.select(["absent*"]).problems["absent*"]), "no file matches"),
    "file in the way": (OutputError, lambda: write_file(Path(__file__) / "x/y", ""), "is a file, not a folder"),
    "folder in the way": (OutputError, lambda: write_file(REPOSITORY / "specs", ""), "a folder of this name"),
    "file name": (OutputError, lambda: write_files(Path(), {"a/b": ""}), "'a/b' cannot be a file's name"),
    "half a pair": (OutputError, lambda: write_files(Path(), {"a": "\udcff"}), "half a surrogate pair"),
}


@pytest.mark.parametrize("name", TYPICAL)
def test_a_fatal_error_names_what_is_wrong(name):
    """The message is one printable line that names what it is about, with every value filled in."""
    kind, call, words = TYPICAL[name]
    with pytest.raises(FatalError) as raised:
        call()
    assert type(raised.value) is kind
    (message,) = raised.value.messages
    assert words in message
    assert message.isprintable()
    assert not re.search(r"\{\w*\}|None|Errno", message)


def test_every_fatal_error_is_seen_above():
    """A kind of fatal error without a typical message has no test that reads it."""
    kinds = {kind for kind in vars(findings).values() if inspect.isclass(kind) and FatalError in kind.__mro__[1:]}
    assert kinds == {kind for kind, _, _ in TYPICAL.values()}


def test_several_messages_are_a_line_each():
    """An error that found more than one thing wrong carries one message for each."""
    error = UsageError("a", "b")
    assert (error.messages, str(error)) == (("a", "b"), "a\nb")


def test_exit_codes_are_those_of_the_documentation(capsys):
    """0 done, 1 findings, 2 everything fatal; README and the help of each command say the same."""
    assert (exit_codes.DONE, exit_codes.FOUND, exit_codes.FAILED) == (0, 1, 2)
    kinds = [kind for kind in vars(findings).values() if inspect.isclass(kind) and FatalError in kind.__mro__]
    assert {kind.exit_code for kind in kinds} == {exit_codes.FAILED}
    told = []
    for command in cli.COMMANDS:
        with pytest.raises(SystemExit):
            cli.run([command, "--help"])
        told.append(capsys.readouterr().out)
    for text in (*told, (REPOSITORY / "README.md").read_text(encoding="utf-8")):
        flat = " ".join(text.split())
        found = "" if flat.startswith("usage: sendready rules") else "1 .*; "  # rules finds nothing
        assert re.search(rf"Exit codes: 0 done; {found}2 wrong usage", flat)
