"""The check as a process: exit codes, settings, known findings, what is found where."""

import json

import pytest

from generator.document import Source, parse
from generator.findings import Severity
from generator.validation.metaschemas import metaschema_findings
from tests.conftest import BAD, GOOD, HEAD, OPERATION, SCHEME
from tests.test_cli import sendready


def findings(folder, *arguments):
    """Return the findings of a check as (rule, file, line)."""
    done = sendready("check", *arguments, "--format", "json", cwd=folder)
    assert done.returncode in {0, 1}, done.stderr
    return [(entry["rule"], entry["file"], entry["line"]) for entry in json.loads(done.stdout)["findings"]]


def test_a_good_specification_passes_in_silence(files):
    """Nothing is found, the exit code is 0, and standard error is empty."""
    done = sendready("check", "good.yaml", cwd=files)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"1 file checked: nothing to say\n"


def test_a_bad_one_fails_at_its_line_with_why_and_remedy(files):
    """The text names file, line and column, shows the line with a caret, and fits into 80 columns."""
    done = sendready("check", "good.yaml", "bad.yaml", cwd=files)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert "bad.yaml:5:5: error [operations-secured]" in text
    assert "       5 |     get:\n         |     ^\n" in text
    assert "  why: " in text
    assert "  mend: " in text
    assert "2 files checked: 1 error" in text
    assert max(map(len, text.splitlines())) <= 80


def test_unreadable_input_is_2_and_syntax_is_1(files):
    """A file that is not there cannot be judged; one that is no YAML is judged."""
    assert sendready("check", "nowhere.yaml", cwd=files).returncode == 2
    (files / "broken.yaml").write_text("openapi: 3.0.3\npaths: [\n")
    assert findings(files, "broken.yaml") == [("yaml-syntax", "broken.yaml", 3)]
    assert sendready("check", "broken.yaml", cwd=files).returncode == 1


def test_fail_on_warning(files):
    """A warning passes unless asked otherwise, by flag or by settings."""
    (files / "warned.yaml").write_text(GOOD.replace(', "401": {description: No}', ""))
    assert sendready("check", "warned.yaml", cwd=files).returncode == 0
    assert sendready("check", "warned.yaml", "--fail-on", "warning", cwd=files).returncode == 1
    (files / "sendready.toml").write_text('fail-on = "warning"')
    assert sendready("check", "warned.yaml", cwd=files).returncode == 1


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ('severities = { operations-secured = "off" }', []),
        ('public-operations = ["GET /p*"]', []),
        ('public-operations = ["POST /pets"]', ["operations-secured"]),
        ("public-api = true", []),
        ('token-hosts = ["*.other.com"]', ["operations-secured", "token-url-host"]),
        ('token-hosts = ["*.acme.com"]', ["operations-secured"]),
        ('[[overrides]]\nfiles = ["b*.yaml"]\nseverities = { operations-secured = "off" }', []),
    ],
)
def test_settings_decide(files, setting, expected):
    """Severities, public operations and token hosts come from the settings."""
    (files / "sendready.toml").write_text(setting)
    assert sorted(rule for rule, _, _ in findings(files, "bad.yaml")) == expected


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ('severities = { operation-secured = "off" }', b'did you mean "operations-secured"?'),
        ('severities = { operations-secured = "of" }', b"must be one of error, warning, info, off"),
        ('severities = { header-name = "off" }', b'severities are of check, and only a conversion says "header-name"'),
        ('scope-pattern = "["', b"must be a regular expression"),
        ("public-api = 1", b"must be true or false"),
        ('baselin = "x"', b'did you mean "baseline"?'),
    ],
)
def test_wrong_settings_are_2_with_a_suggestion(files, setting, words):
    """Unknown names and values are told with what was probably meant."""
    (files / "sendready.toml").write_text(setting)
    done = sendready("check", "bad.yaml", cwd=files)
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            '# all\npublic-operations = ["GET /pest", "/pets"]',
            ':2: "GET /pest" of public-operations matches no operation',
        ),
        (
            '[[overrides]]\nfiles = "b*.yaml"\npublic-operations = "/no/*"',
            ':3: "/no/*" of public-operations matches no',
        ),
        ('public-operations = ["/pets"]', ""),
        ('strict = true\n[[overrides]]\nfiles = ["bda.yaml", "x/*.yaml"]', ':3: files "bda.yaml", "x/*.yaml" of these'),
        ('[[overrides]]\nfiles = "other.*"', ""),
        ('[[overrides]]\nfiles = "more/*.yaml"', ""),
        ('[[overrides]]\nfiles = "mo*/deep/*.yaml"', ""),
        ('[[overrides]]\nfiles = "more/*z.yaml"', ""),
        ('[[overrides]]\nfiles = "more/?.yml"', ':2: files "more/?.yml" of these'),
    ],
)
def test_settings_without_an_effect_are_told(files, setting, told):
    """A pattern that matches nothing is a slip: a warning with its line; not where it is for another file."""
    (files / "more" / "deep").mkdir(parents=True)
    for name in ("other.yaml", "more/a.yaml", "more/deep/z.yaml"):
        (files / name).write_text(GOOD)
    (files / "sendready.toml").write_text(setting)
    done = sendready("check", "bad.yaml", "good.yaml", cwd=files)
    said = done.stderr.decode()
    assert said.count("warning: ") == bool(told)
    assert told in said
    if "overrides" in setting and "operations" not in setting:
        converted = sendready("convert", "bad.yaml", cwd=files).stderr.decode()
        assert ("match no file" in converted) == bool(told)


