"""References inside of schemas: names, what stands beside a reference, dynamic anchors, circles."""

import pytest

from generator.document import Source, parse
from generator.findings import Place
from generator.json_values import to_json
from generator.pipeline import Options, prepare
from generator.readers import read
from generator.references import Target, Unresolvable, resolve
from generator.samples import Direction, Sampler
from generator.validation import validate
from tests.conftest import OK, api, document_of
from tests.test_references import body, sample_of


def listed(items: dict) -> dict:
    """Return the schema of a list that has some items."""
    return {"type": "array", "minItems": 1, "items": items}


SCHEMAS = {
    "Tree": {
        "$id": "https://s.example/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "required": ["data"],
        "properties": {"data": {"$ref": "#/$defs/data"}, "children": listed({"$dynamicRef": "#node"})},
        "$defs": {"data": {"type": "string", "enum": ["leaf"]}},
    },
    "Anchored": {"$id": "named.json", "$defs": {"x": {"$anchor": "here", "enum": ["anchored"]}}},
    "Page": {
        "type": "object",
        "required": ["items"],
        "properties": {"items": listed({"$dynamicRef": "#item"})},
        "$defs": {"any": {"$dynamicAnchor": "item", "enum": ["anything"]}},
    },
    "UserPage": {"$ref": "#/components/schemas/Page", "$defs": {"user": {"$dynamicAnchor": "item", "enum": ["user"]}}},
    "Limited": {"$ref": "#/components/schemas/Text", "maxLength": 2},
    "Text": {"type": "string", "minLength": 2},
    "Outer": {"$ref": "#/components/schemas/Limited"},
}


@pytest.mark.parametrize(
    ("reference", "sample"),
    [
        ("https://s.example/tree#/$defs/data", "leaf"),
        ("named.json#here", "anchored"),
        ("named.json#/$defs/x", "anchored"),
        ("#/components/schemas/Page", {"items": ["anything"]}),
        ("#/components/schemas/UserPage", {"items": ["user"]}),
    ],
)
def test_names_inside_schemas(reference, sample):
    """`$id`, `$anchor`, `$defs` and `$dynamicRef` lead where JSON Schema 2020-12 says."""
    tree = api(body(reference), openapi="3.1.0", components={"schemas": SCHEMAS})
    assert sample_of(document_of(tree)) == sample


def test_relative_reference_inside_a_schema_with_an_id():
    """A pointer in a schema with `$id` starts at that schema; where it leads nowhere there, at the document."""
    document = document_of(api({}, openapi="3.1.0", components={"schemas": SCHEMAS}))
    inside = Place("api.json", "/components/schemas/Tree/properties/data")
    found = resolve(document, "#/$defs/data", inside)
    assert isinstance(found, Target)
    assert found.place.pointer == "/components/schemas/Tree/$defs/data"
    assert isinstance(resolve(document, "#/components/schemas/Text", inside), Target)
    assert isinstance(resolve(document, "#/$defs/gone", inside), Unresolvable)


def test_siblings_of_references_count_all_along_the_way():
    """In 3.1 what stands beside a reference holds too, also where another reference led there."""
    tree = api(body("#/components/schemas/Outer"), openapi="3.1.0", components={"schemas": SCHEMAS})
    value = sample_of(document_of(tree))
    assert len(value) == 2


def test_words_beside_a_reference_come_first():
    """In 3.1 a description beside a reference replaces that of its target; in 3.0 it does not."""
    found = {}
    for version in ("3.0.3", "3.1.0"):
        parameter = {"$ref": "#/components/parameters/p", "description": "here"}
        tree = api(
            {"/a": {"get": {"parameters": [parameter], "responses": OK}}},
            openapi=version,
            components={"parameters": {"p": {"name": "p", "in": "query", "schema": {}, "description": "there"}}},
        )
        found[version] = read(validate(document_of(tree)).value).value.operations[0].parameters[0].description
    assert found == {"3.0.3": "there", "3.1.0": "here"}


def test_self_names_a_document():
    """A document of 3.2 is found under the address that its `$self` gives it."""
    entry = api(body("https://s.example/parts#/S"), openapi="3.2.0")
    entry["components"] = {"schemas": {"Local": {"$ref": "parts.json#/S"}}}
    part = {"$self": "https://s.example/parts", "S": {"enum": ["found"]}}
    trees = {"api.json": entry, "parts.json": part}
    sources = {name: Source(uri=name, content=to_json(tree).encode()) for name, tree in trees.items()}
    document = parse(sources, "api.json").value
    assert document is not None
    assert sample_of(document) == "found"


def test_schemas_are_not_read_once_more_for_each_set_of_dynamic_anchors():
    """Schemas with dynamic anchors that all refer to each other have an end, though each could be another each time."""
    address = "https://x.example/s"
    schemas = {
        f"s{number}": {
            "$id": f"{address}{number}",
            "$dynamicAnchor": f"a{number}",
            "properties": {f"p{other}": {"$ref": f"{address}{other}"} for other in range(14)},
        }
        for number in range(14)
    }
    tree = {**api(body("#/components/schemas/s0")), "openapi": "3.1.0", "components": {"schemas": schemas}}
    model = read(validate(document_of(tree)).value).value
    assert len(schemas) < len(model.definitions) < 1000
    assert Sampler(model.definitions).sample(
        model.operations[0].body.media_types[0].schema, direction=Direction.REQUEST
    )


@pytest.mark.parametrize("version", ["2.0", "3.0.3"])
def test_an_answer_that_nobody_describes_has_no_body(version):
    """Where the schema of an answer leads nowhere, none is made up; its author's example is kept."""
    schema = {"$ref": "#/definitions/Missing"}
    if version == "2.0":
        answers = {"200": {"description": "OK", "schema": schema}}
        answers["201"] = {**answers["200"], "examples": {"application/json": {"a": 1}}}
        tree = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "h.example", "paths": {}}
    else:
        answers = {
            "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
            "201": {"description": "OK", "content": {"application/json": {"schema": schema, "example": {"a": 1}}}},
        }
        tree = api({})
    prepared = prepare(document_of({**tree, "paths": {"/a": {"get": {"responses": answers}}}}), Options())
    assert prepared.value is not None
    without, authored = prepared.value.requests[0].responses
    assert (without.body, authored.body.value) == (None, {"a": 1})
    assert {finding.rule for finding in prepared.findings} >= {"reference-resolves"}


def test_a_circle_is_no_wrong_name():
    """Nobody meant the reference's own address, which is what is nearest to it."""
    tree = api(body("#/components/schemas/A"), components={"schemas": {"A": {"$ref": "#/components/schemas/A"}}})
    told = [finding for finding in validate(document_of(tree)).findings if finding.rule == "reference-resolves"]
    assert told
    assert all("leads back to itself" in finding.message for finding in told)
    assert not any("Did you mean" in finding.hint for finding in told)
