"""A document as plain PyYAML reads it, and a walker that lists what a reader of the standard finds in it."""

import json
import re
import urllib.parse
from pathlib import Path
from typing import NamedTuple

import yaml

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


OF_PARAMETER = ("name", "in", "example", "x-example", "schema/example")
"""Members of a parameter at which a finding is about the parameter."""

OF_SCHEMA = ("example", "default", "examples/0")
"""Members of its schema at which it is about what stands in the parameter."""


class Loader(yaml.CSafeLoader):
    """PyYAML's, with YAML 1.2's truth values, and with dates as the text that they are."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$") if tag.endswith(":bool") else pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":timestamp", ":int")) or (tag.endswith(":int") and first in "-0123456789")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_constructor(
    "tag:yaml.org,2002:int",
    lambda loader, node: int(node.value) if re.fullmatch(r"-?(0|[1-9]\d*)", node.value) else node.value,
)
Loader.add_constructor(
    "tag:yaml.org,2002:float",
    lambda loader, node: (
        json.loads(node.value) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", node.value) else node.value
    ),
)


def texts_as_keys(node):
    """Return the tree with every key as text: `200:` is a status."""
    if isinstance(node, dict):
        return {str(key): texts_as_keys(value) for key, value in node.items()}
    return [texts_as_keys(item) for item in node] if isinstance(node, list) else node


def escaped(token) -> str:
    """Return a token of a JSON pointer."""
    return str(token).replace("~", "~0").replace("/", "~1")


class Element(NamedTuple):
    """Something that must arrive. `pointers`: where a finding about it, and only about it, may stand."""

    kind: str
    pointers: tuple[str, ...]
    operation: tuple[str, str] | None
    name: str
    detail: dict


class Raw:
    """A document, its files as they are named, and the lines on which its nodes begin."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[Path, object] = {}
        self.root = self.tree(path)
        self.version = str(self.root.get("openapi") or self.root.get("swagger"))
        self.two = self.version == "2.0"

    def tree(self, path: Path):
        """Return the tree of a file, read once."""
        if path not in self.files:
            self.files[path] = texts_as_keys(yaml.load(path.read_text(encoding="utf-8"), Loader))
        return self.files[path]

    def follow(self, node, pointer: str, base: Path | None = None) -> tuple[dict, tuple[str, ...], Path]:
        """Return the node behind references, every pointer on the way, and the file it stands in."""
        base = base or self.path
        pointers = [pointer]
        for _ in range(50):
            if not (isinstance(node, dict) and isinstance(node.get("$ref"), str)):
                break
            address, _, fragment = node["$ref"].partition("#")
            pointers.append(pointers[-1] + "/$ref")
            base = (base.parent / urllib.parse.unquote(address)).resolve() if address else base
            node, pointer = self.tree(base), urllib.parse.unquote(fragment)
            for token in (text.replace("~1", "/").replace("~0", "~") for text in pointer.split("/")[1:]):
                node = node[int(token)] if isinstance(node, list) else node[token]
            pointers.append(pointer)
        return (node if isinstance(node, dict) else {}), tuple(pointers), base

    def positions(self) -> dict[tuple[int, int], set[str]]:
        """Return the pointers of the entry file's nodes by the line and column of their keys."""
        found: dict[tuple[int, int], set[str]] = {}
        stack = [(yaml.compose(self.path.read_text(encoding="utf-8"), yaml.CSafeLoader), "", (1, 1))]
        while stack:
            node, pointer, at = stack.pop()
            found.setdefault(at, set()).add(pointer)
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    mark = key.start_mark
                    stack.append((value, f"{pointer}/{escaped(key.value)}", (mark.line + 1, mark.column + 1)))
            elif isinstance(node, yaml.SequenceNode):
                for index, value in enumerate(node.value):
                    mark = value.start_mark
                    stack.append((value, f"{pointer}/{index}", (mark.line + 1, mark.column + 1)))
        return found


def elements(raw: Raw):
    """Yield everything of the document that must arrive."""
    yield from _servers(raw, raw.root, "", None)
    for path, node in raw.root.get("paths", {}).items():
        if path.startswith("x-"):
            continue
        item, pointers, base = raw.follow(node, f"/paths/{escaped(path)}")
        yield from _path_item(raw, path, item, pointers, base)
    for name, node in (raw.root.get("webhooks") or {}).items():
        item, pointers, _ = raw.follow(node, f"/webhooks/{escaped(name)}")
        for method in _methods(raw, item):
            yield Element("webhook", (f"{pointers[-1]}/{method}", *pointers), None, f"{method.upper()} {name}", {})


