"""For a pull request: GitHub's workflow commands, which become annotations at the lines of the change."""

from generator.findings import Finding, Severity
from generator.gate import Verdict
from generator.report import Layout, said_by

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(verdict: Verdict, layout: Layout) -> str:
    """Return one command a finding; what the document says cannot begin a command of its own."""
    del layout
    lines = []
    for entry in verdict.located():
        finding = entry.finding
        place = f",line={entry.position.line},col={entry.position.column}" if entry.position else ""
        properties = f"file={_property(finding.place.uri)}{place},title={_property(finding.rule)}"
        lines.append(f"::{_COMMANDS[finding.severity]} {properties}::{_data(_words(finding))}\n")
    lines += [
        f"::error file={_property(outcome.path)},title=unread::{_data(outcome.problem)}\n"
        for outcome in verdict.unread()
    ]
    return "".join(lines)


def _words(finding: Finding) -> str:
    voice = said_by(finding)
    return f"{finding.message} {finding.hint}" + (f" ({voice})" if voice else "")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
