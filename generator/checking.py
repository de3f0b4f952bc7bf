"""The check of a specification: all that any station or rule says of it, graded as a team wants it."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.auth import AuthPlan, plan_auth
from generator.auth.remarks import named_offers
from generator.auth.schemes import client_credentials_flow, is_bearer
from generator.document import Document
from generator.document_options import DocumentOptions, auth_options
from generator.examples import example_findings
from generator.fillable import fillable_findings
from generator.findings import Finding, Place, Severity, UsageError
from generator.ignores import ignores, without_ignored
from generator.model import Api, SchemeType, SecurityRequirement, SecurityScheme
from generator.option_types import check_types
from generator.readers import read
from generator.request.filters import wanted
from generator.servers import plan_servers
from generator.uris import host_of, without_credentials
from generator.validation import Policy, examine
from generator.validation.rules.auth_flow import token_endpoint_missing, token_url_host, token_url_https
from generator.validation.rules.catalogue import RULES_BY_NAME
from generator.validation.security import api_operation, flows, grant_called, is_public_on_purpose
from generator.validation.walk import walk

__all__ = ["CheckOptions", "Policy", "check"]

_FROM_STATIONS = frozenset({"scope-declared", "security-authorization-conflict", "server-relative"})
"""What of the planning of servers and tokens concerns a check."""


class CheckOptions(Struct, frozen=True, kw_only=True):
    """What a user decides about a check.

    `document` is what a conversion would be told, so that both agree; `policy` what a team allows; `severities` how
    grave its findings are by the name of their rule, None: off. With `reference` openapi-spec-validator is asked too.
    """

    document: DocumentOptions = DocumentOptions()
    policy: Policy = Policy()
    severities: Mapping[str, Severity | None] = {}
    reference: bool = False

    def __post_init__(self) -> None:
        check_types(self)


def check(document: Document, options: CheckOptions, earlier: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Return what is to be said of `document`; `earlier` is what reading it has said.

    Raises UsageError where an option names something that the document does not have, or a rule that no check has.
    """
    if strangers := options.severities.keys() - RULES_BY_NAME.keys():
        raise UsageError(f"severities: check has no rule {', '.join(sorted(strangers))}")
    asked = options.document
    allowed = allowed_secrets(options)
    policy = replace(options.policy, token_url=asked.token_url, scopes=asked.scopes, allowed_secrets=allowed)
    examined = examine(document, policy)
    harmless = examined.value.document
    api = read(examined.value)
    servers = plan_servers(api.value, asked.server)
    plan = plan_auth(api.value, servers.value, auth_options(asked))
    # What the stations say beside this is about a conversion, or said by a rule with a check of its own.
    planned = (finding for station in (servers, plan) for finding in station.findings if finding.rule in _FROM_STATIONS)
    missing = _missing_endpoints(harmless, api.value, plan.value)
    unsafe = _unsafe_operations(api.value, plan.value, policy)
    found = (
        *earlier,
        *examined.findings,
        *api.findings,
        *planned,
        *missing,
        *unsafe,
        *example_findings(api.value, examined.value),
        *fillable_findings(api.value),
    )
    told: Iterable[Finding] = dict.fromkeys(found)
    if options.reference:
        from generator.second_opinion import with_second_opinion

        told = with_second_opinion(harmless, allowed, told)
    graded = _graded(told, options.severities)
    chosen = _chosen(graded, api.value, asked)
    return tuple(without_ignored(chosen, ignores(harmless)))


def allowed_secrets(options: CheckOptions) -> tuple[str, ...]:
    """Return the patterns of what looks like a secret and is none, be that said as a policy or as of a conversion."""
    return (*options.policy.allowed_secrets, *options.document.allowed_secrets)


def idle_patterns(document: Document, patterns: Iterable[str]) -> tuple[str, ...]:
    """Return those of the `patterns` of public operations that match no operation of `document`."""
    called = [called for visit in walk(document) if (called := api_operation(visit))] if patterns else []
    return tuple(
        pattern
        for pattern in patterns
        if not any(is_public_on_purpose(*each, Policy(public_operations=(pattern,))) for each in called)
    )


