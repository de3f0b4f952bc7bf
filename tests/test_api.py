"""The Python API: what README promises is there, typed, and imported only when it is asked for."""

import subprocess
import sys

import pytest

import generator
from tests.conftest import REPOSITORY

SAMPLE = REPOSITORY / "specs/parcel-tracking.yaml"


@pytest.mark.parametrize("name", generator.__all__)
def test_every_public_name_is_there(name):
    """Each name leads to what it says."""
    assert getattr(generator, name) is not None


def test_unknown_names_are_none_of_ours():
    """A mistyped name is an AttributeError, as in every module."""
    with pytest.raises(AttributeError, match="Optoins"):
        generator.Optoins  # noqa: B018 - the access is the test


def test_a_conversion_from_python():
    """A specification is loaded, converted, printed as commands and checked, with options of one's own."""
    document = generator.load(SAMPLE).value
    asked = generator.Options(server="https://api.acme.com", methods=("GET",))
    converted = generator.convert(document, asked)
    assert "https://api.acme.com" in converted.value.files[".postman_collection.json"]
    assert '"POST"' not in converted.value.files[".curl.md"]
    assert "curl" in generator.snippets(document, asked, generator.SnippetFormat.JSON).value
    said = {finding.rule for finding in generator.check(document)}
    off = generator.CheckOptions(severities={"openapi-schema": None})
    assert said - {finding.rule for finding in generator.check(document, off)} == {"openapi-schema"}
    with pytest.raises(generator.UsageError):
        generator.convert(document, generator.Options(tags=("nothing",)))
    with pytest.raises(generator.UsageError, match="header-name"):
        generator.check(document, generator.CheckOptions(severities={"header-name": None}))
    with pytest.raises(generator.UnreadableInputError):
        generator.load("nowhere.yaml")


def test_importing_the_package_imports_no_station():
    """`import generator` costs next to nothing."""
    code = "import sys, generator; sys.exit(any(name.startswith('generator.') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0