def test_a_file_that_cannot_be_read_may_have_the_operation(files):
    """Nothing is said of a pattern that may match what could not be read."""
    (files / "sendready.toml").write_text('public-operations = ["/pest"]')
    (files / "broken.yaml").write_text("paths: [")
    assert sendready("check", "good.yaml", "broken.yaml", cwd=files).stderr == b""


def test_known_findings_pass_and_new_ones_fail(files):
    """A baseline hides what was found when it was written, though its lines have moved, and nothing else."""
    assert sendready("check", "bad.yaml", "--write-baseline", "known.json", cwd=files).returncode == 0
    (files / "bad.yaml").write_text("# moved\n# down\n" + BAD)
    done = sendready("check", "bad.yaml", "--baseline", "known.json", cwd=files)
    assert done.returncode == 0
    assert b"1 known before" in done.stdout
    (files / "bad.yaml").write_text(BAD.replace("/pets:", "/owners:"))
    assert sendready("check", "bad.yaml", "--baseline", "known.json", cwd=files).returncode == 1
    (files / "sendready.toml").write_text('baseline = "known.json"')
    (files / "bad.yaml").write_text(BAD)
    assert sendready("check", "bad.yaml", cwd=files).returncode == 0
    (files / "known.json").write_text("{}")
    assert sendready("check", "bad.yaml", cwd=files).returncode == 2


def test_ignores_need_a_reason_and_an_effect(files):
    """An ignore keeps its rule quiet at its object and below; without effect or reason it is a finding itself."""
    reasoned = "x-sendready-ignore: [{rule: operations-secured, reason: Behind a gateway.}]\n"
    (files / "a.yaml").write_text(BAD + reasoned)
    assert findings(files, "a.yaml") == []
    (files / "a.yaml").write_text(GOOD + reasoned)
    assert [rule for rule, _, _ in findings(files, "a.yaml")] == ["ignore-effective"]
    (files / "a.yaml").write_text(BAD + "x-sendready-ignore: [operations-secured]\n")
    assert [rule for rule, _, _ in findings(files, "a.yaml")] == ["ignore-effective"]
    (files / "a.yaml").write_text(BAD + "x-sendready-ignore: [{rule: operation-secured, reason: A slip.}]\n")
    assert sorted(rule for rule, _, _ in findings(files, "a.yaml")) == ["ignore-effective", "operations-secured"]
    (files / "a.yaml").write_text(GOOD + "x-sendready-ignore: [{rule: header-name, reason: Of a conversion.}]\n")
    assert [rule for rule, _, _ in findings(files, "a.yaml")] == ["ignore-effective"]


def test_rules_are_listed_and_explained(tmp_path):
    """One rule is explained with both examples; a misspelt one is guessed."""
    listed = sendready("rules", cwd=tmp_path)
    assert b"operations-secured" in listed.stdout
    explained = sendready("rules", "operations-secured", cwd=tmp_path)
    for words in (b"What it checks:", b"Why:", b"Wrong:", b"Right:", b"Source:"):
        assert words in explained.stdout
    conversion = sendready("rules", "header-name", cwd=tmp_path)
    assert b"header-name: not reported by check, warning in convert" in conversion.stdout
    wrong = sendready("rules", "operation-secured", cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"did you mean operations-secured?" in wrong.stderr


def test_a_check_imports_no_templates_and_no_other_validator(files):
    """A check pays for nothing that it does not use."""
    done = sendready("check", "bad.yaml", cwd=files, options=("-X", "importtime"))
    modules = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines() if "import time" in line}
    assert not modules & {"minijinja", "rich", "pydantic", "jsonschema", "openapi_spec_validator", "urllib.request"}


