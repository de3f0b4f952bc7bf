"""Bodies with sample values in place: JSON, forms, multipart, XML, text, files."""

import contextlib
import itertools
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Finding
from generator.json_values import JsonObject, JsonValue, to_json
from generator.model import Body, Encoding, Example, MediaType, Schema, Style
from generator.request.literals import clean_text
from generator.request.media_types import MediaKind, file_suffix, media_kind, preferred, sendable_name
from generator.request.multipart import uncarried_parts
from generator.request.schemas import Definitions, property_schemas, required_names, resolved, resolved_node
from generator.request.sequences import body_schema, sequence_text
from generator.request.serialization import form_pairs, scalar_text
from generator.request.values import Field, FileBody, FormBody, JsonBody, MultipartBody, Part, RequestBody, TextBody
from generator.samples import Direction, Sampler

_WRITTEN = frozenset({MediaKind.XML, MediaKind.SEQUENCE, MediaKind.TEXT})
"""What an author may give as text, since JSON cannot say it naturally (OpenAPI 3.0.4, 4.7.19.1)."""


class BodyFiller(Struct, frozen=True):
    """Fills bodies from one API's schemas; what is to be said on the way goes to `findings`."""

    definitions: Definitions
    sampler: Sampler
    findings: list[Finding]
    media_type: str | None = None

    def request_body(self, body: Body | None) -> RequestBody | None:
        """Return the sample of `body` in the media type that can be filled best, or None where there is no body."""
        media_type = self._chosen(body)
        return None if body is None or media_type is None else self._filled(media_type, required=body.required)

    def _chosen(self, body: Body | None) -> MediaType | None:
        """Return the media type that was asked for, where it is offered, else the one that can be filled best."""
        offered = body.media_types if body else ()
        return next((one for one in offered if one.name == self.media_type), preferred(offered))

    def variants(self, body: Body | None, filled: RequestBody | None) -> list[tuple[str, RequestBody]]:
        """Return, with a label, the bodies that `body` allows beside `filled`: the author's other examples, the other
        media types.
        """
        found: list[tuple[str, RequestBody]] = []
        chosen = self._chosen(body)
        equal = self.equal_media_types(body)
        if body is None:
            return found
        for media_type in body.media_types:
            for example in media_type.examples if len(media_type.examples) > 1 or media_type is not chosen else ():
                made = self._filled(replace(media_type, examples=(example,)), required=body.required)
                label = " ".join((example.summary or example.name or media_type.name).split())
                if made != filled and all(made != variant for _, variant in found):
                    found.append((label, made))
            if not media_type.examples and media_type is not chosen and sendable_name(media_type.name) not in equal:
                found.append((media_type.name, self._filled(media_type, required=body.required)))
        return found

    def equal_media_types(self, body: Body | None) -> tuple[str, ...]:
        """Return the media types, beside the one that is sent, under which the very same body may be sent."""
        chosen = self._chosen(body)
        if body is None or chosen is None:
            return ()
        kind = media_kind(chosen.name)
        if kind not in {MediaKind.JSON, MediaKind.XML, MediaKind.TEXT, MediaKind.SEQUENCE}:
            return ()
        names = (
            sendable_name(other.name)
            for other in body.media_types
            if media_kind(other.name) is kind and _node(other.schema) == _node(chosen.schema) and not other.examples
        )
        return tuple(name for name in dict.fromkeys(names) if name != sendable_name(chosen.name))

    def _filled(self, media_type: MediaType, *, required: bool) -> RequestBody:
        kind = media_kind(media_type.name)
        if kind is MediaKind.FORM:
            return self._form(media_type, required=required)
        if kind is MediaKind.MULTIPART:
            return self._multipart(media_type, required=required)
        return self.text_body(media_type, Direction.REQUEST) or FileBody(
            content_type=sendable_name(media_type.name), file_name="body" + file_suffix(media_type.name)
        )

    def text_body(self, media_type: MediaType, direction: Direction) -> JsonBody | TextBody | None:
        """Return the sample of a media type that is text of some kind, or None where it is none."""
        kind = media_kind(media_type.name)
        if kind in {MediaKind.FILE, MediaKind.MULTIPART}:
            return None
        value = self._sample(media_type, direction)
        content_type = sendable_name(media_type.name)
        if kind is MediaKind.JSON:
            return JsonBody(content_type=content_type, value=value)
        if kind is MediaKind.XML and not isinstance(value, str):
            from generator.request.xml import xml_text

            text = xml_text(value, media_type.schema, self.definitions)
        elif kind is MediaKind.SEQUENCE and not isinstance(value, str):
            text = sequence_text(value, media_type, self.definitions)
        else:
            text = scalar_text(value)
        return TextBody(content_type=content_type, text=clean_text(text, media_type.place, self.findings))

    def _sample(self, media_type: MediaType, direction: Direction) -> JsonValue:
        schema = body_schema(media_type)
        is_json = media_kind(media_type.name) is MediaKind.JSON
        examples = tuple(_parsed(one, schema) for one in media_type.examples) if is_json else media_type.examples
        written = self.sampler.preferred(examples)
        if written is not None and self._is_written(written, media_type, schema):
            return written.value
        sample = self.sampler.sample(schema, examples, direction=direction)
        self.findings.extend(sample.findings)
        return sample.value

    def _is_written(self, example: Example, media_type: MediaType, schema: Schema | None) -> bool:
        """Tell whether an example is text as it goes over the wire: so called, or text for what is no text."""
        if not isinstance(example.value, str) or media_kind(media_type.name) not in _WRITTEN:
            return False
        kind = resolved_node(schema.node, self.definitions).get("type") if schema else None
        kinds = kind if isinstance(kind, list) else [kind]
        return example.serialized or ("string" not in kinds and any(each in ("object", "array") for each in kinds))

    def _members(self, media_type: MediaType, *, required: bool) -> Iterable[tuple[str, JsonValue, bool]]:
        """Return name, value and whether it is sent, for each member of a form.

        Optional members are offered only, unless the author's example has them or the schema asks for some of them; the
        first is sent where nothing else would be of a body that is `required`: a form without a field is no body.
        """
        value = self._sample(media_type, Direction.REQUEST)
        if not isinstance(value, dict):
            return ()
        needed = required_names(media_type.schema, self.definitions)
        sent: JsonObject = {name: item for name, item in value.items() if name in needed}
        if required and not sent:
            sent = dict(itertools.islice(value.items(), 1))
        if media_type.examples or self.sampler.check(media_type.schema, sent, direction=Direction.REQUEST):
            sent = value
        return tuple((name, item, name in sent) for name, item in value.items())

    def _form(self, media_type: MediaType, *, required: bool) -> FormBody:
        schemas = property_schemas(media_type.schema, self.definitions)
        fields = [
            Field(
                name=clean_text(key, media_type.place, self.findings),
                value=(clean_text(text, media_type.place, self.findings),),
                enabled=enabled,
                description=_description(schemas.get(name)),
            )
            for name, value, enabled in self._members(media_type, required=required)
            for key, text in _form_member(name, value, media_type.encoding.get(name, Encoding()))
        ]
        return FormBody(fields=tuple(fields))

    def _multipart(self, media_type: MediaType, *, required: bool) -> MultipartBody:
        self.findings.extend(uncarried_parts(media_type))
        schemas = property_schemas(media_type.schema, self.definitions)
        parts: list[Part] = []
        for name, value, enabled in self._members(media_type, required=required):
            schema = schemas.get(name)
            items: list[JsonValue] = [value]
            encoding = media_type.encoding.get(name, Encoding())
            if isinstance(value, list) and encoding.explode is False:
                items = [text for _, text in _form_member(name, value, encoding)]
            elif isinstance(value, list):
                items = value
                schema = resolved(_items(schema), self.definitions)
            parts.extend(self._part(media_type, (name, item, enabled), schema, encoding) for item in items)
        return MultipartBody(parts=tuple(parts))

    def _part(
        self, media_type: MediaType, member: tuple[str, JsonValue, bool], schema: Schema | None, encoding: Encoding
    ) -> Part:
        name, value, enabled = member
        content_type = sendable_name(encoding.content_type.split(",")[0]) if encoding.content_type else None
        if content_type is None and isinstance(value, dict | list):
            content_type = "application/json"
        is_file = _is_file(_node(schema), content_type)
        stem = re.sub(r"[^A-Za-z0-9_-]+", "_", name)
        return Part(
            name=clean_text(name, media_type.place, self.findings),
            text=None if is_file else (clean_text(scalar_text(value), media_type.place, self.findings),),
            content_type=content_type,
            file_name=f"{stem}{file_suffix(content_type or '')}" if is_file else None,
            enabled=enabled,
            description=_description(schema),
        )


