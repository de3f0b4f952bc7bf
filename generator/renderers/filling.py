"""What stands in a request's places: known values written out, the others as a shell's variables or as words."""

import itertools
import urllib.parse
from collections.abc import Iterable

from msgspec import Struct

from generator.option_values import Credentials
from generator.renderers.quoting import DOCUMENT_PREFIX, percent_quotes, shell_variable
from generator.request.values import ApiKey, BearerToken, Part, PathParameter, Request, Text, Variable


def word(name: str) -> str:
    """Return the word that stands for the shell's variable `name` on pages where people replace words by hand."""
    if name.startswith(("CLIENT_ID", "CLIENT_SECRET")):
        return f"APP_{name}"
    return f"YOUR_{name.removeprefix(DOCUMENT_PREFIX)}"


def cookies(request: Request) -> Text:
    """Return the cookies that `request` sends, as one header holds them (RFC 6265 section 4.2.1)."""
    parts: list[str | Variable] = []
    for cookie in request.cookies:
        if cookie.enabled:
            parts += ["; " if parts else "", f"{cookie.name}=", *cookie.value]
    return tuple(parts)


def disposition(part: Part) -> str:
    """Return the header that names a part of a multipart body (RFC 7578 section 4.2)."""
    header = f'Content-Disposition: form-data; name="{percent_quotes(part.name)}"'
    return header if part.text is not None else f'{header}; filename="{percent_quotes(part.file_name or "file")}"'


class Filling(Struct, frozen=True):
    """How the variables of a request are written: the known ones as they are, the others as `credentials` say."""

    credentials: Credentials

    def text(self, text: Text) -> Text:
        """Return `text` with its known variables written out and the others as the shell's own, or as words."""
        if len(text) == 1 and isinstance(text[0], str):
            return text
        pieces: list[str | Variable] = []
        for part in text:
            pieces += (part,) if isinstance(part, str) else self._variable(part)
        parts: list[str | Variable] = []
        for is_plain, run in itertools.groupby(pieces, key=lambda piece: isinstance(piece, str)):
            together = list(run)
            parts += ["".join(map(str, together))] if is_plain else together
        return tuple(parts)

    def _variable(self, variable: Variable) -> Text:
        if variable.value and not variable.secret:
            return self.text(variable.value)
        in_shell = shell_variable(variable)
        if self.credentials is Credentials.VARIABLES:
            return (in_shell,)
        return (word(in_shell.name),)

    def in_address(self, request: Request, url: Text) -> tuple[str, ...]:
        """Return the variables, or the words for them, that stand in the address, where nothing encodes values."""
        in_shell = self.credentials is Credentials.VARIABLES
        parts = url if in_shell else Filling(Credentials.VARIABLES).url(request)
        names = [part.name for part in parts if isinstance(part, Variable)]
        return tuple(dict.fromkeys(name if in_shell else word(name) for name in names))

    def missing(self, requests: Iterable[Request]) -> dict[str, list[str]]:
        """Return why no request gets some access tokens, and their variables, or the words for them, by that."""
        auths = [request.authorization for request in requests]
        tokens = {auth.token.name: auth.token for auth in auths if isinstance(auth, BearerToken) and auth.token.missing}
        found: dict[str, list[str]] = {}
        for token in tokens.values():
            name = shell_variable(token).name
            shown = name if self.credentials is Credentials.VARIABLES else word(name)
            found.setdefault(token.missing, []).append(shown)
        return found

    def url(self, request: Request) -> Text:
        """Return the whole address of `request`."""
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
