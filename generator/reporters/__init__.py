"""A verdict as text: for people, for programs, for code scanning, for test reports, for a pull request."""

import importlib
from collections.abc import Callable

from msgspec import Struct

from generator.gate import Verdict
from generator.text_layout import Layout

REPORTERS = {"text": "text", "json": "json_report", "sarif": "sarif", "junit": "junit", "github": "github"}
"""The formats, with the modules that write them; only the one that is asked for is imported."""


class Report(Struct, frozen=True, kw_only=True):
    """All that reporters read: the verdict, and what text for people may look like."""

    verdict: Verdict
    layout: Layout


def rendered(name: str, report: Report) -> str:
    """Return `report` in the format `name`, a key of REPORTERS."""
    render: Callable[[Report], str] = importlib.import_module(f"generator.reporters.{REPORTERS[name]}").render
    return render(report)
