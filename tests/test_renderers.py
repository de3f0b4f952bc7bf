"""Renderers: valid collections, stable ids, quoting that each shell undoes."""

import json
import re
import shutil
import subprocess

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.pipeline import Credentials, Look, Options, SnippetFormat, convert, scripts, snippet_list, snippets
from generator.renderers import quoting
from tests.conftest import OK, SPECS, api, document_at, document_of
from tests.snippets.windows_cmd import arguments_of, read_by_cmd


def collection(path, **options):
    """Return the collection of the specification at `path`."""
    value = convert(document_at(path), Options(**options)).value
    assert value is not None
    return json.loads(value.files[".postman_collection.json"])


def requests_of(items):
    """Yield the requests of a collection."""
    for item in items:
        if "item" in item:
            yield from requests_of(item["item"])
        else:
            yield item


def test_a_body_that_is_a_file_says_that_one_has_to_be_chosen():
    """The collection cannot name a user's file, and Postman sends nothing without one; curl commands name it."""
    operation = {"operationId": "put", "description": "Own words.", "responses": OK}
    tree = api({"/photo": {"put": operation | {"requestBody": {"content": {"image/png": {}}}}, "get": operation}})
    files = convert(document_of(tree), Options()).value.files
    put, get = requests_of(json.loads(files[".postman_collection.json"])["item"])
    assert put["request"]["body"]["mode"] == "file"
    assert "choose it under Body" in put["request"]["description"]
    assert put["request"]["description"].endswith("Own words.")
    assert get["request"]["description"] == "Own words."
    assert "choose it under Body" not in files[".curl.md"]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_collections_are_what_is_promised(path):
    """The token request comes first, the secret is empty, nothing is a placeholder, ids are unique v4."""
    made = collection(path)
    items = list(requests_of(made["item"]))
    variables = {variable["key"]: variable["value"] for variable in made["variable"]}
    if "access_token" in variables:
        assert items[0]["name"] == "Get Access Token"
        assert variables["client_secret"] == ""
    assert "auth" not in made
    assert all(item["request"]["auth"] for item in items)
    assert not re.search(r'"<[a-z]+>"', json.dumps(made))
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i) for i in ids)
    names = [item["name"] for item in items]
    assert len(set(names)) == len(names)
    assert collection(path) == made


def test_collections_match_postmans_schema(shared):
    """Each collection, of our samples and of real exports, is valid v2.1.0."""
    schema = json.loads((shared / "schemas/postman-collection-2.1.0.schema.json").read_text())
    validator = jsonschema.Draft7Validator(schema)
    paths = [*SPECS, *(p for p in (shared / "specs/kpn").glob("*.yaml") if p.stat().st_size < 400_000)]
    for path in paths:
        assert next(validator.iter_errors(collection(path, token_url="https://id.example/t")), None) is None, path.name


def test_environments_hold_addresses_only():
    """There is an environment for each of several servers, with baseUrl and tokenUrl."""
    value = convert(document_at(SPECS[-1]), Options()).value
    assert value is not None
    found = {name: json.loads(text) for name, text in value.files.items() if "environment" in name}
    assert len(found) == 3
    assert all([v["key"] for v in one["values"]] == ["baseUrl", "tokenUrl"] for one in found.values())


def test_snippets_as_json_keep_the_contract():
    """The list has the token request first and a text for each shell."""
    listed = json.loads(snippets(document_at(SPECS[-1]), Options(), SnippetFormat.JSON).value or "")
    assert listed[0]["name"] == "Get Access Token"
    assert list(listed[0]) == ["id", "name", "folder", "method", "url", "snippets"]
    assert all(list(snippet["snippets"]) == ["posix", "cmd", "powershell"] for snippet in listed)


texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


STEERING = "a\x1b]0;pwn\x07\x9b31m\x85\u2028\u202eb\u2066'$x\n"


