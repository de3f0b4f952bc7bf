"""A sample value as XML, by the schema's `xml` members (OpenAPI 3.0.4 section 4.7.26; `nodeType`: 3.2, 4.26)."""

import re
from html import escape

from generator.json_values import JsonObject, JsonValue
from generator.model import Schema
from generator.request.schemas import Definitions, members, resolved_node
from generator.request.serialization import scalar_text

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAME = re.compile(r"[^\w.-]")
_DEEPEST = 100


def xml_text(value: JsonValue, schema: Schema | None, definitions: Definitions) -> str:
    """Return `value` as an XML document whose elements and attributes are named by `schema`."""
    node = schema.node if schema is not None else {}
    resolved = resolved_node(node, definitions)
    name = _text(_xml(resolved), "name") or _reference_name(node) or "root"
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_element(name, value, resolved, definitions, 0)]
    return "\n".join(lines)


def _xml(node: JsonObject) -> JsonObject:
    xml = node.get("xml")
    return xml if isinstance(xml, dict) else {}


def _text(xml: JsonObject, key: str) -> str:
    value = xml.get(key)
    return value if isinstance(value, str) else ""


def _reference_name(node: JsonValue) -> str:
    """Return the name of the schema that `node` refers to: the element's name where `xml.name` gives none."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    return reference.rpartition("~1")[2].rpartition("/")[2] if isinstance(reference, str) else ""


def _name(name: str, xml: JsonObject) -> str:
    clean = _NOT_IN_NAME.sub("_", _text(xml, "name") or name)
    clean = clean if re.match(r"[^\W\d]|_", clean) else f"_{clean}"
    prefix = _NOT_IN_NAME.sub("_", _text(xml, "prefix"))
    return f"{prefix}:{clean}" if prefix else clean


def _content(value: JsonValue) -> str:
    return escape(_FORBIDDEN.sub("", scalar_text(value)), quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(_FORBIDDEN.sub("", text))}"'


def _namespace(xml: JsonObject) -> str:
    namespace = _text(xml, "namespace")
    if not namespace:
        return ""
    prefix = _NOT_IN_NAME.sub("_", _text(xml, "prefix"))
    return f" xmlns{':' + prefix if prefix else ''}={_quoted(namespace)}"


def _kind(node: JsonObject, value: JsonValue) -> str:
    """Return what becomes of a value: `nodeType`, or what the older `attribute` and `wrapped` say of it."""
    xml = _xml(node)
    if kind := _text(xml, "nodeType"):
        return kind
    if xml.get("attribute") is True:
        return "attribute"
    return "none" if isinstance(value, list) and xml.get("wrapped") is not True else "element"


def _element(name: str, value: JsonValue, node: JsonObject, definitions: Definitions, depth: int) -> list[str]:
    """Return the lines of one element, attributes and children included."""
    xml = _xml(node)
    if isinstance(value, list):
        return _array(name, value, node, definitions, depth)
    tag, indent = _name(name, xml) + _namespace(xml), "  " * depth
    closing = _name(name, xml)
    if not isinstance(value, dict) or depth >= _DEEPEST:
        return [f"{indent}<{tag}>{_content(value)}</{closing}>"]
    attributes, texts, children = _inside(value, node, definitions, depth)
    if texts:  # between texts no line may begin: it would be part of them
        return [f"{indent}<{tag}{attributes}>{''.join(texts)}{''.join(map(str.strip, children))}</{closing}>"]
    if not children:
        return [f"{indent}<{tag}{attributes}/>"]
    return [f"{indent}<{tag}{attributes}>", *children, f"{indent}</{closing}>"]


def _inside(
    value: JsonObject, node: JsonObject, definitions: Definitions, depth: int
) -> tuple[str, list[str], list[str]]:
    """Return the attributes, the texts and the lines of the children of the object `value`."""
    attributes, texts, children = "", list[str](), list[str]()
    known = members(node, definitions)
    for key, item in value.items():
        member = known.get(key, {})
        kind = _kind(member, item)
        if kind == "attribute":
            attributes += f" {_name(key, _xml(member))}={_quoted(scalar_text(item))}"
        elif kind == "cdata":
            texts.append(_cdata(item))
        elif kind == "none" and isinstance(item, dict) and depth < _DEEPEST:
            further = _inside(item, member, definitions, depth)
            attributes, texts, children = attributes + further[0], texts + further[1], children + further[2]
        elif kind == "text" or (kind == "none" and not isinstance(item, list)):
            texts.append(_content(item))
        else:
            children += _element(key, item, member, definitions, depth + 1)
    return attributes, texts, children


def _cdata(value: JsonValue) -> str:
    """Return a value as a CDATA section, of which the end may not be part (XML 1.0, 2.7)."""
    text = _FORBIDDEN.sub("", scalar_text(value)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{text}]]>"


def _array(name: str, value: list[JsonValue], node: JsonObject, definitions: Definitions, depth: int) -> list[str]:
    """Return the lines of an array: its items one after the other, where it is a node itself inside of that."""
    xml = _xml(node)
    items = resolved_node(node.get("items"), definitions)
    wrapped = _kind(node, value) == "element" or depth == 0
    inner = depth + 1 if wrapped else depth
    item_name = _text(_xml(items), "name") or name
    lines = [line for item in value for line in _element(item_name, item, items, definitions, inner)]
    if not wrapped:
        return lines
    tag = _name(name, xml)
    return [f"{'  ' * depth}<{tag}{_namespace(xml)}>", *lines, f"{'  ' * depth}</{tag}>"]