def _missing_endpoints(document: Document, api: Api, plan: AuthPlan) -> Iterator[Finding]:
    """Say for which oauth2 and bearer schemes no program can get a token (RFC 6749, 4.4).

    Where an operation offers an alternative that needs none, or whose tokens a program can get, nothing is missing.
    That a client credentials flow lacks its address or has an unusable one, and that a flow has a name which nobody
    knows, other rules say.
    """
    rule = token_endpoint_missing.RULE
    named = dict.fromkeys(
        use.scheme
        for operation in api.operations
        if not any(_is_met_by_program(requirement, api, plan) for requirement in operation.security or ())
        for requirement in operation.security or ()
        for use in requirement.uses
    )
    for name in named:
        scheme = api.security_schemes.get(name)
        if scheme is None or name in plan.fetchable or client_credentials_flow(scheme):
            continue
        if is_bearer(scheme) or (scheme.type is SchemeType.OAUTH2 and not _has_unknown_flow(document, scheme)):
            bearer = is_bearer(scheme)
            lacks = "its flows need a person" if scheme.flows else "it has no flow"
            which = "a bearer scheme has no place for one" if bearer else lacks
            yield rule.finding(
                scheme.place,
                f"No token endpoint for client credentials can be had for `{name}`: {which}.",
                "Declare a clientCredentials flow" + (f", or give {_setting(plan.offered)}." if bearer else "."),
                rule.severity,
            )


def _unsafe_operations(api: Api, plan: AuthPlan, policy: Policy) -> Iterator[Finding]:
    """Say of operations that give tokens what rules say of a `tokenUrl`: whether the host is allowed, and encrypted."""
    for endpoint in plan.token_endpoints:
        if endpoint.operation is None or any(
            client_credentials_flow(api.security_schemes[n]) for n in endpoint.schemes
        ):
            continue
        host = host_of(endpoint.url)
        if not token_url_host.is_allowed(host, policy.token_hosts):
            said = token_url_host.stranger(host, policy.token_hosts)
            yield token_url_host.RULE.finding(endpoint.operation, said.message, said.hint, said.severity)
        if token_url_https.is_open(endpoint.url):
            message = (
                f"What this operation is sent, at `{without_credentials(endpoint.url).address}`, is not encrypted."
            )
            yield token_url_https.RULE.finding(endpoint.operation, message, "Begin the server's address with https://.")


def _is_met_by_program(requirement: SecurityRequirement, api: Api, plan: AuthPlan) -> bool:
    """Tell whether no scheme of a requirement needs a token that no program can get."""
    schemes = [api.security_schemes.get(use.scheme) for use in requirement.uses]
    return all(s is not None and (s.name in plan.fetchable or not _has_tokens(s)) for s in schemes)


def _has_tokens(scheme: SecurityScheme) -> bool:
    return is_bearer(scheme) or scheme.type in {SchemeType.OAUTH2, SchemeType.OPENID_CONNECT}


def _setting(offered: tuple[str, ...]) -> str:
    """Return the setting for a token endpoint, with the addresses of operations that look like one."""
    addresses = named_offers('token-url = "{}"', offered)
    return f"in the settings {addresses}" if addresses else "`token-url` in the settings"


def _has_unknown_flow(document: Document, scheme: SecurityScheme) -> bool:
    node = document.node_at(scheme.place)
    return isinstance(node, dict) and any(grant_called(name) is None for name, _ in flows(node))


def _graded(findings: Iterable[Finding], severities: Mapping[str, Severity | None]) -> Iterator[Finding]:
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity is not None:
            yield finding if severity is finding.severity else replace(finding, severity=severity)


def _chosen(findings: Iterable[Finding], api: Api, options: DocumentOptions) -> Iterator[Finding]:
    """Yield the findings that do not stand in an operation which the filters leave out."""
    chosen = {operation.place for operation in wanted(api, options)}
    left_out = {operation.place for operation in api.operations if operation.place not in chosen}
    for finding in findings:
        if not (left_out and any(place in left_out for place in _around(finding.place))):
            yield finding


def _around(place: Place) -> Iterator[Place]:
    """Yield `place` and those that it is in."""
    pointer = place.pointer
    while pointer:
        yield Place(place.uri, pointer)
        pointer = pointer.rpartition("/")[0]
