"""Who says a finding, where a second validator was asked."""

from generator.findings import Finding


def said_by(finding: Finding) -> str:
    """Return who says it: `both say so`, `only sendready says so`; else nothing."""
    if not finding.said_by:
        return ""
    return "both say so" if len(finding.said_by) > 1 else f"only {finding.said_by[0].value} says so"


def attributed(text: str, finding: Finding) -> str:
    """Return `text`, which speaks of `finding`, with who says it in brackets where that is known."""
    speakers = said_by(finding)
    return f"{text} ({speakers})" if speakers else text
