"""A request as a curl command, neutral to the shell: the options in their order, variables still values."""

import enum
import re
import urllib.parse
from collections.abc import Iterable

from msgspec import Struct

from generator.auth import AuthPlan, ClientAuthentication, TokenEndpoint
from generator.json_values import JsonValue
from generator.renderers.quoting import shell_variable
from generator.request.token import token_url
from generator.request.values import (
    ApiKey,
    BasicCredentials,
    BearerToken,
    Field,
    FileBody,
    FormBody,
    InteractiveOAuth2,
    JsonBody,
    MultipartBody,
    Part,
    PathParameter,
    Request,
    RequestPurpose,
    Text,
    TextBody,
    Variable,
)


class Credentials(enum.Enum):
    """Whether snippets read what a user fills in from the shell's variables, or show words to replace."""

    VARIABLES = "variables"
    PLACEHOLDERS = "placeholders"


class JsonArgument(Struct, frozen=True, kw_only=True):
    """A JSON body; each shell lays it out as it can."""

    value: JsonValue


class FormArgument(Struct, frozen=True, kw_only=True):
    """One `name=value` of a form, not yet encoded; curl encodes the value."""

    name: str
    value: Text


class UserArgument(Struct, frozen=True, kw_only=True):
    """Client identifier and secret for HTTP Basic; `encoded`: form-encoded first (RFC 6749 section 2.3.1)."""

    identifier: Text
    secret: Text
    encoded: bool


class Option(Struct, frozen=True, kw_only=True):
    """One option of curl with its argument; a switch has None."""

    name: str
    argument: "Text | JsonArgument | FormArgument | UserArgument | None" = None


class Command(Struct, frozen=True, kw_only=True):
    """A curl command. `token` names the shell's variable that its answer's access token goes into."""

    url: Text
    options: tuple[Option, ...]
    token: str | None = None


def command(request: Request, plan: AuthPlan, credentials: Credentials) -> Command:
    """Return the curl command that sends `request`."""
    builder = _Builder(credentials)
    url = builder.url(request)
    endpoint = _endpoint(request, plan)
    options = [*builder.method(request), *_globoff(url), *builder.headers(request), *builder.body(request)]
    if endpoint is not None and endpoint.client_authentication is not ClientAuthentication.BODY:
        options.append(builder.user(endpoint))
    token = shell_variable(Variable(name=endpoint.variable("access_token"))).name if endpoint else None
    return Command(url=url, options=tuple(options), token=token)


def _endpoint(request: Request, plan: AuthPlan) -> TokenEndpoint | None:
    if request.purpose is not RequestPurpose.TOKEN:
        return None
    return next((e for e in plan.token_endpoints if (token_url(e),) == request.url.base), None)


def _globoff(url: Text) -> Iterable[Option]:
    if any(isinstance(part, str) and re.search(r"[\[\]{}]", part) for part in url):
        yield Option(name="--globoff")


