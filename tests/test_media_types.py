"""Bodies as their media types write them: XML nodes, rows of items, parts of forms."""

from xml.etree import ElementTree as ET

import pytest

from generator.pipeline import Options, prepare
from tests.conftest import OK, api, document_of

ROW = {
    "type": "object",
    "required": ["id", "city"],
    "properties": {"id": {"type": "integer"}, "city": {"type": "string"}},
}


def prepared(media_type, content, *, answered=False):
    """Return what is prepared of an operation that sends, or answers with, one media type, and the findings."""
    body = {"content": {media_type: content}}
    operation = {"responses": {"200": {"description": "OK", **body}}} if answered else {"requestBody": body}
    tree = {**api({"/a": {"post": {"responses": OK, **operation}}}), "openapi": "3.2.0"}
    checked = prepare(document_of(tree), Options())
    assert checked.value is not None
    [request] = checked.value.requests
    return request, checked.findings


def text_of(media_type, content):
    """Return the text that is sent in a media type; it is also what is answered."""
    sent, findings = prepared(media_type, content)
    assert [f for f in findings if f.place.pointer.startswith("/paths")] == []
    answered, _ = prepared(media_type, content, answered=True)
    assert answered.responses[0].body == sent.body
    assert sent.body.content_type == media_type
    return sent.body.text


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("application/jsonl", '{"id":1,"city":"Amsterdam"}\n'),
        ("application/x-ndjson", '{"id":1,"city":"Amsterdam"}\n'),
        ("application/json-seq", '\x1e{"id":1,"city":"Amsterdam"}\n'),
        ("text/csv", "id,city\n1,Amsterdam\n"),
        ("text/event-stream", "id: 1\ncity: Amsterdam\n\n"),
    ],
)
def test_rows_of_items(media_type, text):
    """Items have a schema of their own in 3.2, or are those of a list; either way they are written one by one."""
    assert text_of(media_type, {"itemSchema": ROW}) == text
    assert text_of(media_type, {"schema": {"type": "array", "items": ROW}}) == text
    rows = [{"id": 7, "city": 'A "b", c'}, {"id": 8, "city": "é"}]
    assert text_of(media_type, {"itemSchema": ROW, "example": rows}).count("\n") == text.count("\n") * 2 - (
        media_type == "text/csv"
    )


def test_cells_are_quoted():
    """A comma, a quotation mark or a line in a cell of a table stays in its cell (RFC 4180, 2)."""
    rows = [{"id": 7, "city": 'A "b", c'}]
    assert text_of("text/csv", {"itemSchema": ROW, "example": rows}) == 'id,city\n7,"A ""b"", c"\n'
    assert text_of("text/csv", {"schema": {"type": "array"}, "example": [["a", 1], ["b", None]]}) == "a,1\nb,\n"


def test_an_event_has_a_line_for_each_of_its_data():
    """Lines of data are fields of their own (HTML, 9.2.5)."""
    events = [{"event": "moved", "data": "one\ntwo"}, {"data": {"a": 1}}]
    schema = {"type": "object", "properties": {"event": {"type": "string"}}}
    assert text_of("text/event-stream", {"itemSchema": schema, "example": events}) == (
        'event: moved\ndata: one\ndata: two\n\ndata: {"a":1}\n\n'
    )


@pytest.mark.parametrize("media_type", ["text/csv", "application/xml", "application/x-ndjson"])
def test_text_as_it_goes_over_the_wire(media_type):
    """What JSON cannot say naturally may stand there as text: `serializedValue`, and text for what is none."""
    schema = {"type": "array", "items": ROW}
    assert text_of(media_type, {"schema": schema, "example": "as it is"}) == "as it is"
    named = {"one": {"dataValue": [], "serializedValue": "<as it is/>"}, "two": {"serializedValue": "<other/>"}}
    assert text_of(media_type, {"schema": schema, "examples": {"two": named["two"]}}) == "<other/>"


@pytest.mark.parametrize("kind", ["object", ["object", "null"], ["array"]])
def test_an_example_in_text_is_sent_as_it_is_where_the_schema_is_of_no_text(kind):
    """An author who writes a text for an object or a list has written what is sent; so in a list of types."""
    sent, _ = prepared("text/csv", {"schema": {"type": kind}, "example": "id,city\n1,Utrecht"})
    assert sent.body.text == "id,city\n1,Utrecht"


def test_serialized_json_is_read():
    """JSON as text is the value that it stands for."""
    request, findings = prepared(
        "application/json", {"schema": ROW, "examples": {"a": {"serializedValue": '{"id":3,"city":"x"}'}}}
    )
    assert request.body.value == {"id": 3, "city": "x"}
    assert [f.rule for f in findings if f.rule.startswith("example")] == []


BOOK = {
    "type": "object",
    "xml": {"name": "book"},
    "required": ["id", "note", "title", "tags", "inner"],
    "properties": {
        "id": {"type": "integer", "xml": {"nodeType": "attribute"}},
        "title": {"type": "string", "xml": {"nodeType": "element"}},
        "tags": {"type": "array", "xml": {"nodeType": "element"}, "items": {"type": "string", "xml": {"name": "tag"}}},
        "inner": {"type": "object", "xml": {"nodeType": "none"}, "properties": {"page": {"type": "integer"}}},
    },
}


