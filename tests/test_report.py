"""What people read: findings with their places, tables, the progress bar, the closing words."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.conversion_report import SHOWN_PER_RULE, report
from generator.conversion_summary import conversion_summary
from generator.document import Source
from generator.findings import Finding, Place, Position, Severity, UnreadableInputError
from generator.jobs.outcome import Outcome
from generator.located import locate_all
from generator.progress import ERASE_LINE, Progress
from generator.source import Selection
from generator.text_layout import LONGEST_TEXT, Style, clean, plural, table

TEXT = "info:\n  title: T\npaths:\n  /a: {}\n"
SOURCES = {"a.yaml": Source(uri="a.yaml", content=TEXT.encode())}


def finding(pointer: str = "/info/title", **members) -> Finding:
    """Return a finding with every text set."""
    texts = {"rule": "some-rule", "message": "wrong", "why": "it matters", "hint": "mend it"}
    severity = members.pop("severity", Severity.WARNING)
    uri = members.pop("uri", "a.yaml")
    return Finding(**{**texts, **members}, severity=severity, place=Place(uri, pointer))


def test_a_finding_is_place_severity_message_rule_why_and_remedy():
    """The place is looked up in the text, and is what editors make a link of."""
    assert report([finding()], SOURCES) == (
        "a.yaml:2:3: warning: wrong [some-rule]\n    why: it matters\n    mend: mend it\n"
    )
    assert report([], SOURCES) == ""


def test_a_place_that_the_text_lacks_is_a_pointer():
    """Where line and column are unknown the pointer stands in their place; a known position is used as it is."""
    assert report([finding("/nowhere", uri="b.yaml")], SOURCES).startswith("b.yaml#/nowhere: ")
    assert report([finding("", uri="b.yaml")], SOURCES).startswith("b.yaml: ")
    assert report([finding(position=Position(7, 9))], SOURCES).startswith("a.yaml:7:9: ")


def test_findings_come_file_by_file_from_the_top():
    """The order is that of the text, files in the order in which they are first met."""
    located = locate_all([finding("/paths"), finding("/x", uri="b.yaml"), finding("/info")], SOURCES)
    assert [entry.finding.place.pointer for entry in located] == ["/info", "/paths", "/x"]


def test_what_was_said_is_not_said_again():
    """Of one rule equal reasons and remedies stand once; other ones are said."""
    text = report([finding(), finding("/paths"), finding("/paths", hint="another way")], SOURCES)
    assert (text.count("why:"), text.count("mend: mend it"), text.count("mend: another way")) == (1, 1, 1)


@pytest.mark.parametrize("severity", Severity)
def test_many_warnings_of_a_rule_are_counted_errors_are_all_shown(severity):
    """After the fifth of a rule in a file the rest is counted with its lines; an error is never hidden."""
    count = SHOWN_PER_RULE + 20
    found = [finding(position=Position(line, 1), severity=severity, hint="", why="") for line in range(1, count + 1)]
    lines = report(found, SOURCES).splitlines()
    if severity is Severity.ERROR:
        assert len(lines) == count
    else:
        assert len(lines) == SHOWN_PER_RULE + 1
        assert lines[-1] == ("a.yaml: and 20 more [some-rule] on lines 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, …")
    six = report(found[: SHOWN_PER_RULE + 1], SOURCES).splitlines()
    assert len(six) == SHOWN_PER_RULE + 1, "a single further one is shown, not counted"


@given(st.text())
def test_no_text_of_a_document_steers_the_terminal(text):
    """Whatever a document holds comes out on one line, printable, and not longer than people read."""
    shown = clean(text)
    assert shown.isprintable()
    assert shown.splitlines() in ([], [shown])
    assert text == shown or not text.isprintable() or len(text) > LONGEST_TEXT


def test_control_characters_are_spelled_out():
    """Escape sequences, line ends and marks that turn the direction of writing are seen as what they are."""
    shown = report([finding(message="a\x1b[2Jb\nc\u202ed", uri="x\x07.yaml")], {})
    assert "a\\x1b[2Jb\\nc\\u202ed" in shown
    assert shown.startswith("x\\x07.yaml#")
    assert clean("x" * 2 * LONGEST_TEXT) == "x" * LONGEST_TEXT + "…"


def test_colours_are_put_around_only_where_asked_for():
    """Without a terminal no escape sequence is written."""
    assert "\x1b[" not in report([finding()], SOURCES, Style(colour=False))
    coloured = report([finding()], SOURCES, Style(colour=True))
    assert "\x1b[33;1mwarning\x1b[0m" in coloured
    assert coloured.count("\x1b[0m") * 2 == coloured.count("\x1b[")


def test_tables_are_aligned_without_trailing_spaces():
    """Columns are as wide as their widest cell; numbers stand to the right."""
    assert table([["file", "n"], ["a", "100"], ["longer", "7"]], right=frozenset({1})) == (
        "file      n\na       100\nlonger    7\n"
    )
    assert [plural(count, "file") for count in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


def bar(total: int, done: int, *, enabled: bool = True, name: str = "a.yaml") -> str:
    """Return what a progress bar writes."""
    stream = io.StringIO()
    progress = Progress(stream=stream, total=total, enabled=enabled, done=done)
    progress.show(name)
    progress.clear()
    return stream.getvalue()


def test_the_bar_shows_how_far_the_run_is():
    """It redraws one line, fills with what is done, and is erased."""
    assert bar(4, 1) == f"{ERASE_LINE}[######..................] 1/4 a.yaml{ERASE_LINE}"
    assert "[########################] 4/4" in bar(4, 4)
    assert bar(9, 0, name="x\n" * 40).count("\n") == 0
    assert len(bar(9, 0, name="long/" * 40)) < 100


@pytest.mark.parametrize(("total", "enabled"), [(2, True), (0, True), (50, False)])
def test_few_files_and_no_terminal_have_no_bar(total, enabled):
    """Where it is not worth it, or nobody sees it, nothing at all is written."""
    assert bar(total, 0, enabled=enabled) == ""


def converted(name: str, **members) -> Outcome:
    """Return the outcome of a conversion that wrote a collection and commands."""
    written = tuple(Path("out") / f"{name}{ending}" for ending in (".postman_collection.json", ".curl.md"))
    return Outcome(**{"path": f"{name}.yaml", "requests": 2, "token": True, "written": written, **members})


def test_the_closing_words_are_a_table_the_sums_and_the_next_step():
    """One row a specification: requests, token, warnings, where it is; below, what is left to do."""
    both = [converted("a", warnings=1, fill_in=("client_id", "client_secret")), converted("b", token=False)]
    assert conversion_summary(both, Selection(skipped=("apis/notes.txt",))).splitlines() == [
        "",
        "file    requests  token  warnings  written",
        f"a.yaml         2  yes           1  {Path('out/a.postman_collection.json')}, .curl.md",
        f"b.yaml         2  no            0  {Path('out/b.postman_collection.json')}, .curl.md",
        "2 files, 4 requests, 1 warning, 1 other file in the folder skipped: notes.txt",
        "Next: import it into Postman, fill in client_id and client_secret (collection, Variables), Send.",
    ]


def test_what_was_not_converted_is_said():
    """A specification of which nothing was written has no numbers, and errors get a column and a sum."""
    failed = Outcome(path="bad\x1b.yaml", errors=2, problem="")
    words = conversion_summary([converted("a", token=False), failed], Selection(problems=(UnreadableInputError("x"),)))
    assert "bad\\x1b.yaml" in words
    assert "nothing, see above" in words
    assert words.endswith("2 files, 2 requests, 0 warnings, 2 errors, 2 not converted\n")
    assert conversion_summary([], Selection()) == "0 files, 0 requests, 0 warnings\n"


def test_no_text_is_a_command_to_a_runner():
    """A word that begins with `::` is parted: where it began a line, GitHub's runner would obey it."""
    assert clean("name ::stop-commands::x and a::b") == "name : :stop-commands::x and a::b"
    assert clean("::add-mask::x") == ": :add-mask::x"
