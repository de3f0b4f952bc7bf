"""Servers: variables of their own for operations that have servers of their own, and what each environment holds."""

import json

import pytest

from generator.findings import UsageError
from generator.pipeline import Options, convert, prepare
from generator.request.values import text_value
from generator.servers.plan import NO_SERVER
from tests.conftest import OK, api, document_of

PRODUCTION = {"url": "https://api.example/v1", "description": "Production"}
SANDBOX = {"url": "https://sandbox.example/v1", "description": "Sandbox"}


def planned(own, servers=(PRODUCTION, SANDBOX), **options):
    """Return the plan for a document with one operation that has servers of its own."""
    tree = api({"/a": {"get": {"responses": OK}, "post": {"servers": own, "responses": OK}}}, servers=list(servers))
    checked = prepare(document_of(tree), Options(**options))
    assert checked.value is not None
    plan = checked.value.servers
    addresses = {
        environment.name: {name: text_value(value) for name, value in environment.addresses.items()}
        for environment in plan.environments
    }
    return checked.value, addresses, [f.rule for f in checked.findings if f.rule.startswith("server")]


def test_own_servers_follow_the_environment_by_name():
    """The server of an operation that has the name of one of the document's is used beside it."""
    own = [
        {"url": "https://up.sandbox.example", "description": "Sandbox"},
        {"url": "https://up.example", "description": "Production"},
    ]
    ready, addresses, rules = planned(own)
    assert addresses == {
        "Production": {"baseUrl": "https://api.example/v1", "baseUrl_production": "https://up.example"},
        "Sandbox": {"baseUrl": "https://sandbox.example/v1", "baseUrl_production": "https://up.sandbox.example"},
    }
    assert [text_value(request.url.base) for request in ready.requests] == [
        "https://api.example/v1",
        "https://up.example",
    ]
    assert rules == []


def test_own_servers_follow_the_environment_by_host():
    """A server of an operation on the host of one of the document's is used beside it."""
    own = [{"url": "https://sandbox.example/files"}, {"url": "https://api.example/files"}]
    _, addresses, _ = planned(own)
    assert addresses["Sandbox"]["baseUrl_api-example"] == "https://sandbox.example/files"
    assert addresses["Production"]["baseUrl_api-example"] == "https://api.example/files"


def test_server_of_another_environment_is_not_used():
    """Where an operation's only server is Production's, the environment Sandbox has none for it, and that is told."""
    _, addresses, rules = planned([{"url": "https://up.example", "description": "Production"}])
    assert addresses["Sandbox"]["baseUrl_production"] == NO_SERVER
    assert rules == ["server-counterpart"]


def test_server_of_no_environment_is_used_in_all():
    """An operation's server that belongs to none of the document's servers is used beside each of them."""
    _, addresses, rules = planned([{"url": "https://files.example", "description": "File store"}])
    assert {entry["baseUrl_file-store"] for entry in addresses.values()} == {"https://files.example"}
    assert rules == []


def test_further_servers_of_an_operation_are_environments():
    """Each server of an operation is reached in some environment, also where the document has one server only."""
    own = [{"url": "https://eu.example", "description": "EU"}, {"url": "https://us.example", "description": "US"}]
    _, addresses, _ = planned(own, servers=[PRODUCTION])
    assert addresses == {
        "Production": {"baseUrl": "https://api.example/v1", "baseUrl_eu": "https://eu.example"},
        "US": {"baseUrl": "https://api.example/v1", "baseUrl_eu": "https://us.example"},
    }


def test_relative_own_server_is_on_the_default_host():
    """A relative server of an operation is on the host of the default server."""
    ready, _, _ = planned([{"url": "/files/"}], servers=[PRODUCTION])
    assert text_value(ready.requests[1].url.base) == "https://api.example/files"


def test_server_of_a_path_item_counts_for_its_operations():
    """The servers of a path item are those of its operations, in one variable."""
    item = {"servers": [{"url": "https://up.example"}], "get": {"responses": OK}, "post": {"responses": OK}}
    ready = prepare(document_of(api({"/a": item}, servers=[PRODUCTION])), Options()).value
    assert ready is not None
    assert {request.url.base[0].name for request in ready.requests} == {"baseUrl_up-example"}


