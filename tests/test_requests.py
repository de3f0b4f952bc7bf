"""Requests: parameters as the standard writes them, security as the document says, names that are unique."""

import pytest

from generator.auth import AuthOptions
from generator.findings import UsageError
from generator.model import Style
from generator.pipeline import Options, prepare
from generator.request.serialization import path_text, query_pairs
from generator.request.values import BearerToken, NoAuthorization, text_value
from tests.conftest import OK, api, document_of

ARRAY, OBJECT = ["blue", "black"], {"R": 100, "G": 200}


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        (Style.SIMPLE, False, "a b/c", "a%20b%2Fc"),
        (Style.SIMPLE, False, ARRAY, "blue,black"),
        (Style.SIMPLE, False, OBJECT, "R,100,G,200"),
        (Style.SIMPLE, True, OBJECT, "R=100,G=200"),
        (Style.LABEL, False, ARRAY, ".blue,black"),
        (Style.LABEL, True, ARRAY, ".blue.black"),
        (Style.LABEL, True, OBJECT, ".R=100.G=200"),
        (Style.MATRIX, False, "blue", ";color=blue"),
        (Style.MATRIX, False, ARRAY, ";color=blue,black"),
        (Style.MATRIX, True, ARRAY, ";color=blue;color=black"),
        (Style.MATRIX, True, OBJECT, ";R=100;G=200"),
        (Style.MATRIX, False, OBJECT, ";color=R,100,G,200"),
    ],
)
def test_path_styles(style, explode, value, text):
    """Path parameters are written as in the standard's table of style examples."""
    assert path_text("color", value, style, explode=explode) == text


@pytest.mark.parametrize(
    ("style", "explode", "value", "pairs"),
    [
        (Style.FORM, True, ARRAY, "color=blue&color=black"),
        (Style.FORM, False, ARRAY, "color=blue,black"),
        (Style.FORM, True, OBJECT, "R=100&G=200"),
        (Style.FORM, False, OBJECT, "color=R,100,G,200"),
        (Style.SPACE_DELIMITED, False, ARRAY, "color=blue%20black"),
        (Style.PIPE_DELIMITED, False, ARRAY, "color=blue%7Cblack"),
        (Style.DEEP_OBJECT, True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200"),
        (Style.FORM, True, "a&b=c+d", "color=a%26b%3Dc%2Bd"),
        (Style.FORM, False, ["a,b", "c"], "color=a%2Cb,c"),
        (Style.FORM, True, "{{x}}", "color=%7B%7Bx%7D%7D"),
    ],
)
def test_query_styles(style, explode, value, pairs):
    """Query parameters are written as in the standard's table, each character encoded once."""
    assert "&".join(f"{k}={v}" for k, v in query_pairs("color", value, style, explode=explode)) == pairs


SCHEMES = {
    "o": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://id.example/t", "scopes": {"r": "", "w": ""}}},
    },
    "b": {"type": "http", "scheme": "bearer"},
}


def prepared(paths, options=None, **members):
    """Return what the pipeline prepares for a small document."""
    tree = api(paths, servers=[{"url": "https://a.example/v1/"}], components={"securitySchemes": SCHEMES}, **members)
    value = prepare(document_of(tree), options or Options()).value
    assert value is not None
    return value


def test_token_goes_where_security_says():
    """The token goes to secured operations; `security: []` and `{}` get none."""
    ready = prepared(
        {
            "/a": {"get": {"responses": OK}},
            "/b": {"get": {"security": [], "responses": OK}},
            "/c": {"get": {"security": [{}, {"o": []}], "responses": OK}},
        },
        security=[{"o": ["r"]}],
    )
    assert [type(request.authorization) for request in ready.requests] == [
        NoAuthorization,
        BearerToken,
        NoAuthorization,
        NoAuthorization,
    ]
    assert ready.requests[0].name == "Get Access Token"
    assert ready.plan.token_endpoints[0].scopes == ("r",)


def test_bearer_needs_a_token_url_for_a_token():
    """A bearer scheme gets its token from --token-url, and without it asks the user for one."""
    paths = {"/a": {"get": {"security": [{"b": []}], "responses": OK}}}
    alone = prepared(paths)
    assert len(alone.plan.token_endpoints) == 1  # that of the declared flow
    with_url = prepared(paths, Options(token_url="https://id.example/other"))
    names = {
        request.authorization.token.name
        for request in with_url.requests
        if isinstance(request.authorization, BearerToken)
    }
    assert names == {"access_token"}
    assert with_url.plan.token_endpoints[0].url == "https://id.example/other"
    assert len(with_url.plan.token_endpoints) == 1, "nothing uses the declared flow"


def test_default_server_is_never_the_mock():
    """SwaggerHub's mock is the default only where nothing else is there; slashes at the end go."""
    mock = {"url": "https://virtserver.swaggerhub.com/x/y/1"}
    tree = api({"/a": {"get": {"responses": OK}}}, servers=[mock, {"url": "https://a.example/v1/"}])
    value = prepare(document_of(tree), Options()).value
    assert value is not None
    assert text_value(value.servers.default.base_url) == "https://a.example/v1"


def test_names_are_unique():
    """Two operations with one summary are told apart by method and path."""
    get = {"summary": "Get", "responses": OK}
    names = [request.name for request in prepared({"/a": {"get": get}, "/b": {"get": get}}).requests[1:]]
    assert names == ["Get (GET /a)", "Get (GET /b)"]


