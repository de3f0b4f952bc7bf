"""Requests as items of a Postman collection, format v2.1.0."""

import re
from collections.abc import Iterable
from typing import Any

from generator.renderers.identifiers import stable_id
from generator.renderers.json_text import sample_json
from generator.renderers.quoting import percent_quotes
from generator.request.serialization import encode
from generator.request.values import (
    ApiKey,
    BearerToken,
    Field,
    FileBody,
    FormBody,
    InteractiveOAuth2,
    JsonBody,
    MultipartBody,
    Part,
    PathParameter,
    QueryParameter,
    Request,
    RequestBody,
    SavedResponse,
    Segment,
    Text,
    TextBody,
    Url,
    UserCredentials,
    content_type,
)

_FILE_CONTENT = "Put your file here."
_CHOOSE_FILE = "**The body is a file:** choose it under Body before you send; without one an empty body is sent."
_REDIRECT = "https://oauth.pstmn.io/v1/callback"
"""Postman's own page for the answer of an authorization endpoint (RFC 6749 section 3.1.2)."""

_VARIABLE_NAME = re.compile(r"[\w-]+")
_NO_BODY = frozenset({"GET", "HEAD"})


def spelled(text: Text) -> str:
    """Return `text` as Postman reads it: variables in braces, and no other double braces."""
    pieces, literal = [], ""
    for part in text:
        if isinstance(part, str):
            literal += part
        else:
            pieces += [_apart(literal), f"{{{{{part.name}}}}}"]
            literal = ""
    return "".join((*pieces, _apart(literal)))


def _apart(literal: str) -> str:
    """Return text of the document in which no brace stands beside another, of however many."""
    return re.sub(r"\{(?=\{)", "{ ", literal) if "{{" in literal else literal


