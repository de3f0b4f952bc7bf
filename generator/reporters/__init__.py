"""A verdict as text: for people, for programs, for code scanning, for test reports, for a pull request."""

from collections.abc import Callable

from generator.gate import Verdict
from generator.report import Layout
from generator.reporters import github, json_report, junit, sarif, text

REPORTERS: dict[str, Callable[[Verdict, Layout], str]] = {
    "text": text.render,
    "json": json_report.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
}


def rendered(name: str, verdict: Verdict, layout: Layout) -> str:
    """Return `verdict` in the format `name`, a key of REPORTERS."""
    return REPORTERS[name](verdict, layout)
