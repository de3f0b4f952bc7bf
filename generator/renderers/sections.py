"""What a page says of each request beside its commands: parameters explained, and a sample of the answer."""

import re
import urllib.parse
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from generator.option_values import Credentials
from generator.renderers.curl import Snippet, snippets
from generator.renderers.filling import Filling, word
from generator.renderers.json_text import sample_json
from generator.renderers.markdown import readable
from generator.renderers.values import Prepared
from generator.request.values import (
    Field,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    PathParameter,
    Request,
    RequestPurpose,
    SavedResponse,
    Text,
    TextBody,
    text_value,
)

_GETS_FIRST = {
    Credentials.VARIABLES: (
        "Gets an access token with the OAuth 2.0 client credentials grant and keeps it in a variable of the shell. The "
        "requests that need it read it from there."
    ),
    Credentials.PLACEHOLDERS: (
        "Gets an access token with the OAuth 2.0 client credentials grant, and shows the answer that holds it."
    ),
}


class Explained(Struct, frozen=True, kw_only=True):
    """One parameter: where it goes, its name, a sample value, whether it is sent, what the document says of it."""

    place: str
    name: str
    sample: str
    sent: bool
    description: str


class Answer(Struct, frozen=True, kw_only=True):
    """A sample of what comes back: the status, its words, and the body with the language it is in."""

    status: int
    reason: str
    language: str
    text: str


class Section(Struct, frozen=True, kw_only=True):
    """One request on a page; `anchor` is unique there and made from the request's stable id.

    `after` are the sections (names with anchors) that get a token which this one sends, `needs` the other variables of
    the shell that it reads, `files` the user's own files that it sends.
    """

    anchor: str
    snippet: Snippet
    description: str
    deprecated: bool
    after: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    files: tuple[str, ...]
    parameters: tuple[Explained, ...]
    answer: Answer | None


class Preparations(Struct, frozen=True, kw_only=True):
    """What has to be done first: `commands` that set variables, by shell, or `words` to replace; then the `tokens`.

    `tokens` are the requests (names with anchors) that get one for others, `token_words` the words that its answer
    replaces.
    `missing` are the variables, or the words, for tokens that no request gets, by the reason. `in_address` are those
    whose values have to be given percent-encoded. `by_curl`: curl itself reads variables, which older ones cannot.
    """

    tokens: tuple[tuple[str, str], ...] = ()
    missing: Mapping[str, list[str]] = msgspec.field(default_factory=dict)
    by_curl: bool = False
    commands: Mapping[str, str] = msgspec.field(default_factory=dict)
    words: tuple[str, ...] = ()
    token_words: tuple[str, ...] = ()
    in_address: tuple[str, ...] = ()


def sections(prepared: Prepared) -> tuple[Section, ...]:
    """Return a section for each request to the API, in order."""
    sendable, made = prepared.sendable, snippets(prepared)
    gets_first = _GETS_FIRST[prepared.look.credentials]
    taken: set[str] = set()
    anchors = [anchor(request.id, taken) for request in sendable]
    getters = {snippet.sets: (snippet.name, at) for snippet, at in zip(made, anchors, strict=True) if snippet.sets}
    return tuple(
        Section(
            anchor=at,
            snippet=snippet,
            description=gets_first if request.purpose is RequestPurpose.TOKEN else request.description,
            deprecated=request.deprecated,
            after=tuple(getters[name] for name in snippet.needs if name in getters),
            needs=tuple(name for name in snippet.needs if name not in getters and not snippet.sets),
            files=tuple(sent_files(request)),
            parameters=tuple(_parameters(request)),
            answer=_answer(request.responses),
        )
        for request, snippet, at in zip(sendable, made, anchors, strict=True)
    )


def sent_files(request: Request) -> Iterable[str]:
    """Yield the names of the files that a request sends: the reader's own, which have to be there first."""
    body = request.body if request.body_enabled else None
    if isinstance(body, FileBody):
        yield body.file_name
    elif isinstance(body, MultipartBody):
        yield from (part.file_name or "file" for part in body.parts if part.enabled and part.text is None)


def preparations(made: tuple[Section, ...], prepared: Prepared) -> Preparations:
    """Return what has to be done before the commands of a page work."""
    sets = {section.snippet.sets for section in made}
    names = tuple(dict.fromkeys(name for s in made for name in s.snippet.needs if name not in sets))
    placeholders = prepared.look.credentials is Credentials.PLACEHOLDERS
    fetching = {request.id for request in prepared.fetching}
    getters = [section for section in made if section.snippet.id in fetching]
    return Preparations(
        tokens=tuple((section.snippet.name, section.anchor) for section in getters),
        missing=Filling(prepared.look.credentials).missing(prepared.sendable),
        by_curl=not placeholders and sets != {""},
        commands={} if placeholders or not names else _setting(names),
        words=tuple(word(name) for name in names) if placeholders else (),
        token_words=tuple(word(name) for name in sorted(s.snippet.sets for s in getters)) if placeholders else (),
        in_address=tuple(dict.fromkeys(name for section in made for name in section.snippet.in_address)),
    )


def _setting(names: tuple[str, ...]) -> dict[str, str]:
    """Return the commands that set variables, by shell."""
    return {
        "posix": "\n".join(f"export {name}='…'" for name in names),
        "cmd": "\n".join(f'set "{name}=…"' for name in names),
        "powershell": "\n".join(f"$env:{name} = '…'" for name in names),
    }


def anchor(identifier: str, taken: set[str]) -> str:
    """Return a name in lower case, digits and dashes made from `identifier`, which is not in `taken`, and add it."""
    base = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", identifier).lower()).strip("-") or "request"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _parameters(request: Request) -> Iterable[Explained]:
    for segment in request.url.path:
        for part in segment:
            if isinstance(part, PathParameter):
                sample = urllib.parse.unquote(part.value)
                yield Explained(place="path", name=part.name, sample=sample, sent=True, description=part.description)
    for query in request.url.query:
        # People read names and samples as they are; the address above shows them encoded.
        sample = urllib.parse.unquote(text_value(query.value or ()))
        yield Explained(
            place="query",
            name=urllib.parse.unquote(query.name),
            sample=sample,
            sent=query.enabled,
            description=query.description,
        )
    yield from (_explained("header", field, field.value) for field in request.headers if field.description)
    yield from (_explained("cookie", field, field.value) for field in request.cookies)
    if request.purpose is RequestPurpose.OPERATION:
        if isinstance(request.body, FormBody):
            yield from (_explained("form", field, field.value) for field in request.body.fields)
        elif isinstance(request.body, MultipartBody):
            yield from (_explained("form", part, part.text or (part.file_name or "",)) for part in request.body.parts)


def _explained(place: str, field: Field | Part, value: Text) -> Explained:
    return Explained(
        place=place,
        name=field.name,
        sample=text_value(value),
        sent=field.enabled,
        description=field.description,
    )


def _answer(responses: tuple[SavedResponse, ...]) -> Answer | None:
    found = next((response for response in responses if 200 <= response.status < 300), None)
    if found is None:
        return None
    text, language = "", "text"
    if isinstance(found.body, JsonBody):
        text, language = sample_json(found.body.value), "json"
    elif isinstance(found.body, TextBody):
        text, language = readable(found.body.text), "xml" if "xml" in found.body.content_type else "text"
    return Answer(status=found.status, reason=found.reason, language=language, text=text)
