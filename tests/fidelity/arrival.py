"""Whether an element of a document is in the output, by name, place and value on the wire."""

import json
import re
import urllib.parse

from tests.fidelity import standard
from tests.fidelity.collection import Output, Sent
from tests.fidelity.document import Element


def of_path(path: str, name: str, sent: Sent) -> list[str]:
    """Return the decoded value that the path parameter `name` has on the wire."""
    parts = re.split(r"\{([^{}]*)\}", path.partition("?")[0])
    pattern = "".join("(.*?)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    for written in (sent.path, urllib.parse.unquote(sent.path)):
        if found := re.fullmatch(pattern, written):
            values = zip(parts[1::2], found.groups(), strict=True)
            return [urllib.parse.unquote(value) for key, value in values if key == name]
    return []


def parameter_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether the parameter is sent or offered with a value of the author's, else with one that its schema has."""
    detail, name = element.detail, element.name
    for value in detail["authored"]:
        if carries(sent, element.operation[1], name, value, detail):
            return True
    if detail["authored"]:
        return False
    return name_is_there(element, sent)


def carries(sent: Sent, path: str, name: str, value, detail: dict) -> bool:
    """Tell whether this very value is on the wire, as the standard writes it."""
    place, style, explode = detail["in"], detail["style"], detail["explode"]
    if place == "querystring" and isinstance(value, dict):
        return all(pair in sent.query for pair in standard.in_query(name, value))
    if detail.get("media_type") and not isinstance(value, str):
        value = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if place == "path":
        expected = standard.in_path(name, value, style if style in {"label", "matrix"} else "simple", explode)
        return expected in of_path(path, name, sent) or any(
            f"{key}={{{name}}}" in path and text == expected for key, text in sent.query
        )
    if place == "header":
        expected = standard.in_header(value, explode)
        return any(key.lower() == name.lower() and text.strip() == expected.strip() for key, text in sent.headers)
    pairs = standard.in_query(name, value, style, explode)
    if place == "cookie":
        return all(pair in sent.cookies for pair in pairs)
    return all(pair in sent.query for pair in pairs)


def name_is_there(element: Element, sent: Sent) -> bool:
    """Tell whether a parameter without an author's value is there, with a value of the kind that its schema names."""
    detail, name = element.detail, element.name
    place, schema = detail["in"], detail["schema"]
    if place == "path":
        values = of_path(element.operation[1], name, sent)
        return bool(values) and all(values) and all(plausible(value, schema) for value in values)
    where = {"query": sent.query, "cookie": sent.cookies, "header": sent.headers, "querystring": sent.query}[place]
    folded = (lambda text: text.lower()) if place == "header" else str
    values = [value for key, value in where if folded(key) == folded(name) or key.startswith(f"{name}[")]
    members = [value for key, value in where if key in (schema.get("properties") or {})]
    if place == "querystring":
        return bool(where)
    return bool(members) or (bool(values) and all(plausible(value, schema) for value in values))


def plausible(value: str | None, schema: dict) -> bool:
    """Tell whether a value is of the kind that the schema names."""
    kind = schema.get("type")
    if value is None or isinstance(kind, list) or kind in {"array", "object"}:
        return True
    if schema.get("enum"):
        return value in map(standard.text, schema["enum"])
    if kind in {"integer", "number"}:
        return re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value) is not None
    return value in {"true", "false"} if kind == "boolean" else True


def body_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether the request, or a saved variant of it, has a body of this media type."""
    essence = element.name.partition(";")[0].strip().lower()
    sent_types = {name.partition(";")[0].strip().lower() for name in sent.media_types()}
    return essence in sent_types or ("*" in essence and bool(sent_types))


def example_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether a named example is, value for value, a body of the request, a variant of it or a saved response."""
    value = element.detail["value"]
    if element.detail["side"] == "request":
        return any(same(body_value(request.get("body")), value) for request in sent.bodies)
    return any(same(loaded(response["body"]), value) for response in of_status(sent, element.detail["status"]))


def loaded(text: str | None):
    """Return what a body says, as JSON where it is that."""
    try:
        return json.loads(text or "null")
    except ValueError:
        return text


def body_value(body: dict | None):
    """Return the value of a request's body."""
    if not body:
        return None
    if body["mode"] == "raw":
        return loaded(body["raw"])
    fields = body.get("urlencoded") or body.get("formdata") or []
    return {entry["key"]: entry["value"] for entry in fields}


