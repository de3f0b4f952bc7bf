"""What is to be said of security: what cannot be fetched, what cannot be carried, what a person has to do."""

from collections.abc import Container, Iterable, Mapping, Sequence

from generator.auth.schemes import client_credentials_flow, is_bearer, is_fillable
from generator.auth.token_operation import DescribedEndpoint, asked_for, given_fields, takes_form, unsendable_fields
from generator.findings import Finding, Place, Severity
from generator.guesses import closest
from generator.model import Api, Grant, Operation, SchemeType, SchemeUse, SecurityRequirement, SecurityScheme
from generator.uris import without_credentials

_INTERACTIVE = frozenset({SchemeType.OAUTH2, SchemeType.OPENID_CONNECT})
_NO_ENDPOINT = (
    "the specification names no usable token endpoint for its security scheme. Name one there, or with `--token-url`, "
    "and run sendready again; until then, get a token another way and fill it in."
)
_REFUSED = (
    "its token endpoint requires a credential that no file may hold, beside or instead of a client secret. Get a "
    "token another way and fill it in."
)


_MOST_OFFERED = 3
"""How many addresses that may be a token endpoint's are named."""


def named_offers(form: str, urls: Sequence[str]) -> str:
    """Return the addresses, in the place of `{}` in `form`, that may be a token endpoint's: the first few of them."""
    return " or ".join(f"`{form.format(url)}`" for url in urls[:_MOST_OFFERED])


def missing_addresses(
    api: Api,
    addresses: Mapping[str, str],
    chosen: Iterable[tuple[SchemeUse, ...]],
    offered: Iterable[DescribedEndpoint],
) -> Iterable[Finding]:
    """Say which schemes in use name no token endpoint, and which operations are `offered` that look like one."""
    examples = named_offers("--token-url {}", [one.url for one in offered])
    how = f"Give the address, as in {examples}" if examples else "Give the address with --token-url"
    used = dict.fromkeys(use.scheme for uses in chosen for use in uses)
    for name in used:
        scheme = api.security_schemes[name]
        if name in addresses or not _wants_endpoint(scheme):
            continue
        from generator.validation.rules.auth_flow import token_endpoint_missing

        # A bearer scheme has no place for an address (OpenAPI 3.0.4, 4.7.27), so that its author left nothing out.
        yield token_endpoint_missing.RULE.finding(
            scheme.place,
            f"The scheme `{name}` names no token endpoint, so that no token can be fetched for it: paste one.",
            f"{how}, or declare the scheme as oauth2 with a clientCredentials flow.",
            Severity.INFO if is_bearer(scheme) else None,
        )


def _wants_endpoint(scheme: SecurityScheme) -> bool:
    return is_bearer(scheme) or client_credentials_flow(scheme) is not None


def missing_tokens(api: Api, known: Container[str], fetched: Container[str]) -> dict[str, str]:
    """Return, for each scheme with a token that no request can get, why, and how to mend it.

    Of the schemes whose endpoint is `known`, tokens of those in `fetched` can be got.
    """
    return {
        scheme.name: _REFUSED if scheme.name in known else _NO_ENDPOINT
        for scheme in api.security_schemes.values()
        if scheme.name not in fetched and _wants_endpoint(scheme)
    }


def uncarried(api: Api, chosen: Mapping[Place, tuple[SchemeUse, ...]]) -> Iterable[Finding]:
    """Say where a requirement asks for two schemes that both want the Authorization header."""
    for operation in api.operations:
        wanting = [
            use.scheme
            for use in chosen[operation.place]
            if (scheme := api.security_schemes[use.scheme]).type is not SchemeType.API_KEY and is_fillable(scheme)
        ]
        if len(wanting) > 1:
            from generator.validation.rules.auth_flow import security_authorization_conflict

            yield security_authorization_conflict.RULE.finding(
                operation.place,
                f"{operation.method} {operation.path} asks for {' and '.join(f'`{n}`' for n in wanting)} together; "
                f"only `{wanting[0]}` is sent.",
                "Write them as alternatives, each in a requirement of its own.",
            )


def unused(
    api: Api, *, served: list[str], chosen: Mapping[Place, tuple[SchemeUse, ...]], standing: Container[Place]
) -> Iterable[Finding]:
    """Say that a token can be had which no operation carries.

    `served` are the schemes of the token endpoints, `standing` the operations that describe such endpoints.
    """
    used = {use.scheme for uses in chosen.values() for use in uses}
    if served and not used & set(served) and any(operation.place not in standing for operation in api.operations):
        from generator.validation.rules.conversion import token_unused

        yield token_unused.RULE.finding(
            api.security_schemes[served[0]].place,
            f"No operation carries a token of the scheme `{served[0]}`: one can be had, and nothing sends it.",
            f"Name `{served[0]}` under `security`, or remove the scheme if the API is public.",
        )


