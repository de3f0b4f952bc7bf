"""There is a server beside the mock."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import MOCK_HOST


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    servers = visit.node.get("servers")
    nodes = servers if isinstance(servers, list) else []
    urls = [str(server.get("url")) for server in nodes if isinstance(server, dict)]
    member = "servers" if urls else "host"
    urls = urls or ([str(visit.node["host"])] if "host" in visit.node else [])
    if urls and all(MOCK_HOST in url for url in urls):
        yield Problem(
            message="The only server is SwaggerHub's mock.", hint="Add the address of the real API.", at=(member,)
        )


RULE = Rule(
    name="mock-server-only",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    kinds=("document",),
    what="Not all servers are SwaggerHub's mock.",
    why="A mock answers every call with samples, with or without a token; nothing real can be sent.",
    wrong="""\
servers:
  - url: https://virtserver.swaggerhub.com/me/pets/1.0
""",
    right="""\
servers:
  - url: https://api.example.com
""",
    source="OpenAPI 3.0.4, 4.7.5; 2.0, Swagger Object",
    check=_check,
)
