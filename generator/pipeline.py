"""The way of the data: document -> model -> auth plan -> requests -> what the renderers make of them."""

import enum
import importlib
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.auth import plan_auth
from generator.document import Absence, Document, Read, Source, parse, read_tree
from generator.document_options import DocumentOptions, Filters, auth_options
from generator.findings import Checked, Finding
from generator.option_values import ClientAuthentication, Credentials, Folders, Tabs
from generator.readers import read as read_api
from generator.renderers import curl, docs, postman_v21
from generator.renderers.curl import Snippet
from generator.renderers.values import Look, Page, Prepared
from generator.request.build import build_requests
from generator.request.values import RequestPurpose
from generator.servers import plan_servers
from generator.validation import validate

__all__ = [
    "ClientAuthentication",
    "Conversion",
    "Credentials",
    "Filters",
    "Folders",
    "Look",
    "Options",
    "Snippet",
    "SnippetFormat",
    "Tabs",
    "convert",
    "load",
    "prepare",
    "scripts",
    "snippet_list",
    "snippet_page",
    "snippets",
]

T = TypeVar("T")
Renderer: TypeAlias = Callable[[Prepared], Checked[T]]

CONVERT_RENDERERS: tuple[Renderer[Mapping[str, str]], ...] = (postman_v21.render, docs.render)
"""What `convert` writes; each renderer returns texts by the ending of their file's name."""


class SnippetFormat(enum.Enum):
    """How `snippets` prints its commands; scripts, a file for each command and shell, are made by `scripts`."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"
    HTTP = "http"
    HTTP_JETBRAINS = "http-jetbrains"


SNIPPET_RENDERERS = {
    SnippetFormat.MARKDOWN: ("docs", "render_markdown"),
    SnippetFormat.JSON: ("curl", "render_json"),
    SnippetFormat.HTML: ("docs", "render_html"),
    SnippetFormat.HTTP: ("http_file", "render_rest_client"),
    SnippetFormat.HTTP_JETBRAINS: ("http_file", "render_jetbrains"),
}
"""What `snippets` makes, by its format: a module of `renderers`, imported when it is asked for, and its function."""


class Options(DocumentOptions, frozen=True, kw_only=True):
    """What a user decides about a conversion; each default is the command line's."""

    look: Look = Look()


class Conversion(Struct, frozen=True, kw_only=True):
    """What a conversion made: texts by the ending of their file's name, how many operations; `token`: one can be had.

    `fill_in` names the variables of the collection that wait for a user's values.
    """

    files: Mapping[str, str]
    requests: int
    token: bool
    fill_in: tuple[str, ...] = ()


def load(
    sources: Mapping[str, Source], entry: str, absent: Mapping[str, Absence] | None = None, read: Read = read_tree
) -> Checked[Document | None]:
    """Read the document at the URI `entry`; None where it cannot be read, and the findings say why.

    `absent` says of other documents that it refers to why they are not among `sources`; `read` reads one of these.
    """
    return parse(sources, entry, absent, read)


def prepare(document: Document, options: Options) -> Checked[Prepared | None]:
    """Go the whole way up to the requests; None where the document has nothing that can be sent.

    Raises UsageError where an option names something that the document does not have.
    """
    valid = validate(document, options.allowed_secrets)
    api = read_api(valid.value)
    servers = plan_servers(api.value, options.server)
    plan = plan_auth(api.value, servers.value, auth_options(options))
    requests = build_requests(api.value, plan.value, servers.value, options)
    findings = _gathered(valid, api, servers, plan, requests)
    described = any(endpoint.operation is not None for endpoint in plan.value.token_endpoints)
    if not requests.value or not (described or any(r.purpose is not RequestPurpose.TOKEN for r in requests.value)):
        return Checked(None, findings)
    prepared = Prepared(
        api=api.value, plan=plan.value, servers=servers.value, requests=requests.value, look=options.look
    )
    return Checked(prepared, findings)


def convert(document: Document, options: Options) -> Checked[Conversion | None]:
    """Convert `document` into the files that `convert` writes; None where there is nothing to save."""
    prepared = prepare(document, options)
    ready = prepared.value
    if ready is None:
        return Checked(None, prepared.findings)
    rendered = [render(ready) for render in CONVERT_RENDERERS]
    files = {name: text for checked in rendered for name, text in checked.value.items()}
    operations = sum(request.purpose is not RequestPurpose.TOKEN for request in ready.requests)
    wanted = _without_unused_token(ready)
    conversion = Conversion(
        files=files,
        requests=operations,
        token=any(request.purpose is RequestPurpose.TOKEN for request in wanted.requests),
        fill_in=postman_v21.to_fill_in(wanted),
    )
    return Checked(conversion, _gathered(prepared, *rendered))


def _without_unused_token(ready: Prepared) -> Prepared:
    """Return `ready` without token requests where no operation carries a token, nor describes its endpoint."""
    endpoints = ready.plan.token_endpoints
    carried = any(auth.token_endpoint is not None for auth in ready.plan.operations.values())
    if carried or any(endpoint.operation is not None for endpoint in endpoints):
        return ready
    requests = tuple(request for request in ready.requests if request.purpose is not RequestPurpose.TOKEN)
    return replace(ready, plan=replace(ready.plan, token_endpoints=()), requests=requests)


def snippets(document: Document, options: Options, snippet_format: SnippetFormat) -> Checked[str | None]:
    """Return the requests of `document` as text in a format; None where there is nothing to send."""
    made = snippet_page(document, options, snippet_format)
    return Checked(made.value.text if made.value else None, made.findings)


def snippet_page(document: Document, options: Options, snippet_format: SnippetFormat) -> Checked[Page | None]:
    """Return the requests of `document` as a page, with the files it reads; None where there is nothing to send."""
    module, name = SNIPPET_RENDERERS[snippet_format]
    render: Renderer[Page] = getattr(importlib.import_module(f"generator.renderers.{module}"), name)
    return _rendered(document, options, render)


def scripts(document: Document, options: Options) -> Checked[Mapping[str, str] | None]:
    """Return the curl commands of `document` as script files by their names; None where there is nothing to send."""
    from generator.renderers.script_files import render_files

    return _rendered(document, options, render_files)


def snippet_list(document: Document, options: Options) -> Checked[tuple[Snippet, ...] | None]:
    """Return the curl commands of `document` as values; None where there is nothing to send."""
    return _rendered(document, options, lambda prepared: Checked(curl.snippets(prepared)))


def _rendered(document: Document, options: Options, render: Renderer[T]) -> Checked[T | None]:
    prepared = prepare(document, options)
    if prepared.value is None:
        return Checked(None, prepared.findings)
    made = render(prepared.value)
    return Checked(made.value, _gathered(prepared, made))


def _gathered(*stations: Checked[object]) -> tuple[Finding, ...]:
    """Return the findings of all stations, each once."""
    return tuple(dict.fromkeys(finding for station in stations for finding in station.findings))
