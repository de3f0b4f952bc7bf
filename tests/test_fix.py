"""Mending: only lines are added, line ends stay, twice is once, and what was mended passes."""

import difflib
import json

import pytest

from generator import fix
from generator.checking import CheckOptions, Policy, check
from generator.differences import difference
from generator.document import Source, parse
from generator.findings import Severity
from generator.fix import fixed
from generator.pipeline import Options
from generator.validation.walk import walk
from tests.conftest import OK, REPOSITORY, api
from tests.skips import on_posix
from tests.test_cli import sendready

TOKEN_URL = "https://login.acme.com/oauth/token"
OPTIONS = CheckOptions(document=Options(token_url=TOKEN_URL), policy=Policy(public_operations=("GET /health",)))
BARE = """# A comment at the top
openapi: 3.0.3
info: {title: 'Pets', version: "1"}   # kept
paths:
  /health:
    get:
      responses:
        200: {description: OK}  # an integer key
  /pets:
    get:
      responses:
        '200':
          description: |
            A folded

            text
    post: {responses: {"201": {description: Done}}}

# the end
"""
OLD = BARE.replace("openapi: 3.0.3", 'swagger: "2.0"')
JSON = """{
  "openapi": "3.0.3",
  "info": {"title": "Pets", "version": "1"},
  "paths": {
    "/pets": {
      "get": {
        "responses": {
          "200": {"description": "OK"}
        }
      }
    }
  }
}
"""


def mended(text, options=OPTIONS, uri="a.yaml"):
    """Return the mended text, or the text itself."""
    return fixed(document(text.encode(), uri), options) or text


def document(content, uri="a.yaml", **beside):
    """Return what is read from `content` and from the files `beside`."""
    sources = {name: Source(uri=name, content=text) for name, text in ({uri: content} | beside).items()}
    return parse(sources, uri).value


def errors(text, options=OPTIONS):
    """Return the rules that a check of the text finds errors by, and whether a 401 is missing."""
    loaded = parse({"a.yaml": Source(uri="a.yaml", content=text.encode())}, "a.yaml")
    found = check(loaded.value, options, loaded.findings)
    return {f.rule for f in found if f.severity is Severity.ERROR or f.rule == "response-401"}


@pytest.mark.parametrize("text", [BARE, OLD, JSON, BARE.replace("\n", "\r\n"), "\ufeff" + BARE, BARE.rstrip("\n")])
def test_what_was_mended_passes_and_only_grew(text):
    """Flow, requirement, 401 and `security: []` are added; no line goes; mending twice is mending once."""
    assert errors(text)
    result = mended(text)
    assert errors(result) == set()
    assert mended(result) == result
    assert result.count("\r\n") == (result.count("\n") if "\r\n" in text else 0)
    assert result.startswith("\ufeff") == text.startswith("\ufeff")
    changes = list(difflib.ndiff(text.splitlines(), result.splitlines()))
    gone = [line for line in changes if line.startswith("- ")]
    assert all(line[2:].rstrip("}").strip() in result for line in gone)
    assert len(gone) <= (1 if text is not JSON else 3)  # what stands on one line grows on it


def test_public_operations_say_so_and_get_no_401():
    """The operation that the settings list as public gets `security: []` and nothing else."""
    result = mended(BARE)
    health = result[result.index("/health") : result.index("/pets")]
    assert "      security: []\n" in health
    assert "401" not in health
    assert "        '401':\n          description: The access token is missing" in result


