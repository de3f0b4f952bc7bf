"""The long run: many schemas made at random, each sampled and judged; what came of it goes into `results.json`.

`python -m tests.samples --count 100000` goes on where the last run ended; `--fresh` begins anew.
"""

import argparse
import collections
import concurrent.futures
import json
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.samples.judge import Verdict, judge
from tests.samples.schemas import SCHEMAS, keywords

RESULTS = Path(__file__).with_name("results.json")
STATE = Path(__file__).with_name("combinations.txt")
"""The combinations of keywords met so far, for the next run to go on; not kept in the repository."""

CHUNK = 1000
SHOWN = 40
"""How many schemas of each bad verdict are kept, the shortest."""


def chunk(number: int) -> tuple[collections.Counter, set, dict]:
    """Judge the schemas of one seed; return the verdicts, the combinations of keywords and the bad schemas."""
    verdicts, combinations, bad = collections.Counter(), set(), {}

    @seed(number)
    @settings(
        max_examples=CHUNK,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(SCHEMAS)
    def run(node):
        verdict = judge(node)
        verdicts[verdict.value] += 1
        combinations.add(" ".join(sorted(keywords(node))))
        if verdict not in {Verdict.VALID, Verdict.IMPOSSIBLE}:
            bad.setdefault(verdict.value, set()).add(json.dumps(node))

    run()
    return verdicts, combinations, bad


def main() -> None:
    """Run chunk by chunk and write the results after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes work")
    arguments = parser.parse_args()
    goes_on = RESULTS.exists() and STATE.exists() and not arguments.fresh
    known = json.loads(RESULTS.read_text()) if goes_on else {}
    verdicts = collections.Counter(known.get("verdicts", {}))
    combinations = set(STATE.read_text().splitlines()) if goes_on else set()
    bad = known.get("examples of what is neither valid nor proven impossible", {})
    number, before, started = known.get("chunks", 0), known.get("seconds", 0), time.monotonic()
    chunks = range(number, number + -(-(arguments.count - sum(verdicts.values())) // CHUNK))
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs) as pool:
        for found, met, wrong in pool.map(chunk, chunks):
            number += 1
            verdicts += found
            combinations |= met
            for verdict, schemas in wrong.items():
                shortest = sorted({*bad.get(verdict, ()), *schemas}, key=lambda item: (len(item), item))
                bad[verdict] = shortest[:SHOWN]
            write(number, before + time.monotonic() - started, verdicts, combinations, bad)


def write(number: int, seconds: float, verdicts: collections.Counter, combinations: set, bad: dict) -> None:
    """Write what was reached after so many chunks, for whoever reads it and for the next run to go on."""
    results = {
        "schemas": sum(verdicts.values()),
        "chunks": number,
        "schemas a chunk, whose number is its seed": CHUNK,
        "seconds": round(seconds),
        "verdicts": dict(sorted(verdicts.items())),
        "distinct combinations of keywords": len(combinations),
        "examples of what is neither valid nor proven impossible": bad,
    }
    STATE.write_text("\n".join(sorted(combinations)))
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{sum(verdicts.values())} {dict(verdicts)} {round(seconds)} s\n")


if __name__ == "__main__":
    main()
