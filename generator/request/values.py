"""The hub: a concrete HTTP request with sample values in place, neutral to every tool; values, and how a text is read.

Every renderer reads these, so that a collection and a curl command cannot disagree.
"""

import enum
from typing import TypeAlias

from msgspec import Struct

from generator.findings import Place
from generator.json_values import JsonValue
from generator.vocabulary import FORM, MULTIPART


class Variable(Struct, frozen=True, kw_only=True):
    """Something that is filled in later, by a user, a script or an environment.

    It stays a value until a renderer spells it (`{{access_token}}`, `"$ACCESS_TOKEN"`, `$env:ACCESS_TOKEN`).
    `value` is what stands in it at first; `secret` ones are always written empty. `missing` says, of an access token
    that no request gets, why that is so and how to mend it.
    """

    name: str
    value: "Text" = ()
    description: str = ""
    secret: bool = False
    missing: str = ""


Text: TypeAlias = tuple[str | Variable, ...]
"""Text with variables in it: the parts one after the other."""


def text_value(text: Text) -> str:
    """Return `text` with each variable replaced by what stands in it at first."""
    return "".join(part if isinstance(part, str) else text_value(part.value) for part in text)


class Field(Struct, frozen=True, kw_only=True):
    """A name with a value: a header, a cookie, a form field.

    Not `enabled`: the field is optional and is offered, but not sent.
    """

    name: str
    value: Text
    enabled: bool = True
    description: str = ""


class PathParameter(Struct, frozen=True, kw_only=True):
    """A part of a path that a user may change. `value` is percent-encoded, as it goes over the wire."""

    name: str
    value: str
    description: str = ""


class QueryParameter(Struct, frozen=True, kw_only=True):
    """One `name=value` of the query, both percent-encoded; `value` None: the bare name.

    What a document says in a query goes over the wire exactly as it stands here.
    """

    name: str
    value: Text | None
    enabled: bool = True
    description: str = ""


Segment: TypeAlias = tuple[str | PathParameter, ...]
"""What stands between two slashes of a path: literal text (percent-encoded) and parameters."""


class Url(Struct, frozen=True, kw_only=True):
    """Where a request goes: the base address (no slash at its end), then the path's segments, then the query."""

    base: Text
    path: tuple[Segment, ...] = ()
    query: tuple[QueryParameter, ...] = ()


class JsonBody(Struct, frozen=True, kw_only=True):
    """A body in JSON; renderers choose the layout, the value is the same."""

    content_type: str
    value: JsonValue


class TextBody(Struct, frozen=True, kw_only=True):
    """A body that is sent as the text it is (XML, CSV, plain text, JSON lines)."""

    content_type: str
    text: str


class FormBody(Struct, frozen=True, kw_only=True):
    """`application/x-www-form-urlencoded`; names and values not yet encoded."""

    fields: tuple[Field, ...]


class Part(Struct, frozen=True, kw_only=True):
    """One part of a multipart body: `text`, or a file that the user picks (`text` None).

    `content_type` None: the client decides.
    """

    name: str
    text: Text | None
    content_type: str | None = None
    file_name: str | None = None
    enabled: bool = True
    description: str = ""


class MultipartBody(Struct, frozen=True, kw_only=True):
    """`multipart/form-data`."""

    parts: tuple[Part, ...]


class FileBody(Struct, frozen=True, kw_only=True):
    """A body that is a file which the user picks; `file_name` is a suggestion."""

    content_type: str
    file_name: str


RequestBody: TypeAlias = JsonBody | TextBody | FormBody | MultipartBody | FileBody


def content_type(body: RequestBody) -> str:
    """Return the media type of `body`; that of a multipart body lacks its boundary, which a client makes."""
    if isinstance(body, FormBody):
        return FORM
    return MULTIPART if isinstance(body, MultipartBody) else body.content_type


class NoAuthorization(Struct, frozen=True):
    """Nothing is added to the request: it is public, or its security travels in headers, query or cookies."""


class BearerToken(Struct, frozen=True, kw_only=True):
    """`Authorization: Bearer TOKEN` (RFC 6750 section 2.1)."""

    token: Variable


class UserCredentials(Struct, frozen=True, kw_only=True):
    """User and password, sent by HTTP Basic (RFC 7617); `digest`: by HTTP Digest (RFC 7616)."""

    username: Variable
    password: Variable
    digest: bool = False


class ApiKey(Struct, frozen=True, kw_only=True):
    """A key in a header or in the query; a key in a cookie is a `Field` of the request's cookies instead."""

    name: str
    in_query: bool
    key: Variable


class InteractiveOAuth2(Struct, frozen=True, kw_only=True):
    """An OAuth 2.0 grant that needs a person and a browser: Postman's own dialog gets the token.

    `grant` is `authorization_code`, `implicit` or `password_credentials`, in Postman's spelling. `user` is set for the
    last: name and password. An implicit grant knows no secret (RFC 6749, 4.2).
    """

    name: str
    grant: str
    authorization_url: Text
    token_url: Text
    refresh_url: Text
    scope: str
    client_id: Variable
    client_secret: Variable | None
    token: Variable
    user: tuple[Variable, Variable] | None = None


Authorization: TypeAlias = NoAuthorization | BearerToken | UserCredentials | ApiKey | InteractiveOAuth2


class SavedResponse(Struct, frozen=True, kw_only=True):
    """A described response with a sample body; `body` None: there is none. `status` is a number that can be sent.

    `request_body` is set where it answers a variant of the request: another of the author's examples, another media
    type.
    """

    name: str
    status: int
    reason: str
    headers: tuple[Field, ...] = ()
    content_type: str | None = None
    body: "JsonBody | TextBody | None" = None
    request_body: RequestBody | None = None


class RequestPurpose(enum.Enum):
    """Whether a request is an operation of the API, the one that gets an access token, or one that the API sends."""

    OPERATION = "operation"
    TOKEN = "token"  # noqa: S105 - a purpose
    INCOMING = "incoming"


class Request(Struct, frozen=True, kw_only=True):
    """A concrete HTTP request.

    `id` is unique among the API's requests and stable: it changes only when the operation itself does.
    `folder` is the names from the outermost folder inwards; empty: at the collection's top.
    `headers` hold Accept and Content-Type too (the latter not for multipart, whose boundary a client makes), but
    neither Authorization nor Cookie: those follow from `authorization` and `cookies`.
    Not `body_enabled`: the body is offered, but not sent. Not `follow_redirects`: the answer that the document
    describes is the redirect itself.
    """

    id: str
    name: str
    method: str
    url: Url
    place: Place
    purpose: RequestPurpose = RequestPurpose.OPERATION
    folder: tuple[str, ...] = ()
    description: str = ""
    deprecated: bool = False
    headers: tuple[Field, ...] = ()
    cookies: tuple[Field, ...] = ()
    body: RequestBody | None = None
    body_enabled: bool = True
    follow_redirects: bool = True
    authorization: Authorization = NoAuthorization()
    responses: tuple[SavedResponse, ...] = ()