def test_a_flow_without_scopes_gets_them_where_it_stands():
    """`scopes: {}` is the only line that is added to an export that lacks it."""
    text = (REPOSITORY / "specs/parcel-tracking.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("          scopes:", "            parcels."))]
    result = mended("".join(kept), CheckOptions())
    added = [line[2:] for line in difflib.ndiff("".join(kept).splitlines(), result.splitlines()) if line[:2] == "+ "]
    assert added == ["          scopes:", '            parcels.read: ""', '            parcels.write: ""']


def test_scopes_that_are_asked_for_are_declared_where_they_are_named_as_agreed():
    """What operations ask for is declared, but what the settings would refuse and what other flows declare."""
    flow = "{authorizationUrl: 'https://a.acme.com/a', tokenUrl: 'https://a.acme.com/t', scopes: {b.read: B}}"
    text = BARE.replace("get:", "get:\n      security: [{o: [a.read, b.read, Pets]}]").replace(
        "# the end",
        f"components: {{securitySchemes: {{o: {{type: oauth2, flows: {{authorizationCode: {flow}, "
        "clientCredentials: {tokenUrl: 'https://a.acme.com/t'}}}}}\nsecurity: [{o: []}]",
    )
    options = CheckOptions(policy=Policy(scope_pattern="^[a-z.]+$"))
    assert """clientCredentials: {tokenUrl: 'https://a.acme.com/t', scopes: {"a.read": ""}}""" in mended(text, options)
    assert '{"Pets": "", "a.read": ""}' in mended(text, CheckOptions())


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ("{type: apiKey, in: header, name: X-Key}", "The credentials are missing or not valid."),
        ("{type: http, scheme: basic}", "The credentials are missing or not valid."),
        ("{type: http, scheme: bearer}", "The access token is missing or no longer valid."),
    ],
)
def test_a_401_speaks_of_what_the_operation_wants(scheme, words):
    """Only where a token is sent is one missing."""
    text = BARE.replace("# the end", f"components: {{securitySchemes: {{o: {scheme}}}}}\nsecurity: [{{o: []}}]")
    result = mended(text, CheckOptions())
    assert result.count(words) == result.count("401") == 3


def test_an_address_under_a_misspelt_name_gets_no_other_beside_it():
    """The author has to say whether it is the one; what is missing altogether is added."""
    text = BARE.replace("# the end", "components: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {")
    assert "tokenUrl" not in mended(f"{text}tokenURL: 'https://a.acme.com/t', scopes: {{}}}}}}}}}}}}\n")
    assert f"tokenUrl: {TOKEN_URL}" in mended(f"{text}scopes: {{}}}}}}}}}}}}\n").replace('"', "")


def test_what_cannot_be_read_is_left_alone():
    """Broken YAML, another encoding and a clean document give nothing to write."""
    assert fixed(document(BARE.encode("utf-16")), OPTIONS) is None
    assert fixed(document(mended(BARE).encode()), OPTIONS) is None


