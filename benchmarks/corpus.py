"""Goes through many specifications: does any end in a mistake of ours, is any operation lost without a word?

    python benchmarks/corpus.py FOLDER...    every specification in the folders and below, by copies of this process

It prints the kinds of findings with how many files have them, and exits with 1 where a file ends in an exception or an
operation is neither among the requests nor in a finding.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

import generator
from generator.document import Document, declares_version
from generator.findings import FatalError, Finding
from generator.jobs.forks import run_in_forks
from generator.validation.walk import walk

MOST_BYTES = 30_000_000


class Seen(Struct, frozen=True, kw_only=True):
    """What became of one specification: how many operations it has, how many requests it gave, and what was said."""

    path: str
    version: str = ""
    operations: int = 0
    requests: int = 0
    unexplained: int = 0
    rules: tuple[str, ...] = ()
    mistake: str = ""
    seconds: float = 0.0


def specifications(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the specifications in the folders and below, by what stands in them."""
    for folder in folders:
        for path in sorted(folder.rglob("*") if folder.is_dir() else [folder]):
            named = path.suffix.lower() in {".yaml", ".yml", ".json"}
            if named and path.is_file() and path.stat().st_size < MOST_BYTES and declares_version(path.read_bytes()):
                yield path


def look(path: Path) -> Seen:
    """Check and convert one specification."""
    started = time.perf_counter()
    try:
        seen = _look(path)
    except FatalError:
        seen = Seen(path=str(path))
    except Exception as error:  # noqa: BLE001 -- this is what is looked for
        seen = Seen(path=str(path), mistake=f"{type(error).__name__}: {error}"[:200])
    return Seen(
        **{name: getattr(seen, name) for name in Seen.__struct_fields__} | {"seconds": time.perf_counter() - started}
    )


def _look(path: Path) -> Seen:
    loaded = generator.load(path)
    document = loaded.value
    if document is None:
        return Seen(path=str(path), rules=_rules(loaded.findings))
    checked = generator.check(document)
    converted = generator.convert(document)
    requests = converted.value.requests if converted.value else 0
    operations = _operations(document)
    told = sum(_leaves_out(finding) for finding in converted.findings)
    # Get Access Token stands for an operation that is a token endpoint, and is no request of an operation.
    stood_for = sum("Get Access Token stands for it" in finding.message for finding in converted.findings)
    return Seen(
        path=str(path),
        version=document.version.value,
        operations=operations,
        requests=requests,
        unexplained=0 if told else max(0, operations - requests - stood_for),
        rules=_rules((*loaded.findings, *checked, *converted.findings)),
    )


def _operations(document: Document) -> int:
    """Return how many operations clients can call: those of callbacks and webhooks are called by the server."""
    return sum(
        visit.kind == "operation" and visit.parent is not None and visit.parent.parent is not None
        and visit.parent.parent.kind == "paths"
        for visit in walk(document)
    )  # fmt: skip


def _leaves_out(finding: Finding) -> bool:
    return "left out" in finding.message or finding.rule in {"operations-present", "reference-resolves"}


def _rules(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.rule for finding in findings}))


def report(seen: Sequence[Seen]) -> bool:
    """Print what was seen; return whether all is well."""
    versions = Counter(each.version or "not read" for each in seen)
    kinds = Counter(rule for each in seen for rule in each.rules)
    print(f"{len(seen)} specifications: " + ", ".join(f"{count} of {name}" for name, count in sorted(versions.items())))
    print(f"{sum(each.operations for each in seen)} operations, {sum(each.requests for each in seen)} requests")
    for rule, count in kinds.most_common():
        print(f"  {count:5}  {rule}")
    slow = sorted(seen, key=lambda each: -each.seconds)[:5]
    print("slowest: " + ", ".join(f"{Path(each.path).name} {each.seconds:.1f} s" for each in slow))
    for each in seen:
        if each.mistake:
            print(f"MISTAKE {each.path}: {each.mistake}")
        if each.unexplained:
            print(f"LOST {each.path}: {each.unexplained} of {each.operations} operations, and no finding says so")
    return not any(each.mistake or each.unexplained for each in seen)


def main() -> None:
    """Look at all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    paths = list(specifications(parser.parse_args().folders))
    if not paths:
        sys.exit("There is no specification.")
    sizes = [path.stat().st_size for path in paths]
    seen = list(run_in_forks(look, paths, sizes, os.cpu_count() or 1, look))
    sys.exit(not report(seen))


if __name__ == "__main__":
    main()
