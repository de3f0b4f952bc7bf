"""Findings as text for people: where, what, why it matters and how to mend it; and plain tables."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Resource, Source, locate, source_lines
from generator.findings import Finding, Insertion, Position, Severity
from generator.known_secrets import without_secrets

SHOWN_PER_RULE = 5
"""How many warnings of one rule are shown one by one; errors are shown all."""

LINES_NAMED = 12
"""How many further lines are named where warnings are counted only."""

LONGEST_TEXT = 600
"""Longer texts of a finding are cut; a document may have put a whole page into a name."""

COLOURS = {"error": "31;1", "warning": "33;1", "info": "36;1", "place": "1", "faint": "2"}
"""SGR codes (ECMA-48 section 8.3.117)."""

SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


SECRET_RULES = frozenset({"secret-in-text", "server-url-credentials", "token-url-credentials"})
"""Where these speak, a line is not repeated: reports are kept and shown to others. Nor is a known secret, wherever."""


class Style(Struct, frozen=True):
    """Whether text may carry colours: only where a terminal shows it and NO_COLOR is not set."""

    colour: bool = False

    def paint(self, kind: str, text: str) -> str:
        """Return `text` in the colour of `kind`, a key of COLOURS."""
        return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self.colour else text


class Layout(Struct, frozen=True, kw_only=True):
    """What a report may look like where it goes: its colours, and how many columns a line has."""

    style: Style = Style()
    width: int = 80


class Located(Struct, frozen=True):
    """A finding with the place in the text that was looked up for it; None where the source has no such text.

    `excerpt` is the line of that place, `mend` what inserted would mend it; each where it was asked for.
    """

    finding: Finding
    position: Position | None
    excerpt: str = ""
    mend: tuple[Insertion, ...] = ()


def with_excerpts(located: Iterable[Located], sources: Mapping[str, Source | Resource]) -> tuple[Located, ...]:
    """Return `located` with the lines that they speak of, without those in which a secret stands."""
    lines: dict[str, list[str]] = {}
    found = []
    located = tuple(located)
    secret = {_line(entry) for entry in located if entry.finding.rule in SECRET_RULES}
    for entry in located:
        if _line(entry) in secret:
            found.append(entry)
            continue
        uri, position = entry.finding.place.uri, entry.position
        if uri not in lines:
            lines[uri] = source_lines(sources.get(uri))
        inside = position is not None and position.line <= len(lines[uri])
        excerpt = without_secrets(lines[uri][position.line - 1]) if inside and position else ""
        found.append(replace(entry, excerpt=excerpt) if excerpt else entry)
    return tuple(found)


def _line(entry: Located) -> tuple[str, int]:
    return entry.finding.place.uri, entry.position.line if entry.position else 0


def locate_all(findings: Iterable[Finding], sources: Mapping[str, Source | Resource]) -> tuple[Located, ...]:
    """Return the findings with line and column, file by file as they are first met, from the top of each to its end.

    Each source that has findings is read once; a source without them is not read at all.
    """
    by_uri: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_uri[finding.place.uri].append(finding)
    return tuple(
        located for uri, of_uri in by_uri.items() for located in sorted(_located(of_uri, sources.get(uri)), key=_order)
    )


def _located(findings: Sequence[Finding], source: Source | Resource | None) -> list[Located]:
    pointers = {finding.place.pointer for finding in findings if finding.position is None}
    positions = locate(source, pointers) if source and pointers else {}
    return [
        Located(_without_secrets(finding), finding.position or positions.get(finding.place.pointer))
        for finding in findings
    ]


def _without_secrets(finding: Finding) -> Finding:
    message = without_secrets(finding.message)
    return finding if message == finding.message else replace(finding, message=message)


def _order(located: Located) -> tuple[int, int]:
    return (located.position.line, located.position.column) if located.position else (0, 0)


def report(findings: Iterable[Finding], sources: Mapping[str, Source | Resource], style: Style = Style()) -> str:
    """Return the findings as lines for people, each line ended; the empty text where there are none.

    `file:line:column: severity: message [rule]`, and below it why it matters and how to mend it. What was said for the
    finding before of the same rule is not said again. Of many warnings of one rule in a file, those after the fifth are
    counted and their lines named; an error is always shown.
    """
    located = locate_all(findings, sources)
    further = _further(located)
    said: set[tuple[str, str, str]] = set()
    lines: list[str] = []
    for entry in located:
        rest = further.get(id(entry))
        if rest == ():
            continue
        lines += _lines(entry, said, style)
        if rest:
            lines.append(_counted(rest, style))
    return "".join(f"{line}\n" for line in lines)


def in_a_line(entry: Located) -> str:
    """Return a finding as one line: where it is, what is wrong, how to mend it."""
    return f"{_place(entry)}: {clean(entry.finding.message)} {clean(entry.finding.hint)}".rstrip()


def _further(located: Iterable[Located]) -> dict[int, tuple[Located, ...]]:
    """Return for the last shown of a long row of like findings those that follow it; for these, nothing."""
    rows: dict[tuple[str, str], list[Located]] = defaultdict(list)
    for entry in located:
        if entry.finding.severity is not Severity.ERROR:
            rows[entry.finding.place.uri, entry.finding.rule].append(entry)
    further: dict[int, tuple[Located, ...]] = {}
    for row in rows.values():
        rest = tuple(row[SHOWN_PER_RULE:])
        if len(rest) > 1:
            further |= {id(row[SHOWN_PER_RULE - 1]): rest} | {id(entry): () for entry in rest}
    return further


def _lines(entry: Located, said: set[tuple[str, str, str]], style: Style) -> list[str]:
    finding = entry.finding
    severity = SEVERITIES[finding.severity]
    lines = [
        f"{style.paint('place', _place(entry))}: {style.paint(severity, severity)}: {clean(finding.message)} "
        f"{style.paint('faint', f'[{finding.rule}]')}"
    ]
    for label, text in (("why", finding.why), ("mend", finding.hint)):
        key = (finding.rule, label, text)
        if text and key not in said:
            said.add(key)
            lines.append(f"    {style.paint('faint', f'{label}:')} {clean(text)}")
    return lines


def _place(entry: Located) -> str:
    place = entry.finding.place
    if entry.position:
        return f"{clean(place.uri)}:{entry.position.line}:{entry.position.column}"
    return f"{clean(place.uri)}#{clean(place.pointer)}" if place.pointer else clean(place.uri)


def _counted(rest: Sequence[Located], style: Style) -> str:
    finding = rest[0].finding
    lines = sorted({entry.position.line for entry in rest if entry.position})
    named = ", ".join(map(str, lines[:LINES_NAMED])) + (", …" if len(lines) > LINES_NAMED else "")
    where = f" on line{'s' if len(lines) > 1 else ''} {named}" if lines else ""
    return style.paint("faint", f"{clean(finding.place.uri)}: and {len(rest)} more [{finding.rule}]{where}")


def clean(text: str) -> str:
    """Return `text` on one line and without characters that steer a terminal or hide what is written.

    A document is not trusted to say what its text does to the screen: control characters, line ends and the marks that
    turn the direction of writing are spelled out. `::` at a word's beginning, which would be a command to GitHub's
    runner where a line begins with it, is parted.
    """
    shown = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
    shown = re.sub(r"(?<!\S)::", ": :", shown)
    if shown.isprintable():
        return shown
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in shown)


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Return `rows`, the first of which are the headings, in columns; those numbered in `right` stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )


def said_by(finding: Finding) -> str:
    """Return who says it, where a second validator was asked: `both say so`, `only sendready says so`; else nothing."""
    if not finding.said_by:
        return ""
    return "both say so" if len(finding.said_by) > 1 else f"only {finding.said_by[0].value} says so"


def plural(count: int, noun: str) -> str:
    """Return the count with its noun: `1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
