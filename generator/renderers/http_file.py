"""Requests as a `.http` file, for VS Code's REST Client and for the HTTP Client of JetBrains' IDEs.

The two share the format but for two things. REST Client reads the environment and earlier answers by names of its own
(`{{$processEnv NAME}}`, `{{REQUEST.response.body.$.MEMBER}}`: its manual, System and Request Variables). The HTTP
Client has environments in files and keeps what a script behind a request sets (`> {% … %}`: HTTP Request in Editor
Specification 3.2.4), which REST Client would send as part of the body. So each has a spelling of its own.
"""

import enum
import hashlib
import re
import urllib.parse
from collections.abc import Iterable

from msgspec import Struct

from generator.auth import AuthPlan, TokenEndpoint
from generator.findings import Checked, Finding
from generator.option_values import ClientAuthentication, Credentials
from generator.renderers.command import endpoint_of, one_line
from generator.renderers.filling import Filling, cookies, disposition
from generator.renderers.json_text import sample_json
from generator.renderers.quoting import shell_variable
from generator.renderers.sections import anchor
from generator.renderers.templating import render as render_template
from generator.renderers.values import Page, Prepared
from generator.request.values import (
    ApiKey,
    BearerToken,
    FileBody,
    FormBody,
    InteractiveOAuth2,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    RequestBody,
    Text,
    TextBody,
    UserCredentials,
    Variable,
)
from generator.vocabulary import STEERING

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
"""Those of the specification (3.2.1) that go to an address; REST Client takes any other word for one."""
_DOT_SEGMENT = re.compile(r"/(\.|%2e){1,2}(/|$)", re.IGNORECASE)
"""What clients resolve in an address before they send it (URL Standard, path state)."""
_HEADER_NAME = re.compile(r"[A-Za-z0-9][!#$%&'*+.^_`|~0-9A-Za-z-]*")
"""Names at whose beginning no client sees a comment, a query or a script."""
_PLAIN_LINE = re.compile(
    r"""[ \t]*(?!HTTP/|proto\s|query\b|mutation\b|subscription\b|fragment\b)  # read as answers, as GraphQL, as gRPC
    (?: [\w"'()\[\]}|;:,.*+%&$!^\\-] | [^\x00-\x7f] | <[A-Za-z/!?] | \{(?!\{) | $ )""",
    re.VERBOSE,
)
"""Lines of a body at whose beginning no client sees a comment, a file, a script, a variable or another request."""


_LONGEST_NAME = 60
"""Characters of a title or an id in the name of a file."""


class HttpClient(enum.Enum):
    """Whose `.http` files; the value is its name."""

    REST_CLIENT = "the REST Client of VS Code"
    JETBRAINS = "the HTTP Client of JetBrains' IDEs"


class Entry(Struct, frozen=True, kw_only=True):
    """One request as it stands in the file; `token` names the variable that keeps its access token."""

    title: str
    tags: tuple[str, ...]
    method: str
    url: str
    headers: tuple[str, ...]
    body: str
    token: str


def render_rest_client(prepared: Prepared) -> Checked[Page]:
    """Return the requests as a file for VS Code's REST Client."""
    return _render(prepared, HttpClient.REST_CLIENT)


def render_jetbrains(prepared: Prepared) -> Checked[Page]:
    """Return the requests as a file for the HTTP Client of JetBrains' IDEs."""
    return _render(prepared, HttpClient.JETBRAINS)


def _render(prepared: Prepared, client: HttpClient) -> Checked[Page]:
    look = prepared.look
    writer = _Writer(prepared.plan, look.credentials, client, anchor(prepared.api.title[:_LONGEST_NAME], set()))
    entries = [writer.entry(request) for request in prepared.sendable if writer.can_send(request)]
    text = render_template(
        "http/requests.http.j2",
        look.templates,
        api=prepared.api,
        client=client.value,
        jetbrains=client is HttpClient.JETBRAINS,
        entries=entries,
        variables=list(writer.variables),
        encoded=writer.to_be_encoded(),
        placeholders=look.credentials is Credentials.PLACEHOLDERS,
        tokens=[request.name for request in prepared.fetching],
        missing=writer.filling.missing(prepared.sendable),
    )
    return Checked(Page(text=text, files=writer.files), tuple(writer.findings))


