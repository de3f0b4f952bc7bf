"""Settings: where they are looked for, what they say, and what is said of wrong ones."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import UsageError
from generator.settings.file import find_settings
from generator.settings.values import DocumentSettings

NOTHING = DocumentSettings()


def messages(folder: Path) -> list[str]:
    """Return what is said of the wrong settings in `folder`, each from its file's name on."""
    with pytest.raises(UsageError) as raised:
        find_settings(folder)
    return [message.removeprefix(f"{folder}{os.sep}") for message in raised.value.messages]


def test_without_a_file_nothing_is_said(tmp_path):
    """Where there are no settings, all is left to flags and defaults."""
    settings = find_settings(tmp_path)
    assert (settings.folder, settings.document, settings.output, settings.jobs) == (tmp_path, NOTHING, None, None)


def test_every_key_is_read(tmp_path):
    """Each documented key reaches its field; a server's number may be written as a number, a scope as a text."""
    (tmp_path / "sendready.toml").write_text(
        'server = 2\ntoken-url = "https://id.example/t"\nclient-auth = "basic-raw"\nscopes = "a b"\nfolders = "paths"\n'
        'output = "out"\nstrict = true\njobs = 3\ncredentials = "placeholders"\n'
    )
    settings = find_settings(tmp_path)
    assert settings.document == DocumentSettings(
        server="2", token_url="https://id.example/t", client_auth="basic-raw", scopes=("a", "b"), folders="paths"
    )
    assert (settings.output, settings.strict, settings.jobs) == (tmp_path / "out", True, 3)
    assert settings.credentials == "placeholders"


def test_the_nearest_file_counts_and_the_search_ends_at_the_repository(tmp_path):
    """Upwards from the working directory, not beyond the folder with .git; outside a repository only there."""
    outside, inside = tmp_path / "repository", tmp_path / "repository/a/b"
    inside.mkdir(parents=True)
    (tmp_path / "sendready.toml").write_text("jobs = 9")
    assert find_settings(inside).jobs is None
    (outside / ".git").mkdir()
    assert find_settings(inside).jobs is None
    (outside / "sendready.toml").write_text("jobs = 1")
    assert find_settings(inside).jobs == 1
    (inside / "pyproject.toml").write_text("[tool.other]\n")
    assert find_settings(inside).jobs == 1
    (inside / "pyproject.toml").write_text("[tool.sendready]\njobs = 2\n")
    assert find_settings(inside).jobs == 2


def test_a_named_file_must_be_there_and_hold_settings(tmp_path):
    """`--config` names a file that is read, whatever lies nearby; without a table of ours it is wrong."""
    (tmp_path / "sendready.toml").write_text("jobs = 9")
    (tmp_path / "mine.toml").write_text("jobs = 1")
    assert find_settings(tmp_path, tmp_path / "mine.toml").jobs == 1
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(UsageError, match=r"it has no table \[tool.sendready\]"):
        find_settings(tmp_path, tmp_path / "pyproject.toml")
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        find_settings(tmp_path, tmp_path / "absent.toml")


def test_overrides_hold_for_their_files_in_order_and_flags_come_last(tmp_path):
    """Patterns match names, or with a slash paths from the settings' folder, however the document's path is written."""
    (tmp_path / "sendready.toml").write_text(
        'client-auth = "body"\n[[overrides]]\nfiles = ["partner-*.yaml"]\nclient-auth = "basic"\n'
        '[[overrides]]\nfiles = "specs/*"\nserver = "3"\n'
    )
    settings = find_settings(tmp_path)
    for path in (tmp_path / "specs/partner-a.yaml", tmp_path / "sub/../specs/partner-a.yaml"):
        found = settings.for_document(str(path), NOTHING)
        assert (found.client_auth, found.server) == ("basic", "3")
    assert settings.for_document(str(tmp_path / "partner-b.yaml"), NOTHING).server is None
    flags = DocumentSettings(client_auth="basic-raw")
    assert settings.for_document(str(tmp_path / "partner-b.yaml"), flags).client_auth == "basic-raw"


def test_all_that_is_wrong_is_told_at_once_with_its_line(tmp_path):
    """Each wrong key and value is a message with file, line and, where one is near, what was probably meant."""
    (tmp_path / "sendready.toml").write_text(
        'tokn-url = "https://id.example/t"\nclient-auth = "bsic"\nstrict = "yes"\njobs = 0\nscopes = []\n'
        'token-url = "id.example/t"\n\n[documents]\nserver = 1\n\n'
        '[[overrides]]\nclient-auth = "body"\n[[overrides]]\nfiles = ["a"]\njobs = 2\nserver = ""\n'
    )
    assert messages(tmp_path) == [
        'sendready.toml:1: unknown key "tokn-url"; did you mean "token-url"?',
        "sendready.toml:2: client-auth must be one of body, basic, basic-raw, not 'bsic'; did you mean \"basic\"?",
        "sendready.toml:3: strict must be true or false",
        "sendready.toml:4: jobs must be a whole number from 1 upwards",
        "sendready.toml:5: scopes must be a text, or a list of texts",
        'sendready.toml:6: token-url must be a whole web address such as "https://example.com/oauth/token", '
        'not "id.example/t"; did you mean "https://id.example/t"?',
        'sendready.toml:8: unknown key "documents"; the keys are allowed-secrets, auth-scheme, baseline, client-auth, '
        "credentials, fail-on, folders, jobs, output, overrides, public-api, public-operations, remote-hosts, "
        "scope-pattern, scopes, server, severities, strict, token-hosts, token-params, token-url",
        'sendready.toml:11: overrides without the key "files", the patterns of the files that they are for',
        'sendready.toml:15: unknown key "jobs"; it belongs to the top of the file',
        "sendready.toml:16: server must be a text in quotes",
    ]


