"""What a specification may cost: whatever it asks for, the work stays within what its size explains."""

import json
import os
import subprocess
import sys
import time

import pytest

from generator import guesses, idle, ignores, located, references
from generator.checking import CheckOptions, check
from generator.document import Source, parse, values
from generator.expressions import is_found
from generator.findings import Place, Severity, UnreadableInputError
from generator.json_values import LongPointerError
from generator.pipeline import Folders, Options, convert
from generator.readers import read
from generator.references import Target, resolve
from generator.request import schemas
from generator.samples import patterns
from generator.samples.patterns import is_pattern, pattern_text
from generator.servers import own
from generator.settings.file import find_settings
from generator.settings.values import DocumentSettings, Override, Settings
from generator.validation import metaschemas, parts, reach, validate
from generator.validation.rule import Policy
from generator.validation.rules.sendable import operations_left_out
from generator.validation.secret_search import secret_places
from tests.conftest import OK, REPOSITORY, api, document_of


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a{400})(\1{4000})",
        r"(a{4000})(\1{4000})(\2{4000})",
        r"(?:(?:$){4000}){4000}",
        r"(?:(?=(x{0,9}))){4000}(?:(?:(?:a|b){0,20}){0,20}){0,20}(?!)",
        r"(?:(?=x)(?:a?){100}){4096}",
    ],
)
def test_what_is_written_for_a_pattern_is_bounded(pattern, monkeypatch):
    """Back references and nested repetitions neither multiply the text nor the number of parts that are written."""
    parts, written, tried = 0, [], []
    part, text, judge = patterns._Writer._part, patterns._Writer.text, patterns.matches

    def counted(writer, operator, argument):
        nonlocal parts
        parts += 1
        assert parts < 120_000
        return part(writer, operator, argument)

    monkeypatch.setattr(patterns._Writer, "_part", counted)

    def recorded(writer, tree):
        written.append(text(writer, tree))
        return written[-1]

    monkeypatch.setattr(patterns._Writer, "text", recorded)
    monkeypatch.setattr(patterns, "matches", lambda one, other: tried.append(other) or judge(one, other))
    patterns._search.cache_clear()
    pattern_text(pattern)
    assert max(map(len, written)) < 20_000
    assert len(tried) == len(set(tried)), "no text is judged twice"


def test_a_very_long_pattern_counts_as_unreadable():
    """Engines take minutes to compile what is long enough, so that it is not asked of them."""
    assert is_pattern("a" * 4000)
    assert not is_pattern("(?=a)" * 100_000)
    assert pattern_text(r"\p{L}" * 100_000, 5, 9) is not None


def test_folders_are_not_deeper_than_people_read():
    """A path of hundreds of segments ends in a folder at a depth that importers accept."""
    path = "/" + "/".join(f"s{number}" for number in range(600))
    value = convert(document_of(api({path: {"get": {"responses": OK}}})), Options(folders=Folders.PATHS)).value
    assert value is not None
    items, depth = json.loads(value.files[".postman_collection.json"])["item"], 0
    while "item" in items[0]:
        items, depth = items[0]["item"], depth + 1
    assert depth == 20
    assert items[0]["request"]["url"]["path"][-1] == "s599"


def test_searching_for_secrets_is_linear():
    """Spaces after a word, and words that begin like tokens, are each looked at once."""
    texts = ["# secret" + " " * 200_000, "eyJaaaaaaaaaa-" * 40_000, "eyJaaaaaaaaaa." * 40_000, "token=" * 60_000]
    examples = {f"e{number}": {"value": text} for number, text in enumerate(texts)}
    content = {"application/json": {"examples": examples}}
    tree = api({"/a": {"get": {"responses": {"200": {"description": "x", "content": content}}}}})
    started = time.monotonic()
    assert list(secret_places(tree, ())) == []
    assert time.monotonic() - started < 20, "it took hours"


def test_making_secrets_harmless_is_linear():
    """A list of very many secrets is copied once, not once for each."""
    examples = [f"ghp_{number:036d}" for number in range(30_000)]
    tree = api({"/a": {"get": {"responses": OK, "x-list": {"example": examples}}}})
    document = document_of(tree)
    started = time.monotonic()
    harmless = validate(document).value.document
    assert time.monotonic() - started < 20, "it took minutes"
    found = harmless.root["paths"]["/a"]["get"]["x-list"]["example"]
    assert len(found) == len(examples)
    assert not set(found) & set(examples)
    assert document.root["paths"]["/a"]["get"]["x-list"]["example"] == examples


