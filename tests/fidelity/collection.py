"""A collection as a reader of Postman's format sees it: requests with what each sends, and its saved responses."""

import json
import re
import urllib.parse
from pathlib import Path


class Sent:
    """One request of a collection, taken apart."""

    def __init__(self, item: dict, folders: tuple[str, ...], variables: dict[str, str]) -> None:
        self.item, self.folders = item, folders
        self.request = item["request"]
        self.method = self.request["method"]
        self.description = self.request.get("description") or ""
        self.auth = self.request["auth"]
        self.saved = item.get("response", [])
        url = self.request["url"]
        self.base = url["host"][0]
        self.address = resolve(self.base, variables)
        values = {entry["key"]: entry["value"] for entry in url.get("variable", [])}
        self.template = "/" + "/".join(f"{{{s[1:]}}}" if s.startswith(":") else s for s in url.get("path", []))
        self.path = "/" + "/".join(values.get(s[1:], s) if s.startswith(":") else s for s in url.get("path", []))
        self.query = [
            (
                urllib.parse.unquote(entry["key"]),
                None if entry["value"] is None else urllib.parse.unquote(entry["value"]),
            )
            for entry in url.get("query", [])
        ]
        self.headers = [(entry["key"], entry["value"]) for entry in self.request["header"]]
        cookies = [pair for key, value in self.headers if key == "Cookie" for pair in value.split("; ")]
        described = [
            text
            for entry in self.request["header"]
            if entry["key"] == "Cookie"
            for text in re.findall(r"`([^`]*)`", entry.get("description", ""))
        ]
        self.cookies = [tuple(map(urllib.parse.unquote, pair.partition("=")[::2])) for pair in (*cookies, *described)]
        self.bodies = [self.request, *(response["originalRequest"] for response in self.saved)]
        self.texts = " ".join(
            [
                self.description,
                *(entry.get("description", "") for entry in self.request["header"]),
                *(entry.get("description", "") for entry in url.get("query", [])),
                *(entry.get("description", "") for entry in url.get("variable", [])),
            ]
        )

    def media_types(self) -> set[str]:
        """Return every media type that the request or one of its variants has a body of, or offers."""
        found = set()
        for request in self.bodies:
            found |= {h["value"] for h in request["header"] if h["key"].lower() == "content-type"}
            found |= {"multipart/form-data"} if (request.get("body") or {}).get("mode") == "formdata" else set()
        return found

    def fields(self) -> dict[str, dict]:
        """Return the fields of all forms by their names."""
        found = {}
        for request in self.bodies:
            body = request.get("body") or {}
            for entry in body.get("formdata", []) + body.get("urlencoded", []):
                found.setdefault(entry["key"], entry)
        return found


def resolve(text: str, variables: dict[str, str]) -> str:
    """Return a text with its variables replaced, and those in their values."""
    for _ in range(5):
        text = re.sub(r"\{\{([^{}]*)\}\}", lambda match: variables.get(match[1], match[0]), text)
    return text


class Output:
    """What the command wrote for one document."""

    def __init__(self, folder: Path, name: str) -> None:
        self.collection = json.loads((folder / f"{name}.postman_collection.json").read_text(encoding="utf-8"))
        self.variables = {entry["key"]: entry["value"] for entry in self.collection["variable"]}
        self.environments = {
            path.name: {entry["key"]: entry["value"] for entry in json.loads(path.read_text())["values"]}
            for path in folder.glob(f"{name}.*.postman_environment.json")
        }
        self.sent = list(self._requests(self.collection["item"], ()))
        self.folders = list(self._folders(self.collection["item"]))

    def _requests(self, items: list, folders: tuple[str, ...]):
        for item in items:
            if "item" in item:
                yield from self._requests(item["item"], (*folders, item["name"]))
            else:
                yield Sent(item, folders, self.variables)

    def _folders(self, items: list):
        for item in items:
            if "item" in item:
                yield item
                yield from self._folders(item["item"])

    def variable(self, base: str) -> str:
        """Return the name of the variable that a request's address begins with."""
        return base.removeprefix("{{").removesuffix("}}")

    def addresses(self) -> set[str]:
        """Return every base address that the collection or one of its environments can send to."""
        found = {resolve(self.variables[key], self.variables) for key in self.variables if key.startswith("baseUrl")}
        for environment in self.environments.values():
            known = {**self.variables, **environment}
            found |= {resolve(value, known) for key, value in environment.items() if key.startswith("baseUrl")}
        return found
