"""For test reports: JUnit XML, a suite for each file and a case for each rule that speaks of it."""

import re
from collections import defaultdict

from generator.findings import Severity
from generator.located import Located
from generator.reporters import Report
from generator.reporters.speakers import attributed

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Return the findings as JUnit XML: what fails the check fails its case.

    A warning that does not is told as a skipped case: GitLab shows no words of a case that passed. Hints pass.
    """
    suites = "".join(
        _unread(outcome.path, outcome.problem)
        if outcome.problem
        else _suite(outcome.path, outcome.located, report.fail_on)
        for outcome in report.verdict.outcomes
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sendready">\n{suites}</testsuites>\n'


def _suite(path: str, located: tuple[Located, ...], fail_on: Severity) -> str:
    by_rule: dict[str, list[Located]] = defaultdict(list)
    for entry in located:
        by_rule[entry.finding.rule].append(entry)
    cases = {rule: _case(path, rule, entries, fail_on) for rule, entries in by_rule.items()} or {
        "": f'    <testcase classname="{_escaped(path)}" name="check"/>\n'
    }
    failures, skipped = (sum(f"<{mark} " in case for case in cases.values()) for mark in ("failure", "skipped"))
    attributes = f'name="{_escaped(path)}" tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}"'
    return f"  <testsuite {attributes}>\n{''.join(cases.values())}  </testsuite>\n"


def _unread(path: str, problem: str) -> str:
    """Return the suite of a specification that could not be checked: an error of the test, not a failure."""
    name = _escaped(path)
    return (
        f'  <testsuite name="{name}" tests="1" failures="0" errors="1" skipped="0">\n'
        f'    <testcase classname="{name}" name="check">\n'
        f'      <error type="unread" message="{_escaped(problem)}"/>\n    </testcase>\n  </testsuite>\n'
    )


def _case(path: str, rule: str, entries: list[Located], fail_on: Severity) -> str:
    head = f'    <testcase classname="{_escaped(path)}" name="{rule}"'
    lines = "\n".join(_line(entry) for entry in entries)
    order = list(Severity)
    worst = min((entry.finding for entry in entries), key=lambda finding: order.index(finding.severity))
    if worst.severity is Severity.INFO:
        return f"{head}>\n      <system-out>{_escaped(lines)}</system-out>\n    </testcase>\n"
    message = _escaped(f"{worst.message} ({len(entries)} in all)" if len(entries) > 1 else worst.message)
    failing = order.index(worst.severity) <= order.index(fail_on)
    mark, kind = ("failure", f'type="{worst.severity.value}" ') if failing else ("skipped", "")
    return f'{head}>\n      <{mark} {kind}message="{message}">{_escaped(lines)}</{mark}>\n    </testcase>\n'


def _line(entry: Located) -> str:
    place = f"{entry.position.line}:{entry.position.column}" if entry.position else entry.finding.place.pointer
    line = f"{entry.finding.place.uri}:{place}: {entry.finding.severity.value}: {entry.finding.message}"
    return attributed(line, entry.finding)


def _escaped(text: str) -> str:
    """Return `text` for XML 1.0: what it cannot hold becomes a mark, what it reads as markup is escaped (2.2, 2.4)."""
    text = _NOT_XML.sub("\ufffd", text)
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(mark, entity)
    return text
