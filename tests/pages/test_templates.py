"""Templates of a house: they read nothing but their folder, come to an end, and take nothing else with them."""

import sys

import pytest

from generator.findings import UsageError
from generator.pipeline import Options, SnippetFormat, snippets
from generator.renderers import templating
from generator.renderers.values import Look
from tests.conftest import REPOSITORY, document_at
from tests.skips import on_posix
from tests.test_cli import sendready

SAMPLE = REPOSITORY / "specs/parcel-tracking.yaml"


def page(folder, text, more=()):
    """Return the Markdown page that the template `text` makes, with `more` files beside it."""
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    for name, content in {"docs/page.md.j2": text, **dict(more)}.items():
        (folder / name).write_text(content)
    look = Look(templates=str(folder))
    return snippets(document_at(SAMPLE), Options(look=look), SnippetFormat.MARKDOWN).value


def test_a_template_includes_files_of_its_folder_and_ours(tmp_path):
    """By their names below either folder, also through a link that stays in it."""
    assert page(tmp_path, "{% include 'docs/part' %}", {"docs/part": "part"}) == "part"
    assert "accent" in page(tmp_path / "ours", "{% include 'docs/page.css' %}")


@on_posix
@pytest.mark.parametrize("name", ["{outside}", "../outside", "docs/../../outside", "link"])
def test_no_template_reads_what_lies_elsewhere(tmp_path, name):
    """Neither by a path nor by a link, even where a missing file would be no fault."""
    outside = tmp_path / "outside"
    outside.write_text("s3cret")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/link").symlink_to(outside)
    text = f"{{% include '{name.format(outside=outside)}' ignore missing %}}"
    with pytest.raises(UsageError, match="outside of the folder, which templates do not leave"):
        page(tmp_path / "own", text)


@on_posix
def test_css_that_leads_elsewhere_is_not_put_into_a_page(tmp_path):
    """A link in the place of the page's CSS would carry any file of the machine into it."""
    (tmp_path / "outside").write_text("s3cret")
    (tmp_path / "own/docs").mkdir(parents=True)
    (tmp_path / "own/docs/page.css").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="outside of the folder"):
        templating.source("docs/page.css", str(tmp_path / "own"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "does not come to an end"),
        ("{% include 'docs/page.md.j2' %}", "recursion limit exceeded"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion limit exceeded"),
        ("{% include 'docs/part' %}", r"undefined value: `title_` is undefined \(in docs/part:2\)"),
        ("{{ ''.__class__ }}", "undefined value"),
        ("{{ sections.0.__init__.__globals__ }}", "undefined value"),
        ("{{ 'x' * 10000000000 }}", "does not come to an end"),
    ],
)
def test_a_template_that_is_wrong_is_told(tmp_path, monkeypatch, text, said):
    """Without end, without a bottom, or with a name that is not there: the message says so, and where."""
    monkeypatch.setattr(templating, "FUEL", 100_000)
    with pytest.raises(UsageError, match=f"^--templates .*: docs/page.md.j2: .*{said}"):
        page(tmp_path, text, {"docs/part": "\n{{ title_ }}"})


TOO_LARGE = "{{ 'a' | indent(10000000000) }}"
"""Asks for ten gigabytes, which Linux alone refuses where told to."""


@on_posix
@pytest.mark.parametrize("text", ["{{ " + "-" * 200_000 + "1 }}", *([TOO_LARGE] if sys.platform == "linux" else [])])
def test_a_template_that_ends_its_process_ends_nothing_else(tmp_path, text):
    """Too deep for the renderer, or too large for the machine: one error, the exit code of errors, an earlier page."""
    (tmp_path / "own/docs").mkdir(parents=True)
    (tmp_path / "own/docs/page.md.j2").write_text(text)
    (tmp_path / "page.md").write_text("earlier")
    done = sendready("snippets", SAMPLE, "--templates", "own", "-o", "page.md", cwd=tmp_path)
    assert done.returncode == 2
    assert b"its process was ended: a template in own takes more memory than there is" in done.stderr
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "page.md").read_text() == "earlier"
