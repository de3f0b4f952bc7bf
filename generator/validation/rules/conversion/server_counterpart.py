"""Operations go somewhere in each environment."""

from generator.findings import Severity
from generator.validation.rule import V3_X, Family, Rule

RULE = Rule(
    name="server-counterpart",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    versions=V3_X,
    what="An operation with servers of its own has one beside each server of the document.",
    why="Its servers replace the document's, and a request must not leave for another environment's host.",
    wrong="""\
servers:
  - {url: https://api.example.com, description: production}
  - {url: https://test.example.com, description: test}
paths:
  /files:
    servers: [{url: https://files.example.com, description: production}]
    get: {summary: List files}
""",
    right="""\
servers:
  - {url: https://api.example.com, description: production}
  - {url: https://test.example.com, description: test}
paths:
  /files:
    servers:
      - {url: https://files.example.com, description: production}
      - {url: https://test-files.example.com, description: test}
    get: {summary: List files}
""",
    source="OpenAPI 3.0.4, 4.7.10",
)
