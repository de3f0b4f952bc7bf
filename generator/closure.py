"""The closure of a specification: every file that it refers to, directly or through others, each read once."""

import json
import ntpath
import posixpath
import re
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Absence, Read, Source, metadata_addresses, read_tree, references_out
from generator.findings import UnreadableInputError
from generator.remote import Domain, LimitError, RemoteAccess, domain_of, fetch, fetch_specification, is_remote, limit
from generator.source import MOST_BYTES, SpecificationFile
from generator.uris import join

MOST_FILES = 2_000
"""Documents that are looked for, be they there or not."""
_LONGEST_SHOWN = 100
"""Characters of a domain's name in a message."""


class Access(Struct, frozen=True, kw_only=True):
    """Where references may lead beside the specification's own folder.

    `root` is a folder around it, `domains` one that holds SwaggerHub's domains as files.
    """

    root: Path | None = None
    domains: Path | None = None
    remote: RemoteAccess = RemoteAccess()


class Closure(Struct, frozen=True, kw_only=True):
    """The sources by their URIs, the entry first, and why others are not there."""

    sources: Mapping[str, Source]
    absent: Mapping[str, Absence]


_LIMIT = "limit of a run"
_TOO_MANY = Absence(message="there are too many documents to read.", hint="Refer to fewer documents.")


def gather(entry: Source, access: Access, read: Read = read_tree) -> Closure:
    """Return `entry` with all that it refers to, and of what is not there, why."""
    sources = {entry.uri: entry}
    absent: dict[str, Absence] = {}
    finder = _Finder(entry.uri, access)
    waiting = [entry]
    size = len(entry.content)
    while waiting:
        source = waiting.pop(0)
        for address in references_out(source, read):
            uri = join(source.uri, address)
            if uri in sources or uri in absent or uri == join("", entry.uri):
                continue
            too_many = len(sources) + len(absent) >= MOST_FILES or size > MOST_BYTES
            found = _TOO_MANY if too_many else finder.find(uri, address)
            if isinstance(found, bytes):
                size += len(found)
            if isinstance(found, bytes) and size <= MOST_BYTES:
                sources[uri] = Source(uri=uri, content=found)
                waiting.append(sources[uri])
            else:
                absent[uri] = _TOO_MANY if isinstance(found, bytes) else found
    for address in metadata_addresses(entry, read):
        found = _TOO_MANY if len(sources) + len(absent) >= MOST_FILES else finder.metadata(address)
        if isinstance(found, bytes):
            sources[address] = Source(uri=address, content=found)
        else:
            absent[address] = found
    return Closure(sources=sources, absent=absent | _beyond_limit(absent))


def _beyond_limit(absent: Mapping[str, Absence]) -> dict[str, Absence]:
    """Return what was not fetched since a run has its limits, each with how many these are."""
    beyond = [uri for uri, absence in absent.items() if absence.cause == _LIMIT]
    others = f" and {len(beyond) - 1} more" if len(beyond) > 1 else ""
    message = f"{limit()}; it{others} {'are' if others else 'is'} left out."
    hint = "Download the documents into the specification's folder, or export the API as one document."
    return {uri: Absence(message=message, hint=hint, cause=_LIMIT) for uri in beyond}


def access_for(file: SpecificationFile, access: Access) -> Access:
    """Return `access` with the host that the user named as the specification's own."""
    if not file.path.startswith("https://"):
        return access
    host = urllib.parse.urlsplit(file.path).netloc
    return replace(access, remote=replace(access.remote, hosts=(*access.remote.hosts, host)))


def read_entry(file: SpecificationFile, access: Access) -> Source:
    """Return the specification itself. Raises UnreadableInputError, which says what to look at."""
    if not is_remote(file.path):
        return file.read()
    uri, content = fetch_specification(file.path, access.remote)
    return Source(uri=uri, content=content)


