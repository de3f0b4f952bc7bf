"""The token endpoint where the document itself describes it as an operation."""

from msgspec import Struct

from generator.json_values import JsonObject
from generator.model import Api, MediaType, Operation
from generator.request.media_types import essence
from generator.request.schemas import members, required_names, resolved_node
from generator.request.values import text_value
from generator.servers import ServerPlan
from generator.token_fields import is_unsendable
from generator.vocabulary import FORM


class DescribedEndpoint(Struct, frozen=True, kw_only=True):
    """A token endpoint that is an operation of the document."""

    url: str
    operation: Operation


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
    media_types = operation.body.media_types if operation.body else ()
    form = next((media_type for media_type in media_types if essence(media_type.name) == FORM), None)
    return tuple(sorted(required_names(form.schema, api.definitions))) if form else ()


def unsendable_fields(operation: Operation, api: Api) -> tuple[str, ...]:
    """Return the names of those that the operation's form requires which no request that is written down can carry."""
    return tuple(name for name in asked_for(operation, api) if is_unsendable(name))


def token_operation(api: Api, servers: ServerPlan) -> DescribedEndpoint | None:
    """Return the operation that issues tokens by the client credentials grant, as RFC 6749 section 4.4 shapes it.

    It takes a form with `grant_type`, which may be `client_credentials`, and answers with an `access_token`.
    """
    for operation in api.operations:
        if operation.method == "POST" and "{" not in operation.path and _takes_grant(operation, api):
            address = _address(operation, servers)
            if address.startswith(("http://", "https://")) and _gives_token(operation, api):
                return DescribedEndpoint(url=address, operation=operation)
    return None


def _address(operation: Operation, servers: ServerPlan) -> str:
    return text_value(servers.base_of(operation).value) + operation.path


def _takes_grant(operation: Operation, api: Api) -> bool:
    media_types = operation.body.media_types if operation.body else ()
    form = next((media_type for media_type in media_types if media_type.name == FORM), None)
    grant = _members(form, api).get("grant_type")
    if grant is None:
        return False
    allowed = grant.get("enum", [grant["const"]] if "const" in grant else None)
    return not isinstance(allowed, list) or "client_credentials" in allowed


def _gives_token(operation: Operation, api: Api) -> bool:
    media_types = (m for r in operation.responses if r.status.startswith("2") for m in r.media_types)
    return any("access_token" in _members(media_type, api) for media_type in media_types)


def _members(media_type: MediaType | None, api: Api) -> dict[str, JsonObject]:
    if media_type is None or media_type.schema is None:
        return {}
    return members(resolved_node(media_type.schema.node, api.definitions), api.definitions)