@pytest.mark.parametrize("gap", ["", ": ", " = ", '": "'])
def test_secrets_are_found_behind_what_stands_before_them(gap):
    """A bounded gap is room enough for what people write between a word and its secret."""
    text = f"the token{gap or ' '}{'Zx9Qw8Er7Ty6Ui5Op4As3Df2'} is it"
    tree = api({"/a": {"get": {"description": text, "responses": OK}}})
    assert [found.kind for found in secret_places(tree, ())] == ["a secret"]


def test_only_the_first_names_are_guessed_at(monkeypatch):
    """Thousands of references that lead nowhere cost one look at their neighbours for the first of them only."""
    asked = []
    monkeypatch.setattr(guesses, "closest", lambda name, known: asked.append(name))
    schemas = {f"S{number}": {"$ref": f"#/components/schemas/T{number}"} for number in range(300)}
    found = check(document_of(api({"/a": {"get": {"responses": OK}}}, components={"schemas": schemas})), CheckOptions())
    assert sum(finding.rule == "reference-resolves" for finding in found) == 300
    assert len(asked) == 20


def test_addresses_are_joined_once(monkeypatch):
    """Where many schemas have an `$id`, each reference is looked up; no address is made more than a few times."""
    joined = []
    for module in (references, values):
        judge = module.join
        monkeypatch.setattr(module, "join", lambda base, address, judge=judge: joined.append(1) or judge(base, address))
    count = 300
    schemas = {
        f"S{number}": {"$id": f"https://a.test/{number}", "properties": {"next": {"$ref": f"{(number + 1) % count}"}}}
        for number in range(count)
    }
    tree = api({"/a": {"get": {"responses": OK}}}, openapi="3.1.0", components={"schemas": schemas})
    document = document_of(tree)
    for number in range(count):
        base = Place(document.uri, f"/components/schemas/S{number}/properties/next")
        target = resolve(document, str((number + 1) % count), base)
        assert isinstance(target, Target)
        assert target.place.pointer == f"/components/schemas/S{(number + 1) % count}"
    assert len(joined) < 5 * count


def test_what_operations_share_is_looked_at_once(monkeypatch):
    """A reference without a target is looked for once, not once for each operation that may need it."""
    followed = []
    judge = reach.resolve
    monkeypatch.setattr(reach, "resolve", lambda *given: followed.append(given) or judge(*given))
    schemas = {f"S{number}": {"items": {"$ref": f"#/components/schemas/S{number + 1}"}} for number in range(50)}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}
    paths = {f"/{number}": {"post": {"requestBody": body, "responses": OK}} for number in range(50)}
    paths["/sent"] = {"get": {"responses": OK}}
    result = validate(document_of(api(paths, components={"schemas": schemas})))
    assert len(result.value.broken_operations) == 50
    assert len(followed) < 200


def test_scripts_of_token_requests_do_not_grow_with_their_number():
    """A token request's scripts hold its own endpoint; each of many holding all would multiply the file."""

    def largest(count):
        schemes = {
            f"s{number}": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": f"https://a{number}.test/token", "scopes": {}}},
            }
            for number in range(count)
        }
        paths = {f"/{name}": {"get": {"responses": OK, "security": [{name: []}]}} for name in schemes}
        tree = api(paths, components={"securitySchemes": schemes})
        items = json.loads(convert(document_of(tree), Options()).value.files[".postman_collection.json"])["item"]
        return max(len(json.dumps(item)) for item in _requests(items) if "event" in item)

    assert largest(60) < 1.1 * largest(10)


def _requests(items):
    for item in items:
        yield from _requests(item["item"]) if "item" in item else [item]


def test_a_chain_of_tags_is_followed_once():
    """Each tag's parents are looked at once, however long the chain; a circle at its end is told."""
    tags = [{"name": f"t{number}", "parent": f"t{number + 1}"} for number in range(20_000)]
    tags += [{"name": "t20000", "parent": "t20001"}, {"name": "t20001", "parent": "t20000"}]
    started = time.monotonic()
    found = check(document_of(api({"/a": {"get": {"responses": OK}}}, openapi="3.2.0", tags=tags)), CheckOptions())
    assert time.monotonic() - started < 20, "it took an hour"
    assert [f.place.pointer for f in found if f.rule == "tag-parent"] == ["/tags/20000", "/tags/20001"]


