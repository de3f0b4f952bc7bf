"""Who gets which token: the auth plan."""

import enum
import urllib.parse
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Checked, Finding, Place, Severity
from generator.model import Api, Flow, Grant, Operation, SchemeType, SchemeUse, SecurityRequirement, SecurityScheme
from generator.servers import ServerChoice, ServerPlan, text_value, variable_name


class ClientAuthentication(enum.Enum):
    """How the client proves itself to the token endpoint (RFC 6749 section 2.3.1).

    `BASIC_RAW` is Basic without form-encoding identifier and secret first, for servers that do not decode them.
    """

    BODY = "body"
    BASIC = "basic"
    BASIC_RAW = "basic-raw"


class TokenEndpoint(Struct, frozen=True, kw_only=True):
    """A token endpoint for the client credentials grant (RFC 6749 section 4.4), and the names of its variables.

    `suffix` is empty for the first endpoint and `_SCHEME` for each further one; `variable("client_id")` lengthens a
    name by it. `url` is absolute and may carry a query; `reference` is how the document writes it.
    `scopes` is the union of what the operations use.
    """

    url: str
    reference: str
    suffix: str
    schemes: tuple[str, ...]
    scopes: tuple[str, ...]
    client_authentication: ClientAuthentication

    def variable(self, name: str) -> str:
        """Return the name of this endpoint's variable `name`."""
        return name + self.suffix

    def url_beside(self, server: ServerChoice) -> str:
        """Return the address where `server` is the API's: a relative one is relative to it (OpenAPI 3.0.4, 4.7.29)."""
        return usable_address(self.reference, server) or self.url

    @property
    def grant_type_in_query(self) -> bool:
        """Tell whether the address itself carries `grant_type`, as Apigee gateways want it."""
        query = urllib.parse.urlsplit(self.url).query
        return any(name == "grant_type" for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True))


class OperationAuth(Struct, frozen=True, kw_only=True):
    """What one operation's request carries: the chosen alternative, and the endpoint of its token, if it needs one.

    Without `uses` the request is public.
    """

    uses: tuple[SchemeUse, ...] = ()
    token_endpoint: TokenEndpoint | None = None


class AuthPlan(Struct, frozen=True, kw_only=True):
    """The token endpoints of an API, and for each operation (by its place) what its request carries."""

    token_endpoints: tuple[TokenEndpoint, ...] = ()
    operations: Mapping[Place, OperationAuth] = {}


class AuthOptions(Struct, frozen=True, kw_only=True):
    """What the user decides: a token address where the document has none, how to authenticate, which scopes."""

    token_url: str | None = None
    client_authentication: ClientAuthentication = ClientAuthentication.BODY
    scopes: tuple[str, ...] = ()


def plan_auth(api: Api, servers: ServerPlan, options: AuthOptions) -> Checked[AuthPlan]:
    """Decide for each operation which of its security requirements its request carries, and where tokens come from.

    An operation without `security`, with `security: []` or with the alternative `{}` gets nothing.
    Of several alternatives, one with a client credentials token comes first, then those that need no browser.
    """
    references = {
        scheme.name: reference
        for scheme in api.security_schemes.values()
        if (reference := _token_reference(scheme, servers, options.token_url))
    }
    addresses = {name: usable_address(reference, servers.default) for name, reference in references.items()}
    chosen = {operation.place: _choose(operation, api, addresses) for operation in api.operations}
    endpoints = _endpoints(addresses, references, chosen.values(), options)
    by_scheme = {name: endpoint for endpoint in endpoints for name in endpoint.schemes}
    operations = {
        place: OperationAuth(
            uses=uses, token_endpoint=next((by_scheme[use.scheme] for use in uses if use.scheme in by_scheme), None)
        )
        for place, uses in chosen.items()
    }
    findings = (*_missing_addresses(api, addresses, chosen.values()), *_uncarried(api, chosen))
    return Checked(AuthPlan(token_endpoints=endpoints, operations=operations), findings)


def client_credentials_flow(scheme: SecurityScheme) -> Flow | None:
    """Return the scheme's flow for the client credentials grant."""
    return next((flow for flow in scheme.flows if flow.grant is Grant.CLIENT_CREDENTIALS), None)


def _is_bearer(scheme: SecurityScheme) -> bool:
    return scheme.type is SchemeType.HTTP and scheme.http_scheme == "bearer"


def _token_reference(scheme: SecurityScheme, servers: ServerPlan, given: str | None) -> str:
    """Return where the scheme's tokens come from; `given` fills in where the document names no usable address."""
    flow = client_credentials_flow(scheme)
    if flow is None:
        return (given or "") if _is_bearer(scheme) else ""
    address = flow.token_url.strip()
    return address if usable_address(address, servers.default) else given or ""