class _Writer:
    """Writes requests, and gathers what comes out beside them: files with bodies, findings, variables to be set."""

    def __init__(self, plan: AuthPlan, credentials: Credentials, client: HttpClient, stem: str) -> None:
        self.filling = Filling(credentials)
        self.client = client
        self.stem = stem
        self.plan = plan
        self.tokens = {_shell_name(endpoint, "access_token"): _name(endpoint) for endpoint in plan.token_endpoints}
        self.keeps_tokens = client is HttpClient.JETBRAINS and credentials is Credentials.VARIABLES
        self.files: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.variables: dict[str, None] = {}
        self.in_address: dict[str, None] = {}
        self.taken: set[str] = set()

    def can_send(self, request: Request) -> bool:
        """Tell whether clients can send `request` as it is; if not, a finding says that it is left out."""
        address = "".join(part for part in self.filling.url(request) if isinstance(part, str))
        problem = ""
        if request.method not in _METHODS:
            problem = f"the method {request.method}"
        elif request.method in {"HEAD", "TRACE"} and request.body is not None and request.body_enabled:
            problem = f"{request.method} with a body"
        elif _DOT_SEGMENT.search(address.partition("?")[0]):
            problem = "an address with /./ or /../"
        if problem:
            self.findings.append(_left_out(request, problem, f"{request.name} is left out"))
        return not problem

    def to_be_encoded(self) -> list[str]:
        """Return the variables whose values have to be encoded, as no client does it.

        Form-encoded those of the client (RFC 6749 appendix B), percent-encoded those that stand in an address.
        """
        raw = [e for e in self.plan.token_endpoints if e.client_authentication is ClientAuthentication.BASIC_RAW]
        kept = {_shell_name(endpoint, name) for endpoint in raw for name in ("client_id", "client_secret")}
        ours = [name for name in self.variables if name.startswith(("CLIENT_ID", "CLIENT_SECRET")) and name not in kept]
        return [*ours, *self.in_address]

    def entry(self, request: Request) -> Entry:
        """Return one request."""
        endpoint = endpoint_of(request, self.plan)
        body = request.body if request.body_enabled else None
        name = anchor(request.id[:_LONGEST_NAME], self.taken)
        title = " ".join(request.name.split())
        return Entry(
            # A single word would be a variable of that name in clients that keep answers by their titles.
            title=f"{title} ({request.method})" if re.fullmatch(r"\w+", title) else title,
            tags=tuple(self._tags(request, endpoint)),
            method=request.method,
            url=self._url(request),
            headers=tuple(self._headers(request, endpoint, _boundary(request))),
            body=self._body(request, body, name),
            token=_shell_name(endpoint, "access_token") if endpoint and self.keeps_tokens else "",
        )

    def _tags(self, request: Request, endpoint: TokenEndpoint | None) -> Iterable[str]:
        if endpoint:
            yield f"@name {_name(endpoint)}"
        if not request.follow_redirects:
            yield "@no-redirect"
        if any(cookie.enabled for cookie in request.cookies):
            yield "@no-cookie-jar"
        if self.client is HttpClient.JETBRAINS:
            yield "@no-auto-encoding"

    def _spelled(self, text: Text) -> str:
        """Return `text` with variables as the client reads them; no literal part may look like one."""
        return "".join(part if isinstance(part, str) else self._variable(part) for part in text)

    def _variable(self, variable: Variable) -> str:
        name = self.tokens.get(variable.name)
        if self.client is HttpClient.REST_CLIENT and name:
            return f"{{{{{name}.response.body.$.access_token}}}}"
        if not name:
            self.variables.setdefault(variable.name)
        inner = variable.name if self.client is HttpClient.JETBRAINS else f"$processEnv {variable.name}"
        return f"{{{{{inner}}}}}"

    def _url(self, request: Request) -> str:
        text = self.filling.url(request)
        self.in_address.update(dict.fromkeys(self.filling.in_address(request, text)))
        return self._spelled(tuple(_in_address(part) if isinstance(part, str) else part for part in text))

    def _headers(self, request: Request, endpoint: TokenEndpoint | None, boundary: str) -> Iterable[str]:
        found = [(field.name, field.value) for field in request.headers if field.enabled]
        if request.body_enabled and isinstance(request.body, MultipartBody):
            found.append(("Content-Type", (f"multipart/form-data; boundary={boundary}",)))
        found.extend(_authorization(request, endpoint))
        if sent := cookies(request):
            found.append(("Cookie", sent))
        for name, value in found:
            text = one_line(self.filling.text(value))
            if _HEADER_NAME.fullmatch(name) and not any("{{" in part for part in text if isinstance(part, str)):
                yield f"{name}: {self._spelled(text)}".rstrip()
            else:
                self.findings.append(_left_out(request, f"the header {name!r}", f"{request.name} goes without it"))

    def _body(self, request: Request, body: RequestBody | None, name: str) -> str:
        if isinstance(body, JsonBody):
            return sample_json(body.value)
        if isinstance(body, TextBody):
            lines = "ndjson" not in body.content_type.lower()  # to whose end clients add a newline
            return self._text(request, body.text, f"{name}-body.txt", inline=lines)
        if isinstance(body, FormBody):
            return "&".join(
                f"{urllib.parse.quote_plus(field.name)}={self._form_value(field.value)}"
                for field in body.fields
                if field.enabled
            )
        if isinstance(body, FileBody):
            return f"< ./{body.file_name}"
        return self._multipart(request, body, name) if body is not None else ""

    def _form_value(self, value: Text) -> str:
        text = self.filling.text(value)
        return "".join(urllib.parse.quote_plus(p) if isinstance(p, str) else self._variable(p) for p in text)

    def _multipart(self, request: Request, body: MultipartBody, name: str) -> str:
        boundary = _boundary(request)
        lines: list[str] = []
        for number, part in enumerate(part for part in body.parts if part.enabled):
            lines += [f"--{boundary}", *_part_head(part), ""]
            if part.text is None:
                lines.append(f"< ./{part.file_name or 'file'}")
            else:
                text = self._spelled(self.filling.text(part.text))
                # Lines of a part end in CRLF when clients send them.
                lines.append(self._text(request, text, f"{name}-part-{number + 1}.txt", inline="\n" not in text))
        return "\n".join((*lines, f"--{boundary}--"))

    def _text(self, request: Request, text: str, name: str, *, inline: bool) -> str:
        """Return `text` where clients send it as it is, else a reference to a file that holds it."""
        if inline and _is_plain(text):
            return text
        file = f"{self.stem}-{name}"
        self.files[file] = text
        self.findings.append(_in_file(request, file))
        return f"< ./{file}"


