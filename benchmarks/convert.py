"""Times whole conversions, interleaved with the official converter's (npm: openapi-to-postmanv2), into a table.

Both run as whole processes, in turn: ours, theirs, ours, theirs. The quotient is taken pair by pair.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared/specs/kpn"


def seconds(commands: Sequence[Sequence[str]]) -> float:
    """Return how long the commands take one after the other."""
    started = time.perf_counter()
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def installed(folder: Path) -> str:
    """Install the project with compiled modules, as a user has it, and return its command."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin/python"
    site = subprocess.run(
        [sys.executable, "-c", "import site; print(site.getsitepackages()[0])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    own = subprocess.run(
        [str(python), "-c", "import site; print(site.getsitepackages()[0])"], capture_output=True, text=True, check=True
    ).stdout.strip()
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    wheel = next(folder.glob("*.whl"))
    Path(own, "dependencies.pth").write_text(site + "\n", encoding="utf-8")
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", str(wheel)], check=True
    )
    subprocess.run([str(python), "-m", "compileall", "-q", own], check=False)
    return str(folder / "bin/sendready")


def compare(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]], runs: int) -> str:
    """Return a row's figures: medians, the spread of the quotient, and its median."""
    seconds(ours)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    quotients = sorted(their / our for our, their in pairs)
    our, their = (statistics.median(side) for side in zip(*pairs, strict=True))
    middle = statistics.median(quotients)
    return f"{our:.2f} s | {their:.2f} s | {middle:.1f}x | {quotients[0]:.1f}-{quotients[-1]:.1f}x"


def main() -> None:
    """Run the cases and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--specs", type=Path, default=SHARED if SHARED.is_dir() else ROOT / "specs")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    peer = shutil.which("openapi2postmanv2", path=str(ROOT / "node_modules/.bin"))
    if peer is None:
        sys.exit("The benchmark needs Node.js; run `make bench`, which installs the peer.")
    files = sorted(path for path in arguments.specs.iterdir() if path.suffix in {".yaml", ".json"})
    with tempfile.TemporaryDirectory() as folder:
        command = installed(Path(folder, "venv"))

        def our(paths: Sequence[Path]) -> list[list[str]]:
            return [[command, "convert", *map(str, paths), "-o", f"{folder}/ours"]]

        def their(paths: Sequence[Path]) -> list[list[str]]:
            return [[peer, "-s", str(p), "-o", f"{folder}/{p.stem}.json", "-O", "folderStrategy=Tags"] for p in paths]

        largest = max(files, key=lambda path: path.stat().st_size)
        middling = min(files, key=lambda path: abs(path.stat().st_size - 30_000))
        cases: list[tuple[str, Sequence[Path]]] = [
            (f"{len(files)} files", files), (largest.name, [largest]), (middling.name, [middling]),
        ]  # fmt: skip
        report: Callable[[str], None] = print
        report("| case | sendready | openapi-to-postmanv2 | times faster | spread |")
        report("| --- | --- | --- | --- | --- |")
        for name, paths in cases:
            report(f"| {name} | {compare(our(paths), their(paths), arguments.runs)} |")


if __name__ == "__main__":
    main()
