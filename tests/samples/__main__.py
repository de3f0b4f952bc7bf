"""The long run: many schemas made at random, each sampled and judged; what came of it goes into `results.json`.

`python -m tests.samples --count 100000` goes on where the last run ended; `--fresh` begins anew.
"""

import argparse
import collections
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


def chunk(number: int, verdicts: collections.Counter, combinations: set, bad: dict) -> None:
    """Judge the schemas of one seed."""

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
            text = json.dumps(node)
            bad[verdict.value] = sorted({*bad.get(verdict.value, ()), text}, key=lambda item: (len(item), item))[:SHOWN]

    run()


def main() -> None:
    """Run chunk by chunk and write the results after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--fresh", action="store_true")
    arguments = parser.parse_args()
    goes_on = RESULTS.exists() and STATE.exists() and not arguments.fresh
    known = json.loads(RESULTS.read_text()) if goes_on else {}
    verdicts = collections.Counter(known.get("verdicts", {}))
    combinations = set(STATE.read_text().splitlines()) if goes_on else set()
    bad = known.get("examples of what is neither valid nor proven impossible", {})
    number, seconds = known.get("chunks", 0), known.get("seconds", 0.0)
    while sum(verdicts.values()) < arguments.count:
        started = time.monotonic()
        chunk(number, verdicts, combinations, bad)
        number, seconds = number + 1, seconds + time.monotonic() - started
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
