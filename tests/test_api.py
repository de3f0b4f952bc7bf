"""The Python API: what README promises is there, typed, and imported only when it is asked for."""

import re
import shutil
import subprocess
import sys

import pytest

import generator
from tests.conftest import REPOSITORY

SAMPLE = REPOSITORY / "specs/parcel-tracking.yaml"


@pytest.mark.parametrize("name", generator.__all__)
def test_every_public_name_is_there(name):
    """Each name leads to what it says."""
    assert getattr(generator, name) is not None


def test_unknown_names_are_none_of_ours():
    """A mistyped name is an AttributeError, as in every module."""
    with pytest.raises(AttributeError, match="Optoins"):
        generator.Optoins  # noqa: B018 - the access is the test


def test_a_conversion_from_python():
    """A specification is loaded, converted, printed as commands and checked, with options of one's own."""
    document = generator.load(SAMPLE).value
    asked = generator.Options(server="https://api.acme.com", methods=("GET",))
    converted = generator.convert(document, asked)
    assert "https://api.acme.com" in converted.value.files[".postman_collection.json"]
    assert '"POST"' not in converted.value.files[".curl.md"]
    assert "curl" in generator.snippets(document, asked, generator.SnippetFormat.JSON).value
    said = {finding.rule for finding in generator.check(document)}
    off = generator.CheckOptions(severities={"openapi-schema": None})
    assert said - {finding.rule for finding in generator.check(document, off)} == {"openapi-schema"}
    with pytest.raises(generator.UsageError):
        generator.convert(document, generator.Options(tags=("nothing",)))
    with pytest.raises(generator.UsageError, match="header-name"):
        generator.check(document, generator.CheckOptions(severities={"header-name": None}))
    with pytest.raises(generator.UnreadableInputError):
        generator.load("nowhere.yaml")