def test_dynamic_anchors_do_not_multiply_definitions():
    """Anchors that hold in every combination are told apart up to a bound; all definitions are read all the same."""
    names = [f"{number}{which}" for number in range(10) for which in "ab"]
    schemas = {
        f"S{name}": {
            "$dynamicAnchor": f"n{name[0]}",
            "properties": {
                **{other: {"$ref": f"#/components/schemas/S{other}"} for other in names},
                "own": {"$dynamicRef": f"#n{name[0]}"},
            },
        }
        for name in names
    }
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0a"}}}}
    tree = api(
        {"/a": {"post": {"requestBody": body, "responses": OK}}}, openapi="3.1.0", components={"schemas": schemas}
    )
    found = read(validate(document_of(tree)).value).value.definitions
    assert len(names) < len(found) < 1500


def test_servers_of_operations_are_compared_once(monkeypatch):
    """The names of the document's servers are looked at once, not once for each pair of servers."""
    looked = []
    named = own.described_name
    monkeypatch.setattr(own, "described_name", lambda choice: looked.append(1) or named(choice))
    count = 40
    documented = [{"url": f"https://d{number}.test"} for number in range(count)]
    paths = {
        f"/{number}": {"get": {"responses": OK, "servers": [{"url": f"https://{each}{number}.test"} for each in "ab"]}}
        for number in range(count)
    }
    assert convert(document_of(api(paths, servers=documented)), Options()).value is not None
    assert len(looked) < 10 * count**2


def test_findings_are_held_against_all_ignores_at_once(monkeypatch):
    """Thousands of entries and thousands of findings are looked at once each, not once for each pair."""
    looks = []
    around = ignores._around
    monkeypatch.setattr(ignores, "_around", lambda finding: (looks.append(each) or each for each in around(finding)))
    paths = {f"/{number}": {"get": {"responses": {}}} for number in range(300)}
    tree = {**api(paths), "x-sendready-ignore": ["response-codes", "responses-present"] * 1000}
    found = check(document_of(tree), CheckOptions())
    assert len(looks) < 20_000
    assert sum(finding.rule == "ignore-effective" for finding in found) == 2000


def test_a_line_of_many_findings_is_searched_for_secrets_once(monkeypatch):
    """JSON without line ends is one line, however much is found in it."""
    searched = []
    harmless = located.without_secrets
    monkeypatch.setattr(located, "without_secrets", lambda text: searched.append(len(text)) or harmless(text))
    tree = api({f"/{number}": {"get": {"responses": {}}} for number in range(300)})
    document = parse({"a.json": Source(uri="a.json", content=json.dumps(tree).encode())}, "a.json").value
    assert document is not None
    found = check(document, CheckOptions())
    told = located.with_excerpts(located.locate_all(found, document.resources), document.resources)
    assert len(told) >= 300
    assert all(entry.excerpt for entry in told)
    assert sum(size > 10_000 for size in searched) == 1