def usable_address(address: str, server: ServerChoice) -> str:
    """Return `address` made absolute against `server`, or nothing where it is no web address."""
    if not address:
        return ""
    try:
        joined = urllib.parse.urljoin(text_value(server.base_url) + "/", address)
        split = urllib.parse.urlsplit(joined)
    except ValueError:
        return ""
    if split.scheme not in {"http", "https"} or not split.hostname:
        return ""
    return joined.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")


def _choose(operation: Operation, api: Api, addresses: Mapping[str, str]) -> tuple[SchemeUse, ...]:
    alternatives = operation.security or ()
    if any(not requirement.uses for requirement in alternatives):
        return ()
    known = [
        requirement
        for requirement in alternatives
        if all(use.scheme in api.security_schemes for use in requirement.uses)
    ]
    if not known:
        return ()

    def rank(requirement: SecurityRequirement) -> int:
        return max(_effort(api.security_schemes[use.scheme], addresses) for use in requirement.uses)

    return min(known, key=rank).uses


def _effort(scheme: SecurityScheme, addresses: Mapping[str, str]) -> int:
    if scheme.name in addresses:
        return 0
    if scheme.type in {SchemeType.HTTP, SchemeType.API_KEY}:
        return 1
    return 3 if scheme.type is SchemeType.MUTUAL_TLS else 2


def _endpoints(
    addresses: Mapping[str, str],
    references: Mapping[str, str],
    chosen: Iterable[tuple[SchemeUse, ...]],
    options: AuthOptions,
) -> tuple[TokenEndpoint, ...]:
    used: dict[str, dict[str, None]] = {}
    for uses in chosen:
        for use in uses:
            used.setdefault(use.scheme, {}).update(dict.fromkeys(use.scopes))
    by_address: dict[str, list[str]] = {}
    for scheme, address in sorted(addresses.items(), key=lambda item: item[0] not in used):
        by_address.setdefault(address, []).append(scheme)
    endpoints = [
        TokenEndpoint(
            url=address,
            reference=references[schemes[0]],
            suffix="",
            schemes=tuple(schemes),
            scopes=options.scopes or tuple(dict.fromkeys(s for scheme in schemes for s in used.get(scheme, {}))),
            client_authentication=options.client_authentication,
        )
        for address, schemes in by_address.items()
    ]
    return (*endpoints[:1], *(replace(e, suffix=f"_{variable_name(e.schemes[0])}") for e in endpoints[1:]))


def _missing_addresses(
    api: Api, addresses: Mapping[str, str], chosen: Iterable[tuple[SchemeUse, ...]]
) -> Iterable[Finding]:
    used = dict.fromkeys(use.scheme for uses in chosen for use in uses)
    for name in used:
        scheme = api.security_schemes[name]
        if name in addresses or not (_is_bearer(scheme) or client_credentials_flow(scheme)):
            continue
        bearer = _is_bearer(scheme)
        yield Finding(
            rule="token-endpoint-missing",
            severity=Severity.INFO if bearer else Severity.WARNING,
            message=f"The scheme `{name}` names no token endpoint, so that no token can be fetched for it.",
            why="OpenAPI has no place for a token address in a bearer scheme; the collection asks for a token instead."
            if bearer
            else "A client credentials flow needs its `tokenUrl` (OpenAPI 3.0.4, 4.7.29).",
            hint="Give the address with --token-url, or declare the scheme as oauth2 with a clientCredentials flow.",
            place=scheme.place,
        )


def _uncarried(api: Api, chosen: Mapping[Place, tuple[SchemeUse, ...]]) -> Iterable[Finding]:
    """Say where a requirement asks for two schemes that both want the Authorization header."""
    for operation in api.operations:
        wanting = [
            use.scheme
            for use in chosen[operation.place]
            if api.security_schemes[use.scheme].type not in {SchemeType.API_KEY, SchemeType.MUTUAL_TLS}
        ]
        if len(wanting) > 1:
            yield Finding(
                rule="security-authorization-conflict",
                severity=Severity.WARNING,
                message=f"{operation.method} {operation.path} asks for {' and '.join(f'`{n}`' for n in wanting)} "
                f"together; only `{wanting[0]}` is sent.",
                why="Each of them is sent in the one Authorization header (RFC 9110, 11.6.2).",
                hint="Write them as alternatives, each in a requirement of its own.",
                place=operation.place,
            )
