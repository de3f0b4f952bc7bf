"""URIs that are relative to others, and addresses without the credentials that stand in them."""

import ipaddress
import posixpath
import re
import urllib.parse

from msgspec import Struct

_WEB = frozenset({"http", "https"})
_USER = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]{2})[^/?#]*@")
_PASSWORD = re.compile(r"^[^/?#@:]+:[^/?#]*@")
"""The user and password with which a host begins; an `@` alone may be anything, as in `v1@latest`."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://(?:[^\s/?#<>\"`]*@)?[^\s<>()\[\]\"'`]+")
"""An address within a text."""

_CREDENTIALS = frozenset(
    {
        "accesskey", "accesstoken", "actortoken", "apikey", "apitoken", "appkey", "assertion", "authorization",
        "authtoken", "clientassertion", "clientid", "consumerkey", "idtoken", "jwt", "key",
        "passwd", "pwd", "refreshtoken", "sig", "signature", "subjecttoken", "subscriptionkey", "token", "user",
        "username",
    }
)  # fmt: skip
"""Parameters, in small letters and without dashes, that say who is asking or prove it. An identifier is no secret, but
it is one client's, and every other client sends its own (RFC 6749, 3.2: no parameter more than once)."""


_ENDINGS = (
    "accesskey", "accesskeyid", "accesstoken", "apikey", "authtoken", "bearertoken", "passphrase", "passwd",
    "privatekey", "refreshtoken", "securitytoken", "sessiontoken", "signature", "subscriptionkey",
)  # fmt: skip
"""How further ones end, as in `X-API-Key`."""


class Clean(Struct, frozen=True):
    """An address without credentials, and what was taken out of it, by name."""

    address: str
    taken: tuple[str, ...] = ()


def without_credentials(address: str) -> Clean:
    """Return `address` without user, password, and parameters of query or fragment that hold credentials."""
    bare = _USER.sub(r"\1", address.strip(), count=1)
    taken = [] if bare == address.strip() else ["user and password"]
    path, *queries = re.split(r"([?#])", bare)
    kept = [path]
    for mark, query in zip(queries[::2], queries[1::2], strict=True):
        members = query.split("&")
        left = [member for member in members if not _is_credential(member)]
        taken += [_name_of(member) for member in members if _is_credential(member)]
        if left:
            kept.append(mark + "&".join(left))
    return Clean("".join(kept), tuple(dict.fromkeys(taken))) if taken else Clean(address)


def check_without_credentials(address: str) -> str:
    """Return `address`, which goes into files; raises ValueError with the words `must carry ...` where it may not."""
    if carried := without_credentials(address).taken:
        raise ValueError(f"must carry no credentials; it carries {', '.join(carried)}")
    return address


def part_without_credentials(part: str) -> Clean:
    """Return a part of an address, such as `user:password@host`, without credentials."""
    clean = without_credentials(part)
    host = clean.address if "//" in clean.address else _PASSWORD.sub("", clean.address, count=1)
    return clean if host == clean.address else Clean(host, ("user and password", *clean.taken))


def value_without_credentials(value: str, name: str, address: str) -> Clean:
    """Return a value of the variable `name` of `address` without credentials; where hosts stand, an `@` ends some."""
    host = re.search(r"//([^/?#]*)", address)
    if host is None or f"{{{name}}}" not in host[1] or "//" in value:
        return part_without_credentials(value)
    clean = without_credentials(f"//{value}")
    return Clean(clean.address.removeprefix("//"), clean.taken) if clean.taken else Clean(value)


def text_without_credentials(text: str) -> Clean:
    """Return `text` with the web addresses in it without credentials."""
    found = [without_credentials(match[0]) for match in _ADDRESS.finditer(text)]
    taken = tuple(dict.fromkeys(name for clean in found for name in clean.taken))
    addresses = iter(found)
    return Clean(_ADDRESS.sub(lambda _: next(addresses).address, text), taken) if taken else Clean(text)


def names_credential(name: str) -> bool:
    """Tell whether a parameter of this name says who is asking, or proves it."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return plain in _CREDENTIALS or "secret" in plain or "password" in plain or plain.endswith(_ENDINGS)


def _is_credential(member: str) -> bool:
    return bool(member.partition("=")[2]) and names_credential(_name_of(member))


def _name_of(member: str) -> str:
    return urllib.parse.unquote_plus(member.partition("=")[0])


def join(base: str, address: str) -> str:
    """Return the URI that `address` is at the URI `base` (RFC 3986, 5); paths of files stay paths of files."""
    try:
        if urllib.parse.urlsplit(address).scheme in _WEB or urllib.parse.urlsplit(base).scheme in _WEB:
            return urllib.parse.urljoin(base, address)
        path = urllib.parse.unquote(address.removeprefix("file://"))
    except ValueError:
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def is_web_address(url: str) -> bool:
    """Tell whether `url` is a whole web address (http or https, with a host) that can be sent as it is."""
    try:
        parts = urllib.parse.urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return usable and url.isprintable() and " " not in url


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
