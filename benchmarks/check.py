"""Times whole checks, interleaved with those of Redocly, Spectral and openapi-spec-validator, into a table.

All run as whole processes, in turn: ours, theirs, ours, theirs. The quotient is taken pair by pair, once of the time
that passes and once of what the processors do. Each peer checks by its rules for the specification only;
openapi-spec-validator takes its files in one process too, and looks for all errors, as the others do.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from convert import installed

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared/specs/kpn"
NODE = str(ROOT / "node_modules/.bin")
VALIDATE = """
import sys
from openapi_spec_validator.readers import read_from_filename
from openapi_spec_validator.shortcuts import get_validator_cls
for path in sys.argv[1:]:
    try:
        tree, address = read_from_filename(path)
        list(get_validator_cls(tree)(tree, base_uri=address).iter_errors())
    except Exception:
        pass
"""


def seconds(command: Sequence[str]) -> tuple[float, float]:
    """Return how long the command takes, and how long processors work for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, stdin=subprocess.DEVNULL)
    passed = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peers(folder: Path) -> dict[str, list[str]]:
    """Return the commands of those peers that are installed."""
    found = {"openapi-spec-validator": [sys.executable, "-c", VALIDATE]}
    if redocly := shutil.which("redocly", path=NODE):
        config = folder / "redocly.yaml"
        config.write_text("extends: [spec]\n", encoding="utf-8")
        found["redocly"] = [redocly, "lint", "--config", str(config), "--format", "json"]
    if spectral := shutil.which("spectral", path=NODE):
        ruleset = folder / "spectral.yaml"
        ruleset.write_text("extends: spectral:oas\n", encoding="utf-8")
        found["spectral"] = [spectral, "lint", "--ruleset", str(ruleset), "--format", "json"]
    return found


def row(name: str, ours: Sequence[str], theirs: Sequence[str], runs: int) -> str:
    """Return a row of the table: medians, the median and spread of the quotient, and that of the processors' time."""
    seconds(ours)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    quotients = sorted(their[0] / our[0] for our, their in pairs)
    worked = statistics.median(their[1] / our[1] for our, their in pairs)
    our, their = (statistics.median(times[0] for times in side) for side in zip(*pairs, strict=True))
    spread = f"{quotients[0]:.1f}-{quotients[-1]:.1f}x"
    return f"| {name} | {our:.2f} s | {their:.2f} s | {statistics.median(quotients):.1f}x | {spread} | {worked:.1f}x |"


def main() -> None:
    """Run the cases and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--specs", type=Path, default=SHARED if SHARED.is_dir() else ROOT / "specs")
    parser.add_argument("--large", type=Path, help="a large document, checked on its own")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--skip", nargs="*", default=[], help="names of files that a peer's parser cannot read")
    arguments = parser.parse_args()
    files = [str(p) for p in sorted(arguments.specs.iterdir()) if p.suffix in {".yaml", ".json"}]
    files = [path for path in files if Path(path).name not in arguments.skip]
    cases = [(f"{len(files)} files", files)] + (
        [(arguments.large.name, [str(arguments.large)])] if arguments.large else []
    )
    with tempfile.TemporaryDirectory() as folder:
        ours = [installed(Path(folder, "venv")), "check", "--format", "json"]
        print("| case, peer | sendready | peer | times faster | spread | by processors' time |", flush=True)
        print("| --- | --- | --- | --- | --- | --- |", flush=True)
        for name, paths in cases:
            for peer, command in peers(Path(folder)).items():
                print(row(f"{name}, {peer}", [*ours, *paths], [*command, *paths], arguments.runs), flush=True)


if __name__ == "__main__":
    main()
