"""Web addresses as rules ask for them."""

import ipaddress
import urllib.parse

MOCK_HOST = "virtserver.swaggerhub.com"
"""SwaggerHub's mock: it answers every call with samples."""


def host_of(address: str) -> str:
    """Return the host of an absolute web address in lower case; nothing where there is none."""
    try:
        return urllib.parse.urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def is_local(host: str) -> bool:
    """Tell whether `host` is this machine or in a private network, where http is nobody else's concern."""
    if host in {"", "localhost"} or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
