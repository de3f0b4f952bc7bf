"""Security schemes: each read by the words that it uses, be they those of 2.0 or of 3."""

from collections.abc import Iterator

from generator.findings import Place
from generator.json_values import JsonObject, JsonValue
from generator.model import Flow, Grant, ParameterLocation, SchemeType, SecurityScheme
from generator.readers.base import Reading, as_address, as_object, as_text, below
from generator.readers.discovery import discovered
from generator.validation.security import grant_called, grant_of

_TYPES = {kind.value: kind for kind in SchemeType}
_LOCATIONS = {location.value: location for location in ParameterLocation}
_IN_PLACE = frozenset({"flow", "tokenUrl", "authorizationUrl"})


def security_schemes(reading: Reading) -> dict[str, SecurityScheme]:
    """Return the schemes that a document declares where 3 has them, where 2.0 has them, and those named by address."""
    root = reading.document.root
    new, old = as_object(as_object(root.get("components")).get("securitySchemes")), root.get("securityDefinitions")
    nodes: list[tuple[str, JsonValue, Place]] = [
        (name, node, reading.root_place("components", "securitySchemes", name)) for name, node in new.items()
    ]
    nodes += [
        (name, node, reading.root_place("securityDefinitions", name))
        for name, node in as_object(old).items()
        if name not in new
    ]
    nodes += [(name, {"$ref": uri}, at) for name, (uri, at) in reading.schemes_elsewhere.items()]
    found = {}
    for name, node, place in nodes:
        scheme = _scheme(name, *reading.target(node, place))
        if scheme is not None:
            found[name] = discovered(scheme, reading.document)
    return found


def _scheme(name: str, node: JsonObject, place: Place) -> SecurityScheme | None:
    """Return a scheme; None where its type is none."""
    kind = _TYPES.get(as_text(node.get("type")))
    description = as_text(node.get("description"))
    if node.get("type") == "basic":  # 2.0
        return SecurityScheme(
            name=name, type=SchemeType.HTTP, place=place, description=description, http_scheme="basic"
        )
    if kind is None:
        return None
    return SecurityScheme(
        name=name,
        type=kind,
        place=place,
        description=description,
        flows=tuple(_flows(node, place)) if kind is SchemeType.OAUTH2 else (),
        http_scheme=as_text(node.get("scheme")).lower(),
        bearer_format=as_text(node.get("bearerFormat")),
        parameter_name=as_text(node.get("name")),
        parameter_location=_LOCATIONS.get(as_text(node.get("in")), ParameterLocation.HEADER),
        openid_connect_url=as_text(node.get("openIdConnectUrl")),
        metadata_url=as_text(node.get("oauth2MetadataUrl")),
    )


def _flows(node: JsonObject, place: Place) -> Iterator[Flow]:
    if "flows" not in node and not _IN_PLACE.isdisjoint(node):  # as in 2.0
        yield _flow(Grant(grant_of(node)), node, place)
    for name, flow in as_object(node.get("flows")).items():
        if grant := grant_called(name):
            yield _flow(Grant(grant), as_object(flow), below(place, "flows", name))


def _flow(grant: Grant, node: JsonObject, place: Place) -> Flow:
    return Flow(
        grant=grant,
        place=place,
        token_url=as_address(node.get("tokenUrl")),
        authorization_url=as_address(node.get("authorizationUrl")),
        refresh_url=as_address(node.get("refreshUrl")),
        device_authorization_url=as_address(node.get("deviceAuthorizationUrl")),
        scopes={key: as_text(value) for key, value in as_object(node.get("scopes")).items()},
    )