def test_rules_look_into_files_that_are_referred_to(tmp_path):
    """A path item, a schema and a parameter in other files: what is wrong there is told with that file and line."""
    entry = HEAD + (
        "paths:\n  /pets/{id}: {$ref: paths/pets.yaml}\n  /owners/{id}: {$ref: paths/pets.yaml}\n"
        + SCHEME
        + 'security: [{oauth: []}]\nservers: [{url: "https://api.acme.com"}]\n'
    )
    item = (
        "get:\n"
        "  operationId: getPet\n"
        "  parameters:\n"
        "    - $ref: ../parts.yaml#/Limit\n"
        '  responses: {"200": {description: OK, content: {application/json: {schema: {$ref: ../parts.yaml#/Pet}}}}}\n'
    )
    parts = "Pet:\n  type: array\nLimit:\n  {name: limit, in: query, schema: {type: integer, default: 'ten'}}\n"
    (tmp_path / "paths").mkdir()
    (tmp_path / "api.yaml").write_text(entry)
    (tmp_path / "paths/pets.yaml").write_text(item)
    (tmp_path / "parts.yaml").write_text(parts)
    found = findings(tmp_path, "api.yaml")
    assert ("items-present", "parts.yaml", 2) in found
    assert ("default-valid", "parts.yaml", 4) in found
    assert ("path-parameters", "paths/pets.yaml", 1) in found
    assert ("response-401", "paths/pets.yaml", 5) in found
    assert len(found) == len(set(found))
    assert not [rule for rule, *_ in found if rule in {"operations-present", "operation-id-unique"}]


@pytest.mark.parametrize(
    "flag", [("--operation", "listPets"), ("--method", "GET"), ("--path", "/pets"), ("--tag", "x")]
)
def test_filters_choose_what_is_checked(tmp_path, flag):
    """What the filters leave out is not judged; where nothing is left, the command says so and what there is."""
    two = GOOD.replace(OPERATION, OPERATION.replace("get:\n", "get:\n      operationId: listPets\n      tags: [x]\n"))
    two = two.replace("components:", "  /bare:\n    post:\n      operationId: bare\n      responses: {}\ncomponents:")
    (tmp_path / "two.yaml").write_text(two)
    assert "responses-present" in {rule for rule, *_ in findings(tmp_path, "two.yaml")}
    assert "responses-present" not in {rule for rule, *_ in findings(tmp_path, "two.yaml", *flag)}
    done = sendready("check", "two.yaml", flag[0], "nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert b"no operation matches; the document's " in done.stderr


def test_a_baseline_that_is_not_there_is_told_with_what_writes_it(files):
    """Settings may name one before it is written: the message says how it is, and that makes it good."""
    (files / "sendready.toml").write_text('baseline = "known.json"')
    done = sendready("check", "bad.yaml", cwd=files)
    assert done.returncode == 2
    assert b"known.json: there is no such baseline; --write-baseline " in done.stderr
    assert sendready("check", "bad.yaml", "--write-baseline", "known.json", cwd=files).returncode == 0
    assert sendready("check", "bad.yaml", cwd=files).returncode == 0


def test_a_baseline_hides_no_file_that_cannot_be_read(files):
    """Where a specification could not be looked at, writing a baseline fails, and an earlier one stays as it was."""
    (files / "known.json").write_text("earlier")
    done = sendready("check", "good.yaml", "dark.yaml", "--write-baseline", "known.json", cwd=files)
    assert done.returncode == 2
    assert (files / "known.json").read_text() == "earlier"


@pytest.mark.parametrize(
    "options",
    [
        ["--write-baseline", "../{folder}/bad.yaml"],
        ["--write-baseline", "."],
        ["--write-baseline", "known.json", "-o", "report.txt"],
        ["--write-baseline", "known.json", "--format", "json"],
        ["--write-baseline", "known.json", "--fix", "--diff"],
    ],
)
def test_a_baseline_is_written_over_no_specification_and_beside_no_report(files, options):
    """What cannot be meant is told before anything is written."""
    options = [option.format(folder=files.name) for option in options]
    before = sorted(path.name for path in files.iterdir())
    done = sendready("check", "bad.yaml", *options, cwd=files)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: --write-baseline ")
    assert (files / "bad.yaml").read_text() == BAD
    assert sorted(path.name for path in files.iterdir()) == before


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (
            "{type: oauth2, flows: {clientCredential: {tokenUrl: 'https://a.nl/t', scopes: {}}}}",
            [("flow-grant", "Call")],
        ),
        ("{type: oauth2, flows: {authorizationCod: {}}}", [("flow-grant", "Call it `authorizationCode`.")]),
        ("{type: oauth2, flows: {magic: {}}}", [("flow-grant", "The flows are `authorizationCode`, ")]),
        (
            "{type: oauth2, flows: {client_credentials: {scopes: {}}}}",
            [("flow-addresses", "Add `tokenUrl`."), ("flow-grant", "Call it `clientCredentials`.")],
        ),
        (
            "{type: oauth2, flows: {clientCredentials: {tokenURL: 'https://a.nl/t', scopes: {}}}}",
            [("flow-addresses", "Did you mean `tokenUrl`, where it says `tokenURL`?")],
        ),
        (
            "{type: oauth2, flows: {client_credentials: {token_url: 'https://a.nl/t', scopes: {}}}}",
            [("flow-addresses", "Did you mean `tokenUrl`"), ("flow-grant", "Call it `clientCredentials`.")],
        ),
        ("{type: oauth2, flows: {}}", [("token-endpoint-missing", "Declare a clientCredentials flow.")]),
        (
            "{type: oauth2, flow: application, tokenUrl: 'https://a.nl/t'}",
            [("version-keywords", "Write `flows: {clientCredentials: {tokenUrl")],
        ),
    ],
)
def test_one_cause_of_a_missing_token_endpoint_is_one_finding(tmp_path, scheme, expected):
    """A misspelt flow, and a scheme of another version, are not also said to need a person, nor to lack scopes.

    Two causes are told at once, and what is misspelt is not said to be missing only.
    """
    text = GOOD[: GOOD.index("    oauth:\n")] + f"    oauth: {scheme}\n" + GOOD[GOOD.index("security: ") :]
    (tmp_path / "a.yaml").write_text(text)
    done = sendready("check", "a.yaml", "--format", "json", cwd=tmp_path)
    found = sorted((e["rule"], e["hint"], e["message"]) for e in json.loads(done.stdout)["findings"])
    assert [rule for rule, _, _ in found] == [rule for rule, _ in expected]
    assert all(hint.startswith(words) for (_, hint, _), (_, words) in zip(found, expected, strict=True))
    assert not [message for _, _, message in found if "need a person" in message]


