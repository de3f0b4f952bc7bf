"""Converts a specification, shows what came out, and sends it to a server on this machine. Used by `make demo`.

The server knows nothing of sendready: it reads the specification itself, and judges each request by it with
openapi-schema-validator. A request that it refuses fails the demo.
"""

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import yaml
from openapi_schema_validator import OAS30WriteValidator

HOST = "https://api.example.com"
"""Where the sample's API is."""
CLIENT = {"CLIENT_ID": "demo-client", "CLIENT_SECRET": "s3cr&t=+%/é"}
TOKEN = "demo-token"
METHODS = {"get", "put", "post", "patch", "delete"}
FORM = "application/x-www-form-urlencoded"


class RefusedError(Exception):
    """The request is not what the specification says; the text says why."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Judge:
    """What a specification wants of requests: method, path, parameters, body, token."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.base = urllib.parse.urlsplit(next(s["url"] for s in document["servers"] if s["url"].startswith(HOST))).path
        (scheme,) = document["components"]["securitySchemes"].values()
        self.token_url = urllib.parse.urlsplit(scheme["flows"]["clientCredentials"]["tokenUrl"])
        self.scopes = set(scheme["flows"]["clientCredentials"]["scopes"])

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> tuple[int, Any, str]:
        """Return status, content and a remark for a request that is as it should be. Raises RefusedError."""
        address = urllib.parse.urlsplit(target)
        if address.path == self.token_url.path:
            return 200, self.token(method, address.query, headers, body), "client accepted, token issued"
        template, operation, values = self.operation(method, address.path)
        parameters = [self.found(each) for each in (*template.get("parameters", ()), *operation.get("parameters", ()))]
        query = urllib.parse.parse_qs(address.query, keep_blank_values=True, strict_parsing=bool(address.query))
        cookies = {name: morsel.value for name, morsel in SimpleCookie(headers.get("Cookie") or "").items()}
        places = {"path": values, "query": query, "header": headers, "cookie": cookies}
        for parameter in parameters:
            self.parameter(parameter, places[parameter["in"]])
        if strangers := query.keys() - {each["name"] for each in parameters if each["in"] == "query"}:
            raise RefusedError(400, f"the query has {', '.join(strangers)}, which the specification does not know")
        judged = self.body(operation, headers, body)
        status = min(int(code) for code in operation["responses"] if 200 <= int(code) < 300)
        return status, {}, f"{self.authorized(operation, headers)}, {judged}"

    def token(self, method: str, query: str, headers: Any, body: bytes) -> dict[str, str]:
        """Return a token for the client that is known, and asks as RFC 6749, 4.4.2 says."""
        asked = [*urllib.parse.parse_qsl(query), *urllib.parse.parse_qsl(body.decode(), strict_parsing=True)]
        wanted = {
            "grant_type": "client_credentials", "client_id": CLIENT["CLIENT_ID"],
            "client_secret": CLIENT["CLIENT_SECRET"], "scope": " ".join(sorted(self.scopes)),
        }  # fmt: skip
        if (method, headers.get("Content-Type"), sorted(asked)) != ("POST", FORM, sorted(wanted.items())):
            names = ", ".join(name for name, _ in asked)
            raise RefusedError(401, f"no such client, or not asked as RFC 6749 says: {method} with {names}")
        return {"access_token": TOKEN, "expires_in": "3599"}

    def operation(self, method: str, path: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
        """Return path item and operation at a path, with the values of the path's parameters."""
        for template, item in sorted(self.document["paths"].items(), key=lambda entry: "{" in entry[0]):
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.base + template))
            if (found := re.fullmatch(pattern, path)) and method.lower() in item:
                values = {name: urllib.parse.unquote(value) for name, value in found.groupdict().items()}
                return item, item[method.lower()], values
        raise RefusedError(404, f"the specification has no {method} {path}")

    def parameter(self, parameter: dict[str, Any], place: Any) -> None:
        """Judge what came for one parameter."""
        name, schema = parameter["name"], self.found(parameter["schema"])
        if place.get(name) is None:
            if parameter.get("required"):
                raise RefusedError(400, f"the {parameter['in']} parameter {name} is missing")
            return
        found = place[name]
        texts = found if isinstance(found, list) else [found]
        if schema.get("type") == "array":
            given: Any = texts if parameter.get("explode", True) else texts[0].split(",")
        else:
            given = json.loads(texts[0]) if schema.get("type") in {"integer", "number", "boolean"} else texts[0]
        self.valid(given, schema, f"the {parameter['in']} parameter {name}")

    def body(self, operation: dict[str, Any], headers: Any, body: bytes) -> str:
        """Judge the body, and say what it is."""
        if "requestBody" not in operation:
            if body:
                raise RefusedError(400, "the operation takes no body")
            return "parameters valid"
        content_type = headers.get("Content-Type") or ""
        content = self.found(operation["requestBody"])["content"].get(content_type)
        if content is None:
            raise RefusedError(415, f"the operation takes no body of the type {content_type!r}")
        given = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True)) if content_type == FORM else None
        self.valid(json.loads(body) if given is None else given, content["schema"], "the body")
        return f"{'form' if content_type == FORM else 'JSON'} body valid"

    def authorized(self, operation: dict[str, Any], headers: Any) -> str:
        """Judge the token, which goes to operations that want one and to no other."""
        wanted = bool(operation.get("security", self.document["security"]))
        if headers.get("Authorization") != (f"Bearer {TOKEN}" if wanted else None):
            raise RefusedError(401, "the token is missing" if wanted else "a token came to a public operation")
        return "token accepted" if wanted else "public, no token sent"

    def valid(self, given: Any, schema: dict[str, Any], what: str) -> None:
        """Judge a value by its schema."""
        whole = {**schema, "components": self.document["components"]}
        for error in OAS30WriteValidator(whole, format_checker=OAS30WriteValidator.FORMAT_CHECKER).iter_errors(given):
            raise RefusedError(400, f"{what}: {error.message}")

    def found(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return a node of the specification behind its reference."""
        for name in node.get("$ref", "").split("/")[1:]:
            node = self.document[name] if name == "components" else node[name]
        return node


class Server(http.server.ThreadingHTTPServer):
    """An API that judges what it is sent, and remembers what came of it."""

    def __init__(self, judge: Judge) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.judge = judge
        self.seen: list[str] = []
        self.refused = 0


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers a request as it is judged."""

    server: Server

    def answer(self) -> None:
        """Judge, note, answer."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            status, content, remark = self.server.judge.answer(self.command, self.path, self.headers, body)
        except (RefusedError, ValueError) as error:
            status, remark = getattr(error, "status", 400), f"refused: {error}"
            content = {"error": str(error)}
            self.server.refused += 1
        self.server.seen.append(f"  {self.command:<7}{self.path.partition('?')[0]:<58}{status}  {remark}")
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"" if status == 204 else json.dumps(content).encode())

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing by itself."""


def tree(items: list[dict[str, Any]], depth: int = 1) -> None:
    """Print the items of a collection, folders with what is in them."""
    for item in items:
        if "item" in item:
            print(f"{'  ' * depth}{item['name']}/")
            tree(item["item"], depth + 1)
            continue
        auth = item["request"]["auth"]["type"]
        mark = {"bearer": "token", "noauth": "no token"}.get(auth, auth)
        mark = "gets the token" if item["name"].startswith("Get Access Token") else mark
        print(f"{'  ' * depth}{item['request']['method']:<7}{item['name']:<28}{mark}")


def send(specification: Path, judge: Judge) -> tuple[list[str], list[str]]:
    """Send every request of the specification with its shell script; return what a server saw, and what went wrong.

    The scripts are made from a copy of the specification in which the API's host is a server on this machine.
    """
    with Server(judge) as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        copy = Path(folder, specification.name)
        here = f"http://127.0.0.1:{server.server_port}"
        copy.write_text(specification.read_text(encoding="utf-8").replace(HOST, here), encoding="utf-8")
        sendready("snippets", str(copy), "--format", "files", "-o", folder, quiet=True)
        scripts = sorted(copy.with_suffix("").glob("*.sh"))
        token = 'set -e; . ./get-access-token.sh; printf %s "$ACCESS_TOKEN"'
        got = shell("-c", token, cwd=copy.with_suffix(""), given=CLIENT)
        wrong = said(got, "get-access-token.sh")
        for script in (script for script in scripts if script.name != "get-access-token.sh"):
            given = {"ACCESS_TOKEN": got.stdout}
            wrong += said(shell(script.name, cwd=script.parent, given=given), script.name)
        server.shutdown()
    operations = sum(len(item.keys() & METHODS) for item in judge.document["paths"].values())
    if len(server.seen) != operations + 1:
        wrong.append(f"{operations + 1} requests were to come, {len(server.seen)} came")
    return server.seen, wrong


def shell(*words: str, cwd: Path, given: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run a POSIX shell in a folder, with further variables."""
    environment = os.environ | given
    return subprocess.run(["sh", *words], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def said(done: "subprocess.CompletedProcess[str]", name: str) -> list[str]:
    """Return what a script that failed has said."""
    return [f"{name}: {' '.join((done.stdout + ' ' + done.stderr).split())}"] if done.returncode else []


def sendready(*words: str, quiet: bool = False) -> None:
    """Run the command; where it fails, so does the demo."""
    done = subprocess.run([sys.executable, "-m", "generator", *words], check=False, capture_output=quiet)
    if done.returncode:
        sys.exit(f"sendready {words[0]} failed. {(done.stderr or b'').decode()}")


def show(specification: Path, output: Path) -> None:
    """Print what a conversion wrote: the collection, its variables, the token's curl command."""
    collection = json.loads((output / f"{specification.stem}.postman_collection.json").read_text(encoding="utf-8"))
    page = (output / f"{specification.stem}.curl.md").read_text(encoding="utf-8")
    print(f"\n{collection['info']['name']}: the collection\n")
    tree(collection["item"])
    print("\nFill in client_id and client_secret; the rest is there:\n")
    for variable in collection["variable"]:
        print(f"  {variable['key']:<25}{variable['value']}")
    print("\nThe token with curl, on Linux and macOS:\n")
    print(page.split("```sh\n")[2].split("\n```")[0])


def main(specification: Path, output: Path) -> None:
    """Convert, show, send; exits with 1 where a request is refused."""
    print(f"{specification} is like what SwaggerHub exports, down to the version that is a number: that is told, and\n"
          "does not hinder.\n", flush=True)  # fmt: skip
    sendready("convert", str(specification), "-o", str(output))
    show(specification, output)
    if shutil.which("curl") and shutil.which("sh"):
        print("\nAll of them, sent with curl to a server on this machine. It reads the specification itself, and\n"
              "refuses what is not as it says: method, path, parameters, body, token.\n")  # fmt: skip
        seen, wrong = send(specification, Judge(yaml.safe_load(specification.read_text(encoding="utf-8"))))
        print("\n".join(seen))
        if wrong:
            sys.exit("\n".join(("\nThe demo failed:", *wrong)))
    else:
        print("\nWith curl and sh on this machine, the requests would be sent here, to a server of the demo's own.")
    print(f"\nImport {output / specification.stem}.postman_collection.json into Postman, and press Send.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
