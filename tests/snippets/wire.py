"""A server that keeps what it receives byte for byte, and the question whether that is what a Request says."""

import email.parser
import email.policy
import http.server
import json
import threading
import urllib.parse
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.request.values import (
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    PathParameter,
    Request,
    TextBody,
)

CLIENTS_OWN = {"host", "user-agent", "accept-encoding", "connection", "content-length", "expect", "cache-control"}
"""Headers that a client adds by itself."""


class Received(NamedTuple):
    """One request as it came in."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def values(self, name: str) -> list[str]:
        """Return the values of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


def utf8(text: str) -> str:
    """Return a header's value as UTF-8; the server's library reads Latin-1."""
    return text.encode("latin-1").decode("utf-8", "replace")


class Recorder:
    """A loopback server that answers everything with an empty object."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                """Say nothing."""

            def handle_any(self):
                """Keep the request, answer it."""
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = [
                    (key, value.encode("latin-1").decode("utf-8", "replace")) for key, value in self.headers.items()
                ]
                target = self.raw_requestline.split(b" ")[1].decode("latin-1")
                recorder.received.append(Received(self.command, target, headers, body))
                self.send_response(200)
                self.send_header("content-length", "2")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(b"{}")

            def __getattr__(self, name):
                if name.startswith("do_"):
                    return self.handle_any
                raise AttributeError(name)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()


def target(request: Request) -> str:
    """Return the request target (RFC 9112 section 3.2.1) that the request says."""
    path = "".join(
        "/" + "".join(part.value if isinstance(part, PathParameter) else part for part in segment)
        for segment in request.url.path
    )
    query = "&".join(
        parameter.name + ("" if parameter.value is None else "=" + "".join(map(str, parameter.value)))
        for parameter in request.url.query
        if parameter.enabled
    )
    return path + (f"?{query}" if query else "")


def differences(request: Request, received: Received, files: Mapping[str, bytes]) -> list[str]:
    """Return how what arrived differs from what the request says."""
    wrong = []
    if received.method != request.method:
        wrong.append(f"method {received.method}")
    if received.target != target(request):
        wrong.append(f"target {received.target[:200]!r}, not {target(request)[:200]!r}")
    return wrong + _headers(request, received) + _body(request, received, files)


def _headers(request: Request, received: Received) -> list[str]:
    expected = Counter(
        (field.name.lower(), "".join(map(str, field.value)).strip(" \t")) for field in request.headers if field.enabled
    )
    cookies = "; ".join(f"{c.name}={''.join(map(str, c.value))}" for c in request.cookies if c.enabled)
    if cookies:
        expected["cookie", cookies] += 1
    arrived = Counter((key.lower(), value.strip(" \t")) for key, value in received.headers)
    allowed = CLIENTS_OWN - {name for name, _ in expected}
    more = {
        (name, value)
        for name, value in (arrived - expected)
        if name not in allowed
        and not (name == "accept" and value == "*/*")
        and not name.startswith("postman-")
        and not (name == "content-type" and isinstance(request.body, MultipartBody))
    }
    missing = expected - arrived
    return [f"without {missing}"] * bool(missing) + [f"more: {more}"] * bool(more)


def _body(request: Request, received: Received, files: Mapping[str, bytes]) -> list[str]:
    body = request.body if request.body_enabled else None
    if isinstance(body, JsonBody):
        same = received.body and json.loads(received.body) == body.value
    elif isinstance(body, TextBody):
        same = received.body == body.text.encode()
    elif isinstance(body, FileBody):
        same = received.body == files[body.file_name]
    elif isinstance(body, FormBody):
        wanted = [(field.name, "".join(map(str, field.value))) for field in body.fields if field.enabled]
        same = urllib.parse.parse_qsl(received.body.decode(), keep_blank_values=True, max_num_fields=99) == wanted
    elif isinstance(body, MultipartBody):
        same = parts_of(received) == _parts(body, files)
    else:
        same = received.body == b""
    return [] if same else [f"body {received.body[:300]!r}"]


def _parts(body: MultipartBody, files: Mapping[str, bytes]) -> list[tuple]:
    return [
        (
            part.name,
            part.file_name if part.text is None else None,
            part.content_type,
            files[part.file_name or ""] if part.text is None else "".join(map(str, part.text)).encode(),
        )
        for part in body.parts
        if part.enabled
    ]


def parts_of(received: Received) -> list[tuple]:
    """Return name, file name, type and bytes of each part of a multipart body."""
    content_type = received.values("content-type")[0]
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    found = []
    for chunk in received.body.split(b"--" + boundary)[1:-1]:
        head, _, content = chunk[2:].partition(b"\r\n\r\n")
        headers = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(head + b"\r\n\r\n")
        raw = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-disposition"))
        found.append((_quoted(raw, b" name="), _quoted(raw, b" filename="), headers.get("content-type"), content[:-2]))
    return found


def _quoted(raw: bytes, key: bytes) -> str | None:
    """Return a parameter in quotes as browsers write it (HTML, multipart/form-data), and as curl did before 7.81."""
    if key not in raw:
        return None
    text = raw.partition(key)[2].decode()
    end = 1
    while text[end] != '"':
        end += 2 if text[end] == "\\" and text[end + 1] in '"\\' else 1
    return text[1:end].replace('\\"', '"').replace("\\\\", "\\").replace("%22", '"')


def all_differences(requests: Sequence[Request], received: Sequence[Received], files: Mapping[str, bytes]) -> list[str]:
    """Return the differences of all, each with the request's name; the first lack of one ends the comparison."""
    wrong = []
    for request, arrived in zip(requests, received, strict=False):
        wrong += [f"{request.id}: {text}" for text in differences(request, arrived, files)]
    if len(requests) != len(received):
        wrong.append(f"{len(received)} of {len(requests)} arrived")
    return wrong
