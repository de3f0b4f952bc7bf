"""What operations share does not multiply."""

from generator.findings import Finding, Place, Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="operations-left-out",
    family=Family.SENDABLE,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="What operations share does not become very much more than the document, written out for each of them.",
    why="A request carries all of its parameters, bodies and responses; very many times very many exhaust the machine.",
    wrong="# a path item of 5,000 parameters, to which 5,000 paths refer\n{$ref: '#/components/pathItems/All'}",
    right="{parameters: [{$ref: '#/components/parameters/page'}], get: {responses: {'200': {description: Done.}}}}",
    source="sendready's bounds",
)

_PARTS, _TEXT = 100_000, 32_000_000


def parts_allowed(size: int) -> int:
    """Return how many parameters, media types, responses and the like a document of `size` bytes may come to."""
    return max(_PARTS, size // 4)


def text_allowed(size: int) -> int:
    """Return how many bytes the requests of a document of `size` bytes may come to."""
    return max(_TEXT, 20 * size)


def left_out(place: Place, title: str) -> Finding:
    """Return what is said where the operation `title`, at `place`, is the first that is left out."""
    return RULE.finding(
        place,
        f"What operations share is too much to write out for each: {title}, and what comes after it, is left out.",
        "Let fewer operations share it, or convert some at a time (--tag, --path).",
    )
