"""Credentials in addresses: taken out of all that is written, and told at their places."""

import json

import pytest

from generator import Options, UsageError, convert, snippets
from generator.pipeline import SnippetFormat
from generator.uris import names_credential, part_without_credentials, without_credentials
from tests.test_secrets import DOCUMENT, TOKEN_URL, convert_in, document

OLD = f"""
swagger: "2.0"
info: {{title: Pets, version: "1"}}
host: app:S3CRET-A@api.acme.com
basePath: /v1?api_key=S3CRET-B
paths:
  /pets: {{get: {{responses: {{"200": {{description: OK}}}}}}}}
securityDefinitions:
  oauth: {{type: oauth2, flow: application, tokenUrl: "{TOKEN_URL}", scopes: {{}}}}
security: [{{oauth: []}}]
"""


@pytest.mark.parametrize(
    ("address", "clean", "taken"),
    [
        ("https://a.com/t?x=1&client_secret=s&y=2#z", "https://a.com/t?x=1&y=2#z", ("client_secret",)),
        ("https://u:p@a.com/t", "https://a.com/t", ("user and password",)),
        ("//u@a.com", "//a.com", ("user and password",)),
        ("https://a.com/t?Client-ID=1&API_KEY=2", "https://a.com/t", ("Client-ID", "API_KEY")),
        ("https://a.com/t#client%5Fsecret=s", "https://a.com/t", ("client_secret",)),
        ("https://a.com/t?grant_type=client_credentials", None, ()),
        ("https://a.com/t?token_format=jwt&keyboard=x", None, ()),
        ("https://a.com/u@v?mail=a@b", None, ()),
        ("https://a.com/t?client_id=&client_secret", None, ()),
    ],
)
def test_credentials_are_taken_out_of_addresses(address, clean, taken):
    """What says or proves who is asking goes; every other character stays."""
    found = without_credentials(address)
    assert (found.address, found.taken) == (clean or address, taken)


@pytest.mark.parametrize("text", [DOCUMENT, OLD], ids=["3.0", "2.0"])
def test_no_credential_of_an_address_enters_a_file(text):
    """Collection, curl page, environments and snippets are without; findings name them, not their values."""
    converted = convert(document(text))
    made = list(converted.value.files.values())
    made += [snippets(document(text), snippet_format=each).value for each in SnippetFormat]
    made += [f"{finding.message} {finding.hint}" for finding in converted.findings]
    for secret in ("S3CRET", "ID-C", "ID-I"):
        assert not [each for each in made if secret in each]
    assert "https://login.acme.com/token?grant_type=client_credentials" in made[0]
    said = [finding.message for finding in converted.findings if finding.rule == "token-url-credentials"]
    assert any("user and password, client_secret, client_id" in message for message in said)
    assert "server-url-credentials" in {finding.rule for finding in converted.findings}


@pytest.mark.parametrize(
    "options",
    [
        {"token_url": "https://login.acme.com/token?client_secret=S3CRET"},
        {"server": "https://app:S3CRET@api.acme.com"},
        {"token_parameters": (("client_secret", "S3CRET"),)},
    ],
)
def test_no_credential_of_an_option_enters_a_file(options):
    """An option that would write one is refused by its own name, and its value is not repeated."""
    with pytest.raises(UsageError, match=next(iter(options))) as refused:
        convert(document(DOCUMENT), Options(**options))
    assert "S3CRET" not in str(refused.value)


def test_no_credential_of_a_flag_or_a_setting_enters_a_file(tmp_path):
    """The same from the command line and from settings, before anything is read."""
    (tmp_path / "a.yaml").write_text(DOCUMENT, encoding="utf-8")
    flag = convert_in(tmp_path, "--token-url", "https://a.com/t?client_secret=S3CRET")
    server = convert_in(tmp_path, "--server", "https://app:S3CRET@a.com")
    assert server.stderr.startswith("error: --server: it must carry no credentials; it carries user and password")
    (tmp_path / "sendready.toml").write_text('server = "https://app:S3CRET@a.com"\n', encoding="utf-8")
    setting = convert_in(tmp_path)
    for said in (flag, server, setting):
        assert said.returncode == 2
        assert "credentials" in said.stderr
        assert "S3CRET" not in said.stderr


@pytest.mark.parametrize(
    ("part", "left"), [("u:p@h.example.com", "h.example.com"), ("@acme", "@acme"), ("v1@latest", "v1@latest")]
)
def test_an_at_sign_alone_is_no_credential(part, left):
    """Only a user with a password is taken out of a part of an address."""
    assert part_without_credentials(part).address == left


@pytest.mark.parametrize("name", ["x-api-key", "private_key", "X-Amz-Security-Token", "session_token", "jwt"])
def test_names_of_credentials_are_known_by_how_they_end(name):
    """A gateway's own names for keys are credentials as well."""
    assert names_credential(name)
    assert not names_credential("subject_token_type")


ADDRESS = "https://u:S3CRET-1@a.acme.com/?api_key=S3CRET-2"
OF_OLD = {"swagger": "2.0", "host": "api.acme.com"}
OF_SERVER = {"url": "https://{host}", "variables": {"host": {"default": "api.acme.com"}}}


