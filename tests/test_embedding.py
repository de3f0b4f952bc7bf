"""Commands inside of pages: blocks are refreshed, every other byte stays, what is stale or unknown is said."""

import os
import subprocess
import sys
import time

import pytest

from generator import embedding
from generator.embedding import missing_imports, refresh
from generator.pipeline import Options, Snippet, Tabs, snippet_list
from generator.renderers import docs
from tests.conftest import OK, REPOSITORY, SPECS, api, document_at, document_of

SAMPLE = next(path for path in SPECS if path.name == "parcel-tracking.yaml")


@pytest.fixture(scope="module")
def made() -> tuple[Snippet, ...]:
    """Return the commands of the sample."""
    return snippet_list(document_at(SAMPLE), Options()).value or ()


def page(mark: str, inside: str = "", newline: str = "\n") -> str:
    """Return a page with one block."""
    lines = ["# Title  ", "", f"<!-- sendready: {mark} -->", inside, "<!-- /sendready -->", "", "end\t"]
    return newline.join(lines)


@pytest.mark.parametrize("shell", ["posix", "cmd", "batch", "powershell", "all"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_block_is_refreshed_and_all_else_stays(made, shell, newline):
    """Whatever stood in the block, the command stands there afterwards, and a second time changes nothing."""
    old = page(f"{made[1].id} {shell}", "old", newline)
    new = refresh(old, made, Tabs.PLAIN, "p.md")
    assert new.problems == ()
    head, tail = old.split("old")
    assert new.text.startswith(head.rstrip("\r\n"))
    assert new.text.endswith(tail.lstrip("\r\n"))
    assert "curl" in new.text
    assert new.difference.startswith("--- p.md")
    again = refresh(new.text, made, Tabs.PLAIN, "p.md")
    assert (again.text, again.difference) == (new.text, "")
    assert newline == "\n" or "\n" not in new.text.replace("\r\n", "")


def test_names_indents_and_mdx_marks(made):
    """An operation is named by id or by name; MDX marks and indented ones work; the block takes the mark's indent."""
    text = f"- item\n\n  {{/* sendready: {made[1].name} posix */}}\n  {{/* /sendready */}}\n"
    new = refresh(text, made, Tabs.PLAIN, "p.mdx").text
    assert "\n  ```sh\n  curl" in new


@pytest.mark.parametrize(("tabs", "words"), [(Tabs.MKDOCS, '=== "Linux, macOS"'), (Tabs.DOCUSAURUS, "<TabItem ")])
def test_tabs_are_those_of_the_site(made, tabs, words):
    """MkDocs and Docusaurus get their own tabs, with all three shells."""
    new = refresh(page(made[1].id), made, tabs, "p.md").text
    assert words in new
    assert new.count("Windows, ") == 2


def test_what_cannot_be_filled_is_said(made):
    """An unknown operation and a block without an end are problems with a line; nothing is changed there."""
    old = page(made[1].id.upper()[:-1] + " posix", "old")
    new = refresh(old, made, Tabs.PLAIN, "p.md")
    assert new.text == old
    assert "p.md:3: there is no operation" in new.problems[0]
    assert "no end" in refresh(f"<!-- sendready: {made[1].id} -->\n", made, Tabs.PLAIN, "p.md").problems[0]


def test_a_block_without_its_end_takes_nothing_of_what_follows(made):
    """The end of a later block is not that of an earlier one: what a person wrote between them stays."""
    begin = f"<!-- sendready: {made[1].id} posix -->"
    text = f"{begin}\n\nBy hand.\n\n{begin}\n<!-- /sendready -->\n"
    new = refresh(text, made, Tabs.PLAIN, "p.md")
    assert new.problems == ("p.md:1: this block has no end, <!-- /sendready -->",)
    assert "By hand." in new.text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<!--sendready: x posix-->", "this is no mark as it stands"),
        ("<!-- Sendready: x posix -->", "this is no mark as it stands"),
        ("<!-- sendready: x posix --> text", "this is no mark as it stands"),
        ("<!-- /sendready -->", "this ends a block, and none has begun"),
    ],
)
def test_what_is_nearly_a_mark_is_told(made, line, words):
    """Else the block would never be refreshed, and nobody would know."""
    new = refresh(f"# Title\n{line}\n", made, Tabs.PLAIN, "p.md")
    assert [problem.startswith(f"p.md:2: {words}") for problem in new.problems] == [True]


def test_operations_are_listed_where_none_is_near(made):
    """As `--operation` lists them: the first ones, and how many there are besides."""
    [problem] = refresh(page("nope posix"), made, Tabs.PLAIN, "p.md").problems
    assert problem.endswith(f"; there is {', '.join(snippet.id for snippet in made[:20])}")
    [problem] = refresh(page("nope posix"), made[:1] * 23, Tabs.PLAIN, "p.md").problems
    assert problem.endswith(f"{made[0].id} and 3 more")
    [problem] = refresh(page("nope posix"), (), Tabs.PLAIN, "p.md").problems
    assert problem.endswith("in the specification")


