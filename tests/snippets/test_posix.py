"""posix snippets in real shells, and newman with the same requests: what arrives is what the Request says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.renderers import posix
from tests.skips import CURL, program
from tests.snippets.making import at, commands
from tests.snippets.torture import FILES, TORTURE, of_value
from tests.snippets.wire import Recorder, all_differences

pytestmark = pytest.mark.e2e
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""Control characters that a terminal obeys when a command is pasted."""
SHELLS = {
    shell: words
    for shell, words in (("dash", []), ("bash", []), ("zsh", []), ("busybox", ["sh"]))
    if shutil.which(shell)
}
"""Those of the shells that are here, and what makes each a shell."""


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


def run_script(shell: str, script: str, folder: Path) -> subprocess.CompletedProcess:
    """Run a script file in `folder` with next to nothing in the environment."""
    words = [shutil.which(shell) or shell, *SHELLS[shell]]
    curl = Path(program("curl", CURL)).parent
    path = folder / "script.sh"
    path.write_text(script, encoding="utf-8", newline="")
    environment = {"PATH": f"{curl}:/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"}
    return subprocess.run(
        [*words, str(path)], cwd=folder, env=environment, capture_output=True, check=False, timeout=300
    )


def test_the_set_is_large():
    """At least 200 requests are written by hand, each under a name of its own."""
    assert len({request.id for request in TORTURE}) == len(TORTURE) >= 200


@pytest.mark.parametrize("shell", SHELLS)
def test_snippets_arrive_as_requests(shell, recorder, uploads):
    """All requests of the torture set arrive with method, target, headers and body as they are."""
    requests = at(recorder.address, TORTURE)
    script = "\n".join(f"{posix.spell(made).text} >/dev/null" for made in commands(requests))
    assert not OBEYED.search(script)
    done = run_script(shell, script, uploads)
    wrong = all_differences(requests, recorder.received, FILES)
    assert not wrong, (len(wrong), wrong[:8], done.stderr[-800:])
    assert not (uploads / "pwned").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_sent_where_the_file_is_missing(shell, recorder, tmp_path):
    """The shell says which file it is, and fails: an empty body would overwrite what the server has."""
    [command] = commands(at(recorder.address, [request for request in TORTURE if request.id == "file"]))
    done = run_script(shell, posix.spell(command).text, tmp_path)
    assert done.returncode
    assert b"upload.bin" in done.stderr
    assert not recorder.received


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(texts, min_size=1, max_size=5))
@pytest.mark.parametrize("shell", SHELLS)
def test_any_text_arrives(shell, recorder, uploads, values):
    """Whatever text stands in whatever place, what arrives is that text."""
    recorder.received.clear()
    made = [request for number, value in enumerate(values) for request in of_value(number, value)]
    requests = at(
        recorder.address,
        [r for r in made if "\0" not in values[int(r.id.rpartition("-v")[2])] or "multipart" not in r.id],
    )
    script = "\n".join(f"{posix.spell(built).text} >/dev/null" for built in commands(requests))
    assert not OBEYED.search(script)
    done = run_script(shell, script, uploads)
    wrong = all_differences(requests, recorder.received, FILES)
    assert not wrong, (wrong[:3], done.stderr[-500:])


def test_shells_are_those_of_this_machine():
    """At least one shell is there, so that the others may be absent."""
    assert SHELLS
