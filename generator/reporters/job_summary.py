"""A verdict as Markdown, for the summary of a GitHub job."""

from generator.findings import Severity
from generator.gate import Verdict
from generator.renderers.markdown import escaped
from generator.reporters import NOUNS
from generator.reporters.speakers import attributed
from generator.text_layout import plural

_MOST = 50
"""How many findings are listed; GitHub cuts long summaries."""


def job_summary(verdict: Verdict) -> str:
    """Return the counts and the gravest findings as a table."""
    counts = ", ".join(plural(verdict.count(severity), NOUNS[severity]) for severity in Severity)
    unread = verdict.unread()
    files = plural(len(verdict.outcomes) - len(unread), "file")
    apart = f", {len(unread)} could not be checked" if unread else ""
    lines = ["## sendready check", "", f"{files} checked: {counts}, {verdict.known} known before{apart}.", ""]
    lines += [f"Not checked: {escaped(outcome.problem)}\n" for outcome in unread]
    order = list(Severity)
    entries = sorted(verdict.located(), key=lambda entry: order.index(entry.finding.severity))
    if entries:
        lines += ["| where | severity | rule | what |", "| --- | --- | --- | --- |"]
    for entry in entries[:_MOST]:
        finding = entry.finding
        place = f"{finding.place.uri}:{entry.position.line}" if entry.position else finding.place.uri
        cells = (
            escaped(place),
            finding.severity.value,
            finding.rule,
            attributed(escaped(finding.message), finding),
        )
        lines.append("| " + " | ".join(cells) + " |")
    if len(entries) > _MOST:
        lines += ["", f"And {len(entries) - _MOST} more."]
    return "\n".join(lines) + "\n"