@pytest.mark.parametrize(
    ("change", "pointer", "message"),
    [
        (
            ("type: oauth2", "type: oauth"),
            "/type",
            '"oauth" is not one of "apiKey", "http", "oauth2", "openIdConnect".',
        ),
        (("      flows:", "      flow:"), "", '"flows" is a required property.'),
        (
            ("        clientCred", "        x: 1\n        clientCred"),
            "/flows/x",
            "Additional properties are not allowed (",
        ),
        (
            ("get:\n", "get:\n      parameters: [{in: body, name: a, schema: {}}]\n"),
            None,
            '"body" is not one of "path", "query", ',
        ),
    ],
)
def test_of_alternatives_the_one_that_is_meant_is_told(change, pointer, message):
    """The word that chooses between alternatives is wrong only where none of them has it."""
    document = parse({"a": Source(uri="a", content=GOOD.replace(*change).encode())}, "a").value
    assert document is not None
    found = {f.place.pointer: f.message for f, _ in metaschema_findings(document, Severity.ERROR)}
    at = "/paths/~1pets/get/parameters/0/in" if pointer is None else f"/components/securitySchemes/oauth{pointer}"
    assert found[at].startswith(f"`{at}`: {message}")


def test_a_fault_is_not_hidden_by_another_at_the_same_object(tmp_path):
    """What the official schema says of one member is told beside what a rule says of another."""
    text = GOOD.replace(
        "get:\n", "get:\n      extra: 1\n      more: 2\n      parameters: [{in: path, name: a, schema: {}}]\n"
    )
    (tmp_path / "a.yaml").write_text(text)
    found = sorted(rule for rule, _, _ in findings(tmp_path, "a.yaml"))
    assert found == ["openapi-schema", "path-parameter-required", "path-parameters"]


def test_a_setting_that_a_document_cannot_have_is_told_at_its_line(files):
    """Where no option was given, the message names the settings, of overrides the last that holds; else the option."""
    override = '[[overrides]]\nfiles = ["{}"]\nserver = "{}"\n'
    settings = 'server = "5"\n' + override.format("good.yaml", 7) + override.format("c.yaml", 8)
    (files / "sendready.toml").write_text(settings)
    said = sendready("check", "good.yaml", cwd=files).stderr
    assert b"sendready.toml:4: server 7: the document has no such server" in said
    said = sendready("check", "good.yaml", "--server", "9", cwd=files).stderr
    assert b"error: --server 9: the document has no such server" in said