def test_the_command_shows_first_and_writes_then(tmp_path):
    """--fix --diff prints a diff and writes nothing; --fix writes, and reports on what is then there."""
    path = tmp_path / "a.yaml"
    path.write_text(BARE)
    shown = sendready("check", "a.yaml", "--fix", "--diff", "--token-url", TOKEN_URL, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert path.read_text() == BARE
    assert b"+++ a.yaml" in shown.stdout
    assert b"+        clientCredentials:" in shown.stdout
    done = sendready("check", "a.yaml", "--fix", "--token-url", TOKEN_URL, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert b"Mended: a.yaml" in done.stderr
    assert path.read_text() != BARE
    again = path.read_bytes()
    assert b"Mended" not in sendready("check", "a.yaml", "--fix", "--token-url", TOKEN_URL, cwd=tmp_path).stderr
    assert path.read_bytes() == again
    assert sendready("check", "a.yaml", "--diff", cwd=tmp_path).returncode == 2
    assert sendready("check", "-", "--fix", cwd=tmp_path, given=BARE.encode()).returncode == 2


@on_posix
def test_a_link_is_not_mended(tmp_path):
    """What is mended is a file, not a link to one, which would be replaced."""
    (tmp_path / "a.yaml").write_text(BARE)
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    done = sendready("check", "--fix", "link.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert b"is a link; name the file" in done.stderr
    assert (tmp_path / "link.yaml").is_symlink()


def test_a_diff_tells_of_a_last_line_without_end():
    """Lines end at newlines only, and what does not end so is told as `diff` tells it."""
    told = difference("a\u2028b\nc", "a\u2028b\nd", "old", "new")
    assert told.split("\n")[3:] == [
        " a\u2028b",
        "-c",
        "\\ No newline at end of file",
        "+d",
        "\\ No newline at end of file",
        "",
    ]
    assert difference("a", "a", "old", "new") == ""


def test_what_is_mended_may_refer_to_other_files(tmp_path):
    """A scheme in a file beside is known: its operations get their 401, in the entry alone."""
    scheme = "type: oauth2\nflows:\n  clientCredentials: {tokenUrl: 'https://login.acme.com/token', scopes: {}}\n"
    head = BARE.replace(
        "# the end", "components: {securitySchemes: {oauth: {$ref: scheme.yaml}}}\nsecurity: [{oauth: []}]"
    )
    (tmp_path / "scheme.yaml").write_text(scheme)
    (tmp_path / "a.yaml").write_text(head)
    assert sendready("check", "--fix", "a.yaml", cwd=tmp_path).stderr.startswith(b"Mended: a.yaml")
    assert (tmp_path / "a.yaml").read_text().count("401") == 3
    assert (tmp_path / "scheme.yaml").read_text() == scheme
    again = sendready("check", "--fix", "a.yaml", cwd=tmp_path)
    assert again.stderr.startswith(b"Nothing was mended: what is left needs a person.")


def test_where_nothing_is_wrong_nothing_is_left_to_a_person(tmp_path):
    """A file without a finding needs nobody."""
    clean = api(
        {"/a": {"get": {"operationId": "a", "responses": OK}}}, servers=[{"url": "https://api.acme.com"}], security=[]
    )
    (tmp_path / "a.json").write_text(json.dumps(clean))
    (tmp_path / "sendready.toml").write_text("public-api = true\n")
    done = sendready("check", "--fix", "a.json", cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (0, "There was nothing to mend.\n"), done.stdout


def test_what_could_be_mended_in_another_file_is_said_to_be_left(tmp_path):
    """An operation of a file that is referred to lacks a 401: nobody says that this needs a person."""
    beside = "get:\n  responses:\n    '200': {description: OK}\n"
    scheme = "components: {securitySchemes: {k: {type: apiKey, in: header, name: K}}}\nsecurity: [{k: []}]"
    entry = BARE.partition("paths:")[0] + "paths: {/a: {$ref: item.yaml}}\n" + scheme
    (tmp_path / "item.yaml").write_text(beside)
    (tmp_path / "a.yaml").write_text(entry)
    said = sendready("check", "--fix", "a.yaml", cwd=tmp_path).stderr.decode()
    assert said.startswith("Nothing was mended.\nLeft as it is: item.yaml; --fix changes the files that are named")
    assert (tmp_path / "item.yaml").read_text() == beside


def test_the_scopes_that_are_asked_for_are_gathered_once(monkeypatch):
    """A thousand flows without scopes cost one walk over the document for each time that it is read, not one each."""
    asked = []
    monkeypatch.setattr(fix, "walk", lambda document: asked.append(document) or walk(document))
    flow = {"clientCredentials": {"tokenUrl": "https://acme.com/token"}}
    schemes = {f"s{number}": {"type": "oauth2", "flows": flow} for number in range(50)}
    paths = {"/a": {"get": {"security": [{name: [f"read:{name}"]} for name in schemes], "responses": {}}}}
    tree = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths}
    text = json.dumps({**tree, "components": {"securitySchemes": schemes}}, indent=2)
    loaded = parse({"a.json": Source(uri="a.json", content=text.encode())}, "a.json").value
    mended = json.loads(fixed(loaded, CheckOptions()))["components"]["securitySchemes"]
    assert mended["s7"]["flows"]["clientCredentials"]["scopes"] == {"read:s7": ""}
    assert len(asked) <= 5
