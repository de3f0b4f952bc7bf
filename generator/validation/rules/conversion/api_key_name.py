"""Keys have names that can be sent."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="api-key-name",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what=(
        "An apiKey scheme that an operation uses has a `name` which can be that of a header, a query parameter or "
        "a cookie."
    ),
    why="No client can send another name; the key is left out.",
    wrong="{type: apiKey, in: header, name: API Key}",
    right="{type: apiKey, in: header, name: API-Key}",
    source="RFC 9110, 5.6.2; RFC 6265, 4.1.1; OpenAPI 3.0.4, 4.7.27",
)
