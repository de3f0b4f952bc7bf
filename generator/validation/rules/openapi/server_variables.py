"""Server variables are declared."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    # Since 3.1 the default MUST be among the enum; in 3.0 it only SHOULD.
    slight = Severity.WARNING if context.document.version.value == "3.0" else None
    url, declared = visit.node.get("url"), visit.node.get("variables")
    variables = declared if isinstance(declared, dict) else {}
    for name in dict.fromkeys(re.findall(r"\{([^{}]*)\}", url if isinstance(url, str) else "")):
        variable = variables.get(name)
        if not isinstance(variable, dict) or "default" not in variable:
            shown = without_credentials(str(url)).address
            allowed = variable.get("enum") if isinstance(variable, dict) else None
            instead = "the first of its values" if isinstance(allowed, list) and allowed else "its name"
            yield Problem(
                message=f"The variable `{name}` of the server `{shown}` has no `default`; {instead} stands in for it.",
                hint=f"Add `variables: {{{name}: {{default: …}}}}`.",
                at=("variables", name) if name in variables else ("url",),
            )
        elif isinstance(allowed := variable.get("enum"), list) and variable["default"] not in allowed:
            yield Problem(
                message=f"The default of the server variable `{name}` is not among its `enum`.",
                hint="Add the default to `enum`, or take one of its values.",
                at=("variables", name),
                severity=slight,
            )


RULE = Rule(
    name="server-variables",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    severity_else="warning in OpenAPI 3.0 where the default is none of the enum",
    conversion=Severity.WARNING,
    versions=V3_X,
    kinds=("server",),
    what="Each `{name}` in a server's `url` is declared with a `default`, which its `enum` allows.",
    why="An address with a hole cannot be called.",
    wrong="url: https://{region}.example.com",
    right="""\
url: https://{region}.example.com
variables: {region: {default: eu, enum: [eu, us]}}
""",
    source="OpenAPI 3.0.4, 4.7.5 and 4.7.6",
    check=_check,
)
