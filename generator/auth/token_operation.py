"""The token endpoint where the document itself describes it as an operation."""

from collections.abc import Iterator

from msgspec import Struct

from generator.json_values import JsonObject, JsonValue
from generator.model import Api, MediaType, Operation, ParameterLocation
from generator.request.media_types import essence
from generator.request.schemas import members, required_names, resolved_node
from generator.request.values import text_value
from generator.servers import ServerPlan
from generator.token_fields import is_unsendable
from generator.vocabulary import FORM


class DescribedEndpoint(Struct, frozen=True, kw_only=True):
    """An operation of the document that looks like a token endpoint.

    `reference` is its address as a document would write it. It is `certain` where a token is described as its answer.
    """

    url: str
    reference: str
    operation: Operation
    certain: bool


def operation_at(api: Api, servers: ServerPlan, url: str) -> Operation | None:
    """Return the operation that a POST to `url` is, if the document has it."""
    address = url.partition("?")[0].rstrip("/")
    return next(
        (
            operation
            for operation in api.operations
            if operation.method == "POST" and _address(operation, servers).rstrip("/") == address
        ),
        None,
    )


def takes_form(operation: Operation) -> bool:
    """Tell whether an operation takes what a token request sends: a form (RFC 6749, 4.4.2), or does not say."""
    media_types = operation.body.media_types if operation.body else ()
    return not media_types or any(essence(media_type.name) in {FORM, "*/*"} for media_type in media_types)


def asked_for(operation: Operation, api: Api) -> tuple[str, ...]:
    """Return the names that the operation's form requires."""
    form = _form(operation)
    return tuple(sorted(required_names(form.schema, api.definitions))) if form else ()


def unsendable_fields(operation: Operation, api: Api) -> tuple[str, ...]:
    """Return the names of those that the operation's form requires which no request that is written down can carry."""
    return tuple(name for name in asked_for(operation, api) if is_unsendable(name))


def described_endpoints(api: Api, servers: ServerPlan) -> tuple[DescribedEndpoint, ...]:
    """Return the operations that issue tokens by the client credentials grant, as RFC 6749 section 4.4 shapes it.

    Such a one takes a form with `grant_type`, which may be `client_credentials`, or with the client's identifier and
    secret, or `grant_type` in the query; and it is `certain` where it answers with an `access_token`. Where any is
    certain, those that are not are left out, and likewise deprecated ones and those that no request can be written for.
    """
    found: list[DescribedEndpoint] = []
    for operation in api.operations:
        query = _grant_query(operation, api) if operation.method == "POST" and "{" not in operation.path else None
        if query is not None and _address(operation, servers).startswith(("http://", "https://")):
            found.append(
                DescribedEndpoint(
                    url=_address(operation, servers) + query,
                    reference=_reference(operation, servers) + query,
                    operation=operation,
                    certain=_gives_token(operation, api),
                )
            )
    for is_better in (
        lambda one: one.certain,
        lambda one: not one.operation.deprecated,
        lambda one: not unsendable_fields(one.operation, api),
    ):
        found = [one for one in found if is_better(one)] or found
    return tuple(found)


def given_fields(operation: Operation, api: Api) -> dict[str, str]:
    """Return the fields that the operation's form requires and for which its author gives a value, with that.

    What stands in a token request anyway is not among them, nor what Postman would read as a variable.
    """
    form = _form(operation)
    named = _members(form, api)
    known = _ALWAYS_SENT | _USED_ONCE
    wanted = [name for name in asked_for(operation, api) if name not in known and not is_unsendable(name)]
    found: dict[str, str] = {}
    for name in wanted:
        beside = [e.value[name] for e in form.examples if isinstance(e.value, dict) and name in e.value] if form else []
        given = [value for value in (*_authored(named.get(name, {})), *beside) if _is_sendable(value)]
        if given and "{{" not in name:
            found[name] = str(given[0])
    return found


_ALWAYS_SENT = frozenset({"grant_type", "client_id", "client_secret"})
_USED_ONCE = frozenset({"code", "code_verifier", "device_code", "nonce", "otp", "pin"})
"""What is another one each time, or somebody's own: an author's example of it is no value."""


def _authored(node: JsonObject) -> Iterator[JsonValue]:
    """Yield the values that the author of a schema gives, those first that nothing else may be."""
    for keyword in ("const", "default", "example"):
        if keyword in node:
            yield node[keyword]
    for keyword in ("examples", "enum"):
        listed = node.get(keyword)
        yield from listed if isinstance(listed, list) else ()


def _is_sendable(value: JsonValue) -> bool:
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return is_text and str(value).strip() != "" and "{{" not in str(value)


def _address(operation: Operation, servers: ServerPlan) -> str:
    return text_value(servers.base_of(operation).value) + operation.path


def _reference(operation: Operation, servers: ServerPlan) -> str:
    """Return the address as a document writes it: one at the document's server is relative to that."""
    at_default = servers.base_of(operation) == servers.base_variable
    return f".{operation.path}" if at_default else _address(operation, servers)


def _grant_query(operation: Operation, api: Api) -> str | None:
    """Return the query by which an operation is asked for a token, or None where it does not take such a request."""
    parameters = {p.name: p for p in operation.parameters if p.location is ParameterLocation.QUERY}
    grant = parameters.get("grant_type")
    if any(parameter.required for parameter in parameters.values() if parameter is not grant):
        return None
    named = _members(_form(operation), api)
    if "grant_type" in named:
        return "" if _may_be_client_credentials(named["grant_type"]) else None
    if grant is not None:
        is_wanted = _may_be_client_credentials(resolved_node(grant.schema.node, api.definitions))
        return "?grant_type=client_credentials" if is_wanted and takes_form(operation) else None
    return "" if named.keys() >= {"client_id", "client_secret"} and not named.keys() & _OTHER_GRANTS else None


_OTHER_GRANTS = frozenset({"code", "device_code", "password", "refresh_token", "username"})
"""Fields by which other grants are told (RFC 6749, 4.1.3, 4.3.2 and 6; RFC 8628, 3.4), where no `grant_type` does."""


def _may_be_client_credentials(grant: JsonObject) -> bool:
    allowed = grant.get("enum", [grant["const"]] if "const" in grant else None)
    return not isinstance(allowed, list) or "client_credentials" in allowed


def _form(operation: Operation) -> MediaType | None:
    media_types = operation.body.media_types if operation.body else ()
    return next((media_type for media_type in media_types if essence(media_type.name) == FORM), None)


def _gives_token(operation: Operation, api: Api) -> bool:
    """Tell whether an answer that means success is described with a token, by its schema or by an example."""
    media_types = [m for r in operation.responses if r.status.startswith("2") for m in r.media_types]
    shown = [example.value for media_type in media_types for example in media_type.examples]
    return any("access_token" in _members(media_type, api) for media_type in media_types) or any(
        isinstance(value, dict) and "access_token" in value for value in shown
    )


def _members(media_type: MediaType | None, api: Api) -> dict[str, JsonObject]:
    if media_type is None or media_type.schema is None:
        return {}
    return members(resolved_node(media_type.schema.node, api.definitions), api.definitions)