def _methods(raw: Raw, item: dict) -> dict[str, tuple[str, str]]:
    """Return pointer suffix and method of each operation of a path item."""
    methods = {key: key.upper() for key in item if key in METHODS and not (raw.two and key == "trace")}
    if raw.version.startswith("3.2"):
        methods |= {"query": "QUERY"} if "query" in item else {}
        methods |= {f"additionalOperations/{escaped(key)}": key for key in item.get("additionalOperations", {})}
    return methods


def _path_item(raw: Raw, path: str, item: dict, item_pointers: tuple[str, ...], base: Path):
    for suffix, method in _methods(raw, item).items():
        node = item["additionalOperations"][method] if "/" in suffix else item[suffix]
        pointer = f"{item_pointers[-1]}/{suffix}"
        operation = (method, path)
        yield Element("operation", (pointer,), operation, method, {"summary": node.get("summary")})
        parameters = _parameters(raw, item, item_pointers[-1], node, pointer, base)
        yield from _parameter_elements(raw, parameters, operation, path)
        yield from _body(raw, node, pointer, operation, parameters, base)
        yield from _responses(raw, node, pointer, operation, base)
        yield from _security(raw, node, pointer, operation)
        owner, at = (node, pointer) if node.get("servers") else (item, item_pointers[-1])
        yield from _servers(raw, owner, at, operation)
        for name, callback in (node.get("callbacks") or {}).items():
            expressions, at_callback, _ = raw.follow(callback, f"{pointer}/callbacks/{escaped(name)}", base)
            for expression, inner in expressions.items():
                inner_item, inner_at, _ = raw.follow(inner, f"{at_callback[-1]}/{escaped(expression)}", base)
                for inner_suffix, inner_method in _methods(raw, inner_item).items():
                    at_operation = (f"{inner_at[-1]}/{inner_suffix}", *inner_at, *at_callback)
                    yield Element("callback", at_operation, operation, f"{inner_method} {name}", {})


def _parameters(raw: Raw, item: dict, item_at: str, node: dict, at: str, base: Path) -> list:
    merged = {}
    for owner, pointer in ((item, item_at), (node, at)):
        for index, listed in enumerate(owner.get("parameters") or []):
            parameter, pointers, own = raw.follow(listed, f"{pointer}/parameters/{index}", base)
            merged[parameter.get("in"), parameter.get("name")] = (parameter, pointers, own)
    return list(merged.values())


def _parameter_elements(raw: Raw, parameters: list, operation, path: str):
    for parameter, pointers, base in parameters:
        place, name = parameter.get("in"), str(parameter.get("name"))
        if place not in {"path", "query", "header", "cookie", "querystring"}:
            continue
        schema = parameter.get("schema") if not raw.two else parameter
        content = next(iter((parameter.get("content") or {}).items()), None)
        owner = parameter
        if content:
            owner, schema = content[1] or {}, (content[1] or {}).get("schema")
        schema, schema_at, _ = raw.follow(schema or {}, f"{pointers[-1]}/schema", base)
        named = (
            {key: raw.follow(value, "", base)[0].get("value") for key, value in (owner.get("examples") or {}).items()}
            if isinstance(owner.get("examples"), dict)
            else {}
        )
        authored = [owner[key] for key in ("example", "x-example") if key in owner] + list(named.values())
        authored += [schema["example"]] if "example" in schema else []
        authored += schema["examples"] if isinstance(schema.get("examples"), list) else []
        style, explode = _style(raw, parameter, place)
        yield Element(
            "parameter",
            (
                *pointers,
                *(f"{pointers[-1]}/{end}" for end in OF_PARAMETER),
                *schema_at,
                *(f"{schema_at[-1]}/{end}" for end in OF_SCHEMA),
            ),
            operation,
            name,
            {
                "in": place, "schema": schema, "authored": authored, "style": style, "explode": explode,
                "media_type": content[0] if content else None, "required": parameter.get("required") is True,
                "empty": parameter.get("allowEmptyValue") is True,
            },
        )  # fmt: skip
        for key, value in named.items():
            at = f"{pointers[-1]}/examples/{escaped(key)}"
            detail = {"in": place, "value": value, "of": name, "style": style, "explode": explode}
            yield Element("parameter example", (at, f"{at}/value"), operation, key, detail)


def _style(raw: Raw, parameter: dict, place: str) -> tuple[str, bool]:
    if raw.two:
        listed = parameter.get("collectionFormat")
        delimited = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
        return delimited.get(listed, "form" if place == "query" else "simple"), listed == "multi"
    style = parameter.get("style", "form" if place in {"query", "cookie", "querystring"} else "simple")
    return style, parameter.get("explode", style in {"form", "cookie"})


def _body(raw: Raw, node: dict, at: str, operation, parameters: list, base: Path):
    if raw.two:
        yield from _body_of_2(raw, node, operation, parameters, at)
        return
    if not isinstance(node.get("requestBody"), dict):
        return
    body, pointers, base = raw.follow(node["requestBody"], f"{at}/requestBody", base)
    for name, media_type in (body.get("content") or {}).items():
        own = f"{pointers[-1]}/content/{escaped(name)}"
        yield Element("body", (own, *pointers), operation, name, {})
        yield from _examples(raw, media_type or {}, own, operation, {"side": "request", "media_type": name}, base)