def item(request: Request, api: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `request` as an item of the collection of `api`."""
    result: dict[str, Any] = {"id": stable_id(api, request.id), "name": request.name}
    if events:
        result["event"] = events
    result["request"] = {
        "method": request.method,
        "header": [*map(_field, request.headers), *_cookie_header(request)],
        **_body(request.body, enabled=request.body_enabled),
        "url": _url(request),
        "auth": _auth(request),
        "description": _described(request),
    }
    behavior = {
        **({"disableBodyPruning": True} if request.body is not None and request.method in _NO_BODY else {}),
        **({} if request.follow_redirects else {"followRedirects": False}),
    }
    if behavior:
        result["protocolProfileBehavior"] = behavior
    result["response"] = [
        _response(response, request, stable_id(api, request.id, "response", str(index)))
        for index, response in enumerate(request.responses)
    ]
    return result


def _described(request: Request) -> str:
    """Return the description, with what is to be done first where the body is a file: the item can name none."""
    if not isinstance(request.body, FileBody):
        return request.description
    return f"{_CHOOSE_FILE}\n\n{request.description}".strip()


def _field(field: Field) -> dict[str, Any]:
    return _entry(field.name, spelled(field.value), field.description, enabled=field.enabled)


def _entry(key: str, value: str | None, description: str, *, enabled: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"key": _apart(key), "value": value}
    if description:
        entry["description"] = description
    if not enabled:
        entry["disabled"] = True
    return entry


def _cookie_header(request: Request) -> list[dict[str, Any]]:
    """Return the Cookie header: those that are sent, or, where none is, all of them disabled."""
    sent = [cookie for cookie in request.cookies if cookie.enabled]
    cookies = sent or list(request.cookies)
    if not cookies:
        return []
    value = "; ".join(spelled((cookie.name, "=", *cookie.value)) for cookie in cookies)
    described = "\n".join(f"{cookie.name}: {cookie.description}" for cookie in request.cookies if cookie.description)
    left_out = [spelled((cookie.name, "=", *cookie.value)) for cookie in request.cookies if sent and not cookie.enabled]
    if left_out:
        offered = ", ".join(f"`{pair}`" for pair in left_out)
        described = f"{described}\nOptional, not sent: {offered}".strip()
    return [_entry("Cookie", value, described, enabled=bool(sent))]


def _url(request: Request) -> dict[str, Any]:
    url = request.url
    query = [_query(parameter) for parameter in url.query]
    auth = request.authorization
    if isinstance(auth, ApiKey) and auth.in_query:
        query.append(
            {"key": encode(auth.name), "value": f"{{{{{auth.key.name}}}}}", "description": auth.key.description}
        )
    path = [_segment(segment) for segment in url.path]
    result: dict[str, Any] = {"raw": _raw(url, path, query), "host": [spelled(url.base)]}
    if path:
        result["path"] = path
    if query:
        result["query"] = query
    variables = [_path_variable(segment[0]) for segment in url.path if _is_variable(segment)]
    if variables:
        result["variable"] = variables
    return result


def _raw(url: Url, path: list[str], query: list[dict[str, Any]]) -> str:
    pairs = [
        pair["key"] if pair["value"] is None else f"{pair['key']}={pair['value']}"
        for pair in query
        if not pair.get("disabled")
    ]
    return "/".join((spelled(url.base), *path)) + (f"?{'&'.join(pairs)}" if pairs else "")


def _query(parameter: QueryParameter) -> dict[str, Any]:
    value = None if parameter.value is None else spelled(parameter.value)
    return _entry(parameter.name, value, parameter.description, enabled=parameter.enabled)


def _is_variable(segment: Segment) -> bool:
    """Tell whether a segment is one parameter that can be a path variable: its name ends at the first dot."""
    if len(segment) != 1 or not isinstance(segment[0], PathParameter) or not segment[0].value:
        return False
    return _VARIABLE_NAME.fullmatch(segment[0].name) is not None


def _segment(segment: Segment) -> str:
    if _is_variable(segment) and isinstance(segment[0], PathParameter):
        return f":{segment[0].name}"
    text = "".join(part if isinstance(part, str) else part.value for part in segment)
    return f"%3A{text[1:]}" if text.startswith(":") else text


def _path_variable(parameter: str | PathParameter) -> dict[str, Any]:
    if isinstance(parameter, str):
        return {}
    return _entry(parameter.name, parameter.value, parameter.description, enabled=True)


def _auth(request: Request) -> dict[str, Any]:
    auth = request.authorization
    if isinstance(auth, BearerToken):
        return _credentials("bearer", {"token": spelled((auth.token,))})
    if isinstance(auth, UserCredentials):
        user = {"username": spelled((auth.username,)), "password": spelled((auth.password,))}
        return _credentials("digest" if auth.digest else "basic", user)
    if isinstance(auth, ApiKey) and not auth.in_query:
        return _credentials("apikey", {"key": spelled((auth.name,)), "value": spelled((auth.key,)), "in": "header"})
    if isinstance(auth, InteractiveOAuth2):
        return _credentials("oauth2", _oauth2(auth))
    return {"type": "noauth"}


def _oauth2(auth: InteractiveOAuth2) -> dict[str, str]:
    """Return what Postman's OAuth 2.0 dialog is filled in with; what the document does not say is left out."""
    username, password = auth.user or (None, None)
    values = {
        "tokenName": spelled((auth.name,)),
        "grant_type": auth.grant,
        "authUrl": spelled(auth.authorization_url),
        "accessTokenUrl": spelled(auth.token_url),
        "refreshTokenUrl": spelled(auth.refresh_url),
        "redirect_uri": "" if auth.user else _REDIRECT,
        "username": spelled((username,)) if username else "",
        "password": spelled((password,)) if password else "",
        "clientId": spelled((auth.client_id,)),
        "clientSecret": spelled((auth.client_secret,)) if auth.client_secret else "",
        "scope": auth.scope,
        "accessToken": spelled((auth.token,)),
        "addTokenTo": "header",
    }
    return {key: value for key, value in values.items() if value}


def _credentials(kind: str, values: dict[str, str]) -> dict[str, Any]:
    return {"type": kind, kind: [{"key": key, "value": value, "type": "string"} for key, value in values.items()]}


def _body(body: RequestBody | None, *, enabled: bool) -> dict[str, Any]:
    """Return the member `body`; none where there is no body."""
    if body is None:
        return {}
    return {"body": {**_filled_body(body), **({} if enabled else {"disabled": True})}}


def _filled_body(body: RequestBody) -> dict[str, Any]:
    if isinstance(body, JsonBody):
        return {"mode": "raw", "raw": sample_json(body.value), "options": {"raw": {"language": "json"}}}
    if isinstance(body, TextBody):
        language = _language(body.content_type)
        return {"mode": "raw", "raw": spelled((body.text,)), "options": {"raw": {"language": language}}}
    if isinstance(body, FormBody):
        return {"mode": "urlencoded", "urlencoded": [_field(field) for field in body.fields]}
    if isinstance(body, MultipartBody):
        return {"mode": "formdata", "formdata": [_part(part) for part in body.parts]}
    return {"mode": "file", "file": {"src": ""}}


def _part(part: Part) -> dict[str, Any]:
    """Return one part. A file is written as text with a file's name: it is sent as it is, and can be exchanged for a
    file of the user's; a part that names no file would not be sent at all. Postman quotes names, but escapes nothing.
    """
    text: Text = part.text if part.text is not None else (_FILE_CONTENT,)
    entry = {**_entry(percent_quotes(part.name), spelled(text), part.description, enabled=part.enabled), "type": "text"}
    if part.file_name is not None:
        entry["fileName"] = part.file_name
    if part.content_type:
        entry["contentType"] = part.content_type
    return entry


def _language(content_type: str | None) -> str:
    essence = (content_type or "").partition(";")[0].lower()
    for language in ("json", "xml", "html", "javascript"):
        if language in essence:
            return language
    return "text"


def _original(request: Request, variant: RequestBody | None) -> dict[str, Any]:
    """Return headers and body of the request that is answered: the request itself, or a variant of it."""
    if variant is None:
        fields = [field for field in request.headers if field.enabled or field.name != "Content-Type"]
        return {"header": [_field(field) for field in fields], **_body(request.body, enabled=request.body_enabled)}
    headers = [_field(field) for field in request.headers if field.name != "Content-Type"]
    if not isinstance(variant, MultipartBody):
        headers.append({"key": "Content-Type", "value": content_type(variant)})
    return {"header": headers, **_body(variant, enabled=True)}


def _response(response: SavedResponse, request: Request, identifier: str) -> dict[str, Any]:
    headers: Iterable[Field] = response.headers
    content = [{"key": "Content-Type", "value": response.content_type}] if response.content_type else []
    body = response.body
    text = sample_json(body.value) if isinstance(body, JsonBody) else body.text if body is not None else None
    return {
        "id": identifier,
        "name": response.name,
        "originalRequest": {
            "method": request.method,
            **_original(request, response.request_body),
            "url": _url(request),
        },
        "status": response.reason,
        "code": response.status,
        "_postman_previewlanguage": _language(response.content_type),
        "header": [*content, *(_field(field) for field in headers)],
        "cookie": [],
        "body": text,
    }