def test_lines_in_a_project_file_are_those_of_our_tables(tmp_path):
    """In pyproject.toml other tools' keys are not taken for ours; what has no line of its own is told without one."""
    (tmp_path / "pyproject.toml").write_text(
        "[tool.other]\njobs = 0\n[tool.sendready]\njobs = 0\n[tool.sendready.nested]\n[[tool.sendready.overrides]]\n"
        'files = "a"\nfolders = "x"\n'
    )
    assert [message.split(" ")[0] for message in messages(tmp_path)] == [
        "pyproject.toml:4:",
        "pyproject.toml:5:",
        "pyproject.toml:8:",
    ]
    (tmp_path / "pyproject.toml").write_text('tool.sendready = {jobs = 0, overrides = [{files = "a", strict = 1}]}')
    assert [message.partition(";")[0] for message in messages(tmp_path)] == [
        "pyproject.toml: jobs must be a whole number from 1 upwards",
        'pyproject.toml: [[overrides]] 1: unknown key "strict"',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jobs = ", "these settings are not TOML"),
        ("overrides = 3", "overrides must be tables: [[overrides]]"),
        ('[overrides]\nfiles = "a"', "sendready.toml:1: overrides must be tables: [[overrides]]"),
        ('files = "a"', "it belongs into [[overrides]]"),
        ('output = "../elsewhere"', "leads out of"),
        ("server = true", "server must be a text in quotes"),
        (f"jobs = {'9' * 5000}", "these settings are not TOML"),
        (f"a = {'[' * 100_000}{']' * 100_000}", "these settings are not TOML"),
        (f"{'.'.join(['a'] * 50_000)} = 1", "a key of a hundred names"),
        (f"[{'.'.join(['a'] * 50_000)}]", "a key of a hundred names"),
        (f"#{'x' * 1_000_000}", "cannot be read: it is larger than 1 MB"),
        ('output = "a\\u0000b"', "output must be a path without control characters"),
        ('baseline = "a\\u001b[31mb"', "baseline must be a path without control characters"),
        ('scope-pattern = "a{1,4294967296}"', "scope-pattern must be a regular expression: it is too large"),
        ("scope-pattern = 'read\\Z'", "has what JSON Schema's patterns (ECMA 262) have not"),
        ("allowed-secrets = '(a{1,1000}){1,1000}'", "it is too large, or has what"),
        (f'allowed-secrets = "{"(" * 9000}{")" * 9000}"', "must be a regular expression: it is too large"),
        (f'public-operations = ["/a", "{"[" * 3000}"]', "must not be longer than 2,000 characters each"),
        (f'[[overrides]]\nfiles = "{"*a" * 3000}"', "must not be longer than 2,000 characters each"),
        ('token-params = {"" = "x"}', "token-params cannot hold a field without a name"),
    ],
)
def test_each_mistake_is_named(tmp_path, text, said):
    """What cannot be meant is a usage error that says so."""
    (tmp_path / "sendready.toml").write_text(text)
    assert said in messages(tmp_path)[0]


def test_a_folder_elsewhere_is_honoured_from_a_named_file_only(tmp_path):
    """A settings file that was merely found must not make the command write into other folders."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/sendready.toml").write_text('output = "../b"')
    assert find_settings(tmp_path, tmp_path / "a/sendready.toml").output == tmp_path / "a/../b"
    assert "leads out of" in messages(tmp_path / "a")[0]


def test_a_pattern_that_a_later_python_may_read_otherwise_is_taken_as_it_is(tmp_path):
    """Python's own warning of it is no word of ours, and names no file of the user's."""
    (tmp_path / "sendready.toml").write_text('scope-pattern = "[a-z&&b]"')
    assert find_settings(tmp_path).document.scope_pattern == "[a-z&&b]"


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    """Windows editors write one; the keys after it are read, and lines are right."""
    (tmp_path / "sendready.toml").write_bytes(b"\xef\xbb\xbfjobs = 2\n")
    assert find_settings(tmp_path).jobs == 2
    (tmp_path / "sendready.toml").write_bytes(b"\xef\xbb\xbfjobs = 0\n")
    assert messages(tmp_path)[0].startswith("sendready.toml:1: jobs")


SAID = st.none() | st.text(min_size=1, max_size=3)
SETTINGS = st.builds(DocumentSettings, server=SAID, token_url=SAID, folders=SAID, scopes=st.none() | st.tuples(SAID))


@given(SETTINGS, SETTINGS, SETTINGS)
def test_merging_takes_the_stronger_word_of_each_field(weak, middle, strong):
    """Field by field the stronger word counts, nothing said takes nothing away, and grouping does not matter."""
    merged = weak.under(strong)
    for name in DocumentSettings.__struct_fields__:
        words = (getattr(strong, name), getattr(weak, name))
        assert getattr(merged, name) == (words[0] if words[0] is not None else words[1])
    assert weak.under(middle).under(strong) == weak.under(middle.under(strong))
    assert weak.under(NOTHING) == NOTHING.under(weak) == weak
