"""For people: file, line and column, the line itself with a caret, why, how to mend; like findings counted."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from generator.findings import Position, Severity, Speaker
from generator.gate import Verdict
from generator.located import Located, further
from generator.reporters import NOUNS, Report
from generator.reporters.speakers import said_by
from generator.text_layout import Layout, clean, plural

SHOWN_PER_RULE = 3
"""How many findings of one rule are shown with all their words in a file; errors are shown all."""

LONGEST_MARGIN = 6


def render(report: Report) -> str:
    """Return the findings, file by file, and a closing line with the counts."""
    verdict, layout = report.verdict, report.layout
    lines: list[str] = []
    for outcome in verdict.outcomes:
        lines += _file(outcome.located, layout)
    lines.append(_closing(verdict, layout))
    return "".join(f"{line}\n" for line in lines)


def _file(located: Sequence[Located], layout: Layout) -> Iterator[str]:
    slight: dict[str, list[Located]] = defaultdict(list)
    for entry in located:
        if entry.finding.severity is not Severity.ERROR:
            slight[entry.finding.rule].append(entry)
    said: set[tuple[str, str]] = set()
    met: Counter[str] = Counter()
    for entry in located:
        rule = entry.finding.rule
        if entry.finding.severity is not Severity.ERROR:
            met[rule] += 1
        if met[rule] <= SHOWN_PER_RULE or entry.finding.severity is Severity.ERROR:
            yield from _finding(entry, said, layout)
            yield ""
        elif met[rule] == SHOWN_PER_RULE + 1:
            yield from _further(slight[rule][SHOWN_PER_RULE:], layout)
            yield ""


def _finding(entry: Located, said: set[tuple[str, str]], layout: Layout) -> Iterator[str]:
    finding, style = entry.finding, layout.style
    severity = finding.severity.value
    at = f":{entry.position.line}:{entry.position.column}" if entry.position else ""
    place = style.paint("place", clean(finding.place.uri) + at)
    voice = said_by(finding)
    name = f"[{finding.rule}]" + (f" {voice}" if voice else "")
    yield f"{place}: {style.paint(severity, severity)} {style.paint('faint', name)}"
    yield from _wrapped(clean(finding.message), layout, "  ")
    if entry.position and entry.excerpt:
        yield from _excerpt(entry.excerpt, entry.position, layout)
    for label, text in (("why: ", finding.why), ("mend: ", finding.hint)):
        if (finding.rule, text) not in said:
            said.add((finding.rule, text))
            yield from _wrapped(clean(text), layout, "  ", label)


def _excerpt(line: str, position: Position, layout: Layout) -> Iterator[str]:
    """Yield the line, cut to the width around its place, and a caret below it."""
    margin = f"  {position.line:>{LONGEST_MARGIN}} | "
    room = layout.width - len(margin)
    column = position.column - 1
    start = max(0, column - room // 2) if len(line) > room else 0
    shown = clean(line.replace("\t", " ")[start : start + room])
    yield layout.style.paint("faint", margin) + shown
    yield (
        layout.style.paint("faint", " " * (len(margin) - 2) + "| ")
        + " " * (column - start)
        + layout.style.paint("error", "^")
    )


def _further(rest: Sequence[Located], layout: Layout) -> Iterator[str]:
    for line in textwrap.wrap(further(rest), layout.width, subsequent_indent="  ", break_on_hyphens=False):
        yield layout.style.paint("faint", line)


def _wrapped(text: str, layout: Layout, indent: str, label: str = "") -> Iterator[str]:
    later = indent + " " * len(label)
    lines = textwrap.wrap(text, layout.width - len(later), break_on_hyphens=False, break_long_words=False) or [""]
    yield indent + layout.style.paint("faint", label) + lines[0] if label else indent + lines[0]
    yield from (later + line for line in lines[1:])


def _closing(verdict: Verdict, layout: Layout) -> str:
    counts = [(severity, verdict.count(severity)) for severity in Severity]
    words = [layout.style.paint(s.value, plural(count, NOUNS[s])) for s, count in counts if count]
    if verdict.known:
        words.append(f"{verdict.known} known before")
    unread = len(verdict.unread())
    if unread:
        words.append(f"{unread} could not be checked")
    checked = plural(len(verdict.outcomes) - unread, "file")
    return f"{checked} checked: {', '.join(words) or 'nothing to say'}" + _voices(verdict)


def _voices(verdict: Verdict) -> str:
    """Return how often the two validators agree, on a line of its own, where both were asked."""
    voices = Counter(entry.finding.said_by for entry in verdict.located() if entry.finding.said_by)
    if not voices:
        return ""
    both, ours, theirs = (voices[said] for said in (tuple(Speaker), (Speaker.OURS,), (Speaker.REFERENCE,)))
    return f"\nboth say {both}, only sendready {ours}, only openapi-spec-validator {theirs}"
