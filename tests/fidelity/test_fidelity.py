"""What a document says is in the output, or a finding says why not: compared by value, with nothing of the package."""

import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest

from tests.fidelity.arrival import arrives
from tests.fidelity.collection import Output, Sent
from tests.fidelity.document import Element, Raw, elements, escaped
from tests.skips import SHARED

REPOSITORY = Path(__file__).parent.parent.parent
EXPORTS = REPOSITORY.parent / "shared/specs/kpn"
TOKEN_URL = "https://api-prd.kpn.com/oauth/client_credential/accesstoken?grant_type=client_credentials"
DOCUMENTS = Path(__file__).parent / "documents"
SAMPLES = sorted(path for path in (REPOSITORY / "specs").iterdir() if path.suffix in {".yaml", ".json"})
OWN = [*SAMPLES, DOCUMENTS / "multi/openapi.yaml", *sorted(DOCUMENTS.glob("*.yaml"))]
MOST_EXCUSED = 0.02
"""Of all elements of the exports, at most so many may be missing with a finding that says why."""


def convert(spec: Path, folder: Path) -> tuple[Output, list[tuple[int, int | None, str]]]:
    """Convert a document as a user does; return what was written, and the findings: line, column, words."""
    command = [sys.executable, "-m", "generator", "convert", str(spec), "-o", str(folder), "--token-url", TOKEN_URL]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, cwd=REPOSITORY)
    assert done.returncode == 0, done.stderr
    places: list[tuple[int, int | None, str]] = []
    for line in done.stderr.splitlines():
        if found := re.match(re.escape(str(spec)) + r":(\d+):(\d+): ", line):
            places.append((int(found[1]), int(found[2]), line))
        elif found := re.match(re.escape(str(spec)) + r": and \d+ more \[[^]]*\] on lines? ([\d, ]+)", line):
            places.extend((int(number), None, "") for number in found[1].split(",") if number.strip())
    return Output(folder, spec.stem), places


def matched(output: Output, found: list[Element]) -> dict[tuple[str, str], Sent]:
    """Return for each operation its request: one whose template is the same, else one whose path fits."""
    free = [sent for sent in output.sent if not sent.item["name"].startswith("Get Access Token")]
    result: dict[tuple[str, str], Sent] = {}
    wanted = [element.operation for element in found if element.kind == "operation"]
    for exact in (True, False):
        for method, path in wanted:
            template = path.partition("?")[0]
            pattern = re.compile(re.sub(r"\\\{[^{}]*\\\}", ".*", re.escape(template)))
            for sent in free:
                fits = sent.template == template if exact else pattern.fullmatch(urllib.parse.unquote(sent.path))
                if sent.method == method and fits and (method, path) not in result:
                    result[method, path] = sent
                    free.remove(sent)
                    break
    return result


def compare(spec: Path, folder: Path) -> tuple[int, list[Element], list[Element]]:
    """Return how many elements a document has, those that are excused by a finding of their own, and those missing."""
    output, places = convert(spec, folder)
    raw = Raw(spec)
    found = list(elements(raw))
    requests = matched(output, found)
    lacking = [element for element in found if not arrives(element, output, requests)]
    if not lacking:
        return len(found), [], []
    positions = raw.positions()
    told = [
        (pointer, words)
        for line, column, words in places
        for at, pointers in positions.items()
        if at[0] == line and column in {None, at[1]}
        for pointer in pointers
    ]
    excused = [element for element in lacking if excuses(told, element)]
    return len(found), excused, [element for element in lacking if element not in excused]


def excuses(told: list[tuple[str, str]], element: Element) -> bool:
    """Tell whether a finding stands at the element itself, within an example, or at its operation and names it."""
    within = element.kind == "example"
    own = any(
        pointer == at or (within and pointer.startswith(f"{at}/")) for pointer, _ in told for at in element.pointers
    )
    return own or any(
        element.operation is not None
        and pointer.startswith(f"/paths/{escaped(element.operation[1])}/")
        and pointer.count("/") == 3
        and element.kind == "parameter"
        and f"`{element.name}`" in words
        for pointer, words in told
    )


def said(lacking: list[Element]) -> str:
    """Return what is missing, a line each."""
    return "\n".join(f"{e.kind}: {e.name} of {e.operation} at {e.pointers[0]}" for e in lacking[:40])


@pytest.mark.parametrize("spec", OWN, ids=lambda path: path.name)
def test_everything_of_our_samples_arrives(spec, tmp_path):
    """Nothing of our own documents, one of them in several files, is missing without a finding at its place."""
    _, _, missing = compare(spec, tmp_path)
    assert not missing, said(missing)


def test_everything_of_real_exports_arrives(tmp_path):
    """Nothing of 20 real exports is missing without a finding at its place, and very little with one."""
    exports = sorted(EXPORTS.glob("*.yaml"))
    if not exports:
        pytest.skip(SHARED)
    total, excused, missing = 0, [], []
    for spec in exports:
        count, told, silent = compare(spec, tmp_path)
        total += count
        excused += told
        missing += silent
    assert not missing, said(missing)
    assert len(excused) <= MOST_EXCUSED * total, f"{len(excused)} of {total}\n{said(excused)}"
