"""Documents on other hosts: fetched over HTTPS within limits, from allowed hosts only, and kept for use offline."""

import os
import re
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from generator.findings import UnreadableInputError, UsageError

if TYPE_CHECKING:
    import http.client
    import ssl

REGISTRY = "api.swaggerhub.com"
"""SwaggerHub's registry, the only host that is allowed unless settings name others, and the only one sent its key."""

MOST_BYTES = 20_000_000
SECONDS = 20
"""What one document may take."""
RUN_DOCUMENTS = 500
RUN_BYTES = 100_000_000
RUN_SECONDS = 120
"""What all documents of a run may take together."""
_LONGEST_REASON = 200
"""Characters of what a host says of a failure."""
_BROKEN_OFF = "the answer breaks off before its end"
_SPECIFIER = re.compile(r"swaggerhub:([\w.-]+)/([\w.-]+)(?:/([\w.-]+))?")
_DOMAIN = re.compile(r"https://api\.swaggerhub\.com/domains/([^/?#]+)/([^/?#]+)/([^/?#]+)/?")


class Spent(Struct):
    """What a run has fetched so far; each process of a run counts for itself."""

    documents: int = 0
    size: int = 0
    seconds: float = 0.0

    def is_all(self) -> bool:
        """Tell whether nothing more may be fetched."""
        return self.documents >= RUN_DOCUMENTS or self.size >= RUN_BYTES or self.seconds >= RUN_SECONDS


class LimitError(UnreadableInputError):
    """Nothing more is fetched in this run."""


class RemoteAccess(Struct, frozen=True, kw_only=True):
    """What may be fetched, and how: nothing unless `allowed`. `key` is SwaggerHub's API key, never written anywhere."""

    allowed: bool = False
    hosts: tuple[str, ...] = ()
    key: str = ""
    cache: Path | None = None
    spent: Spent = msgspec.field(default_factory=Spent)

    def __repr__(self) -> str:
        return f"RemoteAccess(allowed={self.allowed}, hosts={self.hosts})"


class Domain(Struct, frozen=True, kw_only=True):
    """A SwaggerHub domain, by the parts of its address."""

    owner: str
    name: str
    version: str


def is_remote(specification: str) -> bool:
    """Tell whether an argument names a document on another host."""
    return specification.startswith(("https://", "http://", "swaggerhub:"))


def domain_of(uri: str) -> Domain | None:
    """Return the SwaggerHub domain that `uri` names."""
    found = _DOMAIN.fullmatch(uri)
    return Domain(owner=found[1], name=found[2], version=found[3]) if found else None


def check_specification(specification: str) -> str:
    """Return the name of what is made from a remote SPEC. Raises UsageError where it is none that can be fetched."""
    if specification.startswith("http://"):
        raise UsageError(f"{specification}: only https:// addresses are read")
    if specification.startswith("swaggerhub:"):
        found = _SPECIFIER.fullmatch(specification)
        if found is None:
            raise UsageError(f"{specification}: write it as swaggerhub:OWNER/NAME or swaggerhub:OWNER/NAME/VERSION")
        return found[2]
    try:
        split = urllib.parse.urlsplit(specification)
    except ValueError as error:
        raise UsageError(f"{specification}: this is no web address: {error}") from error
    if "@" in split.netloc:
        raise UsageError(f"{split.scheme}://{_host_of(split)}{split.path}: give the address without user and password")
    stem = re.sub(
        r"\.(ya?ml|json)$", "", urllib.parse.unquote(split.path).rstrip("/").rpartition("/")[2], flags=re.IGNORECASE
    )
    name = re.sub(r"[^\w.-]+", "-", stem).strip("-.")
    return name or re.sub(r"[^\w.-]+", "-", split.hostname or "openapi")


def fetch_specification(specification: str, access: RemoteAccess) -> tuple[str, bytes]:
    """Return the address and the bytes of a remote SPEC; of a SwaggerHub API without a version, its default one.

    Raises UnreadableInputError, which says what to do.
    """
    found = _SPECIFIER.fullmatch(specification)
    if found is None:
        return specification, fetch(specification, access)
    owner, name, version = found.groups()
    api = f"https://{REGISTRY}/apis/{owner}/{name}"
    if version is None:
        version = _default_version(fetch(f"{api}/settings/default", access), api)
    address = f"{api}/{urllib.parse.quote(version, safe='')}"
    return address, fetch(address, access)