@pytest.mark.parametrize("pattern", ["^([a-z]+[.:]?)+$", "(a+)+$", "(?=a)(a+)+b$", r"(a+)+\1b$"])
def test_an_expression_of_the_settings_ends_with_any_text(pattern):
    """One that a name of a scope could keep busy for ever says of it, at once, that it is another."""
    policy = Policy(scope_pattern=pattern, allowed_secrets=(pattern,))
    flow = {"tokenUrl": "https://a.example/t", "scopes": {"a" * 60 + "!": ""}}
    schemes = {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    document = document_of(api({"/a": {"get": {"responses": OK}}}, components={"securitySchemes": schemes}))
    found = [f for f in check(document, CheckOptions(policy=policy)) if f.rule == "scope-naming"]
    assert len(found) == 1
    assert not is_found(pattern, "\ud800")


@pytest.mark.parametrize("text", [False, True])
@pytest.mark.parametrize("levels", [200, 245, 300, 600])
def test_values_of_any_depth_are_held_against_their_schema(levels, text):
    """What the engine cannot tell the faults of is one fault, or the document is too deep to be read."""
    value = "[" * levels + "]" * levels
    content = {"application/json": {"schema": {"type": "object"}, "example": value if text else "VALUE"}}
    tree = api({"/a": {"post": {"requestBody": {"content": content}, "responses": OK}}})
    written = json.dumps(tree).replace('"VALUE"', value).encode()
    loaded = parse({"a.json": Source(uri="a.json", content=written)}, "a.json")
    if loaded.value is None:
        assert [finding.rule for finding in loaded.findings] == ["too-deep"]
        assert levels > 240
        return
    told = [f.rule for f in (*check(loaded.value, CheckOptions()), *convert(loaded.value, Options()).findings)]
    assert told.count("example-invalid") == 2


@pytest.fixture
def little_is_allowed(monkeypatch):
    """Lower the bounds of what operations may share, so that small documents go beyond them."""
    monkeypatch.setattr(operations_left_out, "_PARTS", 10_000)
    monkeypatch.setattr(operations_left_out, "_TEXT", 500_000)


def _operations_left_out(tree):
    """Return what a check and a conversion say of operations that are left out, and what was converted."""
    document = document_of(tree)
    checked, converted = check(document, CheckOptions()), convert(document, Options())
    found = [[f for f in findings if f.rule == "operations-left-out"] for findings in (checked, converted.findings)]
    return found, converted.value


@pytest.mark.usefixtures("little_is_allowed")
def test_parameters_of_a_path_item_are_not_written_for_thousands_of_operations():
    """Of many operations that share very many parameters, those that go beyond the bound are left out, and told."""
    shared = [{"name": f"q{number}", "in": "query", "schema": {"type": "string"}} for number in range(300)]
    methods = {f"M{number}": {"responses": OK} for number in range(60)}
    item = {"parameters": shared, "additionalOperations": methods}
    found, value = _operations_left_out(api({"/a": item}, openapi="3.2.0"))
    assert [f.severity for findings in found for f in findings] == [Severity.ERROR] * 2
    assert 20 < value.requests < 50


@pytest.mark.usefixtures("little_is_allowed")
def test_path_items_that_many_paths_refer_to_are_bounded():
    """What paths share behind a reference counts for each of them, in check and in a conversion."""
    item = {"parameters": [{"name": f"q{number}", "in": "query", "schema": {}} for number in range(300)]}
    item["get"] = {"responses": OK}
    paths = {f"/{number}": {"$ref": "#/components/pathItems/Shared"} for number in range(60)}
    found, value = _operations_left_out(api(paths, openapi="3.1.0", components={"pathItems": {"Shared": item}}))
    assert [len(findings) for findings in found] == [1, 1]
    assert 20 < value.requests < 50


@pytest.mark.usefixtures("little_is_allowed")
def test_a_long_body_that_many_operations_share_is_bounded():
    """Requests are built up to a size; the first that goes beyond it is named."""
    body = {"content": {"application/json": {"schema": {"type": "string"}, "example": "y" * 20_000}}}
    operation = {"requestBody": {"$ref": "#/components/requestBodies/B"}, "responses": OK}
    paths = {f"/{number}": {"post": operation} for number in range(60)}
    (_, (finding,)), value = _operations_left_out(api(paths, components={"requestBodies": {"B": body}}))
    assert finding.place.pointer == f"/paths/~1{value.requests}/post"
    assert 10 < value.requests < 40


def test_a_name_of_a_page_is_not_repeated_for_each_of_many_faults():
    """A path of very many parameters is not written out in full for each of them that is not described."""
    path = "/" + "".join(f"{{p{number}}}" for number in range(600))
    findings = check(document_of(api({path: {"get": {"responses": OK}}})), CheckOptions())
    found = [f for f in findings if f.rule == "path-parameters"]
    assert len(found) == 600
    assert max(len(f.message) for f in found) < 2500
    assert found[-1].message.startswith("The path parameter `p599`")


def test_members_of_a_form_are_looked_up_once(monkeypatch):
    """The schemas of a form's fields are gathered for the form, not again for each field."""
    gathered = []
    judge = schemas.members
    monkeypatch.setattr(schemas, "members", lambda *given: gathered.append(1) or judge(*given))
    fields = {f"f{number}": {"type": "string"} for number in range(300)}
    content = {
        media_type: {"schema": {"type": "object", "properties": fields}}
        for media_type in ("application/x-www-form-urlencoded", "multipart/form-data")
    }
    paths = {
        f"/{name}": {"post": {"requestBody": {"content": {name: node}}, "responses": OK}}
        for name, node in content.items()
    }
    assert convert(document_of(api(paths)), Options()).value is not None
    assert len(gathered) < 20


def test_where_not_all_faults_are_told_that_is_told():
    """A document of very many faults by the official schema gets the first ones, and the word that there are more."""
    tree = api({f"/a{number}": {"get": {"responses": OK, "tags": number}} for number in range(300)})
    found = [f for f in validate(document_of(tree)).findings if f.rule == "openapi-schema"]
    assert len(found) == 201
    assert found[-1].message == "There are further faults of this kind than the 200 that are told."


def test_where_not_all_faults_are_looked_at_that_is_told(monkeypatch):
    """The look at faults ends with a word, however few of those it saw are worth telling."""
    monkeypatch.setattr(metaschemas, "_MOST_ERRORS", 10)
    for number, last in ((10, ""), (11, "Only the first 10 faults against the official schema were looked at.")):
        tree = api({f"/a{each}": {"get": {"responses": OK, "tags": each}} for each in range(number)})
        found = [f.message for f in validate(document_of(tree)).findings if f.rule == "openapi-schema"]
        assert len(found) == number
        assert (found[-1] == last) == bool(last)


def test_where_many_files_lie_the_look_at_them_ends(tmp_path, monkeypatch):
    """Nothing is said of a pattern that may be for a file that was not looked at."""
    monkeypatch.setattr(idle, "_MOST_FILES", 3)
    settings = Settings(folder=tmp_path, overrides=(Override(files=("x/**/**/**/a",), settings=DocumentSettings()),))
    (tmp_path / "b").write_text("")
    assert list(idle.idle_overrides(settings, ()))
    (tmp_path / "c").write_text("")
    (tmp_path / "d").write_text("")
    assert not list(idle.idle_overrides(settings, ()))


def test_files_near_by_are_looked_at_once_for_all_overrides(tmp_path, monkeypatch):
    """A thousand overrides that match nothing look at the folders, and at their own lines, once."""
    (tmp_path / "a").write_text("")
    table = '[[overrides]]\nfiles = ["x/*", "y"]\n'
    (tmp_path / "sendready.toml").write_text(table * 1000)
    settings = find_settings(tmp_path)
    looks = []
    for module, name in ((os, "walk"), (idle, "_names_in"), (idle, "key_lines")):
        original = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, original=original: looks.append(given) or original(*given))
    told = list(idle.idle_overrides(settings, ()))
    assert told[-1].startswith(f"{tmp_path / 'sendready.toml'}:2000: files ")
    assert (len(told), len(looks)) == (1000, 3)


