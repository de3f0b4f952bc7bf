"""No live key of a specification enters a file, in whatever text or name it stands."""

import json
import os
import re
import subprocess
import sys

import pytest

from generator import CheckOptions, Options, Policy, check, convert, locate
from generator.document import Source, parse
from generator.known_secrets import kinds_of_secrets, without_secrets
from generator.validation import validate
from generator.validation.secret_search import secret_places
from tests.conftest import REPOSITORY

TOKEN_URL = (
    "https://app:S3CRET-A@login.acme.com/token?grant_type=client_credentials&client_secret=S3CRET-B&client_id=ID-C"
)
DOCUMENT = f"""
openapi: 3.0.3
info: {{title: Pets, version: "1"}}
servers:
  - url: https://app:S3CRET-D@api.acme.com/v1?key=S3CRET-E
  - url: https://{{host}}/v1
    variables: {{host: {{default: "bob:S3CRET-F@stage.acme.com"}}}}
  - url: https://{{user}}:{{password}}@third.acme.com
    variables: {{user: {{default: bob}}, password: {{default: S3CRET-G}}}}
paths:
  /pets: {{get: {{security: [{{oauth: []}}], responses: {{"200": {{description: OK}}}}}}}}
  /people: {{get: {{security: [{{person: []}}], responses: {{"200": {{description: OK}}}}}}}}
components:
  securitySchemes:
    oauth: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: "{TOKEN_URL}", scopes: {{}}}}}}}}
    person:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://u:S3CRET-H@login.acme.com/authorize?client_id=ID-I&prompt=login
          tokenUrl: https://login.acme.com/token?client_secret=S3CRET-J
          refreshUrl: https://login.acme.com/refresh?client%5Fsecret=S3CRET-K
          scopes: {{}}
"""
LIVE = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
WITH_TOKEN = f"""
openapi: 3.0.3
info: {{title: Pets, version: "1"}}
paths:
  /pets:
    get:
      parameters: [{{name: note, in: query, schema: {{type: string}}, example: {LIVE}}}]
      responses: {{"200": {{description: OK}}}}
"""


def document(text):
    """Return the document of a text."""
    return parse({"a.yaml": Source(uri="a.yaml", content=text.encode())}, "a.yaml").value


def convert_in(folder, *flags):
    """Convert the specification in `folder` as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "convert", "a.yaml", *flags],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_live_token_is_told_and_not_written():
    """A conversion warns of what is a live token by its beginning, and writes another; what is allowed is kept."""
    converted = convert(document(WITH_TOKEN))
    told = [finding for finding in converted.findings if finding.rule == "secret-in-text"]
    assert [finding.severity.value for finding in told] == ["warning"]
    made = "".join(converted.value.files.values())
    assert LIVE not in made
    assert without_secrets(LIVE) in made
    assert without_secrets(LIVE).startswith("ghp_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAM")
    allowed = convert(document(WITH_TOKEN), Options(allowed_secrets=("^ghp_",)))
    assert "secret-in-text" not in {finding.rule for finding in allowed.findings}
    assert LIVE in allowed.value.files[".postman_collection.json"]


@pytest.mark.parametrize(
    "options",
    [
        CheckOptions(document=Options(allowed_secrets=("^ghp_",))),
        CheckOptions(policy=Policy(allowed_secrets=("^ghp_",))),
    ],
)
def test_what_is_allowed_is_not_told_by_a_check(options):
    """A check leaves out what is allowed, be that said as a conversion is told it or as a team's policy."""
    assert "secret-in-text" in {finding.rule for finding in check(document(WITH_TOKEN))}
    assert "secret-in-text" not in {finding.rule for finding in check(document(WITH_TOKEN), options)}


RANDOM = "R4nd0mS3cr3tV4lu3xYz9Qw8"
JWT = f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{RANDOM}"


@pytest.mark.parametrize(
    ("parameter", "told"),
    [
        ({"name": "client_secret", "in": "query", "required": True, "example": RANDOM}, True),
        ({"name": "api_key", "in": "header", "schema": {"default": "Zx8Kq2Lm9Np4Rt7Vw1YbZx8Kq2Lm9Np4"}}, True),
        ({"name": "X-Api-Key", "in": "header", "schema": {"type": "string", "enum": [RANDOM]}}, True),
        ({"name": "X-Acme-Token", "in": "header", "examples": {"one": {"value": RANDOM}}}, True),
        ({"name": "token", "in": "query", "schema": {"items": {"enum": [RANDOM]}}}, True),
        ({"name": "page_token", "in": "query", "example": RANDOM}, False),
        ({"name": "X-Next-Page-Token", "in": "header", "example": RANDOM}, False),
        ({"name": "X-Idempotency-Key", "in": "header", "example": RANDOM}, False),
        ({"name": "id", "in": "query", "schema": {"enum": [RANDOM]}}, False),
        ({"name": "client_secret", "in": "query", "example": "a-long-name-of-english-words"}, False),
        ({"name": "token", "in": "query", "schema": {"enum": [LIVE]}}, True),
    ],
)
def test_a_secret_of_a_parameter_is_told_by_the_parameters_name(parameter, told):
    """A parameter's name is a member beside the example, not a key on the way to it."""
    tree = {"paths": {"/a": {"get": {"parameters": [parameter]}}}}
    assert bool(list(secret_places(tree, ()))) == told


