"""Who gets which token: the auth plan."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import SchemeUse


class ClientAuthentication(enum.Enum):
    """How the client proves itself to the token endpoint (RFC 6749 section 2.3.1).

    `BASIC_RAW` is Basic without form-encoding identifier and secret first, for servers that do not decode them.
    """

    BODY = "body"
    BASIC = "basic"
    BASIC_RAW = "basic-raw"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEndpoint:
    """A token endpoint for the client credentials grant (RFC 6749 section 4.4), and the names of its variables.

    `suffix` is empty for the first endpoint and `_SCHEME` for each further one; `variable("client_id")` lengthens a
    name by it. `url` is absolute and may carry a query. `scopes` is the union of what the operations use.
    """

    url: str
    suffix: str
    schemes: tuple[str, ...]
    scopes: tuple[str, ...]
    client_authentication: ClientAuthentication

    def variable(self, name: str) -> str:
        """Return the name of this endpoint's variable `name`."""
        return name + self.suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationAuth:
    """What one operation's request carries: the chosen alternative, and the endpoint of its token, if it needs one.

    Without `uses` the request is public.
    """

    uses: tuple[SchemeUse, ...] = ()
    token_endpoint: TokenEndpoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthPlan:
    """The token endpoints of an API, and for each operation (by its pointer) what its request carries."""

    token_endpoints: tuple[TokenEndpoint, ...] = ()
    operations: Mapping[str, OperationAuth] = field(default_factory=dict)