def same(found, wanted) -> bool:
    """Compare, where a form or an XML body has only text, as text."""
    if found == wanted:
        return True
    if isinstance(found, str) and isinstance(wanted, str):
        return found.strip() == wanted.strip()
    if isinstance(found, dict) and isinstance(wanted, dict):
        return all(standard.text(value) == found.get(key) for key, value in wanted.items())
    return loaded(wanted) == found if isinstance(wanted, str) else False


def of_status(sent: Sent, status: str) -> list[dict]:
    """Return the saved responses of a status, which their names begin with."""
    return [response for response in sent.saved if response["name"].split(" ")[0] == status]


def response_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether there is a saved response of the status, with the description in its name or its request's text."""
    found = of_status(sent, element.name)
    words = " ".join(element.detail["description"].split())[:80]
    codes = {response["code"] for response in found}
    return (
        bool(found)
        and (not element.name.isdigit() or codes == {int(element.name)})
        and (any(words in response["name"] for response in found) or words in " ".join(sent.description.split()))
    )


def security_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether a scheme is carried where it belongs, with the others of its requirement; or named as a choice."""
    scheme, auth = element.detail["scheme"], sent.auth
    if element.detail["anonymous"]:
        return auth["type"] == "noauth" and f"`{element.name}`" in sent.description
    values = {entry["key"]: entry["value"] for entry in auth.get(auth["type"], [])} if auth["type"] != "noauth" else {}
    kind = scheme.get("type")
    if kind == "apiKey":
        key, place = scheme.get("name"), scheme.get("in")
        carried = {
            "header": key in dict(sent.headers) or (values.get("key") == key and values.get("in") == "header"),
            "query": key in dict(sent.query),
            "cookie": key in dict(sent.cookies),
        }[place]
    elif kind == "mutualTLS":
        carried = False
    elif kind == "basic" or scheme.get("scheme", "").lower() == "basic":
        carried = auth["type"] == "basic"
    elif kind == "oauth2" or kind == "openIdConnect":
        carried = auth["type"] in {"bearer", "oauth2"}
    else:
        carried = auth["type"] == "bearer" or any(key == "Authorization" for key, _ in sent.headers)
    named = f"`{element.name}`" in sent.description
    return named and (carried or not element.detail["alone"] or kind == "mutualTLS")


def form_field_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether a form has the field, as a file where it is one."""
    entry = sent.fields().get(element.name)
    return entry is not None and (not element.detail["file"] or "fileName" in entry or entry.get("type") == "file")


def example_of_parameter_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether a parameter's named example is sent or shown."""
    detail, value = element.detail, element.detail["value"]
    return standard.text(value) in sent.texts or carries(sent, element.operation[1], detail["of"], value, detail)


def response_header_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether each saved response of the status has the header."""
    found = of_status(sent, element.detail["status"])
    return bool(found) and all(element.name in {h["key"] for h in response["header"]} for response in found)


def response_body_arrives(element: Element, sent: Sent) -> bool:
    """Tell whether a saved response of the status has the media type."""
    headers = [h for response in of_status(sent, element.detail["status"]) for h in response["header"]]
    types = {h["value"].partition(";")[0] for h in headers if h["key"] == "Content-Type"}
    return element.name.partition(";")[0] in types or ("*" in element.name and bool(types))


CHECKS = {
    "operation": lambda element, sent: True,
    "parameter": parameter_arrives,
    "parameter example": example_of_parameter_arrives,
    "body": body_arrives,
    "form field": form_field_arrives,
    "example": example_arrives,
    "response": response_arrives,
    "response header": response_header_arrives,
    "response body": response_body_arrives,
    "link": lambda element, sent: f"`{element.name}`" in sent.description,
    "security": security_arrives,
    "no security": lambda element, sent: sent.auth["type"] == "noauth",
}


def arrives(element: Element, output: Output, requests: dict[tuple[str, str], Sent]) -> bool:
    """Tell whether an element is in the output."""
    sent = requests.get(element.operation)
    if element.kind == "server":
        return server_arrives(element, output, sent)
    if element.kind in {"callback", "webhook"}:
        method, _, name = element.name.partition(" ")
        folder = element.kind.capitalize() + "s"
        return any(
            folder in other.folders and other.method == method and name in other.item["name"] for other in output.sent
        )
    return sent is not None and CHECKS[element.kind](element, sent)


def server_arrives(element: Element, output: Output, sent: Sent | None) -> bool:
    """Tell whether a server is an address of the collection or an environment, for its own operation where it has one.

    A relative one may have got any host in front of it.
    """
    absolute = element.name.startswith("http")
    own = output.addresses()
    if element.operation is not None:
        own = {a for a in own if sent is not None and output.variable(sent.base) != "baseUrl"}
    return any(found == element.name or (not absolute and found.endswith(element.name)) for found in own)
