"""cmd and PowerShell snippets through models of the documented parsers, then through the real curl, to a server."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.renderers import cmd, powershell
from tests.skips import CURL, program
from tests.snippets import windows_powershell as ps
from tests.snippets.making import at, commands
from tests.snippets.published import C_RUNTIME, NATIVE, PERCENT
from tests.snippets.torture import FILES, TORTURE, of_value
from tests.snippets.windows_cmd import arguments_of, input_of, percent_phase, read_by_cmd, split_by_c
from tests.snippets.wire import Recorder, all_differences

pytestmark = pytest.mark.e2e
ENVIRONMENT = {
    "PATH": "C:\\x;D:\\y",
    "OS": "Windows_NT",
    "CD": "C:\\here",
    "HOME": "h",
    "PATHEXT": ".EXE",
    "a b": "<a b>",
    "A": "<A>",
}
"""Variables that must not be put into a value; names of one letter and with a space may exist too."""


@pytest.fixture
def recorder():
    """Return a running server."""
    made = Recorder()
    yield made
    made.close()


@pytest.fixture
def uploads(tmp_path):
    """Return a folder with the files that requests upload."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def curl(arguments: list[str], folder: Path, stdin: bytes | None = None) -> None:
    """Run the real curl with arguments as a C program gets them."""
    words = [program("curl", CURL), "--silent", *(argument.encode() for argument in arguments)]
    subprocess.run(words, cwd=folder, input=stdin or b"", capture_output=True, check=False, timeout=60)


def test_models_agree_with_published_examples():
    """The models say what at least 40 published examples say."""
    assert len(C_RUNTIME) + len(PERCENT) + len(NATIVE) >= 40
    for source, line, expected in C_RUNTIME:
        assert split_by_c(line) == expected, source
    for source, line, variables, batch, expected in PERCENT:
        assert percent_phase(line, variables, batch=batch) == expected, source
    for source, version, arguments, expected in NATIVE:
        assert ps.native_arguments(arguments, version) == expected, source


def send_by_cmd(requests, folder: Path, *, batch: bool) -> None:
    """Let the models read each snippet, and the real curl send it."""
    for command in commands(requests):
        script = cmd.spell_batch(command) if batch else cmd.spell(command)
        for name, text in script.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        parts = read_by_cmd(script.text, ENVIRONMENT, batch=batch)
        assert [len(pipe) for pipe in parts] == [1], script.text[:300]
        assert script.text.isascii()
        name = input_of(parts[0][0])
        curl(arguments_of(parts[0][0]), folder, (folder / name).read_bytes() if name else None)


def send_by_powershell(requests, folder: Path, version: str) -> None:
    """Let the model run each snippet, and the real curl send it."""

    def run(call: ps.Call) -> str:
        curl(call.arguments, folder, call.stdin)
        return ""

    for command in commands(requests):
        ps.Script(powershell.spell(command).text, ENVIRONMENT, version, run, folder)


@pytest.mark.parametrize("batch", [False, True], ids=["prompt", "batch"])
def test_cmd_snippets_arrive_as_requests(batch, recorder, uploads):
    """All requests of the torture set arrive through cmd's phases and the C run-time, at the prompt and in a file."""
    requests = at(recorder.address, TORTURE)
    send_by_cmd(requests, uploads, batch=batch)
    wrong = all_differences(requests, recorder.received, FILES)
    assert not wrong, (len(wrong), wrong[:8])


@pytest.mark.parametrize("version", [ps.LEGACY_51, ps.LEGACY_72, ps.STANDARD])
def test_powershell_snippets_arrive_as_requests(version, recorder, uploads):
    """All requests of the torture set arrive from Windows PowerShell 5.1 and from both rules of PowerShell 7."""
    requests = at(recorder.address, TORTURE)
    send_by_powershell(requests, uploads, version)
    wrong = all_differences(requests, recorder.received, FILES)
    assert not wrong, (len(wrong), wrong[:8])
    assert {path.name for path in uploads.iterdir()} == set(FILES), "temporary files are left"


def file_request(recorder):
    """Return the request whose body is a file."""
    return at(recorder.address, [request for request in TORTURE if request.id == "file"])


@pytest.mark.parametrize("batch", [False, True], ids=["prompt", "batch"])
def test_cmd_sends_nothing_where_the_file_is_missing(batch, recorder, tmp_path):
    """cmd itself has to open the file, which curl would send as an empty body."""
    with pytest.raises(FileNotFoundError):
        send_by_cmd(file_request(recorder), tmp_path, batch=batch)
    assert not recorder.received


def test_powershell_sends_nothing_where_the_file_is_missing(recorder, tmp_path):
    """An error ends the statement before curl is run."""
    with pytest.raises(ps.ThrownError, match=r"upload\.bin"):
        send_by_powershell(file_request(recorder), tmp_path, ps.LEGACY_51)
    assert not recorder.received


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
tricky = st.text(st.sampled_from("%\"'^&|\\ !$`AB@\n{}"), max_size=20)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=texts | tricky)
def test_any_text_arrives(recorder, uploads, value):
    """Whatever text stands in whatever place, what arrives is that text, in both."""
    made = [request for request in of_value(0, value) if "\0" not in value or "multipart" not in request.id]
    requests = at(recorder.address, made)
    for batch in (False, True):
        recorder.received.clear()
        send_by_cmd(requests, uploads, batch=batch)
        assert not all_differences(requests, recorder.received, FILES)
    for version in (ps.LEGACY_51, ps.STANDARD):
        recorder.received.clear()
        send_by_powershell(requests, uploads, version)
        assert not all_differences(requests, recorder.received, FILES)
