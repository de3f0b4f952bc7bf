"""A verdict as text: for people, for programs, for code scanning, for test reports, for a pull request."""

import importlib

from generator.gate import Verdict
from generator.report import Layout

REPORTERS = {"text": "text", "json": "json_report", "sarif": "sarif", "junit": "junit", "github": "github"}
"""The formats, with the modules that write them; only the one that is asked for is imported."""


def rendered(name: str, verdict: Verdict, layout: Layout) -> str:
    """Return `verdict` in the format `name`, a key of REPORTERS."""
    module = importlib.import_module(f"generator.reporters.{REPORTERS[name]}")
    text: str = module.render(verdict, layout)
    return text
