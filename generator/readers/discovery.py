"""What an authorization server says of itself: the metadata that a scheme names, where it was fetched (RFC 8414)."""

import urllib.parse

from msgspec.structs import replace

from generator.document import Document
from generator.json_values import JsonObject, JsonValue
from generator.model import Flow, Grant, SchemeType, SecurityScheme
from generator.uris import without_credentials

_GRANTS = {
    "client_credentials": Grant.CLIENT_CREDENTIALS,
    "authorization_code": Grant.AUTHORIZATION_CODE,
    "urn:ietf:params:oauth:grant-type:device_code": Grant.DEVICE_AUTHORIZATION,
}
_USUAL = ("authorization_code",)
"""What a server grants that does not say what (RFC 8414, 2; the implicit grant is in use no longer)."""


def discovered(scheme: SecurityScheme, document: Document) -> SecurityScheme:
    """Return `scheme` with the addresses that its metadata has, and where that is not at hand, with the reason.

    Those that the document itself gives come first. Flows are added for OpenID Connect alone, which declares none.
    """
    address = scheme.metadata_url or scheme.openid_connect_url
    if not address:
        return scheme
    resource = document.resources.get(address)
    if resource is None:
        absence = document.absent.get(address)
        return replace(scheme, undiscovered=absence.message if absence else "")
    metadata = resource.root
    if not _is_of(metadata, address):
        return replace(scheme, undiscovered="it names another issuer than the address that it comes from.")
    flows = tuple(_completed(flow, metadata) for flow in scheme.flows)
    if scheme.type is SchemeType.OPENID_CONNECT:
        flows = tuple(flow for flow in _flows(metadata, scheme) if flow.token_url)
    return replace(scheme, flows=flows, discovered=True)


def _is_of(metadata: JsonObject, address: str) -> bool:
    """Tell whether metadata is that of the host it comes from (RFC 8414, 3.3)."""
    return _host(_text(metadata, "issuer")) == _host(address)


def _host(address: str) -> str:
    try:
        return urllib.parse.urlsplit(address).netloc
    except ValueError:
        return ""


def _completed(flow: Flow, metadata: JsonObject) -> Flow:
    return replace(
        flow,
        token_url=flow.token_url or _address(metadata, "token_endpoint"),
        authorization_url=flow.authorization_url or _address(metadata, "authorization_endpoint"),
        device_authorization_url=flow.device_authorization_url or _address(metadata, "device_authorization_endpoint"),
    )


def _flows(metadata: JsonObject, scheme: SecurityScheme) -> list[Flow]:
    offered = metadata.get("grant_types_supported")
    names: list[JsonValue] = offered if isinstance(offered, list) else list(_USUAL)
    grants = [grant for name, grant in _GRANTS.items() if name in names]
    return [_completed(Flow(grant=grant, place=scheme.place), metadata) for grant in grants]


def _address(metadata: JsonObject, name: str) -> str:
    return without_credentials(_text(metadata, name)).address


def _text(metadata: JsonObject, name: str) -> str:
    value = metadata.get(name)
    return value if isinstance(value, str) else ""
