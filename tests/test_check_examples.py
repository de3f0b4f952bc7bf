"""`sendready check` on examples and defaults: each is held against its schema, and told where it stands."""

import json

from generator.checking import CheckOptions, check
from generator.findings import Severity
from generator.pipeline import Options, convert
from tests.conftest import GOOD, OK, api, document_at
from tests.test_check import findings
from tests.test_cli import sendready


def test_examples_are_judged_wherever_they_stand(tmp_path):
    """Beside schemas of any media type, in components that nobody refers to, in callbacks; each at its own line."""
    text = GOOD.replace(
        "components:\n",
        """components:
  requestBodies:
    Unused:
      content:
        application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: 1}}
        text/plain: {schema: {type: string}, example: 2}
        application/xml: {schema: {type: object}, example: <pet/>}
  callbacks:
    Done:
      '{$request.body#/url}':
        post:
          parameters: [{name: q, in: query, schema: {type: string}, example: 3}]
          responses: {"200": {description: OK}}
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, example: 4}
        other: {$ref: '#/components/schemas/Other'}
    Other: {type: string, example: fine}
""",
    )
    (tmp_path / "a.yaml").write_text(text)
    lines = [
        text[: text.index(f"{mark}")].count("\n") + 1 for mark in ("name: 1}", "example: 2", "example: 3", "example: 4")
    ]
    assert findings(tmp_path, "a.yaml") == [("example-invalid", "a.yaml", line) for line in lines]


def test_a_shared_example_is_held_against_each_schema(tmp_path):
    """An example that several operations refer to is told of where any of their schemas refuses it."""
    content = "content: {application/json: {schema: {type: %s}, examples: {one: {$ref: '#/components/examples/One'}}}}"
    operations = "".join(
        f"  /{kind}:\n    get:\n      responses: {{'200': {{description: OK, {content % kind}}}}}\n"
        for kind in ("string", "integer")
    )
    text = GOOD.replace("paths:\n", f"paths:\n{operations}")
    text = text.replace("components:\n", "components:\n  examples: {One: {value: two}}\n")
    (tmp_path / "a.yaml").write_text(text)
    line = text[: text.index("One: {value")].count("\n") + 1
    assert ("example-invalid", "a.yaml", line) in findings(tmp_path, "a.yaml")


def test_the_fault_of_a_read_only_member_is_told_as_it_is_received(tmp_path):
    """That such a member is not sent is shorter to say, and no fault: what is wrong with it is."""
    item = {"type": "object", "properties": {"kind": {"enum": ["a"]}, "size": {"type": "integer"}}}
    members = {"value": {"readOnly": True, "type": "array", "items": item}, "sent": {"writeOnly": True}}
    schema = {"type": "object", "properties": members}
    example = {"value": [{"kind": "b", "size": "c"}], "sent": 1}
    content = {"application/json": {"schema": schema, "example": example}}
    responses = {"200": {"description": "OK", "content": content}}
    (tmp_path / "a.json").write_text(json.dumps(api({"/a": {"get": {"responses": responses}}})))
    found = check(document_at(tmp_path / "a.json"), CheckOptions())
    told = [f.place.pointer.rpartition("/example/")[2] for f in found if f.rule == "example-invalid"]
    assert told == ["value/0/kind", "value/0/size"]


def test_defaults_are_held_against_their_whole_schema(tmp_path):
    """A default of the right type that something else refuses is a warning; a conversion says so at the same place."""
    path = tmp_path / "a.json"
    schema = {"type": "string", "enum": ["a", "b"], "default": "c"}
    parameters = [{"name": "sort", "in": "query", "schema": schema}]
    path.write_text(json.dumps(api({"/a": {"get": {"parameters": parameters, "responses": OK}}})))
    document = document_at(path)
    pairs = [
        [(f.place.pointer, f.severity, f.message.partition(". ")[0].rstrip(".")) for f in found]
        for found in (check(document, CheckOptions()), convert(document, Options()).findings)
    ]
    wanted = "/paths/~1a/get/parameters/0/schema/default", Severity.WARNING
    said = 'The default violates its schema: "c" is not one of "a" or "b"'
    assert all((*wanted, said) in found for found in pairs)


def test_each_fault_of_an_example_is_told_where_it_stands(tmp_path):
    """Not the first alone: each has its line, a long value is shown by its beginning, the reason is kept."""
    long = "word " * 100
    example = f"""
              note: {long}
              kind: {long}"""
    schema = "{type: object, required: [id], properties: {note: {maxLength: 9}, kind: {enum: [a, b]}}}"
    body = f"requestBody:\n        content:\n          application/json:\n            schema: {schema}\n"
    text = GOOD.replace("get:\n", f"post:\n      {body}            example:{example}\n")
    (tmp_path / "a.yaml").write_text(text)
    done = sendready("check", "a.yaml", "--format", "json", cwd=tmp_path)
    found = {entry["line"]: entry["message"] for entry in json.loads(done.stdout)["findings"]}
    lines = [text[: text.index(mark)].count("\n") + 1 for mark in ("example:", "note: word", "kind: word")]
    assert list(found) == lines
    assert [len(message) < 200 for message in found.values()] == [True] * 3
    for line, reason in zip(
        lines, ("is a required property.", "longer than 9 characters.", 'one of "a" or "b".'), strict=True
    ):
        assert found[line].endswith(reason)
