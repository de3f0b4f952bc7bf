"""Shows what a conversion made, and sends it: the requests go to a server on this machine. Used by `make demo`."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from pathlib import Path
from typing import Any

HOST = "https://api.example.com"
"""Where the sample's API is."""
CLIENT = {"CLIENT_ID": "demo-client", "CLIENT_SECRET": "s3cr&t=+%/é"}
TOKEN = "demo-token"


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


class Server(http.server.ThreadingHTTPServer):
    """An API that gives a token to the client that it knows, and answers nobody without one, but on its health."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[str] = []


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers a request and notes what came of it."""

    server: Server

    def answer(self) -> None:
        """Answer as an API does that checks client and token."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = self.path.partition("?")[0]
        bearer = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        if path.endswith("/accesstoken"):
            form = dict(urllib.parse.parse_qsl(body))
            good = [form.get("client_id"), form.get("client_secret")] == list(CLIENT.values())
            content, remark = {"access_token": TOKEN, "expires_in": "3599"}, "client accepted, token issued"
        else:
            good = bearer or path.endswith("/health")
            content, remark = {}, "token accepted" if bearer else "public, no token sent"
        status = 200 if good else 401
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content if good else {"error": "refused"}).encode())
        self.server.seen.append(f"  {self.command:<7}{path:<60}{status}  {remark if good else 'refused'}")

    do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing by itself."""


def send(specification: Path) -> list[str]:
    """Send every request of the specification with its shell script, to a server on this machine; return what it saw.

    The scripts are made from a copy of the specification in which the API's host is that server.
    """
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        copy = Path(folder, specification.name)
        copy.write_text(specification.read_text(encoding="utf-8").replace(HOST, here), encoding="utf-8")
        command = [sys.executable, "-m", "generator", "snippets", str(copy), "--format", "files", "-o", folder]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        scripts = sorted(copy.with_suffix("").glob("*.sh"), key=lambda script: "access-token" not in script.name)
        every = "; ".join(f". ./{script.name}" for script in scripts)
        subprocess.run(
            ["sh", "-c", every],
            cwd=copy.with_suffix(""),
            env={**os.environ, **CLIENT},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        server.shutdown()
        return server.seen


def main(specification: str, stem: str) -> None:
    """Print what lies at `stem`: the collection, its variables, the token's curl command; then send the requests."""
    collection = json.loads(Path(f"{stem}.postman_collection.json").read_text(encoding="utf-8"))
    page = Path(f"{stem}.curl.md").read_text(encoding="utf-8")
    print(f"\n{collection['info']['name']}: the collection\n")
    tree(collection["item"])
    print("\nFill in client_id and client_secret; the rest is there:\n")
    for variable in collection["variable"]:
        print(f"  {variable['key']:<25}{variable['value']}")
    print("\nThe token with curl, on Linux and macOS:\n")
    print(page.split("```sh\n")[2].split("\n```")[0])
    if shutil.which("curl") and shutil.which("sh"):
        print("\nAll of them, sent with curl to a server on this machine that wants a client and a token:\n")
        print("\n".join(send(Path(specification))))
    else:
        print("\nWith curl and sh on this machine, the requests would be sent here, to a server of the demo's own.")
    print(f"\nImport {stem}.postman_collection.json into Postman, and press Send.")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
