"""What an operation's security adds to its request: an authorization, headers, query parameters, cookies."""

from msgspec import Struct

from generator.auth import OperationAuth, TokenEndpoint
from generator.auth.schemes import usable_address
from generator.model import Api, Flow, Grant, ParameterLocation, SchemeType, SchemeUse, SecurityScheme
from generator.request.serialization import encode
from generator.request.values import (
    ApiKey,
    Authorization,
    BasicCredentials,
    BearerToken,
    Field,
    InteractiveOAuth2,
    NoAuthorization,
    QueryParameter,
    Text,
    Variable,
)
from generator.servers import ServerChoice, variable_name

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


def credentials(api: Api, auth: OperationAuth, server: ServerChoice) -> Credentials:
    """Return what the chosen requirement adds: one member as authorization, each further one where it belongs.

    `server` is what relative addresses of flows are relative to.
    """
    authorization: Authorization = NoAuthorization()
    headers: list[Field] = []
    query: list[QueryParameter] = []
    cookies: list[Field] = []
    for use in auth.uses:
        scheme = api.security_schemes[use.scheme]
        if scheme.type is SchemeType.API_KEY:
            key = _key(scheme)
            if scheme.parameter_location is ParameterLocation.COOKIE:
                cookies.append(Field(name=scheme.parameter_name, value=(key,), description=scheme.description))
            elif len(auth.uses) == 1:
                in_query = scheme.parameter_location is ParameterLocation.QUERY
                authorization = ApiKey(name=scheme.parameter_name, in_query=in_query, key=key)
            elif scheme.parameter_location is ParameterLocation.QUERY:
                query.append(QueryParameter(name=encode(scheme.parameter_name), value=(key,)))
            else:
                headers.append(Field(name=scheme.parameter_name, value=(key,), description=scheme.description))
        elif isinstance(authorization, NoAuthorization):
            authorization = _authorization(scheme, use, auth, server)
    return Credentials(authorization=authorization, headers=tuple(headers), query=tuple(query), cookies=tuple(cookies))


def _key(scheme: SecurityScheme) -> Variable:
    return Variable(name=variable_name(scheme.name), description=scheme.description or "Your API key.", secret=True)


def _authorization(scheme: SecurityScheme, use: SchemeUse, auth: OperationAuth, server: ServerChoice) -> Authorization:
    endpoint = auth.token_endpoint
    if endpoint is not None and scheme.name in endpoint.schemes:
        return BearerToken(token=access_token(endpoint))
    name = variable_name(scheme.name)
    token = Variable(name=f"{name}_token", description=scheme.description or "Your token.", secret=True)
    if scheme.type is SchemeType.HTTP and scheme.http_scheme == "basic":
        return BasicCredentials(username=_username(name), password=_password(name))
    if scheme.type is SchemeType.HTTP:
        return BearerToken(token=token)
    if scheme.type is SchemeType.MUTUAL_TLS:
        return NoAuthorization()
    flow = next((flow for flow in scheme.flows if flow.grant in _POSTMAN_GRANTS), None)
    if flow is None and not scheme.openid_connect_url:
        return BearerToken(token=token)
    addresses = _Addresses(flow or Flow(grant=Grant.AUTHORIZATION_CODE, place=scheme.place), server)
    return InteractiveOAuth2(
        name=scheme.name,
        grant=_POSTMAN_GRANTS[addresses.flow.grant],
        authorization_url=addresses.of("authorization_url"),
        token_url=addresses.of("token_url"),
        refresh_url=addresses.of("refresh_url"),
        scope=" ".join(use.scopes).replace("{", "").replace("}", ""),
        client_id=client_id(auth.client_suffix),
        client_secret=client_secret(auth.client_suffix),
        token=token,
        user=(_username(name), _password(name)) if addresses.flow.grant is Grant.PASSWORD else None,
    )


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