class _Finder:
    """Finds the bytes of what a specification refers to, within what is allowed."""

    def __init__(self, entry: str, access: Access) -> None:
        self._access = access
        self._entry = entry
        local = entry != "-" and not is_remote(entry)
        self._root = access.root or (Path(entry).parent if local else None)

    def find(self, uri: str, address: str) -> bytes | Absence:
        """Return the content of the document at `uri`, which is written as `address`, or why there is none."""
        domain = domain_of(uri)
        if domain is not None and self._access.domains is not None:
            file = _file_of(domain, self._access.domains)
            if file is not None:
                return file if isinstance(file, Absence) else _content(file)
        if is_remote(uri):
            return self._fetched(uri, domain)
        if "\\" in urllib.parse.unquote(address):
            return Absence(message="its path has a backslash.", hint="Write paths with `/` (RFC 3986, 3.3).")
        if not self._is_near(uri):
            return Absence(
                message="it names another computer or another drive, where nothing is looked for.",
                hint="Put the file into the specification's folder and refer to it by a relative path.",
            )
        if self._root is None:
            return Absence(
                message="it is a file, but what refers to it is none, so that nobody knows its folder.",
                hint="Give the specification as a file, or say with --ref-root DIR where its files are.",
            )
        path = Path(uri) if self._entry != "-" and not is_remote(self._entry) else self._root / uri
        return self._local(path)

    def metadata(self, address: str) -> bytes | Absence:
        """Return what an authorization server says of itself at `address` (RFC 8414, 3), or why that is not there."""
        try:
            content = fetch(address, self._access.remote)
        except LimitError:
            return Absence(message=limit(), hint="", cause=_LIMIT)
        except UnreadableInputError as error:
            return Absence(message=f"{str(error).removeprefix(f'{address}: ')}.", hint="")
        try:
            is_object = isinstance(json.loads(content), dict)
        except (ValueError, RecursionError):
            is_object = False
        return content if is_object else Absence(message="it is no JSON object.", hint="")

    def _is_near(self, uri: str) -> bool:
        """Tell whether a path is on the specification's own drive or share, from its text alone.

        Windows would ask another computer as soon as it looks at `//HOST/SHARE`; so would following such a path.
        """
        folder = posixpath.dirname(self._entry)
        return _anchor(uri) in ("", _anchor(self._entry)) or (bool(folder) and uri.startswith(f"{folder}/"))

    def _local(self, path: Path) -> bytes | Absence:
        root = self._root or path.parent
        try:
            inside = path.resolve().is_relative_to(root.resolve())
        except (OSError, ValueError, RuntimeError) as error:
            return Absence(message=f"its path cannot be followed: {error}.", hint="Correct the reference.")
        if not inside:
            return Absence(
                message=f"it lies outside of the folder {root}, which references do not leave.",
                hint="Name a folder around both with --ref-root DIR, if you trust the specification.",
            )
        return _content(path)

    def _fetched(self, uri: str, domain: Domain | None) -> bytes | Absence:
        try:
            return fetch(uri, self._access.remote)
        except LimitError:
            return Absence(message=limit(), hint="", cause=_LIMIT)
        except UnreadableInputError as error:
            if domain is None:
                wanting = "" if self._access.remote.allowed else ", or give --allow-remote"
                other = wanting if uri.startswith("https://") else ", or write https://"
                hint = f"Download it into the specification's folder and refer to it there{other}."
                return Absence(message=f"{str(error).removeprefix(f'{uri}: ')}.", hint=hint)
            where = f"{domain.owner}/{domain.name}/{domain.version}"
            allowed = self._access.remote.allowed
            reason = str(error).removeprefix(f"{uri}: ") if allowed else "which is not at hand"
            other = "look at the network and try again" if allowed else "fetch it with --allow-remote"
            return Absence(
                message=f"the SwaggerHub domain {where}{':' if allowed else ','} {reason}.",
                hint=f"Save the domain as {where}.yaml in a folder and name that with --domains DIR; or {other}; or "
                "export the API as “YAML Resolved”, which holds the domain's parts.",
            )


def _anchor(path: str) -> str:
    """Return the drive or the share that a path begins with in Windows, whatever this system is."""
    return ntpath.splitdrive(path)[0].lower() or ("//" if path.startswith("//") else "")


def _content(path: Path) -> bytes | Absence:
    try:
        if not path.is_file():
            return Absence(message=f"there is no file {path}.", hint="Add the file, or correct the reference.")
        if path.stat().st_size > MOST_BYTES:
            return _TOO_MANY
        return path.read_bytes()
    except (OSError, ValueError) as error:
        return Absence(message=f"{path} cannot be read: {error}.", hint="Look at its permissions.")


def _file_of(domain: Domain, folder: Path) -> Path | Absence | None:
    """Return the file of a domain: as in its address, or with dashes, as SwaggerHub names what is downloaded.

    A domain whose name no file could have is absent.
    """
    owner, name, version = domain.owner, domain.name, domain.version
    if re.search(r"[\x00-\x1f\x7f\\:]", f"{owner}{name}{version}"):
        return _unnameable(domain, "its name holds characters that no file's name may have")
    try:
        for stem in (f"{owner}/{name}/{version}", f"{owner}-{name}-{version}", f"{name}-{version}", name):
            for ending in (".yaml", ".yml", ".json"):
                file = folder / f"{stem}{ending}"
                if file.resolve().is_relative_to(folder.resolve()) and file.is_file():
                    return file
    except (OSError, ValueError, RuntimeError) as error:
        return _unnameable(domain, getattr(error, "strerror", None) or str(error))
    return None


def _unnameable(domain: Domain, reason: str) -> Absence:
    where = f"{domain.owner}/{domain.name}/{domain.version}"
    shown = where if len(where) <= _LONGEST_SHOWN else f"{where[:_LONGEST_SHOWN]}…"
    return Absence(message=f"the SwaggerHub domain {shown} cannot be a file: {reason}.", hint="Correct the reference.")
