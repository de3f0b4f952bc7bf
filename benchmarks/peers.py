"""Counts how many requests of the torture set arrive as they are when the peers' curl commands send them, into a table.

Peers (npm): postman-code-generators, Postman's own; httpsnippet; openapi-snippet. Each gets the same requests in the
form that it reads: Postman's, HAR, OpenAPI. What it makes is run by bash, or read by the tests' models of cmd and
PowerShell, and sent by the real curl to a server on this machine; what arrives is held against the request.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.renderers import cmd, posix, powershell  # noqa: E402 - from this checkout
from generator.request.values import (  # noqa: E402
    Field,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    PathParameter,
    Request,
    Text,
    TextBody,
)
from tests.snippets import windows_powershell as ps  # noqa: E402
from tests.snippets.making import at, commands  # noqa: E402
from tests.snippets.torture import FILES, TORTURE  # noqa: E402
from tests.snippets.windows_cmd import arguments_of, read_by_cmd  # noqa: E402
from tests.snippets.wire import Received, Recorder, differences, target  # noqa: E402

PEERS = Path(__file__).parent / "peers"
PAGE = ROOT / "docs/commands.md"
BEGIN, END = "<!-- peers -->\n", "<!-- /peers -->\n"
NOWHERE = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}
"""Words that fall out of a badly quoted command look like hosts to curl: they shall lead nowhere."""
KINDS = ("json", "text", "form", "multipart", "query", "path", "header", "cookie")


def words(text: Text) -> str:
    """Return text without variables."""
    return "".join(map(str, text))


def headers(request: Request) -> list[tuple[str, str]]:
    """Return the headers that are sent, the cookies' own among them."""
    found = [(field.name, words(field.value)) for field in request.headers if field.enabled]
    cookies = "; ".join(f"{c.name}={words(c.value)}" for c in request.cookies if c.enabled)
    return [*found, ("Cookie", cookies)] if cookies else found


def raw(body: JsonBody | TextBody) -> str:
    """Return a body as text."""
    return json.dumps(body.value, indent=2, ensure_ascii=False) if isinstance(body, JsonBody) else body.text


def as_postman(request: Request) -> dict[str, Any]:
    """Return the request as Postman writes it."""
    body: dict[str, Any] | None = None
    if not request.body_enabled or request.body is None:
        body = None
    elif isinstance(request.body, JsonBody | TextBody):
        body = {"mode": "raw", "raw": raw(request.body)}
    elif isinstance(request.body, FormBody):
        fields = [{"key": f.name, "value": words(f.value)} for f in request.body.fields if f.enabled]
        body = {"mode": "urlencoded", "urlencoded": fields}
    elif isinstance(request.body, FileBody):
        body = {"mode": "file", "file": {"src": request.body.file_name}}
    else:
        body = {"mode": "formdata", "formdata": [_postman_part(part) for part in request.body.parts if part.enabled]}
    return {
        "method": request.method,
        "url": words(request.url.base[0].value) + target(request),  # type: ignore[union-attr]
        "header": [{"key": key, "value": value} for key, value in headers(request)],
        **({"body": body} if body else {}),
    }


def _postman_part(part: Any) -> dict[str, Any]:
    kind = {"contentType": part.content_type} if part.content_type else {}
    if part.text is None:
        return {"key": part.name, "type": "file", "src": part.file_name, **kind}
    return {"key": part.name, "type": "text", "value": words(part.text), **kind}


def as_har(request: Request) -> dict[str, Any]:
    """Return the request as HAR 1.2."""
    sent = request.body if request.body_enabled else None
    data: dict[str, Any] | None = None
    if isinstance(sent, JsonBody | TextBody):
        data = {"mimeType": sent.content_type, "text": raw(sent)}
    elif isinstance(sent, FormBody):
        fields = [{"name": f.name, "value": words(f.value)} for f in sent.fields if f.enabled]
        data = {"mimeType": "application/x-www-form-urlencoded", "params": fields}
    elif isinstance(sent, FileBody):
        data = {"mimeType": sent.content_type, "params": [{"name": "file", "fileName": sent.file_name}]}
    elif isinstance(sent, MultipartBody):
        data = {"mimeType": "multipart/form-data", "params": [_har_part(part) for part in sent.parts if part.enabled]}
    kept = [(key, value) for key, value in headers(request) if key != "Cookie"]
    return {
        "method": request.method,
        "url": words(request.url.base[0].value) + target(request),  # type: ignore[union-attr]
        "httpVersion": "HTTP/1.1",
        "headers": [{"name": key, "value": value} for key, value in kept],
        "cookies": [{"name": c.name, "value": words(c.value)} for c in request.cookies if c.enabled],
        "queryString": [],
        "headersSize": -1,
        "bodySize": -1,
        **({"postData": data} if data else {}),
    }


