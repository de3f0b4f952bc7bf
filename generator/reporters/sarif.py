"""For code scanning: SARIF 2.1.0 (OASIS standard), with the rules' words and fingerprints that survive moved lines."""

import urllib.parse
from pathlib import Path
from typing import Any

from generator import __version__
from generator.findings import Finding, Severity
from generator.gate import fingerprint
from generator.json_values import to_json
from generator.located import Located
from generator.reporters import Report
from generator.reporters.speakers import attributed
from generator.validation.rule import Rule
from generator.validation.rules.catalogue import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report) -> str:
    """Return the findings as one run of a SARIF log (SARIF 2.1.0, 3.13)."""
    numbers = {rule.name: number for number, rule in enumerate(RULES)}
    driver = {"name": "sendready", "version": __version__, "rules": [_rule(rule) for rule in RULES]}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, numbers) for entry in report.verdict.located()],
    }
    if unread := report.verdict.unread():
        said = [{"level": "error", "message": {"text": outcome.problem}} for outcome in unread]
        run["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": said}]
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    help_text = (
        f"{rule.why}\n\nWrong:\n\n{rule.wrong.strip()}\n\nRight:\n\n{rule.right.strip()}\n\nSource: {rule.source}"
    )
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": rule.reason},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family.value]},
    }


def _result(entry: Located, numbers: dict[str, int]) -> dict[str, Any]:
    finding = entry.finding
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.place.uri)}}
    if entry.position:
        physical["region"] = {"startLine": entry.position.line, "startColumn": entry.position.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.place.pointer, "kind": "object"}]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": numbers.get(finding.rule, -1),
        "level": _LEVELS[finding.severity],
        "message": {"text": _words(finding)},
        "locations": [location],
        "partialFingerprints": {"sendready/v1": fingerprint(entry, Path.cwd())},
    }
    if entry.mend:
        result["fixes"] = [_fix(entry)]
    if finding.said_by:
        result["properties"] = {"saidBy": [speaker.value for speaker in finding.said_by]}
    return result


def _fix(entry: Located) -> dict[str, Any]:
    """Return what `--fix` would insert (SARIF 2.1.0, 3.55 to 3.57); a region of no characters is between two."""
    replacements = []
    for insertion in entry.mend:
        line, column = insertion.position.line, insertion.position.column
        region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column}
        replacements.append({"deletedRegion": region, "insertedContent": {"text": insertion.text}})
    location = {"uri": _uri(entry.finding.place.uri)}
    return {
        "description": {"text": entry.finding.hint},
        "artifactChanges": [{"artifactLocation": location, "replacements": replacements}],
    }


def _words(finding: Finding) -> str:
    return attributed(f"{finding.message} {finding.hint}".strip(), finding)


def _uri(path: str) -> str:
    """Return a relative reference in the form of a URI (SARIF 2.1.0, 3.4.4)."""
    if "://" in path:
        return path
    absolute = Path(path)
    return absolute.as_uri() if absolute.is_absolute() else urllib.parse.quote(absolute.as_posix())
