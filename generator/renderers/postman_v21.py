"""The Postman collection, format v2.1.0, and an environment for each server."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.auth import TokenEndpoint
from generator.findings import Checked
from generator.json_values import to_json
from generator.model import ExternalDocumentation, Tag
from generator.renderers.identifiers import stable_id
from generator.renderers.postman_items import item, spelled
from generator.renderers.templating import render as render_template
from generator.renderers.values import Prepared
from generator.request.credentials import client_id, client_secret
from generator.request.incoming import FOLDER_DESCRIPTIONS
from generator.request.token import scope, token_url
from generator.request.values import (
    ApiKey,
    BearerToken,
    Field,
    FormBody,
    InteractiveOAuth2,
    Request,
    RequestPurpose,
    Text,
    UserCredentials,
    Variable,
)
from generator.servers import Environment

_SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def render(prepared: Prepared) -> Checked[Mapping[str, str]]:
    """Return the collection and, where there are several servers, their environments, by the ending of their name."""
    files = {".postman_collection.json": to_json(_collection(prepared)) + "\n"}
    if len(prepared.servers.environments) > 1:
        for environment in prepared.servers.environments:
            text = to_json(_environment(prepared, environment)) + "\n"
            files[f".{environment.slug}.postman_environment.json"] = text
    return Checked(files)


def _collection(prepared: Prepared) -> dict[str, Any]:
    api, endpoints = prepared.api, _used_endpoints(prepared)
    link = _link(api.external_documentation)
    description = "\n\n".join(part for part in (api.summary, api.description.strip(), link) if part)
    return {
        "info": {
            "_postman_id": stable_id(api.title),
            "name": api.title,
            "description": description,
            "version": api.version,
            "schema": _SCHEMA,
        },
        "item": _items(prepared, endpoints),
        "event": _collection_events(endpoints, prepared.requests),
        "variable": [_variable(variable) for variable in _variables(prepared, endpoints)],
    }


def _link(documentation: ExternalDocumentation | None) -> str:
    if documentation is None:
        return ""
    return f"[{documentation.description.strip() or 'More information'}]({documentation.url})"


def _of_tag(tag: Tag) -> str:
    words = (tag.summary, tag.description.strip(), _link(tag.external_documentation))
    return "\n\n".join(word for word in words if word)


def _used_endpoints(prepared: Prepared) -> tuple[TokenEndpoint, ...]:
    wanted = {request.url.base for request in prepared.requests if request.purpose is RequestPurpose.TOKEN}
    return tuple(endpoint for endpoint in prepared.plan.token_endpoints if (token_url(endpoint),) in wanted)


def _items(prepared: Prepared, endpoints: tuple[TokenEndpoint, ...]) -> list[dict[str, Any]]:
    title = prepared.api.title
    descriptions = {**FOLDER_DESCRIPTIONS, **{tag.name: _of_tag(tag) for tag in prepared.api.tags}}
    by_address: dict[Text, TokenEndpoint] = {(token_url(endpoint),): endpoint for endpoint in endpoints}
    top: list[dict[str, Any]] = []
    folders: dict[tuple[str, ...], list[dict[str, Any]]] = {(): top}
    for request in prepared.requests:
        endpoint = by_address.get(request.url.base) if request.purpose is RequestPurpose.TOKEN else None
        events = _token_events(endpoint) if endpoint else []
        _folder(request.folder, folders, descriptions, title).append(item(request, title, events))
    return top


def _folder(
    names: tuple[str, ...],
    folders: dict[tuple[str, ...], list[dict[str, Any]]],
    descriptions: Mapping[str, str],
    title: str,
) -> list[dict[str, Any]]:
    """Return the items of the folder `names`, made with those around it where it is not there yet."""
    for depth in range(1, len(names) + 1):
        inner, around = names[:depth], names[: depth - 1]
        if inner not in folders:
            items: list[dict[str, Any]] = []
            folders[inner] = items
            folder = {
                "id": stable_id(title, "folder", *inner),
                "name": inner[-1],
                "description": descriptions.get(inner[-1], ""),
                "item": items,
            }
            folders[around].append(folder)
    return folders[names]


def _event(listen: str, template: str, **values: object) -> dict[str, Any]:
    script = render_template(f"postman_v21/{template}.js", **values).strip("\n")
    return {"listen": listen, "script": {"type": "text/javascript", "exec": script.split("\n")}}


def _table(endpoints: tuple[TokenEndpoint, ...]) -> dict[str, dict[str, Any]]:
    return {
        endpoint.variable("access_token"): {
            "suffix": endpoint.suffix,
            "authentication": endpoint.client_authentication.value,
            "parameters": dict(endpoint.parameters),
        }
        for endpoint in endpoints
    }


def _collection_events(endpoints: tuple[TokenEndpoint, ...], requests: tuple[Request, ...]) -> list[dict[str, Any]]:
    """Return the collection's scripts. What skips callbacks is in the first of all scripts: the only one that may."""
    incoming = any(request.purpose is RequestPurpose.INCOMING for request in requests)
    table = _table(endpoints)
    if not endpoints:
        return [_event("prerequest", "incoming")] if incoming else []
    return [
        _event("prerequest", "collection_prerequest", endpoints=table, incoming=incoming),
        _event("test", "collection_test", endpoints=table),
    ]


