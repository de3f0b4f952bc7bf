"""The mock is not the first server."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import MOCK_HOST


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    servers = visit.node["servers"]
    nodes = servers if isinstance(servers, list) else []
    urls = [str(server.get("url")) for server in nodes if isinstance(server, dict)]
    if len(urls) > 1 and MOCK_HOST in urls[0] and any(MOCK_HOST not in url for url in urls):
        yield Problem(
            message="The first server is SwaggerHub's mock, though others are listed.",
            hint="Move it behind the real servers.",
            at=("servers", 0),
        )


RULE = Rule(
    name="mock-server-first",
    family=Family.SENDABLE,
    severity=Severity.INFO,
    versions=V3_X,
    kinds=("document",),
    members=("servers",),
    what="SwaggerHub's mock, virtserver.swaggerhub.com, is not the first of several servers.",
    why="Most tools send to the first one; sendready takes the first that is no mock.",
    wrong="""\
servers:
  - url: https://virtserver.swaggerhub.com/me/pets/1.0
  - url: https://api.example.com
""",
    right="""\
servers:
  - url: https://api.example.com
  - url: https://virtserver.swaggerhub.com/me/pets/1.0
""",
    source="OpenAPI 3.0.4, 4.7.1",
    check=_check,
)
