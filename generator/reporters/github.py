"""For a pull request: GitHub's workflow commands, which become annotations at the lines of the change."""

from generator.findings import Finding, Severity
from generator.reporters import Report
from generator.reporters.speakers import attributed
from generator.text_layout import clean

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return one command a finding; what the document says cannot begin a command of its own."""
    lines = []
    for entry in report.verdict.located():
        finding = entry.finding
        place = f",line={entry.position.line},col={entry.position.column}" if entry.position else ""
        properties = f"file={_property(finding.place.uri)}{place},title={_property(finding.rule)}"
        lines.append(f"::{_COMMANDS[finding.severity]} {properties}::{_data(_words(finding))}\n")
    lines += [
        f"::error file={_property(outcome.path)},title=unread::{_data(clean(outcome.problem))}\n"
        for outcome in report.verdict.unread()
    ]
    return "".join(lines)


def _words(finding: Finding) -> str:
    return clean(attributed(f"{finding.message} {finding.hint}", finding))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
