"""Every rule against its own bad and good specifications, found by their folders' names."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from generator.checking import CheckOptions, Policy, check
from generator.document import Source, SpecificationVersion, parse
from generator.findings import Severity
from generator.pipeline import Options, SnippetFormat, convert, snippet_page
from generator.validation.rule import Family
from generator.validation.rules.catalogue import CONVERSION_ONLY, EXPLAINED_BY_NAME, RULES_BY_NAME
from tests.conftest import REPOSITORY, api, document_of

TESTS = REPOSITORY / "tests"
GENERATOR = REPOSITORY / "generator"
MODULES = sorted(path for path in GENERATOR.rglob("*.py") if "Finding(" in path.read_text(encoding="utf-8"))
EXAMPLES = sorted(path for kind in ("bad", "good") for path in (TESTS / kind).glob("*/*"))
BAD = [path for path in EXAMPLES if path.parts[-3] == "bad"]
OPTIONS = CheckOptions(policy=Policy(scope_pattern=r"^[a-z]+\.(read|write)$"))


def findings_of(path: Path):
    """Return what is said of the file by whoever reports the rule: a check, a conversion, a writer of .http files."""
    return checked(path) if path.parent.name in RULES_BY_NAME else converted(path)


def checked(path: Path):
    """Return what a check says of the file."""
    loaded = loaded_from(path)
    options = replace(OPTIONS, reference=path.parent.name == "second-opinion")
    return loaded.findings if loaded.value is None else check(loaded.value, options, loaded.findings)


def converted(path: Path):
    """Return what a conversion says of the file, into a .http file where the rule is about these."""
    loaded = loaded_from(path)
    if loaded.value is None:
        return loaded.findings
    if path.parent.name.startswith("http-file-"):
        return snippet_page(loaded.value, Options(), SnippetFormat.HTTP).findings
    options = Options(token_url="https://other.example.com/token" if path.parent.name == "token-url-given" else None)
    return (*loaded.findings, *convert(loaded.value, options).findings)


def loaded_from(path: Path):
    """Return the document of the file."""
    return parse({path.name: Source(uri=path.name, content=path.read_bytes())}, path.name)


@pytest.mark.parametrize("rule", EXPLAINED_BY_NAME.values(), ids=lambda rule: rule.name)
def test_rule_is_complete(rule):
    """A rule has all its words, and both examples for each version that it is for; what it calls right is YAML."""
    assert all(text.strip() for text in (rule.what, rule.why, rule.wrong, rule.right, rule.source))
    assert rule.what.endswith(".")
    yaml.safe_load(rule.right)
    versions = {version.value for version in rule.versions if version is not SpecificationVersion.V3_2}
    for kind in ("bad", "good"):
        names = {path.stem for path in (TESTS / kind / rule.name).glob("*")}
        assert names, f"tests/{kind}/{rule.name} is missing"
        if (rule.check is not None or rule in CONVERSION_ONLY) and not names & {"3.2"}:
            assert names >= versions


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: "/".join(path.parts[-3:]))
def test_bad_is_found_and_good_is_not(path):
    """A rule speaks of its bad example, at a place in it, with a reason and a remedy; of its good one it does not."""
    name = path.parent.name
    assert name in EXPLAINED_BY_NAME
    found = [finding for finding in findings_of(path) if finding.rule == name]
    assert bool(found) == (path.parts[-3] == "bad"), found
    for finding in found:
        assert finding.message.endswith((".", "?"))
        assert finding.why.strip()
        assert finding.hint.strip()


def worst(findings, name: str) -> Severity | None:
    """Return the gravest severity of what `findings` say under the rule."""
    said = [finding.severity for finding in findings if finding.rule == name]
    return min(said, key=list(Severity).index, default=None)


@pytest.mark.parametrize("path", BAD, ids=lambda path: "/".join(path.parts[-2:]))
def test_rule_is_as_grave_as_it_says(path):
    """What `sendready rules` says of severities is what a check and a conversion make of the bad example."""
    rule = EXPLAINED_BY_NAME[path.parent.name]
    if rule in CONVERSION_ONLY:
        assert rule.family is Family.CONVERSION
        assert (worst(checked(path), rule.name), worst(converted(path), rule.name)) == (None, rule.severity)
    else:
        assert (worst(checked(path), rule.name), worst(converted(path), rule.name)) == (rule.severity, rule.conversion)


@pytest.mark.parametrize("path", BAD, ids=lambda path: "/".join(path.parts[-2:]))
def test_each_finding_is_as_grave_as_its_rule_says(path):
    """No finding has a severity that the words of its rule do not name, whichever rule's example the file is."""
    for finding in checked(path):
        rule = RULES_BY_NAME[finding.rule]
        assert finding.severity is rule.severity or rule.severity_else.startswith(finding.severity.value), finding
    for finding in converted(path):
        rule = EXPLAINED_BY_NAME[finding.rule]
        usual = rule.severity if rule in CONVERSION_ONLY else rule.conversion
        assert finding.severity is usual or rule.conversion_else.startswith(finding.severity.value), finding


