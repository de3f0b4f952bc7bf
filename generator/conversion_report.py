"""The findings of a conversion as lines for people: where, what, why it matters and how to mend it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.document import Resource, Source
from generator.findings import Finding, Severity
from generator.located import Located, further, locate_all, place_of
from generator.text_layout import Style, clean

SHOWN_PER_RULE = 5
"""How many warnings of one rule are shown one by one; errors are shown all."""


def report(findings: Iterable[Finding], sources: Mapping[str, Source | Resource], style: Style = Style()) -> str:
    """Return the findings as lines for people, each line ended; the empty text where there are none.

    `file:line:column: severity: message [rule]`, and below it why it matters and how to mend it. What was said for the
    finding before of the same rule is not said again. Of many warnings of one rule in a file, those after the fifth are
    counted and their lines named; an error is always shown.
    """
    located = locate_all(findings, sources)
    rows = _rest_of_rows(located)
    said: set[tuple[str, str, str]] = set()
    lines: list[str] = []
    for entry in located:
        rest = rows.get(id(entry))
        if rest == ():
            continue
        lines += _lines(entry, said, style)
        if rest:
            lines.append(style.paint("faint", further(rest)))
    return "".join(f"{line}\n" for line in lines)


def _rest_of_rows(located: Iterable[Located]) -> dict[int, tuple[Located, ...]]:
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
    severity = finding.severity.value
    lines = [
        f"{style.paint('place', place_of(entry))}: {style.paint(severity, severity)}: {clean(finding.message)} "
        f"{style.paint('faint', f'[{finding.rule}]')}"
    ]
    for label, text in (("why", finding.why), ("mend", finding.hint)):
        key = (finding.rule, label, text)
        if text and key not in said:
            said.add(key)
            lines.append(f"    {style.paint('faint', f'{label}:')} {clean(text)}")
    return lines
