"""A request as a curl command, neutral to the shell: the options in their order, variables still values."""

import re
import urllib.parse
from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from generator.auth import AuthPlan, TokenEndpoint
from generator.json_values import JsonValue
from generator.option_values import ClientAuthentication, Credentials
from generator.renderers.filling import Filling, cookies, disposition
from generator.renderers.quoting import shell_variable
from generator.request.token import token_url
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
    Request,
    RequestPurpose,
    Text,
    TextBody,
    UserCredentials,
    Variable,
)

_LONGEST_COOKIES = 8000
"""curl leaves longer ones out (8,190 bytes in its own cookie header)."""


class JsonArgument(Struct, frozen=True, kw_only=True):
    """A JSON body; each shell lays it out as it can."""

    value: JsonValue


class TextArgument(Struct, frozen=True, kw_only=True):
    """A whole body that is sent as the text it is; `extension` is that of a file that would hold it."""

    text: str
    extension: str


class FormArgument(Struct, frozen=True, kw_only=True):
    """One `name=value` of a form: the name encoded, the value not yet."""

    name: str
    value: Text


class UserArgument(Struct, frozen=True, kw_only=True):
    """User and password for HTTP Basic; `encoded`: form-encoded first (RFC 6749 section 2.3.1).

    `digest`: for HTTP Digest instead, whose header only curl itself can make.
    """

    identifier: Text
    secret: Text
    encoded: bool = False
    digest: bool = False


class FileArgument(Struct, frozen=True, kw_only=True):
    """The name of a file that is a whole body. Where there is none, no request may be sent: curl would send nothing."""

    name: str


Argument: TypeAlias = Text | JsonArgument | TextArgument | FormArgument | UserArgument | FileArgument


class Option(Struct, frozen=True, kw_only=True):
    """One option of curl with its argument; a switch has None."""

    name: str
    argument: Argument | None = None


class Command(Struct, frozen=True, kw_only=True):
    """A curl command. `token` names the shell's variable that its answer's access token goes into; None: it is shown.

    `quiet`: it shows no progress, as its output may go anywhere. `in_address` are the variables, or the words, whose
    values have to be given percent-encoded, since curl takes an address as it is.
    """

    url: Text
    options: tuple[Option, ...]
    token: str | None = None
    quiet: bool = False
    in_address: tuple[str, ...] = ()


def command(request: Request, plan: AuthPlan, credentials: Credentials) -> Command:
    """Return the curl command that sends `request`."""
    builder = _Builder(credentials)
    url = builder.url(request)
    endpoint = endpoint_of(request, plan)
    options = [*_method(request), *_literal_address(url), *builder.headers(request), *builder.body(request)]
    if endpoint is not None and endpoint.client_authentication is not ClientAuthentication.BODY:
        options.append(builder.user(endpoint))
    token = None
    if endpoint is not None and credentials is Credentials.VARIABLES:  # who replaces words by hand has to see it
        token = shell_variable(Variable(name=endpoint.variable("access_token"))).name
    return Command(url=url, options=tuple(options), token=token, in_address=builder.in_address(request, url))


def endpoint_of(request: Request, plan: AuthPlan) -> TokenEndpoint | None:
    """Return the token endpoint that `request` gets a token from, if it does."""
    if request.purpose is not RequestPurpose.TOKEN:
        return None
    return next((e for e in plan.token_endpoints if (token_url(e),) == request.url.base), None)


def _method(request: Request) -> Iterable[Option]:
    if request.method != "HEAD":
        yield Option(name="--request", argument=(request.method,))
    elif request.body is None or not request.body_enabled:
        yield Option(name="--head")
    else:
        # curl's --head takes no body, and with --request HEAD it waits for one until the server hangs up.
        yield Option(name="--request", argument=("HEAD",))
        yield Option(name="--ignore-content-length")
        yield Option(name="--header", argument=("Connection: close",))


def _literal_address(url: Text) -> Iterable[Option]:
    """Keep curl from reading patterns and `..` in an address."""
    literal = "".join(part for part in url if isinstance(part, str))
    if re.search(r"[\[\]{}]", literal):
        yield Option(name="--globoff")
    if re.search(r"/\.{1,2}(/|$)", literal.partition("?")[0]):
        yield Option(name="--path-as-is")