@pytest.mark.parametrize(
    ("rule", "pointer", "members"),
    [
        ("server-url-credentials", "/basePath", {**OF_OLD, "basePath": "/v1?api_key=S3CRET"}),
        ("server-url-credentials", "/basePath", {"swagger": "2.0", "basePath": "/v1?api_key=S3CRET"}),
        ("server-url-credentials", "/servers/0/url", {"servers": [{"url": "u:S3CRET@api.acme.com"}]}),
        ("server-url-credentials", "/servers/0/description", {"servers": [{**OF_SERVER, "description": ADDRESS}]}),
        (
            "server-url-credentials",
            "/servers/0/variables/host/enum/1",
            {"servers": [{**OF_SERVER, "variables": {"host": {"default": "a", "enum": ["a", "u:S3CRET@b"]}}}]},
        ),
        (
            "server-url-credentials",
            "/servers/0/variables/host/description",
            {"servers": [{**OF_SERVER, "variables": {"host": {"default": "a", "description": f"As in {ADDRESS}."}}}]},
        ),
        ("server-url-credentials", "/servers/0/name", {"servers": [{**OF_SERVER, "name": f"live {ADDRESS}"}]}),
        (
            "server-url-credentials",
            "/servers/0/description",
            {"servers": [{**OF_SERVER, "description": "https://u:p'S3CRET@a.acme.com, https://u:p(S3CRET@b.acme.com"}]},
        ),
        (
            "server-url-credentials",
            "/servers/0/variables/host/default",
            {"servers": [{**OF_SERVER, "variables": {"host": {"default": "S3CRET@api.acme.com"}}}]},
        ),
        (
            "server-url-credentials",
            "/servers/0/variables/host/enum/0",
            {"servers": [{**OF_SERVER, "variables": {"host": {"default": "a", "enum": ["S3CRET@b.acme.com"]}}}]},
        ),
        ("link-credentials", "/externalDocs/url", {"externalDocs": {"url": ADDRESS}}),
        ("link-credentials", "/tags/0/externalDocs/url", {"tags": [{"name": "a", "externalDocs": {"url": ADDRESS}}]}),
    ],
)
def test_what_is_taken_out_of_an_address_is_told_at_its_place(rule, pointer, members):
    """Wherever an address may stand, its credentials are in no file, and a finding says where they stood."""
    paths = {"/pets": {"get": {"tags": ["a"], "responses": {"200": {"description": "OK"}}}}}
    tree = {"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": paths, **members}
    if "swagger" in members:
        del tree["openapi"]
    converted = convert(document(json.dumps(tree)))
    assert "S3CRET" not in "".join(converted.value.files.values())
    assert (rule, pointer) in {(finding.rule, finding.place.pointer) for finding in converted.findings}
    assert "S3CRET" not in "".join(finding.message for finding in converted.findings)


@pytest.mark.parametrize(
    ("rule", "pointer", "members"),
    [
        ("server-url-query", "/servers/0/url", {"openapi": "3.0.3", "servers": [{"url": "https://a.com?tenant=7"}]}),
        ("server-url-query", "/servers/0/url", {"openapi": "3.0.3", "servers": [{"url": "https://a.com/#seven"}]}),
        (
            "server-url-query",
            "/servers/0/variables/v/default",
            {"openapi": "3.0.3", "servers": [{"url": "https://a.com/{v}", "variables": {"v": {"default": "v1?t=7"}}}]},
        ),
        ("server-url-query", "/basePath", {**OF_OLD, "basePath": "/v1?tenant=7"}),
        ("server-relative", "/schemes", {**OF_OLD, "schemes": ["wss"]}),
        ("server-relative", "/schemes", {**OF_OLD, "schemes": ["https", "wss"]}),
    ],
)
def test_what_else_a_server_says_and_nobody_sends_is_told(rule, pointer, members):
    """A query of a server's address and a scheme that is not of the web are left out with a word."""
    paths = {"/pets": {"get": {"responses": {"200": {"description": "OK"}}}}}
    found = convert(document(json.dumps({"info": {"title": "Pets", "version": "1"}, "paths": paths, **members})))
    assert (rule, pointer) in {(finding.rule, finding.place.pointer) for finding in found.findings}
    assert "v1?t=7" not in "".join(found.value.files.values())


def test_a_path_keeps_its_at_sign():
    """Where no host stands, an `@` is a part of a version."""
    servers = [{"url": "https://a.acme.com/{v}", "variables": {"v": {"default": "v1@latest"}}}]
    paths = {"/pets": {"get": {"responses": {"200": {"description": "OK"}}}}}
    tree = {"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "servers": servers, "paths": paths}
    assert "https://a.acme.com/v1@latest/pets" in convert(document(json.dumps(tree))).value.files[".curl.md"]


def test_the_name_of_a_server_is_written():
    """OpenAPI 3.2 gives servers a name, which its environment bears."""
    servers = [{"url": "https://a.acme.com", "name": "live"}, {"url": "https://b.acme.com", "name": "trial"}]
    paths = {"/pets": {"get": {"responses": {"200": {"description": "OK"}}}}}
    tree = {"openapi": "3.2.0", "info": {"title": "Pets", "version": "1"}, "servers": servers, "paths": paths}
    files = convert(document(json.dumps(tree))).value.files
    assert {".live.postman_environment.json", ".trial.postman_environment.json"} <= set(files)
