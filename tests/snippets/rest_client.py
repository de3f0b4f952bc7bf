"""What VS Code's REST Client makes of a `.http` file, after its own source and manual; an oracle, no part of ours.

From github.com/Huachao/vscode-restclient: `selector.ts` (requests are parted by lines that begin with `###`; lines
that begin with `#` or `//` are taken out wherever they stand; empty lines at the end too), `httpRequestParser.ts`
(request line, headers, body, `< FILE` on a line of its own), `requestParserUtil.ts` (headers of one name are joined),
`requestVariableProvider.ts` and `systemVariableProvider.ts` (`{{NAME.response.body.$.MEMBER}}`,
`{{$processEnv NAME}}`).
"""

import re
import urllib.parse
from collections.abc import Mapping
from typing import NamedTuple

from tests.snippets.wire import Received

METHODS = (
    "GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT|TRACE|LOCK|UNLOCK|PROPFIND|PROPPATCH|COPY|MOVE|MKCOL|ACL|SEARCH"
)
FILE = re.compile(r"^<(?:(?P<resolve>@)(?P<encoding>\w+)?)?\s+(?P<path>.+?)\s*$")
COMMENT = re.compile(r"^\s*(#|/{2})")
NAME = re.compile(r"^\s*(?:#+|/{2,})\s+@name\s+(\w+)\s*$", re.MULTILINE | re.ASCII)
FILE_VARIABLE = re.compile(r"^\s*@([^\s=]+)\s*=\s*(.*?)\s*$")


class Sent(NamedTuple):
    """One request as it goes out, its name, and the variables that it needed."""

    name: str | None
    received: Received
    variables: list[str]


def read(text: str, folder: Mapping[str, bytes], variables: Mapping[str, str]) -> list[Sent]:
    """Return what is sent when each request of the file is sent; unknown variables stay as they are."""
    blocks: list[list[str]] = [[]]
    for line in re.split(r"\r?\n", text):
        if line.startswith("###"):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [sent for block in blocks if (sent := _block(block, folder, variables))]


def _block(block: list[str], folder: Mapping[str, bytes], variables: Mapping[str, str]) -> Sent | None:
    name = NAME.search("\n".join(block))
    lines = [line for line in block if not COMMENT.match(line)]
    while lines and (not lines[0].strip() or FILE_VARIABLE.match(lines[0])):
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines or re.match(r"\s*HTTP/[\d.]+", lines[0]):
        return None
    used: list[str] = []

    def resolved(found: re.Match[str]) -> str:
        used.append(found[1].strip())
        return variables.get(found[1].strip(), found[0])

    lines = re.sub(r"\{{2}(.+?)\}{2}", resolved, "\n".join(lines)).split("\n")
    method, url, rest = _request_line(lines)
    headers, body = _headers(rest)
    address = urllib.parse.urlsplit(url)
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    kind = next((value for key, value in headers if key.lower() == "content-type"), "")
    return Sent(name[1] if name else None, Received(method, target, headers, _body(body, kind, folder)), used)


def _request_line(lines: list[str]) -> tuple[str, str, list[str]]:
    line = lines.pop(0).strip()
    while lines and re.match(r"\s*[&?]", lines[0]):
        line += lines.pop(0).strip()
    found = re.match(rf"({METHODS})\s+", line, re.IGNORECASE)
    url = line[found.end() :].strip() if found else line
    return (found[1] if found else "GET"), re.split(r"\s+HTTP/", url)[0], lines


def _headers(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    headers: dict[str, tuple[str, str]] = {}
    while lines and lines[0].strip():
        name, _, value = lines.pop(0).strip().partition(":")
        key = name.strip().lower()
        value = value.strip()
        if key in headers:
            value = headers[key][1] + (";" if key == "cookie" else ",") + value
        headers[key] = (name.strip(), value)
    return list(headers.values()), lines[1:]


def _body(lines: list[str], content_type: str, folder: Mapping[str, bytes]) -> bytes:
    if not lines:
        return b""
    end = b"\r\n" if "multipart/form-data" in content_type else b"\n"
    pieces = []
    for line in lines:
        found = FILE.match(line)
        assert not (found and found["resolve"]), line
        pieces.append(folder[found["path"].removeprefix("./")] if found else line.encode())
    if "application/x-www-form-urlencoded" in content_type:
        return b"".join(
            piece if piece.startswith(b"&") or not number else end + piece for number, piece in enumerate(pieces)
        )
    return end.join(pieces) + (end if "ndjson" in content_type else b"")
