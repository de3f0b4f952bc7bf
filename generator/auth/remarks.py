"""What is to be said of security: what cannot be fetched, what cannot be carried, what a person has to do."""

from collections.abc import Container, Iterable, Mapping

from generator.auth.schemes import client_credentials_flow, is_bearer
from generator.auth.token_operation import asked_for, takes_form
from generator.findings import Finding, Place, Severity
from generator.model import Api, Grant, Operation, SchemeType, SchemeUse, SecurityScheme

_BY_HAND = {
    SchemeType.MUTUAL_TLS: (
        "mutual-tls",
        "The scheme `{name}` is a client certificate, which no request can carry.",
        "The client shows it when the connection is made (RFC 8446, 4.4.2; OpenAPI 3.1.1, 4.8.27).",
        "Add it in Postman under Settings, Certificates; in newman with --ssl-client-cert; in curl with --cert.",
    ),
    SchemeType.OPENID_CONNECT: (
        "openid-connect",
        "The scheme `{name}` is OpenID Connect: its addresses stand in {address}, which is not read{reason}.",
        "An OpenID provider says of itself where its endpoints are (OpenID Connect Discovery 1.0, 4).",
        "Fetch it with --allow-remote, its host among `remote-hosts` in settings that --config names; or fill in "
        "Postman's OAuth 2.0 dialog from there, or declare an oauth2 flow with `tokenUrl`.",
    ),
}
"""For each kind of scheme that a person has to see to: rule, message, why and hint."""


def missing_addresses(
    api: Api, addresses: Mapping[str, str], chosen: Iterable[tuple[SchemeUse, ...]]
) -> Iterable[Finding]:
    """Say which schemes in use name no token endpoint."""
    used = dict.fromkeys(use.scheme for uses in chosen for use in uses)
    for name in used:
        scheme = api.security_schemes[name]
        if name in addresses or not (is_bearer(scheme) or client_credentials_flow(scheme)):
            continue
        bearer = is_bearer(scheme)
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


def uncarried(api: Api, chosen: Mapping[Place, tuple[SchemeUse, ...]]) -> Iterable[Finding]:
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


def unused(
    api: Api, *, served: list[str], chosen: Mapping[Place, tuple[SchemeUse, ...]], standing: Container[Place]
) -> Iterable[Finding]:
    """Say that a token can be had which no operation carries.

    `served` are the schemes of the token endpoints, `standing` the operations that describe such endpoints.
    """
    used = {use.scheme for uses in chosen.values() for use in uses}
    if served and not used & set(served) and any(operation.place not in standing for operation in api.operations):
        yield Finding(
            rule="token-unused",
            severity=Severity.WARNING,
            message=f"No operation carries a token of the scheme `{served[0]}`: one can be had, and nothing sends it.",
            why="A scheme is used where `security` names it, at an operation or for the whole document (OpenAPI 3.0.4, "
            "4.7.30).",
            hint=f"Name `{served[0]}` under `security`, or remove the scheme if the API is public.",
            place=api.security_schemes[served[0]].place,
        )


def by_hand(api: Api, addresses: Mapping[str, str], chosen: Iterable[tuple[SchemeUse, ...]]) -> Iterable[Finding]:
    """Say which schemes in use want a person: certificates, OpenID Connect, devices, addresses in metadata."""
    for name in dict.fromkeys(use.scheme for uses in chosen for use in uses):
        scheme = api.security_schemes[name]
        if name in addresses:
            continue
        reason = f": {scheme.undiscovered.removesuffix('.')}" if scheme.undiscovered else ""
        if scheme.type in _BY_HAND and not scheme.discovered:
            rule, message, why, hint = _BY_HAND[scheme.type]
            address = scheme.openid_connect_url or "no document"
            yield _remark(rule, scheme, message.format(name=name, address=address, reason=reason), why, hint)
        if scheme.metadata_url and not scheme.discovered:
            yield _remark(
                "oauth2-metadata",
                scheme,
                f"The scheme `{name}` has more of its addresses in {scheme.metadata_url}, which is not read{reason}.",
                "Metadata of an authorization server is fetched from it (RFC 8414; OpenAPI 3.2, 4.27).",
                "Fetch it with --allow-remote, its host among `remote-hosts` in settings that --config names; or write "
                "the addresses into the scheme's flows.",
            )
        grants = {flow.grant for flow in scheme.flows}
        if grants == {Grant.DEVICE_AUTHORIZATION}:
            yield _remark(
                "device-flow",
                scheme,
                f"The scheme `{name}` has the device flow only, for which Postman has no dialog: paste a token.",
                "A person confirms it on another device (RFC 8628).",
                "Declare a clientCredentials or authorizationCode flow too, if the server has one.",
            )


def _remark(rule: str, scheme: SecurityScheme, message: str, why: str, hint: str) -> Finding:
    return Finding(rule=rule, severity=Severity.INFO, message=message, why=why, hint=hint, place=scheme.place)


def described_endpoints(api: Api, operation: Operation, references: Mapping[str, str]) -> Iterable[Finding]:
    """Say that tokens come from an operation of the document, where a scheme names no address."""
    for name in references:
        scheme = api.security_schemes[name]
        flow = client_credentials_flow(scheme)
        if flow is None or not flow.token_url.strip():
            yield _remark(
                "token-operation",
                scheme,
                f"The scheme `{name}` names no token endpoint; its tokens come from {operation.method} "
                f"{operation.path}, which issues tokens.",
                "It takes a client credentials grant and answers with an access token (RFC 6749, 4.4).",
                "Say so in the document with a clientCredentials flow, or name another address with --token-url.",
            )


def at_endpoint(api: Api, operation: Operation, sent: Container[str]) -> Iterable[Finding]:
    """Say what becomes of an operation that is a token endpoint: tokens are asked for by a form of what is `sent`."""
    signature = f"{operation.method} {operation.path}"
    if not takes_form(operation):
        kinds = ", ".join(f"`{one.name}`" for one in operation.body.media_types) if operation.body else ""
        yield Finding(
            rule="token-operation-body",
            severity=Severity.WARNING,
            message=f"{signature} is the token endpoint and takes {kinds}, no form: Get Access Token sends one all the "
            "same, and the operation stays a request of its own.",
            why="A token is asked for with application/x-www-form-urlencoded (RFC 6749, 4.4.2).",
            hint="Declare the form too if the server takes it; else send the operation's request and copy its token.",
            place=operation.place,
        )
        return
    yield Finding(
        rule="token-operation",
        severity=Severity.INFO,
        message=f"{signature} is the token endpoint: Get Access Token stands for it.",
        why="The same request twice would leave open which of them gets the token.",
        hint="Nothing has to be done.",
        place=operation.place,
    )
    if missing := [name for name in asked_for(operation, api) if name not in sent]:
        yield Finding(
            rule="token-operation-fields",
            severity=Severity.WARNING,
            message=f"{signature} requires {', '.join(f'`{name}`' for name in missing)}, which Get Access Token does "
            "not send.",
            why="A client credentials request has a grant type, the client's credentials and scopes (RFC 6749, 4.4.2).",
            hint=f"Give it with {' '.join(f'--token-param {name}=VALUE' for name in missing)}.",
            place=operation.place,
        )