@pytest.mark.parametrize(
    ("server", "address", "words"),
    [
        ({"url": "//c.acme.com/x"}, "https://c.acme.com/x", "does not say http or https; requests go by https"),
        (
            {"url": "ws://w.acme.com/a"},
            "http://localhost/a",
            "is not of http or https; requests go to http://localhost",
        ),
        ({"url": "/a"}, "http://localhost/a", "does not name a host; requests go to http://localhost"),
        ({"url": "https://{t}.acme.com"}, "https://t.acme.com", "has no `default`; its name stands in for it"),
        (
            {"url": "https://{r}.acme.com", "variables": {"r": {"enum": ["eu", "us"]}}},
            "https://eu.acme.com",
            "has no `default`; the first of its values stands in for it",
        ),
    ],
)
def test_what_an_address_lacks_is_told_and_made_up_for(server, address, words):
    """One finding says what is wrong and where requests go instead; a variable can be changed in Postman."""
    checked = prepare(document_of(api({"/a": {"get": {"security": [], "responses": OK}}}, servers=[server])), Options())
    assert checked.value is not None
    base = checked.value.servers.default
    assert text_value(base.base_url) == address
    assert len(base.variables) == server["url"].count("{")
    assert [words in finding.message for finding in checked.findings if "server" in finding.message] == [True]


def test_an_address_that_is_not_the_default_is_not_said_to_be_where_requests_go():
    """A server without a host beside one that has it concerns its own environment only."""
    tree = api({"/a": {"get": {"security": [], "responses": OK}}}, servers=[{"url": "/a"}, PRODUCTION])
    [finding] = [f for f in prepare(document_of(tree), Options()).findings if f.rule == "server-relative"]
    assert (
        finding.message == "The server `/a` does not name a host; in its environment, requests go to http://localhost."
    )


@pytest.mark.parametrize("name", ["production", "sandbox"])
def test_relative_token_address_follows_the_environment(name):
    """A token endpoint that is relative to the server is on each environment's own host."""
    flow = {"tokenUrl": "/oauth/token", "scopes": {}}
    tree = api(
        {"/a": {"get": {"security": [{"o": []}], "responses": OK}}},
        servers=[PRODUCTION, SANDBOX],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    value = convert(document_of(tree), Options()).value
    assert value is not None
    host = {"production": "api.example", "sandbox": "sandbox.example"}[name]
    assert f"https://{host}/oauth/token" in value.files[f".{name}.postman_environment.json"]


def test_an_address_that_is_none_ends_nothing():
    """A server of a single bracket, of the document or of an operation, is carried as far as it can be."""
    odd = [{"url": "https://[", "description": "Odd"}]
    tree = api({"/a": {"get": {"servers": odd, "responses": OK}}, "/b": {"get": {"responses": OK}}}, servers=odd)
    assert convert(document_of(tree), Options()).value is not None
    with pytest.raises(UsageError, match="give an address that starts with http"):
        convert(document_of(tree), Options(server="https://["))


def test_environments_do_not_grow_with_servers_times_operations():
    """Five hundred servers beside five hundred of operations make some environments, one finding each, and one more."""
    count = 500
    servers = [{"url": f"https://s{number}.test"} for number in range(count)]
    paths = {f"/{number}": {"get": {"responses": OK, "servers": [each]}} for number, each in enumerate(servers)}
    tree = api(paths, servers=servers)
    made = convert(document_of(tree), Options())
    assert made.value is not None
    assert sum(map(len, made.value.files.values())) < 200 * len(json.dumps(tree))
    told = [finding.message for finding in made.findings if finding.rule == "server-counterpart"]
    assert len(told) == count + 1
    assert "GET /0 has no server beside `https://s1.test` and 498 more" in told[0]
    assert told[-1].startswith("500 servers, with 500 addresses each")
    assert told[-1].endswith(f"for the first {sum('environment' in name for name in made.value.files)}.")
