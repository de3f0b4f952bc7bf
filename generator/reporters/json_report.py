"""For programs: all findings as JSON."""

from generator.findings import Severity
from generator.gate import Verdict
from generator.json_values import to_json
from generator.report import Layout


def render(verdict: Verdict, layout: Layout) -> str:
    """Return the findings and their counts as JSON."""
    del layout
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
        for entry in verdict.located()
    ]
    counts = {severity.value: verdict.count(severity) for severity in Severity}
    summary = {"files": len(verdict.outcomes), **counts, "known": verdict.known}
    unread = [{"file": outcome.path, "problem": outcome.problem} for outcome in verdict.unread()]
    return to_json({"findings": findings, "summary": summary, **({"unread": unread} if unread else {})}) + "\n"
