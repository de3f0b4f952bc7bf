"""Headers have names that can be sent."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="header-name",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="The name of a header parameter is a token: ASCII without spaces, brackets and the like.",
    why="No client can send another name; the header is left out.",
    wrong="{name: X Trace, in: header, schema: {type: string}}",
    right="{name: X-Trace, in: header, schema: {type: string}}",
    source="RFC 9110, 5.1 and 5.6.2",
)