def _parsed(example: Example, schema: Schema | None) -> Example:
    """Return an example that is JSON text as the value that it stands for, where it is JSON.

    It is that where it is so called, or where no schema says otherwise and an object or a list is written as a text.
    """
    if not isinstance(example.value, str) or not (example.serialized or schema is None):
        return example
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(example.value, parse_constant=_refuse, parse_float=_finite)
        if example.serialized or isinstance(value, dict | list):
            return replace(example, value=value, serialized=False)
    return example


def _refuse(word: str) -> NoReturn:
    """Refuse what Python reads and JSON has not: NaN, and what is too large for a number."""
    raise ValueError(word)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse(text)
    return number


def _form_member(name: str, value: JsonValue, encoding: Encoding) -> Iterable[tuple[str, str]]:
    """Return the pairs of one member (OpenAPI 3.0.4 section 4.7.15.1: style and explode as for a query)."""
    if isinstance(value, dict) and encoding.style is None and encoding.explode is None:
        return ((name, to_json(value, indent=False)),)
    style = encoding.style or Style.FORM
    explode = encoding.explode if encoding.explode is not None else style is Style.FORM
    return form_pairs(name, value, style, explode=explode)


def _is_file(node: Mapping[str, JsonValue], content_type: str | None) -> bool:
    """Tell whether a part is a file (OpenAPI 3.0.4 section 4.7.14.2; 3.1.1 section 4.8.14.2: contentMediaType)."""
    binary = node.get("format") == "binary" or ("contentMediaType" in node and "contentEncoding" not in node)
    return binary or (content_type is not None and media_kind(content_type) is MediaKind.FILE)


def _node(schema: Schema | None) -> JsonObject:
    return schema.node if schema is not None and isinstance(schema.node, dict) else {}


def _items(schema: Schema | None) -> Schema | None:
    items = _node(schema).get("items")
    return Schema(node=items, place=schema.place) if schema is not None and isinstance(items, dict) else None


def _description(schema: Schema | None) -> str:
    description = _node(schema).get("description")
    return description if isinstance(description, str) else ""