def _token_events(endpoint: TokenEndpoint) -> list[dict[str, Any]]:
    """Return the scripts of a token request, which know of its own endpoint only: each of the others has its own."""
    table, token = _table((endpoint,)), endpoint.variable("access_token")
    return [
        _event("prerequest", "token_prerequest", endpoints=table, token=token),
        _event("test", "token_test", endpoints=table, token=token),
    ]


def to_fill_in(prepared: Prepared) -> tuple[str, ...]:
    """Return the names of the variables that a user fills in: they have no value, and no script gives them one."""
    scripts = {
        endpoint.variable(name)
        for endpoint in prepared.plan.token_endpoints
        for name in ("access_token", "access_token_expires_at", "access_token_for")
    }
    found = _variables(prepared, prepared.plan.token_endpoints)
    return tuple(v.name for v in found if v.name not in scripts and (v.secret or not spelled(v.value)))


def _variables(prepared: Prepared, endpoints: tuple[TokenEndpoint, ...]) -> Iterator[Variable]:
    """Yield the collection's variables, each once: addresses, the client's, the token's, then schemes' own."""
    seen: set[str] = set()
    servers = prepared.servers.variables
    candidates = [variable for variable in servers if variable.name.startswith("baseUrl")]
    for endpoint in endpoints:
        candidates += _endpoint_variables(endpoint)
    candidates += servers
    candidates += [variable for request in prepared.requests for variable in _request_variables(request)]
    for variable in candidates:
        if variable.name not in seen:
            seen.add(variable.name)
            yield variable


def _endpoint_variables(endpoint: TokenEndpoint) -> list[Variable]:
    expires, owner = endpoint.variable("access_token_expires_at"), endpoint.variable("access_token_for")
    return [
        token_url(endpoint),
        client_id(endpoint.suffix),
        client_secret(endpoint.suffix),
        Variable(name=endpoint.variable("access_token"), description="The access token; scripts fetch and renew it."),
        Variable(name=expires, description="When the token expires, in milliseconds since 1970; kept by scripts."),
        Variable(name=owner, description="For which address, client and scope the token is; kept by scripts."),
        *([scope(endpoint)] if endpoint.scopes else []),
    ]


def _request_variables(request: Request) -> Iterator[Variable]:
    auth = request.authorization
    if isinstance(auth, BearerToken):
        yield auth.token
    elif isinstance(auth, UserCredentials):
        yield from (auth.username, auth.password)
    elif isinstance(auth, ApiKey):
        yield auth.key
    elif isinstance(auth, InteractiveOAuth2):
        secret = (auth.client_secret,) if auth.client_secret else ()
        yield from (auth.client_id, *secret, *(auth.user or ()), auth.token)
    fields: list[Field] = [*request.headers, *request.cookies]
    if isinstance(request.body, FormBody):
        fields += request.body.fields
    texts = [request.url.base, *(field.value for field in fields), *(query.value or () for query in request.url.query)]
    for text in texts:
        yield from (part for part in text if isinstance(part, Variable))


def _variable(variable: Variable) -> dict[str, str]:
    value = "" if variable.secret else spelled(variable.value)
    return {"key": variable.name, "value": value, "type": "string", "description": variable.description}


def _environment(prepared: Prepared, environment: Environment) -> dict[str, Any]:
    title, endpoints = prepared.api.title, prepared.plan.token_endpoints
    values = {name: spelled(address) for name, address in environment.addresses.items()}
    values |= {endpoint.variable("tokenUrl"): endpoint.url_beside(environment.server) for endpoint in endpoints}
    return {
        "id": stable_id(title, "environment", environment.slug),
        "name": f"{title} – {environment.name}",
        "values": [{"key": key, "value": value, "type": "default", "enabled": True} for key, value in values.items()],
        "_postman_variable_scope": "environment",
    }