def unheard_address(
    api: Api, addresses: Mapping[str, str], chosen: Mapping[Place, tuple[SchemeUse, ...]], given: str
) -> Iterable[Finding]:
    """Say that the address that a user gave is not used: each scheme of `addresses` names its own, or there is none."""
    if not given or given in addresses.values():
        return
    from generator.validation.rules.conversion import token_url_given

    if not addresses:
        yield _useless_address(api, chosen, given)
    for address in dict.fromkeys(addresses.values()):
        names = [name for name in addresses if addresses[name] == address]
        used = without_credentials(address).address
        yield token_url_given.RULE.finding(
            api.security_schemes[names[0]].place,
            f"Tokens of {' and '.join(f'`{name}`' for name in names)} come from {used}, as "
            f"the document says; {given}, which --token-url or the settings give, is not used.",
            "Correct the address in the document, or leave the option or the setting out for it.",
        )


def _useless_address(api: Api, chosen: Mapping[Place, tuple[SchemeUse, ...]], given: str) -> Finding:
    """Say why no scheme can use the address: those in use need a person, or none wants a token at all."""
    from generator.validation.rules.conversion import token_url_given

    used = dict.fromkeys(use.scheme for uses in chosen.values() for use in uses)
    persons = [name for name in used if api.security_schemes[name].type in _INTERACTIVE]
    unheard = f"{given}, which --token-url or the settings give, is not used."
    if not persons:
        return token_url_given.RULE.finding(
            api.place,
            f"No operation carries a token that can be fetched; {unheard}",
            "Leave the option or the setting out for it, or name a scheme with such tokens under `security`.",
        )
    return token_url_given.RULE.finding(
        api.security_schemes[persons[0]].place,
        f"A person has to get the tokens of {_quoted(persons)}, as no clientCredentials flow is declared; {unheard}",
        "Declare that flow if the server has it, or leave the option or the setting out for it.",
    )


def undeclared_scopes(api: Api, schemes: Iterable[str], asked: Iterable[str]) -> Iterable[Finding]:
    """Say which scopes a user asks for that no scheme of a token endpoint declares, where these declare any."""
    flows = {name: flow for name in schemes if (flow := client_credentials_flow(api.security_schemes[name]))}
    declared = {scope for flow in flows.values() for scope in flow.scopes}
    for scope in dict.fromkeys(asked):
        if declared and scope not in declared:
            from generator.validation.rules.auth_flow import scope_declared

            near = closest(scope, declared)
            yield scope_declared.RULE.finding(
                api.security_schemes[next(iter(flows))].place,
                f"The scope `{scope}`, which --scope or the settings ask for, is not declared by "
                f"{' or '.join(f'`{name}`' for name in flows)}.",
                f"Did you mean `{near}`?" if near else "Correct it, or add it to the `scopes` of the scheme's flow.",
            )


def by_hand(api: Api, addresses: Mapping[str, str], chosen: Iterable[tuple[SchemeUse, ...]]) -> Iterable[Finding]:
    """Say which schemes in use want a person: certificates, OpenID Connect, devices, addresses in metadata."""
    for name in dict.fromkeys(use.scheme for uses in chosen for use in uses):
        scheme = api.security_schemes[name]
        if name in addresses:
            continue
        if scheme.type is SchemeType.MUTUAL_TLS:
            yield _certificate(scheme)
        if scheme.type is SchemeType.OPENID_CONNECT and not scheme.discovered:
            yield _openid_connect(scheme)
        if scheme.metadata_url and not scheme.discovered:
            yield _metadata(scheme)
        if {flow.grant for flow in scheme.flows} == {Grant.DEVICE_AUTHORIZATION}:
            yield _device_flow(scheme)


def _certificate(scheme: SecurityScheme) -> Finding:
    from generator.validation.rules.conversion import mutual_tls

    return mutual_tls.RULE.finding(
        scheme.place,
        f"The scheme `{scheme.name}` is a client certificate, which no request can carry.",
        "Add it in Postman under Settings, Certificates; in newman with --ssl-client-cert; in curl with --cert.",
    )


def _openid_connect(scheme: SecurityScheme) -> Finding:
    from generator.validation.rules.conversion import openid_connect

    address = without_credentials(scheme.openid_connect_url).address or "no document"
    return openid_connect.RULE.finding(
        scheme.place,
        f"The scheme `{scheme.name}` is OpenID Connect: its addresses stand in {address}, which is not read"
        f"{_because(scheme)}.",
        "Fetch it with --allow-remote, its host among `remote-hosts` in settings that --config names; or fill in "
        "Postman's OAuth 2.0 dialog from there, or declare an oauth2 flow with `tokenUrl`.",
    )


def _metadata(scheme: SecurityScheme) -> Finding:
    from generator.validation.rules.conversion import oauth2_metadata

    return oauth2_metadata.RULE.finding(
        scheme.place,
        f"The scheme `{scheme.name}` has more of its addresses in "
        f"{without_credentials(scheme.metadata_url).address}, which is not read"
        f"{_because(scheme)}.",
        "Fetch it with --allow-remote, its host among `remote-hosts` in settings that --config names; or write "
        "the addresses into the scheme's flows.",
    )