def _har_part(part: Any) -> dict[str, Any]:
    kind = {"contentType": part.content_type} if part.content_type else {}
    if part.text is None:
        return {"name": part.name, "fileName": part.file_name, **kind}
    return {"name": part.name, "value": words(part.text), **kind}


def as_openapi(request: Request) -> dict[str, Any]:
    """Return the request as a document of one operation with its values as examples."""
    parameters: list[dict[str, Any]] = []

    def add(place: str, name: str, value: str) -> None:
        schema = {"type": "string", "example": value, "default": value}
        parameters.append({"in": place, "name": name, "required": True, "schema": schema, "example": value})

    path = ""
    for segment in request.url.path:
        path += "/"
        for part in segment:
            if isinstance(part, PathParameter):
                add("path", part.name, urllib.parse.unquote(part.value))
            path += f"{{{part.name}}}" if isinstance(part, PathParameter) else part
    for parameter in request.url.query:
        add("query", urllib.parse.unquote(parameter.name), urllib.parse.unquote(words(parameter.value or ())))
    for field in (f for f in request.headers if f.enabled and f.name != "Content-Type"):
        add("header", field.name, words(field.value))
    for cookie in (c for c in request.cookies if c.enabled):
        add("cookie", cookie.name, words(cookie.value))
    operation: dict[str, Any] = {"parameters": parameters, "responses": {"200": {"description": "OK"}}}
    if request.body_enabled and request.body is not None:
        operation["requestBody"] = {"required": True, "content": _openapi_content(request.body)}
    method = request.method.lower()
    document = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": words(request.url.base[0].value)}],  # type: ignore[union-attr]
        "paths": {path: {method: operation}},
    }
    return {"document": document, "path": path, "method": method}


def _openapi_content(body: Any) -> dict[str, Any]:
    if isinstance(body, JsonBody):
        return {body.content_type: {"schema": {"example": body.value}, "example": body.value}}
    if isinstance(body, TextBody):
        return {body.content_type: {"schema": {"type": "string", "example": body.text}, "example": body.text}}
    if isinstance(body, FileBody):
        return {body.content_type: {"schema": {"type": "string", "format": "binary"}}}
    kind = "application/x-www-form-urlencoded" if isinstance(body, FormBody) else "multipart/form-data"
    members: dict[str, Any] = {}
    values: dict[str, str] = {}
    for member in body.fields if isinstance(body, FormBody) else body.parts:
        text = member.value if isinstance(member, Field) else member.text
        if text is None:
            members[member.name] = {"type": "string", "format": "binary"}
        else:
            members[member.name] = {"type": "string", "example": words(text)}
            values[member.name] = words(text)
    return {kind: {"schema": {"type": "object", "properties": members, "example": values}, "example": values}}


def by_bash(text: str, folder: Path) -> None:
    """Run a command in bash."""
    program = shutil.which("bash") or "bash"
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", **NOWHERE}
    script = folder / "script.sh"
    script.write_bytes(text.encode("utf-8", "surrogatepass"))
    subprocess.run(
        [program, str(script)], cwd=folder, env=environment, capture_output=True, stdin=subprocess.DEVNULL,
        check=False, timeout=20,
    )  # fmt: skip


def send(arguments: Iterable[str], folder: Path, stdin: bytes | None = None) -> None:
    """Run curl with arguments as a program gets them."""
    command = ["curl", "--silent", "--max-time", "5", *(argument.encode() for argument in arguments)]
    subprocess.run(
        command, cwd=folder, env={**os.environ, **NOWHERE}, input=stdin or b"", capture_output=True, check=False,
        timeout=20,
    )  # fmt: skip


def by_cmd(text: str, folder: Path) -> None:
    """Let the model of cmd's prompt read a command: what is more than one command is none."""
    parts = read_by_cmd(text, {"PATH": "C:\\x", "OS": "Windows_NT", "CD": "C:\\here"}, batch=False)
    if [len(pipe) for pipe in parts] != [1]:
        raise ValueError("not one command")
    send(arguments_of(parts[0][0]), folder)


def by_powershell(version: str) -> Callable[[str, Path], None]:
    """Return what lets the model of a PowerShell run a command, with `curl.exe` where it says `curl`."""

    def run(text: str, folder: Path) -> None:
        def call(made: ps.Call) -> str:
            send(made.arguments, folder, made.stdin)
            return ""

        ps.Script(re.sub(r"^curl ", "curl.exe ", text), {}, version, call, folder)

    return run


DIALECTS: dict[str, tuple[str, Callable[[str, Path], None]]] = {
    "bash": ("posix", by_bash),
    "cmd": ("cmd", by_cmd),
    "Windows PowerShell 5.1": ("powershell", by_powershell(ps.LEGACY_51)),
    "PowerShell 7.3": ("powershell", by_powershell(ps.STANDARD)),
}
"""Each column with the dialect of its commands, and what runs them."""


