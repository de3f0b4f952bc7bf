"""Server variables are declared.

What it checks: each `{name}` in a server's `url` is declared with a `default` that its `enum` allows.
Why: an address with a hole cannot be called (OpenAPI 3.0.4, 4.7.5 and 4.7.6).
Wrong: `url: https://{region}.example.com` without `variables`
Right: `variables: {region: {default: eu}}`
"""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    url, declared = visit.node.get("url"), visit.node.get("variables")
    variables = declared if isinstance(declared, dict) else {}
    for name in dict.fromkeys(re.findall(r"\{([^{}]*)\}", url if isinstance(url, str) else "")):
        variable = variables.get(name)
        if not isinstance(variable, dict) or "default" not in variable:
            yield Problem(
                message=f"The variable `{name}` of the server `{url}` has no default.",
                hint=f"Add `variables: {{{name}: {{default: …}}}}`.",
                pointer="url",
            )
        elif isinstance(allowed := variable.get("enum"), list) and variable["default"] not in allowed:
            yield Problem(
                message=f"The default of the server variable `{name}` is not among its `enum`.",
                hint="Add the default to `enum`, or take one of its values.",
                pointer="variables",
            )


RULE = Rule(
    name="server-variables",
    severity=Severity.WARNING,
    kinds=("server",),
    why="Each variable in a server's address has a default (OpenAPI 3.0.4, 4.7.5 and 4.7.6).",
    check=_check,
)