def test_each_kind_of_secret_of_a_text_is_told():
    """One kind hides no other, an example hides no live one, and what is told for sure is not told twice."""
    text = f"Send AKIAIOSFODNN7EXAMPLE or AKIAABCDEFGHIJKLMNOP, with Bearer {JWT}"
    found = list(secret_places({"description": text}, ()))
    assert [secret.kind for secret in found] == ["an AWS access key", "a live token (JWT)"]
    assert [secret.known for secret in found] == [True, False]
    assert [secret.kind for secret in secret_places({"description": f"Bearer {LIVE}"}, ())] == ["a GitHub token"]
    further = f"{LIVE}; the secret: {RANDOM}"
    assert [secret.kind for secret in secret_places({"description": further}, ())] == ["a GitHub token", "a secret"]


def test_a_report_shows_no_line_with_a_secret(tmp_path):
    """A check tells where a secret stands, and does not repeat it, in whatever format."""
    (tmp_path / "a.yaml").write_text(DOCUMENT + f"x: {LIVE}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(WITH_TOKEN, encoding="utf-8")
    for each in ("text", "json", "sarif", "junit", "github"):
        done = subprocess.run(
            [sys.executable, "-m", "generator", "check", "a.yaml", "b.yaml", "--format", each],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "secret-in-text" in done.stdout
        for secret in ("S3CRET", LIVE):
            assert secret not in done.stdout + done.stderr, each


def test_a_live_token_of_another_file_is_told_and_not_written(tmp_path):
    """A secret in a file that the specification refers to is found there."""
    text = WITH_TOKEN.replace(f"{{type: string}}, example: {LIVE}", "{$ref: 'parts.yaml#/note'}")
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "parts.yaml").write_text(f"note: {{type: string, example: {LIVE}}}\n")
    done = convert_in(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "parts.yaml:1:" in done.stderr
    assert "a GitHub token" in done.stderr
    assert LIVE not in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "output").iterdir())


KINDS = [
    "AKIAABCDEFGHIJKLMNOP", LIVE, "glpat-abcdefghijklmnopqrst", "xoxb-12345678901234567890", "sk_live_" + "a1" * 10,
    "AIza" + "a" * 35, "PMAK-" + "a" * 24 + "-" + "b" * 34, "npm_" + "a" * 36, "github_pat_" + "a" * 60,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIBabcdefgh+/=\nxyz\n-----END RSA PRIVATE KEY-----",
]  # fmt: skip


@pytest.mark.parametrize("secret", KINDS, ids=lambda secret: secret[:10])
def test_a_secret_is_made_harmless_in_its_own_form(secret):
    """What takes its place is as long, begins as it does, and is known for an example."""
    found = without_secrets(f"Send {secret} now")
    assert len(found) == len(f"Send {secret} now")
    assert "EXAMPLE" in found
    assert found.startswith(f"Send {secret[:4]}")
    assert secret[-30:][:12] not in found or "PRIVATE" in secret
    assert "MIIB" not in found
    assert without_secrets(found) == found


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB12\n\nMIIEabcBODY\n-----END",
        "AIzaSyDabcdefGhijK-Lmn0123456789abcdefghi",
    ],
)
def test_nothing_of_a_known_secret_stays_but_its_kind(secret):
    """Headers within a key, or a dash within a token, do not end it."""
    harmless = without_secrets(secret)
    assert "BODY" not in harmless
    assert "SyDabcdef" not in harmless


@pytest.mark.parametrize("rest", ["", "\n", " …", "\n...\n-----END RSA PRIVATE KEY-----"])
def test_the_first_line_of_a_key_is_no_secret(rest):
    """Without a body there is nothing to keep: nothing would be exchanged, so nothing is told."""
    text = f"Begins with -----BEGIN RSA PRIVATE KEY-----{rest}"
    assert kinds_of_secrets(text) == []
    assert without_secrets(text) == text
    assert kinds_of_secrets(f"{text}\nMIIB") == (["a private key"] if "END" not in rest else [])