@pytest.mark.parametrize("rule", EXPLAINED_BY_NAME.values(), ids=lambda rule: rule.name)
def test_a_rule_whose_check_sets_severities_says_so(rule):
    """A check that sets the severity of a problem itself belongs to a rule whose words tell when."""
    sets = rule.check is not None and "severity=" in inspect.getsource(rule.check)
    assert not sets or rule.severity_else or rule.conversion_else


def test_every_rule_is_in_the_catalogue():
    """Whatever rule is written down, `sendready rules` lists."""
    folder = GENERATOR / "validation" / "rules"
    names = [f"generator.validation.rules.{path.parent.name}.{path.stem}" for path in folder.glob("*/[!_]*.py")]
    written = {importlib.import_module(name).RULE.name for name in names}
    assert written == EXPLAINED_BY_NAME.keys()
    assert len(names) == len(written)


def words_for_rules(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what stands in a module where the name of a rule is wanted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "_fatal":
                yield node.args[1]
            elif called == "Finding" and (given := {keyword.arg: keyword.value for keyword in node.keywords}):
                yield given["rule"]


def named_rules(word: ast.expr) -> set[str] | None:
    """Return the names that an expression can be; None where it takes them from a rule, or from its caller."""
    if isinstance(word, ast.IfExp):
        return (named_rules(word.body) or set()) | (named_rules(word.orelse) or set())
    if isinstance(word, ast.Constant):
        return {word.value}
    assert ast.unparse(word) in {"RULE.name", "rule.name", "self.name", "rule"}
    return None


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_every_reported_rule_is_explained(path):
    """Whatever name anything in the package reports under, `sendready rules` explains it."""
    for word in words_for_rules(ast.parse(path.read_text(encoding="utf-8"))):
        assert (named_rules(word) or set()) <= EXPLAINED_BY_NAME.keys()


@pytest.mark.parametrize("flow", [[], {}, 1, True, None])
def test_a_flow_that_is_no_word_is_told(flow):
    """Whatever stands in the place of a flow's name is a finding, and ends no check."""
    scheme = {"type": "oauth2", "flow": flow, "tokenUrl": "https://a.test/t", "scopes": {}}
    tree = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {}, "securityDefinitions": {"o": scheme}}
    assert "flow-grant" in {finding.rule for finding in check(document_of(tree), CheckOptions())}


def test_a_type_that_is_no_word_is_told():
    """Whatever stands in the place of a type's name is a finding, and ends no check of a default."""
    schema = {"type": {"$ref": []}, "default": True, "enum": [True]}
    found = check(document_of(api({}, components={"schemas": {"S": schema}})), CheckOptions())
    assert "openapi-schema" in {finding.rule for finding in found}
