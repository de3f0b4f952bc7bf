"""What a security scheme says of tokens: its client credentials flow, and where its tokens come from."""

import urllib.parse

from generator.model import Flow, Grant, SchemeType, SecurityScheme
from generator.request.values import text_value
from generator.servers import ServerChoice, ServerPlan
from generator.vocabulary import HTTP_SCHEMES


def client_credentials_flow(scheme: SecurityScheme) -> Flow | None:
    """Return the scheme's flow for the client credentials grant."""
    return next((flow for flow in scheme.flows if flow.grant is Grant.CLIENT_CREDENTIALS), None)


def is_bearer(scheme: SecurityScheme) -> bool:
    """Tell whether the scheme is a bearer token without a flow."""
    return scheme.type is SchemeType.HTTP and scheme.http_scheme == "bearer"


def is_fillable(scheme: SecurityScheme) -> bool:
    """Tell whether what a user fills in is all that the scheme's credentials are made of; no name is none of ours."""
    if scheme.type is SchemeType.HTTP:
        return not scheme.http_scheme or scheme.http_scheme in HTTP_SCHEMES
    return scheme.type is not SchemeType.MUTUAL_TLS


def token_reference(scheme: SecurityScheme, servers: ServerPlan, given: str | None) -> str:
    """Return where the scheme's tokens come from; `given` fills in where the document names no usable address."""
    flow = client_credentials_flow(scheme)
    if flow is None:
        return (given or "") if is_bearer(scheme) else ""
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