def test_a_mark_within_a_command_is_not_one(made):
    """A specification's text in a command cannot end the block in which it stands."""
    hostile = "one\n<!-- /sendready -->\n<!-- sendready: x posix -->\nthree"
    schema = {"schema": {"type": "string"}, "example": hostile}
    operation = {"operationId": "send", "requestBody": {"content": {"text/plain": schema}}, "responses": OK}
    hostile_made = snippet_list(document_of(api({"/x": {"post": operation}})), Options()).value or ()
    once = refresh(page("send"), hostile_made, Tabs.PLAIN, "p.md")
    again = refresh(once.text, hostile_made, Tabs.PLAIN, "p.md")
    assert "three" in once.text
    assert (again.text, again.problems) == (once.text, ())


def test_a_mark_is_told_what_is_wrong_with_it():
    """A shell that there is not, and a name that operations share: each is said, with what there is."""
    tree = {
        "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.acme.com"}],
        "paths": {"/a": {method: {"summary": "Same", "responses": {"200": {"description": "OK"}}}
                         for method in ("get", "post")}},
    }  # fmt: skip
    made = snippet_list(document_of(tree), Options()).value
    (said,) = refresh(page("Same bash"), made, Tabs.PLAIN, "p.md").problems
    assert said == "p.md:3: there is no operation 'Same bash' in the specification; there is GET /a, POST /a"
    (said,) = refresh(page("Same (GET /a) bash"), made, Tabs.PLAIN, "p.md").problems
    assert said == "p.md:3: there is no shell 'bash'; it is posix, cmd, batch, powershell or all"
    (said,) = refresh(page("Same posix"), made, Tabs.PLAIN, "p.md").problems
    assert said == "p.md:3: several operations are called 'Same'; name one of 'Same (GET /a)', 'Same (POST /a)'"


def test_a_page_of_docusaurus_lacks_imports_until_it_has_them(made):
    """What the page needs for its tabs is named; a page without tabs needs nothing."""
    text = refresh(page(made[1].id), made, Tabs.DOCUSAURUS, "p.mdx").text
    lines = ("import Tabs from '@theme/Tabs';", "import TabItem from '@theme/TabItem';")
    assert missing_imports(text) == lines
    assert missing_imports("\n".join((*lines, "", text))) == ()
    assert missing_imports(page(made[1].id)) == ()


def test_marks_in_an_example_are_left(made):
    """Inside of a fenced block a mark is an example."""
    text = f"```\n{page(made[1].id)}\n```\n"
    assert refresh(text, made, Tabs.PLAIN, "p.md").text == text


def sendready(*arguments, cwd):
    """Run the command in the folder `cwd`."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "generator", "snippets", str(SAMPLE), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment, timeout=60)


def test_the_command_checks_and_refreshes(made, tmp_path):
    """--check exits with 1 and shows a diff until the page is refreshed, then with 0."""
    path = tmp_path / "doc.md"
    path.write_text(page(f"{made[1].id} posix"))
    stale = sendready("--into", "doc.md", "--check", cwd=tmp_path)
    assert stale.returncode == 1
    assert b"+curl" in stale.stdout
    assert path.read_text() == page(f"{made[1].id} posix")
    for words in (b"Refreshed: doc.md, 1 block\n", b"Already up to date: doc.md, 1 block\n"):
        done = sendready("--into", "doc.md", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, b"")
        assert words in done.stderr
    fresh = sendready("--into", "doc.md", "--check", cwd=tmp_path)
    assert (fresh.returncode, fresh.stdout) == (0, b"")
    path.write_text(page("nothingLikeIt posix"))
    assert sendready("--into", "doc.md", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("words", [(), ("--check",)])
def test_a_page_without_a_mark_is_told(words, tmp_path):
    """It would pass for ever: the wrong page was named, or all its marks stand in examples."""
    example = f"# Title\n\n~~~\n{page('listParcels posix')}\n~~~\n"
    for text in ("# Title\n", example):
        (tmp_path / "doc.md").write_text(text)
        done = sendready("--into", "doc.md", *words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, b"")
        assert b"error: doc.md: there is no mark in this page" in done.stderr
        assert b"<!-- sendready: OPERATION SHELL -->" in done.stderr
        assert b"Already" not in done.stderr
        assert (tmp_path / "doc.md").read_text() == text


@pytest.mark.parametrize("words", [("--check",), ("--into", "none.md"), ("--into", "x.md", "--format", "json")])
def test_wrong_usage_is_2(words, tmp_path):
    """--check alone, a page that is not there, and a format for a page are wrong usage."""
    assert sendready(*words, cwd=tmp_path).returncode == 2


def test_a_lone_carriage_return_does_not_leave_its_block():
    """Markdown ends a line there: what follows is indented as the block is."""
    assert docs._indented("one\r<img>\r\ntwo\n\nthree") == "    one\r    <img>\r\n    two\n\n    three"
    assert embedding._laid_out("one\r<img>", "  ", "\n") == ["", "  one\r  <img>", ""]


@pytest.mark.parametrize("line", ["<!--" + " " * 100_000 + "x", "{/*" + "\t" * 100_000 + "/ x"])
def test_a_long_line_that_begins_like_a_mark_is_looked_at_once(line):
    """A page is another's text, too: spaces in it must not keep a check busy."""
    started = time.monotonic()
    assert not refresh(f"{line}\n", (), Tabs.PLAIN, "p.md").problems
    assert time.monotonic() - started < 5, "it took half a minute"