def _default_version(answer: bytes, api: str) -> str:
    import json

    try:
        version = json.loads(answer)["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableInputError(f"{api}: SwaggerHub does not say which version is the default; name one") from error
    return str(version)


def fetch(url: str, access: RemoteAccess) -> bytes:
    """Return what is at `url`: fetched where that is allowed, and kept; else, or where it fails, what was kept.

    Raises UnreadableInputError, which says what to do.
    """
    try:
        split = urllib.parse.urlsplit(url)
    except ValueError as error:
        raise UnreadableInputError(f"{url}: this is no web address: {error}") from error
    if split.scheme != "https":
        raise UnreadableInputError(f"{url}: only https:// addresses are read")
    if not access.allowed:
        kept = _kept(url, access)
        if kept is None:
            raise UnreadableInputError(f"{url}: nothing is fetched unless --allow-remote says so")
        return kept
    if not _is_allowed(url, access):
        raise UnreadableInputError(
            f"{url}: the host {_host_of(split)} is not allowed; name it in remote-hosts, in settings given with "
            "--config"
        )
    if access.spent.is_all():
        kept = _kept(url, access)
        if kept is None:
            raise LimitError(f"{url}: {limit()}")
        return kept
    try:
        content = _counted(url, access)
    except OSError as error:
        kept = _kept(url, access)
        if kept is None:
            raise UnreadableInputError(f"{url}: cannot be fetched: {_reason(error)}") from error
        return kept
    _keep(url, content, access)
    return content


def limit() -> str:
    """Return what a run may fetch, in words."""
    return (
        f"in one run at most {RUN_DOCUMENTS} documents and {RUN_BYTES // 1_000_000} MB are fetched, in at most "
        f"{RUN_SECONDS} seconds"
    )


def _counted(url: str, access: RemoteAccess) -> bytes:
    """Return what is at `url`, and count what that takes, whatever comes of it; raises OSError as `_download` does."""
    import time

    started = time.monotonic()
    access.spent.documents += 1
    try:
        content = _download(url, access)
        access.spent.size += len(content)
        return content
    finally:
        access.spent.seconds += time.monotonic() - started


def _is_allowed(url: str, access: RemoteAccess) -> bool:
    """Tell whether `url` may be asked for: over TLS, and at a host that is listed."""
    split = urllib.parse.urlsplit(url)
    return split.scheme == "https" and split.netloc in (REGISTRY, *access.hosts)


def _host_of(split: urllib.parse.SplitResult) -> str:
    """Return host and port, without user and password."""
    return split.netloc.rpartition("@")[2]


def _download(url: str, access: RemoteAccess) -> bytes:
    """Return what is at `url`, which is allowed; raises OSError where it cannot be had within limits."""
    import http.client
    import time
    import urllib.request

    class Redirects(urllib.request.HTTPRedirectHandler):
        """Follows redirects to allowed hosts only, and takes the key along to none."""

        def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
            """Return the request for `newurl`; raises OSError where that is not allowed."""
            fp.close()  # else the body that comes along is read to its end, which may be none
            if not _is_allowed(newurl, access):
                split = urllib.parse.urlsplit(newurl)
                raise OSError(f"it redirects to {split.scheme}://{_host_of(split)}, which is not allowed")
            following = super().redirect_request(req, fp, code, msg, headers, newurl)
            if following is not None:
                following.remove_header("Authorization")
            return following

    headers = {"Accept": "application/json, application/yaml;q=0.9, */*;q=0.1"}
    if access.key and urllib.parse.urlsplit(url).netloc == REGISTRY:
        headers["Authorization"] = access.key
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - https only: `fetch` checks it, the handler redirects
    seconds = min(SECONDS, RUN_SECONDS - access.spent.seconds)
    context = _context(time.monotonic() + seconds, seconds)
    opener = urllib.request.build_opener(Redirects, urllib.request.HTTPSHandler(context=context))
    try:
        with opener.open(request, timeout=seconds) as answer:
            return _whole(answer)
    except http.client.IncompleteRead as error:
        raise OSError(_BROKEN_OFF) from error
    except (http.client.HTTPException, ValueError) as error:
        raise OSError(str(error)) from error


def _context(until: float, seconds: float) -> "ssl.SSLContext":
    """Return the usual TLS, with connections that all end `until` then, `seconds` after the first began.

    A timeout alone holds for each piece that comes: a host that sends a byte now and then would never end.
    """
    import ssl
    import time

    class Connection(ssl.SSLSocket):
        def recv_into(self, *arguments: Any, **named: Any) -> int:
            """Receive; raises OSError where no time is left."""
            left = until - time.monotonic()
            if left <= 0:
                raise OSError(f"it takes longer than {seconds:.0f} seconds")
            self.settimeout(left)
            return super().recv_into(*arguments, **named)

    context = ssl.create_default_context()
    context.sslsocket_class = Connection
    return context


def _whole(answer: "http.client.HTTPResponse") -> bytes:
    """Return the body; raises OSError where it is not all that was asked for, or too large."""
    if answer.status != 200:
        raise OSError(f"the answer is no document: {answer.reason} (status {answer.status})")
    encoding = answer.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise OSError(f"the answer is encoded as {encoding}, which was not asked for")
    content = bytearray()
    while chunk := answer.read1(65_536):
        content += chunk
        if len(content) > MOST_BYTES:
            raise OSError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    if answer.length:  # what is still to come, where the host said how long it is
        raise OSError(_BROKEN_OFF)
    if not content.strip():
        raise OSError("the answer is empty")
    return bytes(content)


def _reason(error: OSError) -> str:
    status: int = getattr(error, "code", 0)
    hints = {401: "; put SwaggerHub's API key into SWAGGERHUB_API_KEY", 403: "; the API key may not read it"}
    reason = getattr(error, "reason", None) or error
    reason = getattr(reason, "strerror", None) or str(reason)
    if 300 <= status < 400:
        reason = "it redirects in a circle, or to what is no web address"
    return f"{reason[:_LONGEST_REASON]}{f' (status {status})' if status else ''}{hints.get(status, '')}"


def _place(url: str, access: RemoteAccess) -> Path | None:
    import hashlib

    return access.cache / hashlib.sha256(url.encode()).hexdigest() if access.cache else None


def _kept(url: str, access: RemoteAccess) -> bytes | None:
    place = _place(url, access)
    try:
        return place.read_bytes() if place else None
    except OSError:
        return None


def _keep(url: str, content: bytes, access: RemoteAccess) -> None:
    """Keep `content`, readable by this user alone; a cache that cannot be written is none."""
    import tempfile

    place = _place(url, access)
    if place is None:
        return
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(place)
    except OSError:
        return