def test_nodes_of_xml():
    """3.2's node types: attributes, elements, lists with an element of their own, objects without one."""
    example = {"id": 7, "title": "A < b", "tags": ["x", "y"], "inner": {"page": 3}, "note": ""}
    root = ET.fromstring(text_of("application/xml", {"schema": BOOK, "example": example}))
    assert (root.tag, root.attrib) == ("book", {"id": "7"})
    assert [(child.tag, child.text) for child in root if child.tag not in {"tags", "note"}] == [
        ("title", "A < b"),
        ("page", "3"),
    ]
    assert [tag.text for tag in root.find("tags")] == ["x", "y"]


def test_texts_of_xml():
    """3.2's text and CDATA nodes are the content of the element around them, not a character more."""
    node = {
        "type": "object",
        "xml": {"name": "note"},
        "properties": {
            "lang": {"type": "string", "xml": {"attribute": True}},
            "text": {"type": "string", "xml": {"nodeType": "text"}},
            "raw": {"type": "string", "xml": {"nodeType": "cdata"}},
            "more": {"type": "string"},
        },
    }
    example = {"lang": "nl", "text": "1 < 2 ", "raw": "]]> & <b>", "more": "x"}
    text = text_of("application/xml", {"schema": node, "example": example})
    root = ET.fromstring(text)
    assert (root.text, root.attrib, root.find("more").text) == ("1 < 2 ]]> & <b>", {"lang": "nl"}, "x")
    assert "<![CDATA[" in text


def test_what_forms_cannot_carry_is_said():
    """Headers of parts, parts by position, other kinds of multipart bodies: each is a finding at its place."""
    file = {"type": "string", "format": "binary"}
    content = {
        "schema": {"type": "object", "properties": {"file": file}},
        "encoding": {"file": {"headers": {"X-Checksum": {"schema": {"type": "string"}}}}},
    }
    _, findings = prepared("multipart/form-data", content)
    [finding] = [f for f in findings if f.rule == "part-header"]
    assert finding.place.pointer.endswith("/encoding/file/headers/X-Checksum")
    assert "X-Checksum" in finding.message
    _, findings = prepared("multipart/mixed", {"itemSchema": file, "prefixEncoding": [{"contentType": "image/png"}]})
    assert {"multipart-kind", "multipart-positions"} <= {f.rule for f in findings}
    _, findings = prepared("multipart/form-data", {"schema": {"type": "object"}})
    assert not {"multipart-kind", "multipart-positions", "part-header"} & {f.rule for f in findings}


@pytest.mark.parametrize(
    ("offered", "sent"),
    [
        (["application/*+json", "application/json-patch+json", "application/json", "text/json"], "application/json"),
        (["application/json-patch+json", "text/json"], "text/json"),
        (["application/json-patch+json"], "application/json-patch+json"),
        (["application/*+json"], "application/json"),
        (["*/*"], "application/json"),
        (["text/*"], "text/plain"),
        (["application/*+xml", "application/xml"], "application/xml"),
        (["image/*"], "application/octet-stream"),
    ],
)
def test_what_frameworks_offer_for_everything_comes_last(offered, sent):
    """Ranges, also those with a suffix, and JSON Patch; what is sent is never a range."""
    row = {"schema": ROW}
    operation = {"requestBody": {"content": dict.fromkeys(offered, row)}, "responses": OK}
    prepared = prepare(document_of(api({"/a": {"post": operation}})), Options()).value
    assert prepared.requests[0].body.content_type == sent
    [content_type] = [
        header for header in prepared.requests[0].headers if header.name == "Content-Type" and header.enabled
    ]
    assert content_type.value == (sent,)


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_required_form_has_a_field(media_type):
    """Of optional fields only, the first is sent; of a body that is optional itself, none is."""
    schema = {"type": "object", "properties": {"note": {"type": "string"}, "city": {"type": "string"}}}

    def sent(*needed, required):
        body = {
            "required": required,
            "content": {media_type: {"schema": {**schema, "required": list(needed)} if needed else schema}},
        }
        tree = api({"/a": {"post": {"requestBody": body, "responses": OK}}})
        found = prepare(document_of(tree), Options()).value.requests[0].body
        return {each.name: each.enabled for each in (found.fields if hasattr(found, "fields") else found.parts)}

    assert sent(required=True) == {"note": True, "city": False}
    assert sent(required=False) == {"note": False, "city": False}
    assert sent("city", required=True) == {"note": False, "city": True}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('{"id": 3}\n', {"id": 3}),
        ("[1]", [1]),
        ("{broken", "{broken"),
        ("3", "3"),
        ("plain", "plain"),
        ("[NaN, 1e400]", "[NaN, 1e400]"),
        ("[1e400]", "[1e400]"),
    ],
)
def test_json_written_as_a_text_without_a_schema_is_read(written, value):
    """Where no schema says that a text is meant, an object or a list in it is."""
    for content, expected in (({}, value), ({"schema": {"type": "string"}}, written)):
        request, findings = prepared("application/json", {**content, "example": written})
        assert request.body.value == expected
        assert [f.rule for f in findings if f.rule.startswith("example")] == []