def _because(scheme: SecurityScheme) -> str:
    return f": {scheme.undiscovered.removesuffix('.')}" if scheme.undiscovered else ""


def _device_flow(scheme: SecurityScheme) -> Finding:
    from generator.validation.rules.conversion import device_flow

    return device_flow.RULE.finding(
        scheme.place,
        f"The scheme `{scheme.name}` has the device flow only, for which Postman has no dialog: paste a token.",
        "Declare a clientCredentials or authorizationCode flow too, if the server has one.",
    )


def from_operation(api: Api, operation: Operation, references: Mapping[str, str]) -> Iterable[Finding]:
    """Say that tokens come from an operation of the document, where a scheme names no address."""
    from generator.validation.rules.conversion import token_operation

    for name in references:
        scheme = api.security_schemes[name]
        flow = client_credentials_flow(scheme)
        if flow is None or not flow.token_url.strip():
            yield token_operation.RULE.finding(
                scheme.place,
                f"The scheme `{name}` names no token endpoint; its tokens come from {operation.method} "
                f"{operation.path}, which takes a client's credentials and answers with an access token.",
                "Say so in the document with a clientCredentials flow, or name another address with --token-url.",
            )


def at_endpoint(api: Api, operation: Operation, sent: Mapping[str, str]) -> Iterable[Finding]:
    """Say what becomes of an operation that is a token endpoint: tokens are asked for by a form of what is `sent`."""
    from generator.validation.rules.conversion import token_operation, token_operation_body, token_operation_fields

    signature = _signature(operation)
    if not takes_form(operation):
        kinds = ", ".join(f"`{one.name}`" for one in operation.body.media_types) if operation.body else ""
        yield token_operation_body.RULE.finding(
            operation.place,
            f"{signature} is the token endpoint and takes {kinds}, no form: Get Access Token sends one all the "
            "same, and the operation stays a request of its own.",
            "Declare the form too if the server takes it; else send the operation's request and copy its token.",
        )
        return
    yield token_operation.RULE.finding(
        operation.place,
        f"{signature} is the token endpoint: Get Access Token stands for it.",
        "Nothing has to be done.",
    )
    if missing := [name for name in asked_for(operation, api) if name not in sent]:
        yield token_operation_fields.RULE.finding(
            operation.place,
            f"{signature} requires {_quoted(missing)}, which Get Access Token does not send.",
            f"Give it with {_options_for(missing)}.",
        )
    taken = [name for name, value in given_fields(operation, api).items() if sent.get(name) == value]
    if taken:
        yield token_operation_fields.RULE.finding(
            operation.place,
            f"{signature} requires {_quoted(taken)}: Get Access Token sends the value that the document gives.",
            f"Nothing has to be done if it is the right one; else give another with {_options_for(taken)}.",
            Severity.INFO,
        )


def unmet(api: Api, operation: Operation, *, by_basic: bool) -> Iterable[Finding]:
    """Say which credentials an operation that is a token endpoint asks for, and no token request sends.

    Where tokens themselves are asked for, nothing is said: that stands at the top of the document, for the others.
    """

    def lacking(requirement: SecurityRequirement) -> list[SecurityScheme]:
        schemes = [api.security_schemes[use.scheme] for use in requirement.uses if use.scheme in api.security_schemes]
        return [s for s in schemes if s.type is SchemeType.API_KEY or (s.http_scheme == "basic" and not by_basic)]

    lacked = min((lacking(requirement) for requirement in operation.security or ()), key=len, default=[])
    if lacked:
        from generator.validation.rules.conversion import token_operation_fields

        is_basic = all(scheme.http_scheme == "basic" for scheme in lacked)
        names = _quoted(scheme.name for scheme in lacked)
        yield token_operation_fields.RULE.finding(
            operation.place,
            f"{_signature(operation)} asks for {names}, which Get Access Token does not send"
            + (": the client's credentials are in its body." if is_basic else "."),
            "Give --client-auth basic, or basic-raw where the server does not decode it."
            if is_basic
            else "Get a token another way and paste it into the variable of the access token; or add what is lacking "
            "to Get Access Token, and to the collection's script.",
        )


def unsendable(api: Api, operation: Operation) -> Finding:
    """Say that no token request can be written for an operation that is a token endpoint."""
    from generator.validation.rules.conversion import token_operation_fields

    fields = _quoted(unsendable_fields(operation, api))
    return token_operation_fields.RULE.finding(
        operation.place,
        f"{_signature(operation)} is the token endpoint and requires {fields}, which no token request may hold: there "
        "is no Get Access Token, and the operation stays a request of its own.",
        f"{fields} cannot be given: a secret must not stand in a file. Get a token another way and paste it into the "
        "variable of the access token; or no longer require it, if the server takes a client's secret.",
    )


def _signature(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _options_for(names: Iterable[str]) -> str:
    return " ".join("--scope NAME" if name == "scope" else f"--token-param {name}=VALUE" for name in names)