@pytest.mark.parametrize("member", ["enum", "const", "title"])
def test_a_live_token_that_a_schema_allows_is_not_written(tmp_path, member):
    """What is sent as a sample may come from the values that a schema allows."""
    value = f"[{LIVE}]" if member == "enum" else LIVE
    text = WITH_TOKEN.replace(f"{{type: string}}, example: {LIVE}", f"{{type: string, {member}: {value}}}")
    (tmp_path / "a.yaml").write_text(text.replace("3.0.3", "3.1.0"))
    done = convert_in(tmp_path)
    assert "a GitHub token" in done.stderr
    assert LIVE not in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "output").iterdir())


def live(number):
    """Return a live token, another one for each number."""
    return f"ghp_{number:02d}cdefghijklmnopqrstuvwxyz0123456789"


EVERYWHERE = f"""
openapi: 3.1.0
info: {{title: T, version: "{live(1)}", contact: {{name: "{live(2)}", url: "https://acme.com/{live(3)}"}}}}
externalDocs: {{url: "https://acme.com/{live(4)}"}}
servers:
  - {{url: "https://api.acme.com/{live(5)}", description: "{live(6)}"}}
  - {{url: "https://{{{live(7)}}}.acme.com", variables: {{"{live(7)}": {{default: x}}}}}}
tags: [{{name: "tag {live(8)}", description: mine}}]
security: [{{"{live(9)}": ["{live(10)}"]}}]
paths:
  /hooks/{live(11)}/{{{live(12)}}}:
    get:
      operationId: list_{live(13)}_all
      tags: ["tag {live(8)}"]
      parameters:
        - {{name: "{live(12)}", in: path, required: true, schema: {{type: string}}}}
        - {{name: "X-{live(14)}", in: header, required: true, schema: {{type: string}}}}
        - {{$ref: "#/components/parameters/{live(15)}"}}
      responses:
        "200":
          description: "as%2F{live(16)} and \\\\n{live(17)}"
          links: {{"{live(18)}": {{operationId: "list_{live(13)}_all"}}}}
          content:
            application/json:
              schema: {{$ref: "#/components/schemas/{live(19)}"}}
              examples: {{"{live(20)}": {{value: {{"{live(21)}": 1}}}}}}
  /escaped:
    get: {{summary: "\\x67hp_{live(22)[4:]}", tags: ["gh\\
      p_{live(23)[4:]}"], responses: {{
      "200": {{$ref: "#/paths/~1hooks~1{live(11)}~1%7B{live(12)}%7D/get/responses/200"}}}}}}
components:
  parameters: {{"{live(15)}": {{name: "{live(24)}", in: query, required: true, schema: {{type: string}}}}}}
  securitySchemes:
    "{live(9)}": {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: "https://acme.com/{live(25)}", scopes: {{
      "{live(10)}": x}}}}}}}}
  schemas:
    "{live(19)}": {{type: object, required: ["{live(21)}"], additionalProperties: false,
      properties: {{"{live(21)}": {{type: integer}}}}}}
"""