@settings(max_examples=60, deadline=None)
@given(texts)
@example(STEERING)
@pytest.mark.parametrize("shell", [s for s in ("dash", "bash", "zsh", "busybox") if shutil.which(s)] or ["sh"])
def test_posix_quoting_is_undone_by_the_shell(shell, text):
    """A word that was quoted arrives in the program as it was."""
    words = [shell, "sh"] if shell == "busybox" else [shell]
    done = subprocess.run([*words, "-c", f"printf %s {quoting.posix((text,))}"], capture_output=True, check=True)
    assert done.stdout == text.encode()


printable = st.text(st.characters(min_codepoint=32, max_codepoint=126))


@given(printable | st.sampled_from(["%PATH%", "a%PATH%b%PATH%", 'say "hi"', "end\\", '\\"', "100%", "%20x%3A"]))
def test_cmd_quoting_is_undone_by_both_parsers(text):
    """An argument for cmd arrives in the program as it was, be a variable of some name set or not."""
    for batch in (False, True):
        line = quoting.cmd((text,), batch=batch)
        [[read]] = read_by_cmd(f"curl {line}", {"PATH": "C:\\x"}, batch=batch)
        assert arguments_of(read) == [text]


@given(texts)
def test_powershell_quoting_is_undone(text):
    """A string in single quotes has each kind of quote doubled, curly ones too."""
    quoted = quoting.powershell((text,))
    assert re.sub("(['‘’‚‛])\\1", r"\1", quoted[1:-1]) == text
    assert not re.search("(?<!['‘’‚‛])['‘’‚‛](?!['‘’‚‛])", re.sub("(['‘’‚‛])\\1", "", quoted[1:-1]))


def test_no_command_reads_other_than_it_is():
    """What a terminal obeys, or what turns the direction of writing, is spelled out in what people copy and send."""
    content = {"text/plain": {"example": STEERING}}
    paths = {
        "/text": {
            "post": {"requestBody": {"content": content}, "responses": {"200": {**OK["200"], "content": content}}}
        },
        "/json": {"post": {"requestBody": {"content": {"application/json": {"example": STEERING}}}, "responses": OK}},
    }
    document = document_of(api(paths, servers=[{"url": "https://a.example"}]))
    [text, json_] = [made.snippets for made in snippet_list(document, Options()).value or ()]
    steering = set(STEERING) - set("a]0;pwn31mb'$x\n")
    for command in (*text.values(), *json_.values(), snippets(document, Options(), SnippetFormat.HTTP).value or ""):
        assert not set(command) & steering
    assert powershell_value(text["powershell"]) == STEERING


def powershell_value(script):
    """Return what a script of PowerShell writes into a file for curl."""
    [written] = re.findall(r'WriteAllText\(\$body, "(.*?)"\)\n', script, re.DOTALL)
    plain = re.sub(r"\$\(\[char\](\d+)\)", lambda found: chr(int(found[1])), written)
    return re.sub("`(.)", lambda found: {"n": "\n", "0": "\0"}.get(found[1], found[1]), plain)


def test_cmd_refuses_newlines():
    """What cmd cannot carry is an error, never a cut command."""
    with pytest.raises(ValueError, match="newline"):
        quoting.cmd(("a\nb",))


def test_markdown_does_not_steer_the_terminal_that_it_is_printed_to():
    """Titles and descriptions keep no escape sequence and no mark that turns the direction of writing."""
    steering = "\x1b]0;pwn\x07\x9b31m\u202e"
    operation = {"summary": f"A{steering}", "description": steering, "tags": [steering], "responses": OK}
    document = document_of(api({"/a": {"get": operation}}, info={"title": f"T{steering}", "version": "1"}))
    page = convert(document, Options()).value.files[".curl.md"]
    assert "T\ufffd" in page
    assert not set(page) & set(steering) - {*"]0;pwn31m"}


