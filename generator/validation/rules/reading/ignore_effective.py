"""Ignores have an effect."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="ignore-effective",
    family=Family.IGNORES,
    severity=Severity.WARNING,
    what="Each entry of `x-sendready-ignore` names a rule, gives a reason, and keeps a finding quiet.",
    why="An ignore without a reason cannot be judged, and one that matches nothing would hide what comes later.",
    wrong="x-sendready-ignore: [response-401]",
    right="x-sendready-ignore: [{rule: response-401, reason: The gateway answers it.}]",
    source="sendready, Settings",
)
