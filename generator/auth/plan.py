"""The auth plan: which requirement each operation's request carries, and where tokens come from."""

import urllib.parse
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.auth.remarks import (
    at_endpoint,
    by_hand,
    from_operation,
    missing_addresses,
    missing_tokens,
    uncarried,
    undeclared_scopes,
    unheard_address,
    unmet,
    unsendable,
    unused,
)
from generator.auth.schemes import is_fillable, token_reference, usable_address
from generator.auth.token_operation import (
    DescribedEndpoint,
    described_endpoints,
    given_fields,
    operation_at,
    takes_form,
    unsendable_fields,
)
from generator.findings import Checked, Finding, Place, UsageError
from generator.model import Api, Operation, SchemeType, SchemeUse, SecurityRequirement, SecurityScheme
from generator.option_values import ClientAuthentication
from generator.request.names import Names, variable_name
from generator.request.values import Variable
from generator.servers import ServerChoice, ServerPlan


class TokenEndpoint(Struct, frozen=True, kw_only=True):
    """A token endpoint for the client credentials grant (RFC 6749 section 4.4), and the names of its variables.

    `suffix` is empty for the first endpoint and `_SCHEME` for each further one; `variable("client_id")` lengthens a
    name by it. `url` is absolute and may carry a query; `reference` is how the document writes it.
    `scopes` is the union of what the operations use, `parameters` are sent with each token request beside the
    standard's own. `operation` is the place of the operation by which the document itself describes the endpoint.
    """

    url: str
    reference: str
    suffix: str
    schemes: tuple[str, ...]
    scopes: tuple[str, ...]
    client_authentication: ClientAuthentication
    parameters: tuple[tuple[str, str], ...] = ()
    operation: Place | None = None

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

    Without `uses` the request is public. `client_suffix` lengthens the names of the client's variables where the grant
    needs a person.
    """

    uses: tuple[SchemeUse, ...] = ()
    token_endpoint: TokenEndpoint | None = None
    client_suffix: str = ""


class AuthPlan(Struct, frozen=True, kw_only=True):
    """The token endpoints of an API, and for each operation (by its place) what its request carries.

    `names` says for each scheme that has variables of its own what those are called, or begin with. `fetchable` are the
    schemes whose token endpoint is known, be they in use or not. `missing` says, for each scheme with a token that no
    request can get, why, and how to mend it. `offered` are the addresses of operations that look like token endpoints.
    """

    token_endpoints: tuple[TokenEndpoint, ...] = ()
    operations: Mapping[Place, OperationAuth] = {}
    names: Mapping[str, str] = {}
    fetchable: frozenset[str] = frozenset()
    missing: Mapping[str, str] = {}
    offered: tuple[str, ...] = ()


class AuthOptions(Struct, frozen=True, kw_only=True):
    """What the user decides: a token address where the document has none, how to authenticate, which scopes.

    `scheme` is the security scheme to use where an operation offers it among others; `parameters` are sent with each
    token request.
    """

    token_url: str | None = None
    client_authentication: ClientAuthentication = ClientAuthentication.BODY
    scopes: tuple[str, ...] = ()
    scheme: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()


def plan_auth(api: Api, servers: ServerPlan, options: AuthOptions) -> Checked[AuthPlan]:
    """Decide for each operation which of its security requirements its request carries, and where tokens come from.

    An operation without `security`, with `security: []` or with the alternative `{}` gets nothing.
    Of several alternatives, one with the scheme that the user chose comes first, then one with a client credentials
    token, then those that need no browser. Raises UsageError where the chosen scheme is not declared.
    """
    _check_declared(api, options.scheme)
    offered = () if options.token_url else described_endpoints(api, servers)
    described = _only_certain(offered)
    references = _references(api, servers, options.token_url or (described.reference if described else None))
    known = {name: usable_address(reference, servers.default) for name, reference in references.items()}
    at_addresses = {a: operation for a in known.values() if (operation := operation_at(api, servers, a))}
    barred = [a for a, operation in at_addresses.items() if unsendable_fields(operation, api)]
    addresses = {name: address for name, address in known.items() if address not in barred}
    chosen = {operation.place: _choose(operation, api, addresses, options.scheme) for operation in api.operations}
    names = Names()
    endpoints = _endpoints(addresses, references, chosen.values(), options, names)
    endpoints = tuple(_as_described(e, at_addresses.get(e.url), api) for e in endpoints)
    standing = {endpoint.operation for endpoint in endpoints if endpoint.operation}
    by_scheme = {name: endpoint for endpoint in endpoints for name in endpoint.schemes}
    suffixes = _client_suffixes(api, chosen.values(), by_scheme, names)
    operations = {place: _operation_auth(uses, by_scheme, suffixes) for place, uses in chosen.items()}
    findings = (
        *missing_addresses(api, known, chosen.values(), offered),
        *uncarried(api, chosen),
        *unused(api, served=list(by_scheme), chosen=chosen, standing=standing),
        *by_hand(api, known, chosen.values()),
        *undeclared_scopes(api, by_scheme, options.scopes),
        *unheard_address(api, {name: e.url for name, e in by_scheme.items()} or known, chosen, options.token_url or ""),
        *(from_operation(api, described.operation, references) if described else ()),
        *(f for e in endpoints if e.url in at_addresses for f in _at_operation(api, at_addresses[e.url], e)),
        *(unsendable(api, at_addresses[address]) for address in barred),
    )
    plan = AuthPlan(
        token_endpoints=endpoints,
        operations=operations,
        names=_scheme_names(api, addresses, servers.variables),
        fetchable=frozenset(known),
        missing=missing_tokens(api, known, addresses),
        offered=tuple(one.url for one in offered),
    )
    return Checked(plan, findings)


def _references(api: Api, servers: ServerPlan, given: str | None) -> dict[str, str]:
    """Return, for each scheme whose tokens come from an endpoint, how that is written."""
    return {
        scheme.name: reference
        for scheme in api.security_schemes.values()
        if (reference := token_reference(scheme, servers, given))
    }


def _operation_auth(
    uses: tuple[SchemeUse, ...], by_scheme: Mapping[str, TokenEndpoint], suffixes: Mapping[str, str]
) -> OperationAuth:
    return OperationAuth(
        uses=uses,
        token_endpoint=next((by_scheme[use.scheme] for use in uses if use.scheme in by_scheme), None),
        client_suffix=next((suffixes[use.scheme] for use in uses if use.scheme in suffixes), ""),
    )


def _only_certain(offered: tuple[DescribedEndpoint, ...]) -> DescribedEndpoint | None:
    """Return the operation from which tokens come for certain, if there is just one."""
    return offered[0] if len(offered) == 1 and offered[0].certain else None


def _as_described(endpoint: TokenEndpoint, operation: Operation | None, api: Api) -> TokenEndpoint:
    """Return `endpoint` as the `operation` at its address has it, if that takes what is sent there.

    What it requires beside, and its author gives a value for, is sent too, where the user says nothing else.
    """
    if operation is None or not takes_form(operation):
        return endpoint
    given = given_fields(operation, api)
    scopes = endpoint.scopes or tuple(given.get("scope", "").split())
    further = {name: value for name, value in given.items() if name != "scope"} | dict(endpoint.parameters)
    return replace(endpoint, operation=operation.place, scopes=scopes, parameters=tuple(further.items()))


def _at_operation(api: Api, operation: Operation, endpoint: TokenEndpoint) -> Iterable[Finding]:
    """Say what becomes of the operation at the address of `endpoint`."""
    yield from at_endpoint(api, operation, _sent(endpoint))
    if takes_form(operation):
        yield from unmet(api, operation, by_basic=endpoint.client_authentication is not ClientAuthentication.BODY)


def _sent(endpoint: TokenEndpoint) -> dict[str, str]:
    """Return what a token request sends (RFC 6749, 4.4.2); empty what its user fills in."""
    scope = {"scope": " ".join(endpoint.scopes)} if endpoint.scopes else {}
    standard = {"grant_type": "client_credentials", "client_id": "", "client_secret": ""}
    return standard | scope | dict(endpoint.parameters)


def _check_declared(api: Api, scheme: str | None) -> None:
    if scheme is None or scheme in api.security_schemes:
        return
    names = ", ".join(api.security_schemes) or "none"
    raise UsageError(f"--auth-scheme {scheme}: the document declares no such security scheme; it declares {names}.")


def _client_suffixes(
    api: Api, chosen: Iterable[tuple[SchemeUse, ...]], by_scheme: Mapping[str, TokenEndpoint], names: Names
) -> dict[str, str]:
    """Return, for each scheme whose grant needs a person, what its client's variables are lengthened by.

    Clients of different endpoints are different ones: a secret must not go to another's host.
    """
    suffixes: dict[str, str] = {}
    for use in (use for uses in chosen for use in uses):
        interactive = api.security_schemes[use.scheme].type in {SchemeType.OAUTH2, SchemeType.OPENID_CONNECT}
        if interactive and use.scheme not in by_scheme and use.scheme not in suffixes:
            first = not by_scheme and not suffixes
            suffixes[use.scheme] = "" if first else names.suffix(use.scheme)
    return suffixes


def _scheme_names(api: Api, addresses: Mapping[str, str], others: Iterable[Variable]) -> dict[str, str]:
    """Return what the variables of each scheme are called that gets no token from an endpoint.

    A key's variable has the name itself, the others' begin with it. None has a name of `others`.
    """
    names = Names()
    for variable in others:
        names.take(variable.name)
    found: dict[str, str] = {}
    for scheme in api.security_schemes.values():
        if scheme.name not in addresses:
            stem = variable_name(scheme.name)
            forms = ("{}",) if scheme.type is SchemeType.API_KEY else ("{}_token", "{}_username", "{}_password")
            found[scheme.name] = names.own(("scheme", scheme.name), (stem, f"scheme_{stem}"), forms)
    return found


def _choose(operation: Operation, api: Api, addresses: Mapping[str, str], wanted: str | None) -> tuple[SchemeUse, ...]:
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
        if wanted is not None and any(use.scheme == wanted for use in requirement.uses):
            return -1
        return max(_effort(api.security_schemes[use.scheme], addresses) for use in requirement.uses)

    return min(known, key=rank).uses


def _effort(scheme: SecurityScheme, addresses: Mapping[str, str]) -> int:
    if scheme.name in addresses:
        return 0
    if not is_fillable(scheme):
        return 3
    return 1 if scheme.type in {SchemeType.HTTP, SchemeType.API_KEY} else 2


def _endpoints(
    addresses: Mapping[str, str],
    references: Mapping[str, str],
    chosen: Iterable[tuple[SchemeUse, ...]],
    options: AuthOptions,
    names: Names,
) -> tuple[TokenEndpoint, ...]:
    """Return the endpoints whose tokens operations carry; where none carries any, the first that is declared."""
    used: dict[str, dict[str, None]] = {}
    for uses in chosen:
        for use in uses:
            used.setdefault(use.scheme, {}).update(dict.fromkeys(use.scopes))
    by_address: dict[str, list[str]] = {}
    for scheme, address in sorted(addresses.items(), key=lambda item: item[0] not in used):
        by_address.setdefault(address, []).append(scheme)
    carried = {address: schemes for address, schemes in by_address.items() if used.keys() & schemes}
    endpoints = [
        TokenEndpoint(
            url=address,
            reference=references[schemes[0]],
            suffix="",
            schemes=tuple(schemes),
            scopes=options.scopes or tuple(dict.fromkeys(s for scheme in schemes for s in used.get(scheme, {}))),
            client_authentication=options.client_authentication,
            parameters=options.parameters,
        )
        for address, schemes in (carried or dict(list(by_address.items())[:1])).items()
    ]
    return (*endpoints[:1], *(replace(e, suffix=names.suffix(e.schemes[0])) for e in endpoints[1:]))