def _is_plain(text: str) -> bool:
    """Tell whether every client sends `text` as it is: none of its lines means something, none is lost at its ends."""
    if text != text.strip() or re.search(r"\{\{|<--->|===[ \t]*$", text, re.MULTILINE):
        return False
    if re.search(rf"[\x00-\x08\x0b-\x1f{STEERING}]", text):
        return False
    return all(_PLAIN_LINE.match(line) for line in text.split("\n"))


def _authorization(request: Request, endpoint: TokenEndpoint | None) -> Iterable[tuple[str, Text]]:
    auth = request.authorization
    if endpoint and endpoint.client_authentication is not ClientAuthentication.BODY:
        pair = (Variable(name=endpoint.variable("client_id")), Variable(name=endpoint.variable("client_secret")))
        yield "Authorization", ("Basic ", pair[0], " ", pair[1])
    if isinstance(auth, BearerToken | InteractiveOAuth2):
        yield "Authorization", ("Bearer ", auth.token)
    elif isinstance(auth, UserCredentials):
        yield "Authorization", ("Digest " if auth.digest else "Basic ", auth.username, " ", auth.password)
    elif isinstance(auth, ApiKey) and not auth.in_query:
        yield auth.name, (auth.key,)


def _in_address(text: str) -> str:
    """Return literal text with what would end an address or be a variable encoded; documents' own is already."""
    return re.sub(r"[\x00-\x20]|\{\{", lambda found: urllib.parse.quote(found[0]), text)


def _part_head(part: Part) -> Iterable[str]:
    yield disposition(part)
    if part.content_type:
        yield f"Content-Type: {part.content_type}"


def _boundary(request: Request) -> str:
    return "boundary-" + hashlib.sha256(request.id.encode()).hexdigest()[:16]


def _shell_name(endpoint: TokenEndpoint, name: str) -> str:
    return shell_variable(Variable(name=endpoint.variable(name))).name


def _name(endpoint: TokenEndpoint) -> str:
    """Return the name of a token request: REST Client takes letters, digits and `_`."""
    return "getAccessToken" + re.sub(r"\W", "_", endpoint.suffix, flags=re.ASCII)


def _left_out(request: Request, what: str, outcome: str) -> Finding:
    from generator.validation.rules.conversion import http_file_left_out

    return http_file_left_out.RULE.finding(
        request.place,
        f"A .http file cannot hold {what}; {outcome} there.",
        "Take the curl commands or the Postman collection for this request.",
    )


def _in_file(request: Request, name: str) -> Finding:
    from generator.validation.rules.conversion import http_file_body

    return http_file_body.RULE.finding(
        request.place,
        f"The body of {request.name}, or a part of it, stands in the file {name} beside the .http file.",
        "Write the .http file with -o PATH, which writes this file too.",
    )