@pytest.mark.parametrize("credentials", Credentials)
def test_a_key_in_the_address_is_asked_for_encoded(credentials):
    """A `&` in it would end it without a word; pages, scripts and .http files say so, of it and of no other key."""
    schemes = {name: {"type": "apiKey", "in": where, "name": "k"} for name, where in (("q", "query"), ("h", "header"))}
    tree = api(
        {
            f"/{name}": {"get": {"operationId": f"get-{name}", "responses": OK, "security": [{name: []}]}}
            for name in schemes
        },
        components={"securitySchemes": schemes},
    )
    document, asked = document_of(tree), Options(look=Look(credentials=credentials))
    prefix = "CREDENTIAL_" if credentials is Credentials.VARIABLES else "YOUR_"
    texts = [snippets(document, asked, kind).value or "" for kind in SnippetFormat if kind is not SnippetFormat.JSON]
    for text in texts:
        lines = [line for line in text.splitlines() if "percent-encoded" in line]
        assert [(f"{prefix}Q" in line, f"{prefix}H" in line) for line in lines] == [(True, False)]
    made = scripts(document, asked).value or {}
    assert {name for name, text in made.items() if f"{prefix}Q stands in the address" in text} == {
        name for name in made if name.startswith("get-q.")
    }


ONE = {"get": {"operationId": "one", "security": [{"o": []}], "responses": OK}}
FORM = {"schema": {"type": "object", "required": ["client_assertion"], "properties": {"grant_type": {}}}}
ISSUES = {
    "operationId": "issue",
    "requestBody": {"content": {"application/x-www-form-urlencoded": FORM}},
    "responses": OK,
}


def tokenless(scheme, paths, **members):
    """Return a document whose operation `one` wants a token of the scheme `o`."""
    tree = api({"/one": ONE, **paths}, servers=[{"url": "https://a.example"}], **members)
    return document_of({**tree, "components": {"securitySchemes": {"o": scheme}}})


def flow(address):
    """Return a scheme whose tokens come from `address` by the client credentials grant."""
    return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": address, "scopes": {}}}}


def texts(document, credentials):
    """Return all that is written for a document, by the format."""
    options = Options(look=Look(credentials=credentials))
    converted, written = convert(document, options).value, scripts(document, options).value
    assert converted is not None
    assert written is not None
    made = {form.value: snippets(document, options, form).value or "" for form in SnippetFormat}
    return {**made, **converted.files, **written}


@pytest.mark.parametrize("credentials", list(Credentials))
@pytest.mark.parametrize(
    ("scheme", "paths", "why"),
    [
        (flow(""), {}, "the specification names no usable token endpoint"),
        (flow("mailto:api@a.example"), {}, "the specification names no usable token endpoint"),
        ({"type": "http", "scheme": "bearer"}, {}, "the specification names no usable token endpoint"),
        (flow("/token"), {"/token": {"post": ISSUES}}, "its token endpoint requires a credential that no file may"),
    ],
    ids=["no address", "no usable address", "bearer", "a field that no file may hold"],
)
def test_no_format_asks_for_a_token_request_that_cannot_succeed(scheme, paths, why, credentials):
    """Where no token can be had, no format has a request for one; those for people say why, and how to mend that."""
    made = texts(tokenless(scheme, paths), credentials)
    for name, text in made.items():
        assert not re.search(r"get.access.token|client_secret\b|the others take", text, re.IGNORECASE), name
    told = [name for name in made if name != "json" and not name.startswith("issue")]
    assert {"one.sh", "one.cmd", "one.ps1", ".curl.md", "html", "http", "http-jetbrains"} <= set(told)
    assert [name for name in told if why not in made[name] or "get a token another way" not in made[name].lower()] == []


@pytest.mark.parametrize("credentials", list(Credentials))
def test_nobody_is_sent_for_a_token_that_nothing_takes(credentials):
    """A token request whose token no other request carries is there, but no page says to send it first."""
    document = tokenless(flow("https://id.example/t"), {"/one": {"get": {"operationId": "one", "responses": OK}}})
    made = texts(document, credentials)
    assert "Get Access Token" in made["md"]
    for name in ("md", "html", "http", "http-jetbrains"):
        said = " ".join(re.sub(r"<[^>]*>", "", made[name]).split())
        assert not re.search(r"(First|Then) send|Send \"Get Access Token\"|the others take", said), name
