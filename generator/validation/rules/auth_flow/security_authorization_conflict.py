"""One Authorization header."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="security-authorization-conflict",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    what="A requirement does not ask for two schemes together that are both sent in the Authorization header.",
    why="There is one such header in a request; only one of them is sent.",
    wrong="security: [{basic: [], oauth: []}]",
    right="security: [{basic: []}, {oauth: []}]",
    source="RFC 9110, 11.6.2",
)
