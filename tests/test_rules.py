"""Every rule against its own bad and good specifications, found by their folders' names."""

import re
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from generator.checking import CheckOptions, Policy, check
from generator.document import Source, SpecificationVersion, parse
from generator.validation.rules.catalogue import RULES, RULES_BY_NAME
from tests.conftest import REPOSITORY

TESTS = REPOSITORY / "tests"
EXAMPLES = sorted(path for kind in ("bad", "good") for path in (TESTS / kind).glob("*/*"))
OPTIONS = CheckOptions(policy=Policy(scope_pattern=r"^[a-z]+\.(read|write)$"))


def findings_of(path: Path):
    """Return what a check says of the file."""
    loaded = parse({path.name: Source(uri=path.name, content=path.read_bytes())}, path.name)
    options = replace(OPTIONS, reference=path.parent.name == "second-opinion")
    return loaded.findings if loaded.value is None else check(loaded.value, options, loaded.findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_is_complete(rule):
    """A rule has all its words, YAML that can be read, and both examples for each version that it is for."""
    assert all(text.strip() for text in (rule.what, rule.why, rule.wrong, rule.right, rule.source))
    assert rule.what.endswith(".")
    yaml.safe_load(rule.wrong)
    yaml.safe_load(rule.right)
    versions = {version.value for version in rule.versions if version is not SpecificationVersion.V3_2}
    for kind in ("bad", "good"):
        names = {path.stem for path in (TESTS / kind / rule.name).glob("*")}
        assert names, f"tests/{kind}/{rule.name} is missing"
        if rule.check is not None and not names & {"3.2"}:
            assert names >= versions


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: "/".join(path.parts[-3:]))
def test_bad_is_found_and_good_is_not(path):
    """A rule speaks of its bad example, at a place in it, with a reason and a remedy; of its good one it does not."""
    name = path.parent.name
    assert name in RULES_BY_NAME
    found = [finding for finding in findings_of(path) if finding.rule == name]
    assert bool(found) == (path.parts[-3] == "bad"), found
    for finding in found:
        assert finding.message.endswith((".", "?"))
        assert finding.why.strip()
        assert finding.hint.strip()


def test_every_reported_rule_is_described():
    """Whatever name reading, validation and checking report under, `sendready rules` explains."""
    rooms = ("document", "validation", "checking.py", "examples.py", "fillable.py", "ignores.py", "second_opinion.py")
    for room in rooms:
        path = REPOSITORY / "generator" / room
        for module in path.rglob("*.py") if path.is_dir() else [path]:
            names = set(re.findall(r'\brule="([a-z0-9-]+)"', module.read_text(encoding="utf-8")))
            assert names <= RULES_BY_NAME.keys(), module
