"""Callbacks and webhooks: requests that the API sends, kept in folders of their own and away from its servers."""

import re
import urllib.parse

from msgspec.structs import replace

from generator.model import Incoming, IncomingKind, Operation
from generator.request.values import NoAuthorization, Request, RequestPurpose, Segment, Url, Variable

_FOLDERS = {
    IncomingKind.CALLBACK: ("Callbacks", "Callbacks from the API"),
    IncomingKind.WEBHOOK: ("Webhooks", "Webhooks from the API"),
}
"""What their folders are called; the second name where a tag of the document has the first."""

FOLDER_DESCRIPTIONS = {
    **dict.fromkeys(_FOLDERS[IncomingKind.CALLBACK], "What the API sends to an address that you gave it in a request."),
    **dict.fromkeys(_FOLDERS[IncomingKind.WEBHOOK], "What the API sends to an address that you registered with it."),
}
_RUNTIME_EXPRESSION = re.compile(r"^\{\$[^{}]*\}")

NO_RECEIVER = "https://receiver.invalid"
"""Stands in until a user names a receiver; no such host can exist (RFC 6761 section 6.4), and scripts skip it."""

_RECEIVERS = {
    kind: Variable(
        name=f"{kind.value}Url",
        value=(NO_RECEIVER,),
        description=f"Your own receiver's address, to send {kind.value}s to. As it stands here, nothing is sent.",
    )
    for kind in IncomingKind
}


def incoming_request(operation: Operation, request: Request, taken: frozenset[str] = frozenset()) -> Request:
    """Return `request` as one that goes to the user's own receiver, without any credentials of the API.

    `taken` are the names that folders have already.
    """
    mark = operation.incoming
    if mark is None:
        return request
    url = Url(base=(_RECEIVERS[mark.kind],), path=_path(operation.path), query=request.url.query)
    return replace(
        request,
        id=incoming_id(operation),
        name=f"{operation.method} {mark.name}{_origin(mark)}",
        url=url if mark.kind is IncomingKind.CALLBACK else replace(url, path=()),
        purpose=RequestPurpose.INCOMING,
        folder=(next(name for name in _FOLDERS[mark.kind] if name not in taken),),
        authorization=NoAuthorization(),
    )


def incoming_id(operation: Operation) -> str:
    """Return the id of the request that an API sends as `operation`."""
    mark = operation.incoming
    words = [mark.kind.value, f"{mark.name}{_origin(mark)}"] if mark else []
    return " ".join((*words, operation.method, operation.path))


def _origin(mark: Incoming) -> str:
    return f" of {mark.of}" if mark.of else ""


def _path(expression: str) -> tuple[Segment, ...]:
    """Return what follows the runtime expression of an address as a path; nothing where more is left to run time."""
    rest = _RUNTIME_EXPRESSION.sub("", expression)
    if rest == expression or not rest.startswith("/") or "{" in rest:
        return ()
    return tuple(
        (urllib.parse.quote(part, safe="-._~!$&'()*+,;=:@%"),) for part in rest[1:].partition("?")[0].split("/")
    )