def test_the_example_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    """What README shows is what there is: the collection, the findings with their places, a page."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(import generator\n.*?)```", text, re.DOTALL)
    shutil.copy(SAMPLE, tmp_path / "api.yaml")
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    printed = capsys.readouterr().out
    assert '"_postman_id"' in printed
    assert printed.endswith("</html>\n\n")


BROKEN = {
    "syntax": ("openapi: 3.0.3\ninfo: {title: a\npaths: [\n", 1),
    "no specification": ("name: x\n", 1),
    "nothing": ("", 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_unreadable_specification_is_one_error_with_all_findings(tmp_path, name):
    """The error has a line for each thing that is wrong, with its place and a remedy, and holds the findings."""
    text, least = BROKEN[name]
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(generator.UnreadableInputError) as raised:
        generator.load(path)
    error = raised.value
    assert len(error.messages) == len(error.findings) >= least
    for message, finding in zip(error.messages, error.findings, strict=True):
        assert message.startswith(f"{path}:")
        assert finding.message in message
        assert finding.hint in message
        assert finding.rule


DOCUMENT = generator.load(SAMPLE)
WRONG = {
    "no document": (lambda: generator.convert(None), "document must be a generator.Document, not NoneType"),
    "a checked one": (lambda: generator.convert(DOCUMENT), "not Checked: give its value"),
    "a path": (lambda: generator.check(str(SAMPLE)), "document must be a generator.Document, not str"),
    "no document to print": (lambda: generator.snippets(None), "not NoneType"),
    "no document to script": (lambda: generator.scripts(None), "not NoneType"),
    "a format as options": (
        lambda: generator.snippets(DOCUMENT.value, generator.SnippetFormat.HTML),
        "options must be a generator.Options, not SnippetFormat: give it as snippet_format",
    ),
    "a format as text": (
        lambda: generator.snippets(DOCUMENT.value, snippet_format="html"),
        "snippet_format must be a generator.SnippetFormat, not str",
    ),
    "options of the other": (
        lambda: generator.check(DOCUMENT.value, generator.Options()),
        "not Options: write CheckOptions(document=options)",
    ),
    "false options": (lambda: generator.convert(DOCUMENT.value, {}), "options must be a generator.Options, not dict"),
    "a number": (lambda: generator.Options(server=9), "Options: server: expected `str | null`, got `int`"),
    "several": (
        lambda: generator.Options(tags="pets", client_authentication="body"),
        "tags: expected `array`, got `str`",
    ),
    "severities": (lambda: generator.CheckOptions(severities={"response-401": 3}), "CheckOptions: severities: "),
    "a word that is none": (lambda: generator.Options(client_authentication="bearer"), "client_authentication: "),
    "tabs": (lambda: generator.Look(tabs="sphinx"), "Look: tabs: "),
    "a text of patterns": (lambda: generator.Policy(public_operations="GET /x"), "public_operations: expected `array`"),
    "a word for a switch": (lambda: generator.Policy(public_api="no"), "Policy: public_api: expected `bool`"),
    "no document to look in": (lambda: generator.locate(None, ()), "not NoneType"),
    "numbers to look for": (
        lambda: generator.locate(DOCUMENT.value, [1]),
        "each of findings must be a generator.Finding, not int",
    ),
    "a stranger": (lambda: generator.Options(serverr="x"), "serverr"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_one_clear_error(name):
    """It says what was given, what is wanted, and what was probably meant."""
    call, words = WRONG[name]
    with pytest.raises(TypeError) as raised:
        call()
    assert words in str(raised.value)


def test_options_of_every_type_are_taken():
    """Values of the types that options have make no error, be they taken over from others or not."""
    options = generator.Options(
        server="1", tags=("Parcels",), folders=generator.Folders.PATHS, token_parameters=(("audience", "x"),),
        look=generator.Look(tabs=generator.Tabs.MKDOCS), client_authentication=generator.ClientAuthentication.BASIC,
    )  # fmt: skip
    assert generator.convert(DOCUMENT.value, options).value.requests
    checked = generator.CheckOptions(document=options, policy=generator.Policy(public_api=True))
    assert generator.check(DOCUMENT.value, checked)


def test_words_of_the_command_line_are_taken():
    """What has a type of its own may be said by the word that the command line has for it."""
    look = generator.Look(tabs="mkdocs", credentials="placeholders")
    by_words = generator.Options(client_authentication="basic", folders="paths", look=look)
    assert by_words == generator.Options(
        client_authentication=generator.ClientAuthentication.BASIC, folders=generator.Folders.PATHS,
        look=generator.Look(tabs=generator.Tabs.MKDOCS, credentials=generator.Credentials.PLACEHOLDERS),
    )  # fmt: skip
    made = generator.snippets(DOCUMENT.value, by_words).value
    assert '=== "Linux, macOS"' in made
    assert "--user" in made


UNUSABLE = {
    "a pattern": (lambda: generator.Options(allowed_secrets=("(",)), "allowed_secrets: '(' is no regular expression: "),
    "a policy's": (lambda: generator.Policy(allowed_secrets=("(",)), "allowed_secrets: '(' is no regular expression: "),
    "scopes": (lambda: generator.Policy(scope_pattern="("), "scope_pattern: '(' is no regular expression: "),
    "no address": (lambda: generator.Options(token_url="nope"), "token_url: it must be a whole web address"),
    "another's": (lambda: generator.Options(token_url="ftp://a.b/c"), "token_url: it must be a whole web address"),
    "no folder": (lambda: generator.Look(templates="nodir"), "nodir: there is no such folder"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_option_that_cannot_be_used_is_refused_where_it_is_made(name):
    """It is a UsageError that names the option, not what some station later makes of it."""
    call, words = UNUSABLE[name]
    with pytest.raises(generator.UsageError) as raised:
        call()
    assert words in str(raised.value)


def test_findings_are_located():
    """Line and column of what a conversion and a check say are to be had from the document."""
    document = generator.load(REPOSITORY / "specs/field-visits.yaml").value
    found = generator.check(document)
    located = generator.locate(document, found)
    assert {entry.finding for entry in located} == set(found)
    lines = (REPOSITORY / "specs/field-visits.yaml").read_text(encoding="utf-8").splitlines()
    for entry in located:
        last = entry.finding.place.pointer.rpartition("/")[2].replace("~1", "/")
        if last and not last.isdecimal():
            assert lines[entry.position.line - 1][entry.position.column - 1 :].lstrip("'\"").startswith(last)


def test_an_empty_path_is_told():
    """It names no file, which is said in words."""
    with pytest.raises(generator.UnreadableInputError, match="an empty path names no file"):
        generator.load("")


def test_the_look_is_that_of_every_page():
    """The page that a conversion makes looks as asked for, as the page of snippets does."""
    document = generator.load(SAMPLE).value
    asked = generator.Options(look=generator.Look(credentials=generator.Credentials.PLACEHOLDERS))
    assert generator.convert(document, asked).value.files[".curl.md"] == generator.snippets(document, asked).value


def test_scripts_from_python():
    """What `--format files` writes is to be had by the names of the files."""
    made = generator.scripts(DOCUMENT.value).value
    assert made["get-access-token.sh"].startswith("#!/bin/sh")
    assert {name.rpartition(".")[2] for name in made} >= {"sh", "cmd", "ps1"}


def test_dir_lists_what_is_there():
    """`dir` and so every console shows the names that are imported late."""
    assert set(generator.__all__) <= set(dir(generator))


def test_importing_the_package_imports_no_station():
    """`import generator` costs next to nothing."""
    code = "import sys, generator; sys.exit(any(name.startswith('generator.') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0