def own(requests: list[Request]) -> list[dict[str, dict[str, Any]]]:
    """Return our commands in the form of the peers'; cmd's with the files that they read."""
    made = []
    for command in commands(requests):
        script = cmd.spell(command)
        made.append(
            {
                "posix": {"text": posix.spell(command).text},
                "cmd": {"text": script.text, "files": script.files},
                "powershell": {"text": powershell.spell(command).text},
            }
        )
    return made


def counted(requests: list[Request], made: list[dict[str, Any]], column: str, recorder: Recorder) -> Counter[str]:
    """Return how many requests of each kind arrived as they are."""
    dialect, run = DIALECTS[column]
    right: Counter[str] = Counter()
    for request, texts in zip(requests, made, strict=True):
        snippet = texts[dialect]
        if "text" not in snippet or not snippet["text"]:
            continue
        recorder.received.clear()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for file, content in FILES.items():
                (folder / file).write_bytes(content)
            for file, text in snippet.get("files", {}).items():
                (folder / file).write_text(text, encoding="utf-8", newline="")
            with contextlib.suppress(Exception):  # a command that is none, a body that is no JSON: not right
                run(snippet["text"], folder)
                (arrived,) = recorder.received
                right[kind_of(request)] += not differences(request, alike(request, arrived), FILES)
    return right


def alike(request: Request, arrived: Received) -> Received:
    """Return what arrived, with the request's own target where the two differ in `name` for `name=` only."""
    wanted = target(request)
    bare = re.compile("=(?=&|$)")
    return arrived._replace(target=wanted) if bare.sub("", arrived.target) == bare.sub("", wanted) else arrived


def kind_of(request: Request) -> str:
    """Return the kind of a request: where its hard value stands."""
    kind = request.id.partition("-")[0]
    return kind if kind in KINDS and "-v" in request.id else "others"


def row(*cells: object) -> str:
    """Return a row of a table in Markdown."""
    return f"| {' | '.join(map(str, cells))} |"


def share(right: Counter[str] | None, total: int) -> str:
    """Return how many of all are right."""
    return "none made" if right is None else f"{right.total()} ({100 * right.total() // total} %)"


def table(requests: list[Request], results: dict[str, dict[str, Counter[str]]], versions: dict[str, str]) -> str:
    """Return the results as Markdown: per dialect, then for bash per kind of request."""
    lines = [row(f"of {len(requests)} requests", *DIALECTS), row(*["---"] * (len(DIALECTS) + 1))]
    for name, columns in results.items():
        cells = (share(columns.get(column), len(requests)) for column in DIALECTS)
        lines.append(row(f"{name} {versions.get(name, '')}".strip(), *cells))
    kinds = Counter(map(kind_of, requests))
    lines += ["", "In bash, by the place where the hard value stands:", ""]
    lines += [row("", *(f"{kind} ({number})" for kind, number in kinds.items())), row(*["---"] * (len(kinds) + 1))]
    lines += [row(name, *(columns["bash"][kind] for kind in kinds)) for name, columns in results.items()]
    return "\n".join(lines) + "\n"


def made_by_peers(requests: list[Request]) -> list[dict[str, Any]]:
    """Return what the peers make of each request; they are installed first."""
    npm = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    if not (PEERS / "node_modules").exists():
        subprocess.run(npm, cwd=PEERS, check=True)
    given = json.dumps([{"postman": as_postman(r), "har": as_har(r), "openapi": as_openapi(r)} for r in requests])
    node = ["node", "commands.cjs"]
    done = subprocess.run(node, cwd=PEERS, input=given.encode(), capture_output=True, check=True)
    made: list[dict[str, Any]] = json.loads(done.stdout)
    return made


def main() -> None:
    """Make the commands, run them all, print the table or write it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--only", type=int, help="only so many requests, evenly chosen")
    arguments = parser.parse_args()
    recorder = Recorder()
    requests = at(recorder.address, TORTURE)
    if arguments.only:
        requests = requests[:: max(1, len(requests) // arguments.only)]
    made = made_by_peers(requests)
    everyone = {"sendready": own(requests), **{name: [entry[name] for entry in made] for name in made[0]}}
    results: dict[str, dict[str, Counter[str]]] = {name: {} for name in everyone}
    for name, texts in everyone.items():
        for column, (dialect, _) in DIALECTS.items():
            if dialect in texts[0]:
                results[name][column] = counted(requests, texts, column, recorder)
    recorder.close()
    versions = json.loads((PEERS / "package.json").read_text())["dependencies"]
    text = table(requests, results, versions)
    if arguments.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(before + BEGIN + text + END + rest.partition(END)[2], encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
