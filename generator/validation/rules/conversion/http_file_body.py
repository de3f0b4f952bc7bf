"""Bodies stand in the .http file."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="http-file-body",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="With `snippets --format http` or `http-jetbrains`: a body of text can stand in the .http file.",
    why="A client would change it, or read a line of it as a comment, a file, a script or another request.",
    wrong="""\
content:
  text/plain: {example: '### Heading'}
""",
    right="""\
content:
  text/plain: {example: Heading}
""",
    source="the documentation of VS Code's REST Client and of JetBrains' HTTP Client",
)
