"""Names of variables: whatever a document calls its schemes and server variables, each has a variable of its own."""

import itertools
import json
import re

import pytest

from generator.pipeline import Options, SnippetFormat, convert, prepare, snippets
from generator.request.names import ENDPOINT_VARIABLES, Names, shell_word
from tests.conftest import OK, api, document_of

KINDS = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Trace"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "login": {
        "type": "oauth2",
        "flows": {"authorizationCode": {"authorizationUrl": "/a", "tokenUrl": "https://l.example/t", "scopes": {}}},
    },
}
OAUTH = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://id.example/t", "scopes": {"r": ""}}}}
STOLEN = ["client_secret", "Client-Secret", "CLIENT_ID", "access_token", "access", "scope", "tokenUrl", "baseUrl",
          "baseUrl_x", "access_token_for", "client secret", "client_secret_two", "callbackUrl"]  # fmt: skip
ENVIRONMENT = ["GITHUB", "path", "AWS_SECRET_ACCESS_KEY", "HOME", "NPM"]


def document(schemes, servers=({"url": "https://a.example"},)):
    """Return a document with an operation for each scheme, which is all that it asks for."""
    paths = {f"/{number}": {"get": {"security": [{name: []}], "responses": OK}} for number, name in enumerate(schemes)}
    return document_of(api(paths, servers=list(servers), components={"securitySchemes": schemes}))


def sent_variables(made, item):
    """Return the variables of Postman that a request of a collection sends."""
    request = {key: value for key, value in made["item"][item]["request"].items() if key != "description"}
    return set(re.findall(r"\{\{([^{}]+)\}\}", json.dumps(request)))


@pytest.mark.parametrize(("name", "kind"), list(itertools.product([*STOLEN, "client", "Access"], KINDS)))
def test_no_scheme_has_a_variable_of_the_token_flow(name, kind):
    """A scheme that is called like a variable of the token flow sends another one, in Postman and in shells."""
    ready = document({"oauth": OAUTH, name: KINDS[kind]})
    result = convert(ready, Options())
    assert result.value is not None
    made = json.loads(result.value.files[".postman_collection.json"])
    ours = {shell_word(name) for name in (*ENDPOINT_VARIABLES, "client_secret_two")}
    sent = sent_variables(made, 2) - {"baseUrl"}
    assert len(sent) == {"basic": 2, "login": 3}.get(kind, 1)
    own_client = {f"client_id_{name}", f"client_secret_{name}"} if kind == "login" else set()
    assert not {shell_word(word) for word in sent if word not in own_client} & ours
    keys = [shell_word(variable["key"]) for variable in made["variable"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("name", "kind"), list(itertools.product([*ENVIRONMENT, *STOLEN], KINDS)))
def test_no_command_reads_the_users_own_environment(name, kind):
    """What a command reads is the client's, the token, or has a prefix that no variable of a user has."""
    for form in SnippetFormat:
        text = snippets(document({"oauth": OAUTH, name: KINDS[kind]}), Options(), form).value
        assert text is not None
        read = re.findall(r"\$\{(?:env:)?(\w+)\}|%(\w+)%|\{\{(?:\$processEnv )?([\w.$]+)\}\}", text)
        words = {word for found in read for word in found if word} - {"http_code", "count"}
        known = r"(CLIENT_ID|CLIENT_SECRET|ACCESS_TOKEN)|CREDENTIAL_\w+|getAccessToken\w*\.response\..*"
        assert all(re.fullmatch(known, word) for word in words), words


@pytest.mark.parametrize("name", [f"{word}_two" for word in ENDPOINT_VARIABLES] + list(ENDPOINT_VARIABLES) + ["scope"])
def test_no_server_variable_is_one_of_an_endpoint(name):
    """A server variable called like one of any token endpoint is another variable; its value stays its own."""
    flows = {"clientCredentials": {"tokenUrl": "https://two.example/t", "scopes": {"r": ""}}}
    servers = [{"url": f"https://a.example/{{{name}}}", "variables": {name: {"default": "stolen"}}}]
    checked = convert(document({"one": OAUTH, "two": {"type": "oauth2", "flows": flows}}, servers), Options())
    assert checked.value is not None
    made = json.loads(checked.value.files[".postman_collection.json"])
    values = {variable["key"]: variable["value"] for variable in made["variable"]}
    assert {f"client_secret{suffix}" for suffix in ("", "_two")} <= values.keys()
    assert [key for key, value in values.items() if value == "stolen"] == [f"server_{name}"]
    assert values["baseUrl"] == f"https://a.example/{{{{server_{name}}}}}"


@pytest.mark.parametrize("names", [("for", "expires_at"), ("a b", "a_b"), ("Two", "two"), ("x", "for_x"), ("é", "ü")])
def test_endpoints_share_no_variable(names):
    """Two endpoints whose schemes' names come to the same have different secrets and share no book-keeping."""
    schemes = {
        name: {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": f"https://{n}.example/t", "scopes": {}}}}
        for n, name in enumerate(("first", *names))
    }
    ready = prepare(document(schemes), Options()).value
    assert ready is not None
    words = [shell_word(e.variable(name)) for e in ready.plan.token_endpoints for name in ENDPOINT_VARIABLES]
    assert len(words) == len(set(words)) == 3 * len(ENDPOINT_VARIABLES)


def test_schemes_and_servers_share_no_variable():
    """A key goes to its own host, also where a server variable, or another scheme, has its name."""
    schemes = {"tenant": KINDS["key"], "Tenant": KINDS["key"], "a b": KINDS["key"], "a_b": KINDS["key"],
               "x": KINDS["bearer"], "x_token": KINDS["key"]}  # fmt: skip
    servers = [{"url": "https://{tenant}.example", "variables": {"tenant": {"default": "t"}}}]
    checked = convert(document(schemes, servers), Options())
    assert checked.value is not None
    made = json.loads(checked.value.files[".postman_collection.json"])
    sent = [sent_variables(made, item) - {"baseUrl"} for item in range(len(schemes))]
    assert sent == [{"scheme_tenant"}, {"scheme_Tenant_2"}, {"a_b"}, {"scheme_a_b"}, {"x_token"},
                    {"scheme_x_token"}]  # fmt: skip


def test_ordinary_names_stay():
    """A name that is nobody else's is the scheme's own; a third of the same has a number."""
    names = Names()
    assert [names.own(owner, ("a", "b")) for owner in "xyzx"] == ["a", "b", "b_2", "a"]