def _body_of_2(raw: Raw, node: dict, operation, parameters: list, at: str):
    consumes = node.get("consumes", raw.root.get("consumes")) or []
    for parameter, pointers, _ in parameters:
        if parameter.get("in") == "body":
            for name in [name for name in consumes if name not in {FORM, MULTIPART}] or ["application/json"]:
                yield Element("body", (*pointers, at), operation, name, {})
        elif parameter.get("in") == "formData":
            yield Element(
                "form field", pointers, operation, parameter["name"], {"file": parameter.get("type") == "file"}
            )


def _examples(raw: Raw, owner: dict, at: str, operation, detail: dict, base: Path):
    for key, listed in (owner.get("examples") or {}).items() if isinstance(owner.get("examples"), dict) else ():
        example, pointers, _ = raw.follow(listed, f"{at}/examples/{escaped(key)}", base)
        found = next((example[name] for name in ("value", "dataValue", "serializedValue") if name in example), None)
        if found is not None or "value" in example:
            own = {**detail, "value": found}
            yield Element("example", (*pointers, f"{pointers[-1]}/value"), operation, key, own)


def _responses(raw: Raw, node: dict, at: str, operation, base: Path):
    produces = node.get("produces", raw.root.get("produces")) or ["application/json"]
    for status, listed in (node.get("responses") or {}).items():
        if status.startswith("x-"):
            continue
        response, pointers, inner = raw.follow(listed, f"{at}/responses/{status}", base)
        yield Element("response", pointers, operation, status, {"description": response.get("description", "")})
        for name, header in (response.get("headers") or {}).items():
            header_at = raw.follow(header, f"{pointers[-1]}/headers/{escaped(name)}", inner)[1]
            if name.lower() != "content-type":
                yield Element("response header", header_at, operation, name, {"status": status})
        for name in response.get("links") or {}:
            yield Element("link", (f"{pointers[-1]}/links/{escaped(name)}",), operation, name, {"status": status})
        if raw.two:
            content = {name: {} for name in produces} if "schema" in response else {}
            content |= {
                name: {"examples": {"": {"value": value}}} for name, value in (response.get("examples") or {}).items()
            }
        else:
            content = response.get("content") or {}
        for name, media_type in content.items():
            own = (
                f"{pointers[-1]}/content/{escaped(name)}" if not raw.two else f"{pointers[-1]}/examples/{escaped(name)}"
            )
            detail = {"status": status, "media_type": name}
            yield Element("response body", (own, *pointers), operation, name, detail)
            yield from _examples(raw, media_type or {}, own, operation, {"side": "response", **detail}, inner)


def _security(raw: Raw, node: dict, at: str, operation):
    owner, own = (node, at) if isinstance(node.get("security"), list) else (raw.root, "")
    declared = (
        raw.root.get("securityDefinitions") if raw.two else (raw.root.get("components") or {}).get("securitySchemes")
    ) or {}
    where = "/securityDefinitions" if raw.two else "/components/securitySchemes"
    alternatives = owner.get("security") or []
    anonymous = any(not requirement for requirement in alternatives)
    for index, requirement in enumerate(alternatives):
        for address in requirement or {}:
            name = address.rpartition("/")[2] if "#" in address else address  # 3.2: also by its address
            scheme = raw.follow(declared.get(name) or {}, "")[0]
            pointers = (
                f"{own}/security/{index}/{escaped(address)}",
                f"{own}/security/{index}",
                f"{where}/{escaped(name)}",
            )
            detail = {
                "scheme": scheme,
                "with": list(requirement),
                "alone": len(alternatives) == 1,
                "anonymous": anonymous,
            }
            yield Element("security", pointers, operation, name, detail)
    if not alternatives or anonymous:
        yield Element("no security", (at,), operation, "public", {})


def _servers(raw: Raw, owner: dict, at: str, operation):
    if raw.two and operation is None:
        host, base_path = owner.get("host"), owner.get("basePath", "").rstrip("/")
        schemes = [name for name in ("https", "http") if name in (owner.get("schemes") or ["https"])]
        for scheme in schemes if host else ():
            yield Element("server", (f"{at}/host",), operation, f"{scheme}://{host}{base_path}", {})
        return
    for index, server in enumerate(owner.get("servers") or []):
        url = re.sub(
            r"\{([^{}]*)\}",
            lambda match, server=server: str(
                (server.get("variables") or {}).get(match[1], {}).get("default", match[0])
            ),
            server.get("url", ""),
        )
        yield Element("server", (f"{at}/servers/{index}",), operation, url.strip().rstrip("/"), {})
