"""A verdict as text: for people, for programs, for code scanning, for test reports, for a pull request."""

import importlib
from collections.abc import Callable

from msgspec import Struct

from generator.findings import Severity
from generator.gate import Verdict
from generator.text_layout import Layout

REPORTERS = {"text": "text", "json": "json_report", "sarif": "sarif", "junit": "junit", "github": "github"}
"""The formats, with the modules that write them; only the one that is asked for is imported."""

NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "hint"}
"""What findings are called where they are counted for people."""


class Report(Struct, frozen=True, kw_only=True):
    """All that reporters read: the verdict, the least severity that fails, what text for people may look like."""

    verdict: Verdict
    fail_on: Severity
    layout: Layout


def rendered(name: str, report: Report) -> str:
    """Return `report` in the format `name`, a key of REPORTERS."""
    render: Callable[[Report], str] = importlib.import_module(f"generator.reporters.{REPORTERS[name]}").render
    return render(report)