def test_a_live_token_in_a_name_or_an_address_enters_no_file(tmp_path):
    """Wherever a token stands, what is made is without, stays as consistent as it was, and a finding says where."""
    (tmp_path / "a.yaml").write_text(EVERYWHERE, encoding="utf-8")
    converted = convert_in(tmp_path)
    assert converted.returncode == 0, converted.stderr
    said = [converted.stdout, converted.stderr]
    for kind in ("files", "http"):
        made = subprocess.run(
            [sys.executable, "-m", "generator", "snippets", "a.yaml", "--format", kind, "-o", f"output/{kind}"],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        said += [made.stdout, made.stderr]
    files = [path for path in (tmp_path / "output").rglob("*") if path.is_file()]
    said += [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in files]
    assert len(files) > 5
    for number in range(1, 26):
        assert live(number).lower() not in "".join(said).lower(), number
    collection = next(text for text in said if "postman_collection.json\n" in text.partition("{")[0])
    for number in (5, 8, 11, 12, 13, 14, 21, 24):
        assert without_secrets(live(number)) in collection, number


def test_each_live_token_in_a_name_is_told_at_its_place():
    """Findings lead to the text as it is written, though what they say is without; nothing else is odd about it."""
    loaded = document(EVERYWHERE)
    findings = convert(loaded).findings
    assert {finding.rule for finding in findings} == {"secret-in-text"}
    places = [(entry.position.line, entry.position.column) for entry in locate(loaded, findings)]
    lines = EVERYWHERE.split("\n")
    for line, column in places:
        after = "".join(lines[line - 1 : line + 1])[column - 1 :]
        assert re.search(r"ghp_|x67hp_|gh\\", after[:60]), after
    assert len(places) > 30
    assert not [each for each in findings if re.search(r"ghp_\d\d", f"{each.message}{each.hint}{each.place.pointer}")]


def test_nothing_that_is_said_or_kept_of_a_document_holds_a_live_token(tmp_path):
    """A check's findings, the objects that were met, and a file of known findings are without."""
    loaded = document(EVERYWHERE)
    found = check(loaded, CheckOptions(reference=True))
    validated = validate(loaded).value
    kept = [repr(found), repr([visit.node for visit in validated.visits]), repr(validated.document.root)]
    assert not [each for each in kept if re.search(r"ghp_\d\d", each)]
    assert "second-opinion" not in {finding.rule for finding in found}


def test_a_live_token_in_a_name_stays_where_it_is_allowed():
    """What the settings except is written as it stands, be it a name or what leads to it."""
    converted = convert(document(EVERYWHERE), Options(allowed_secrets=("ghp_",)))
    assert not converted.findings
    assert live(21) in converted.value.files[".postman_collection.json"]


@pytest.mark.parametrize(
    ("pattern", "further"), [("^ghp_[A-Za-z0-9]+$", ""), ("(a|aa)+$", " " + "a" * 60 + "!")], ids=["end", "work"]
)
def test_what_is_allowed_is_judged_in_one_way(pattern, further):
    """A line's end is not the end of a text; what is told is done, and whatever a pattern takes, it is soon done."""
    written = WITH_TOKEN.replace(LIVE, f'"{LIVE}{further}\\n"')
    converted = convert(document(written), Options(allowed_secrets=(pattern,)))
    assert "secret-in-text" in {finding.rule for finding in converted.findings}
    assert all(LIVE not in content for content in converted.value.files.values())


def test_two_tokens_stay_two_names():
    """Properties that differ by a token only do not become one."""
    properties = {live(number): {"type": "integer"} for number in range(50)}
    assert len({without_secrets(name) for name in properties}) == 50
    twins = {without_secrets(live(1)): {"type": "integer"}, live(1): {"type": "string"}}
    content = {"application/json": {"schema": {"type": "object", "properties": twins, "required": list(twins)}}}
    paths = {"/a": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": "OK"}}}}}
    tree = {"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": paths}
    schema = validate(document(json.dumps(tree))).value.document.root["paths"]["/a"]["post"]["requestBody"]["content"]
    assert len(schema["application/json"]["schema"]["properties"]) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"get_{LIVE}", True),
        (f"a%2F{LIVE}", True),
        (f"\\n{LIVE}", True),
        ("xAKIAABCDEFGHIJKLMNOP", False),
        ("x_AKIAABCDEFGHIJKLMNOP", True),
        ("task_live_configurationparameters", False),
        ("get_sk_live_" + "a1" * 10, True),
    ],
)
def test_a_live_token_begins_with_a_word(text, told):
    """Names are made of words in several ways; a few letters within a word are no token."""
    assert bool(list(secret_places({"operationId": text}, ()))) == told


def test_aliases_of_a_secret_are_copied_once():
    """What YAML lets stand in many places is made harmless once, not written out for each."""
    rows = [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 7)]
    text = f"a0: &a0 ['{LIVE}']\n" + "\n".join(rows)
    paths = '\nopenapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'
    root = validate(document(text + paths)).value.document.root
    assert root["a1"][0] is root["a1"][8] is root["a0"]
    assert root["a0"] == [without_secrets(LIVE)]


ADDRESSES = (
    "https://me:S3cr3tPassw0rd@other.example/x.json#/R",
    "https://S3cr3tPassw0rd@other.example/x.json#/R",
    "https://other.example/x.json?api_key=S3cr3tPassw0rd#/R",
)


@pytest.mark.parametrize("output", ["text", "json", "sarif", "junit", "github", "convert"])
def test_no_report_names_a_reference_with_its_credentials(tmp_path, output):
    """A reference to a document on a host that wants a password is told without it, by all reports."""
    responses = {str(200 + number): {"$ref": address} for number, address in enumerate(ADDRESSES)}
    tree = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": responses}}},
    }
    (tmp_path / "a.json").write_text(json.dumps(tree, indent=1))
    words = ["convert", "a.json"] if output == "convert" else ["check", "a.json", "--format", output]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "generator", *words, "--allow-remote"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60)
    told = done.stdout + done.stderr
    assert told.count(b"https://other.example/x.json") >= len(ADDRESSES)
    assert b"S3cr3t" not in told
