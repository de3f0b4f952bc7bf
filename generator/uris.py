"""URIs that are relative to others."""

import posixpath
import urllib.parse

_WEB = frozenset({"http", "https"})


def join(base: str, address: str) -> str:
    """Return the URI that `address` is at the URI `base` (RFC 3986, 5); paths of files stay paths of files."""
    try:
        if urllib.parse.urlsplit(address).scheme in _WEB or urllib.parse.urlsplit(base).scheme in _WEB:
            return urllib.parse.urljoin(base, address)
        path = urllib.parse.unquote(address.removeprefix("file://"))
    except ValueError:
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
