"""What an operation's security adds to its request: an authorization, headers, query parameters, cookies."""

from msgspec import Struct

from generator.auth import AuthPlan, OperationAuth, TokenEndpoint
from generator.auth.schemes import is_fillable, usable_address
from generator.findings import Checked, Finding
from generator.model import Api, Flow, Grant, Operation, ParameterLocation, SchemeType, SchemeUse, SecurityScheme
from generator.request.literals import is_token
from generator.request.serialization import encode
from generator.request.values import (
    ApiKey,
    Authorization,
    BearerToken,
    Field,
    InteractiveOAuth2,
    NoAuthorization,
    QueryParameter,
    Text,
    UserCredentials,
    Variable,
)
from generator.servers import ServerChoice

_POSTMAN_GRANTS = {
    Grant.AUTHORIZATION_CODE: "authorization_code",
    Grant.IMPLICIT: "implicit",
    Grant.PASSWORD: "password_credentials",
}


class Credentials(Struct, frozen=True, kw_only=True):
    """The security of one request, spread over the places where it travels."""

    authorization: Authorization
    headers: tuple[Field, ...] = ()
    query: tuple[QueryParameter, ...] = ()
    cookies: tuple[Field, ...] = ()


def access_token(endpoint: TokenEndpoint) -> Variable:
    """Return the variable that holds the access token of `endpoint`."""
    return Variable(
        name=endpoint.variable("access_token"),
        description="The access token. The collection's script fetches and renews it; nothing to fill in.",
    )


def client_id(suffix: str = "") -> Variable:
    """Return the variable for the client identifier (RFC 6749 section 2.2)."""
    return Variable(name=f"client_id{suffix}", description="Your client identifier. Fill in before the first Send.")


def client_secret(suffix: str = "") -> Variable:
    """Return the variable for the client secret (RFC 6749 section 2.3.1); it is always written empty."""
    return Variable(
        name=f"client_secret{suffix}",
        description="Your client secret. Fill in before the first Send; keep it out of shared files.",
        secret=True,
    )


def credentials(api: Api, plan: AuthPlan, operation: Operation, server: ServerChoice) -> Checked[Credentials]:
    """Return what the requirement that `plan` chose for `operation` adds.

    One member goes as authorization, each further one where it belongs. `server` is what relative addresses of flows
    are relative to. A key whose name cannot be sent is left out, and a finding says so.
    """
    auth = plan.operations.get(operation.place, OperationAuth())
    found = _Gathering(alone=len(auth.uses) == 1)
    for use in auth.uses:
        scheme = api.security_schemes[use.scheme]
        if scheme.type is SchemeType.API_KEY:
            found.add_key(scheme, plan.names[scheme.name])
        elif isinstance(found.authorization, NoAuthorization):
            found.authorization = _authorization(scheme, use, auth, plan, server)
    return found.checked()


class _Gathering:
    """What the members of a requirement add, one after the other; `alone`: it has one only."""

    def __init__(self, *, alone: bool) -> None:
        self.authorization: Authorization = NoAuthorization()
        self._alone = alone
        self._headers: list[Field] = []
        self._query: list[QueryParameter] = []
        self._cookies: list[Field] = []
        self._findings: list[Finding] = []

    def add_key(self, scheme: SecurityScheme, variable: str) -> None:
        """Add the key of `scheme`, which `variable` holds, where it belongs."""
        name, in_query = scheme.parameter_name, scheme.parameter_location is ParameterLocation.QUERY
        key = Variable(name=variable, description=scheme.description or "Your API key.", secret=True)
        if not name or not (in_query or is_token(name)):
            self._findings.append(_unsendable(scheme))
        elif scheme.parameter_location is ParameterLocation.COOKIE:
            self._cookies.append(Field(name=name, value=(key,), description=scheme.description))
        elif self._alone:
            self.authorization = ApiKey(name=name, in_query=in_query, key=key)
        elif in_query:
            self._query.append(QueryParameter(name=encode(name), value=(key,)))
        else:
            self._headers.append(Field(name=name, value=(key,), description=scheme.description))

    def checked(self) -> Checked[Credentials]:
        """Return all of it, with what is to be said."""
        return Checked(
            Credentials(
                authorization=self.authorization,
                headers=tuple(self._headers),
                query=tuple(self._query),
                cookies=tuple(self._cookies),
            ),
            tuple(self._findings),
        )


def _unsendable(scheme: SecurityScheme) -> Finding:
    from generator.validation.rules.conversion import api_key_name

    name = f"the name {scheme.parameter_name!r}, which cannot be sent" if scheme.parameter_name else "no `name`"
    return api_key_name.RULE.finding(
        scheme.place,
        f"The scheme `{scheme.name}` has {name}; its key is left out.",
        "Give the scheme the `name` of the header, the query parameter or the cookie that holds the key.",
    )


def _authorization(
    scheme: SecurityScheme, use: SchemeUse, auth: OperationAuth, plan: AuthPlan, server: ServerChoice
) -> Authorization:
    endpoint = auth.token_endpoint
    if endpoint is not None and scheme.name in endpoint.schemes:
        return BearerToken(token=access_token(endpoint))
    name = plan.names[scheme.name]
    if not is_fillable(scheme):
        return NoAuthorization()
    if scheme.type is SchemeType.HTTP and scheme.http_scheme in {"basic", "digest"}:
        digest = scheme.http_scheme == "digest"
        return UserCredentials(username=_username(name), password=_password(name), digest=digest)
    flow = next((flow for flow in scheme.flows if flow.grant in _POSTMAN_GRANTS), None)
    if scheme.type is SchemeType.HTTP or (flow is None and not scheme.openid_connect_url):
        return BearerToken(token=_token(scheme, name, plan.missing.get(scheme.name, "")))
    addresses = _Addresses(flow or Flow(grant=Grant.AUTHORIZATION_CODE, place=scheme.place), server)
    return InteractiveOAuth2(
        name=scheme.name,
        grant=_POSTMAN_GRANTS[addresses.flow.grant],
        authorization_url=addresses.of("authorization_url"),
        token_url=addresses.of("token_url"),
        refresh_url=addresses.of("refresh_url"),
        scope=" ".join(use.scopes).replace("{", "").replace("}", ""),
        client_id=client_id(auth.client_suffix),
        client_secret=None if addresses.flow.grant is Grant.IMPLICIT else client_secret(auth.client_suffix),
        token=_token(scheme, name),
        user=(_username(name), _password(name)) if addresses.flow.grant is Grant.PASSWORD else None,
    )


def _token(scheme: SecurityScheme, name: str, missing: str = "") -> Variable:
    """Return the variable of a token that a user brings; `missing` says why no request gets one, if one should."""
    said = f"No request gets this access token: {missing}" if missing else ""
    description = "\n\n".join(filter(None, (said, scheme.description))) or "Your token."
    return Variable(name=f"{name}_token", description=description, secret=True, missing=missing)


def _username(name: str) -> Variable:
    return Variable(name=f"{name}_username", description="Your user name.")


def _password(name: str) -> Variable:
    return Variable(name=f"{name}_password", description="Your password.", secret=True)


class _Addresses(Struct, frozen=True):
    """The addresses of a flow, absolute: relative ones are relative to the server (OpenAPI 3.0.4 section 4.7.29)."""

    flow: Flow
    server: ServerChoice

    def of(self, name: str) -> Text:
        """Return one of them; nothing where the flow has none."""
        address = usable_address(getattr(self.flow, name).strip(), self.server)
        return (address,) if address else ()