def test_double_braces_never_reach_a_resolved_place():
    """What the document writes as a Postman variable is encoded, escaped or replaced, and told."""
    evil = "{{client_secret}}"
    parameters = [
        {"in": "header", "name": "X-A", "required": True, "schema": {"type": "string"}, "example": evil},
        {"in": "query", "name": "q", "required": True, "schema": {"type": "string"}, "example": evil},
    ]
    body = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}, "example": {"f": evil}}}}
    from generator.pipeline import convert

    tree = api({"/a": {"post": {"parameters": parameters, "requestBody": body, "responses": OK}}})
    result = convert(document_of(tree), Options())
    assert result.value is not None
    assert evil not in result.value.files[".postman_collection.json"]
    assert [finding.rule for finding in result.findings].count("variable-in-value") == 2


def test_auth_options_default_to_the_body():
    """Gateways expect client authentication in the body."""
    assert AuthOptions().client_authentication.value == "body"


@pytest.mark.parametrize("place", ["query", "querystring"])
def test_a_form_in_the_query_is_written_as_a_form(place):
    """A parameter whose content is a form is a form's pairs: the value of `query`, the whole query of `querystring`."""
    schema = {"type": "object", "required": ["a", "b"], "properties": {"a": {"const": "x y"}, "b": {"const": [1, 2]}}}
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    parameter = {"in": place, "name": "q", "required": True, "content": content}
    tree = api({"/a": {"query": {"parameters": [parameter], "responses": OK}}}) | {"openapi": "3.2.0"}
    prepared = prepare(document_of(tree), Options()).value
    assert prepared is not None
    (request,) = prepared.requests
    assert request.method == "QUERY"
    assert [(pair.name, pair.value) for pair in request.url.query] == {
        "query": [("q", ("a%3Dx%2By%26b%3D1%26b%3D2",))],
        "querystring": [("a", ("x%20y",)), ("b", ("1",)), ("b", ("2",))],
    }[place]


def test_named_examples_and_media_types_can_be_picked():
    """--example and --media-type take what they name, where it is there; a name that is nowhere is an error."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    examples = {"short": {"value": {"a": "s"}}, "long": {"value": {"a": "long"}}}
    content = {"application/json": {"schema": schema, "examples": examples}, "application/xml": {"schema": schema}}
    tree = api({"/a": {"post": {"requestBody": {"content": content}, "responses": OK}}})

    def body(**chosen):
        prepared = prepare(document_of(tree), Options(**chosen)).value
        return prepared.requests[-1].body

    assert body().value == {"a": "s"}
    assert body(example="long").value == {"a": "long"}
    assert body(media_type="application/xml").content_type == "application/xml"
    with pytest.raises(UsageError, match="short, long"):
        body(example="other")
    with pytest.raises(UsageError, match="application/json, application/xml"):
        body(media_type="text/plain")
    tree = api({"/a": {"get": {"responses": OK}}})
    with pytest.raises(UsageError, match=r"of this name; no example has a name$"):
        body(example="other")
    with pytest.raises(UsageError, match=r"offered so; no operation has a body$"):
        body(media_type="text/plain")


def test_filters_that_let_nothing_pass_are_told():
    """A filter that matches nothing is an error that lists what there is."""
    tree = api({"/a": {"get": {"tags": ["Orders"], "operationId": "list", "responses": OK}}})
    with pytest.raises(UsageError, match=r"--tag orders: no operation matches; the document's tags are Orders$"):
        prepare(document_of(tree), Options(tags=("orders",)))
    with pytest.raises(UsageError, match="the document's operationIds are list"):
        prepare(document_of(tree), Options(operations=("nope",)))
    untagged = api({"/a": {"get": {"responses": OK}}})
    with pytest.raises(UsageError, match=r"--tag foo: no operation matches; no operation of the document has a tag$"):
        prepare(document_of(untagged), Options(tags=("foo",)))
    with pytest.raises(UsageError, match=r"no operation of the document has an operationId$"):
        prepare(document_of(untagged), Options(operations=("foo",)))


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "default": ""}, "example"),
        ({"type": "string", "example": "", "pattern": "^[0-9]*$"}, "1"),
        ({"type": "string", "enum": ["", "b"]}, "b"),
        ({"type": "string", "const": ""}, ""),
        ({"type": "string", "maxLength": 0}, ""),
        ({"type": "string", "example": " "}, "%20"),
    ],
)
@pytest.mark.parametrize("place", ["path", "query"])
def test_an_empty_text_fills_no_required_parameter(place, schema, value):
    """It would lead to another path, or be taken for nothing; an author who allows nothing else has his way."""
    parameter = {"name": "a", "in": place, "required": True, "schema": schema}
    tree = {**api({"/x/{a}/y" if place == "path" else "/x": {"get": {"parameters": [parameter], "responses": OK}}})}
    checked = prepare(document_of({**tree, "openapi": "3.1.0"}), Options())
    url = checked.value.requests[0].url
    assert (url.path[1][0].value if place == "path" else url.query[0].value[0]) == value
    assert [finding.rule for finding in checked.findings if "example" in finding.rule] == []


def test_an_empty_value_that_is_meant_is_sent():
    """With `allowEmptyValue`, as the parameter's own example, and where the parameter is optional."""
    for more in ({"required": True, "allowEmptyValue": True}, {"required": True, "example": ""}, {"required": False}):
        parameter = {"name": "a", "in": "query", "schema": {"type": "string", "default": ""}, **more}
        tree = api({"/x": {"get": {"parameters": [parameter], "responses": OK}}})
        assert prepare(document_of(tree), Options()).value.requests[0].url.query[0].value == ("",)