def test_a_large_document_is_held_against_the_official_schema_in_parts(monkeypatch):
    """Each fault is found in its part; of an operation too large for one that is told, and nothing untrue is said."""
    large = {"200": {"content": {"application/json": {"example": list(range(100))}}, "description": "OK"}}
    tree = api({f"/a{number}": {"get": {"responses": OK, "tags": number}} for number in range(3)})
    tree["paths"]["/b"] = {"get": {"responses": large}}
    tree["components"] = {"schemas": {"A": {"type": 3}}}
    document = document_of(tree)
    whole = {f.place.pointer for f in validate(document).findings if f.rule == "openapi-schema"}
    monkeypatch.setattr(parts, "MOST_NODES", 20)
    found = [f for f in validate(document).findings if f.rule == "openapi-schema"]
    example = "/paths/~1b/get/responses/200/content/application~1json/example"
    assert {f.place.pointer for f in found} == {*whole, example}
    assert [f.place.pointer for f in found if "is not held against the official schema" in f.message] == [example]


def test_names_that_are_too_long_together_end_the_reading(tmp_path):
    """The name of a place is written out for all that lies below it: 400 KB took 3.6 GB."""
    tree = api({"/" + "a" * 5000: {"get": {"responses": OK}}})
    assert issubclass(LongPointerError, UnreadableInputError)
    with pytest.raises(LongPointerError, match="are longer than 4,096 characters together"):
        convert(document_of(tree), Options())
    (tmp_path / "a.json").write_text(json.dumps(tree))
    command = [sys.executable, "-m", "generator", "check", str(tmp_path / "a.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert done.returncode == 2
    assert "a.json: the names on the way to `/paths/~1aaa" in done.stderr
