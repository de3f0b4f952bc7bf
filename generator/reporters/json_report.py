"""For programs: all findings as JSON."""

from generator.findings import Severity
from generator.json_values import to_json
from generator.reporters import Report


def render(report: Report) -> str:
    """Return the findings and their counts as JSON."""
    findings = [
        {
            "rule": entry.finding.rule,
            "severity": entry.finding.severity.value,
            "message": entry.finding.message,
            "why": entry.finding.why,
            "hint": entry.finding.hint,
            "pointer": entry.finding.place.pointer,
            "file": entry.finding.place.uri,
            "line": entry.position.line if entry.position else None,
            "column": entry.position.column if entry.position else None,
            **({"said_by": [speaker.value for speaker in entry.finding.said_by]} if entry.finding.said_by else {}),
        }
        for entry in report.verdict.located()
    ]
    counts = {severity.value: report.verdict.count(severity) for severity in Severity}
    summary = {"files": len(report.verdict.outcomes), **counts, "known": report.verdict.known}
    unread = [{"file": outcome.path, "problem": outcome.problem} for outcome in report.verdict.unread()]
    return to_json({"findings": findings, "summary": summary, **({"unread": unread} if unread else {})}) + "\n"