class _Builder(Struct, frozen=True):
    credentials: Credentials

    def text(self, text: Text) -> Text:
        """Return `text` with its known variables written out and the others as the shell's own, or as words."""
        parts: list[str | Variable] = []
        for part in text:
            inner: Text = (part,) if isinstance(part, str) else self._variable(part)
            for piece in inner:
                if parts and isinstance(parts[-1], str) and isinstance(piece, str):
                    parts[-1] += piece
                else:
                    parts.append(piece)
        return tuple(parts)

    def _variable(self, variable: Variable) -> Text:
        if variable.value and not variable.secret:
            return self.text(variable.value)
        in_shell = shell_variable(variable)
        if self.credentials is Credentials.VARIABLES:
            return (in_shell,)
        client = in_shell.name.startswith(("CLIENT_ID", "CLIENT_SECRET"))
        return (f"APP_{in_shell.name}" if client else f"YOUR_{in_shell.name}",)

    def url(self, request: Request) -> Text:
        parts: list[str | Variable] = list(request.url.base)
        for segment in request.url.path:
            parts.append("/")
            parts.extend(part.value if isinstance(part, PathParameter) else part for part in segment)
        separator = "?"
        for parameter in request.url.query:
            if parameter.enabled:
                parts.append(separator + parameter.name + ("" if parameter.value is None else "="))
                parts.extend(parameter.value or ())
                separator = "&"
        auth = request.authorization
        if isinstance(auth, ApiKey) and auth.in_query:
            parts += [f"{separator}{urllib.parse.quote(auth.name, safe='-._~')}=", auth.key]
        return self.text(tuple(parts))

    def method(self, request: Request) -> Iterable[Option]:
        if request.method == "HEAD":
            yield Option(name="--head")
        else:
            yield Option(name="--request", argument=(request.method,))

    def headers(self, request: Request) -> Iterable[Option]:
        for header in request.headers:
            if header.enabled:
                yield self._header(header.name, header.value)
        auth = request.authorization
        if isinstance(auth, BearerToken | InteractiveOAuth2):
            yield self._header("Authorization", ("Bearer ", auth.token))
        elif isinstance(auth, BasicCredentials):
            yield Option(name="--user", argument=self.text((auth.username, ":", auth.password)))
        elif isinstance(auth, ApiKey) and not auth.in_query:
            yield self._header(auth.name, (auth.key,))
        cookies: list[str | Variable] = []
        for cookie in request.cookies:
            if cookie.enabled:
                cookies += ["; " if cookies else "", f"{cookie.name}=", *cookie.value]
        if cookies:
            yield Option(name="--cookie", argument=self.text(tuple(cookies)))

    def _header(self, name: str, value: Text) -> Option:
        empty = not any(value)
        return Option(name="--header", argument=(f"{name};",) if empty else self.text((f"{name}: ", *value)))

    def body(self, request: Request) -> Iterable[Option]:
        body = request.body if request.body_enabled else None
        if isinstance(body, JsonBody):
            yield Option(name="--data-raw", argument=JsonArgument(value=body.value))
        elif isinstance(body, TextBody):
            yield Option(name="--data-raw", argument=(body.text,))
        elif isinstance(body, FormBody):
            yield from (self._form(field) for field in body.fields if field.enabled)
            if not any(field.enabled for field in body.fields) and request.purpose is RequestPurpose.OPERATION:
                yield Option(name="--data-raw", argument=("",))
        elif isinstance(body, MultipartBody):
            yield from (self._part(part) for part in body.parts if part.enabled)
        elif isinstance(body, FileBody):
            yield Option(name="--data-binary", argument=(f"@{body.file_name}",))

    def _form(self, field: Field) -> Option:
        name = urllib.parse.quote_plus(field.name)
        return Option(name="--data-urlencode", argument=FormArgument(name=name, value=self.text(field.value)))

    def _part(self, part: Part) -> Option:
        kind = f";type={part.content_type}" if part.content_type else ""
        if part.text is None:
            return Option(name="--form", argument=(f"{part.name}=@{part.file_name}{kind}",))
        if not kind:
            return Option(name="--form-string", argument=self.text((f"{part.name}=", *part.text)))
        escaped = tuple(
            piece.replace("\\", "\\\\").replace('"', '\\"') if isinstance(piece, str) else piece
            for piece in self.text(part.text)
        )
        return Option(name="--form", argument=(f'{part.name}="', *escaped, f'"{kind}'))

    def user(self, endpoint: TokenEndpoint) -> Option:
        names = (Variable(name=endpoint.variable("client_id")), Variable(name=endpoint.variable("client_secret")))
        return Option(
            name="--user",
            argument=UserArgument(
                identifier=self.text((names[0],)),
                secret=self.text((names[1],)),
                encoded=endpoint.client_authentication is ClientAuthentication.BASIC,
            ),
        )