class _Builder(Filling, frozen=True):
    def headers(self, request: Request) -> Iterable[Option]:
        for header in request.headers:
            if header.enabled:
                yield self._header(header.name, header.value)
        auth = request.authorization
        if isinstance(auth, BearerToken | InteractiveOAuth2):
            yield self._header("Authorization", ("Bearer ", auth.token))
        elif isinstance(auth, UserCredentials):
            user, password = self.text((auth.username,)), self.text((auth.password,))
            if auth.digest:
                yield Option(name="--digest")
            yield Option(name="--user", argument=UserArgument(identifier=user, secret=password, digest=auth.digest))
        elif isinstance(auth, ApiKey) and not auth.in_query:
            yield self._header(auth.name, (auth.key,))
        if sent := cookies(request):
            yield _cookies(one_line(self.text(sent)))

    def _header(self, name: str, value: Text) -> Option:
        text = self.text(value)
        if all(isinstance(part, str) and not part.strip() for part in text):
            return Option(name="--header", argument=one_line((f"{name};",)))
        return Option(name="--header", argument=one_line((f"{name}: ", *text)))

    def body(self, request: Request) -> Iterable[Option]:
        body = request.body if request.body_enabled else None
        if isinstance(body, JsonBody):
            yield Option(name="--data-raw", argument=JsonArgument(value=body.value))
        elif isinstance(body, TextBody):
            yield Option(name="--data-raw", argument=TextArgument(text=body.text, extension=_extension(body)))
        elif isinstance(body, FormBody):
            yield from (self._form(field) for field in body.fields if field.enabled)
            if not any(field.enabled for field in body.fields) and request.purpose is RequestPurpose.OPERATION:
                yield Option(name="--data-raw", argument=("",))
        elif isinstance(body, MultipartBody):
            yield from (self._part(part) for part in body.parts if part.enabled)
        elif isinstance(body, FileBody):
            yield Option(name="--data-binary", argument=FileArgument(name=body.file_name))

    def _form(self, field: Field) -> Option:
        name = urllib.parse.quote_plus(field.name)
        return Option(name="--data-urlencode", argument=FormArgument(name=name, value=self.text(field.value)))

    def _part(self, part: Part) -> Option:
        name, headers = _part_name(part)
        kind = (f";type={part.content_type}" if part.content_type else "") + headers
        if part.text is None:
            path = _path(part.file_name or "file")
            quoted = _in_quotes(path) if re.search(r'[,;"\\]', path) else path
            return Option(name="--form", argument=(f"{name}=@{quoted}{kind}",))
        text = self.text(part.text)
        if not kind:
            return Option(name="--form-string", argument=(f"{name}=", *text))
        escaped = tuple(_escaped(piece) if isinstance(piece, str) else piece for piece in text)
        return Option(name="--form", argument=(f'{name}="', *escaped, f'"{kind}'))

    def user(self, endpoint: TokenEndpoint) -> Option:
        argument = UserArgument(
            identifier=self.text((Variable(name=endpoint.variable("client_id")),)),
            secret=self.text((Variable(name=endpoint.variable("client_secret")),)),
            encoded=endpoint.client_authentication is ClientAuthentication.BASIC,
        )
        return Option(name="--user", argument=argument)


def one_line(text: Text) -> Text:
    """Return `text` without control characters, which would begin another header (RFC 9110 section 5.5)."""
    return tuple(re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", part) if isinstance(part, str) else part for part in text)


def _cookies(text: Text) -> Option:
    if sum(len(part) for part in text if isinstance(part, str)) > _LONGEST_COOKIES:
        return Option(name="--header", argument=("Cookie: ", *text))
    return Option(name="--cookie", argument=text)


def _extension(body: TextBody) -> str:
    kinds = ("json", "xml", "csv", "html", "yaml")
    return next((kind for kind in kinds if kind in body.content_type.lower()), "txt")


def _path(name: str) -> str:
    """Return `name` so that curl does not read it as standard input."""
    return "./-" if name == "-" else name


def _part_name(part: Part) -> tuple[str, str]:
    """Return a part's name, and the header that carries it where curl's syntax cannot hold it before the `=`."""
    if "=" not in part.name:
        return part.name, ""
    return "", f";headers={_in_quotes(disposition(part))}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _in_quotes(text: str) -> str:
    return f'"{_escaped(text)}"'
