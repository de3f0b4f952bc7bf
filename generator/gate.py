"""The verdict over many specifications: what was found, what of it was known before, and files of known findings."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from generator.files import read_limited
from generator.findings import Severity, UsageError
from generator.jobs.outcome import Outcome
from generator.json_values import to_json
from generator.located import Located
from generator.output import write_file

_BASELINE_VERSION = 1
_MOST_BYTES = 200_000_000
"""Of a file of known findings: some hundred thousand of them."""


class Known(Struct, frozen=True, kw_only=True):
    """A file of known findings: how often each fingerprint may occur; paths in it start at `folder`."""

    folder: Path
    counts: Counter[str]


class _Versioned(Struct):
    """What each baseline says first."""

    version: int


class _Entry(Struct):
    """How often a finding is known; what else stands there is for people."""

    fingerprint: str
    count: Annotated[int, Meta(ge=1)]


class _Baseline(Struct):
    """A file of known findings."""

    findings: tuple[_Entry, ...]


class Verdict(Struct, frozen=True, kw_only=True):
    """What was found in each specification, without what was known before; `known` counts the latter."""

    outcomes: tuple[Outcome, ...]
    known: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], known: Known | None) -> "Verdict":
        """Return the verdict over `outcomes`; of each known finding as many are left out as were known."""
        if known is None:
            return cls(outcomes=tuple(outcomes))
        left = Counter(known.counts)
        kept: list[Outcome] = []
        hidden = 0
        for outcome in outcomes:
            new = []
            for entry in outcome.located:
                mark = fingerprint(entry, known.folder)
                if left[mark] > 0:
                    left[mark] -= 1
                    hidden += 1
                else:
                    new.append(entry)
            kept.append(_with(outcome, tuple(new)))
        return cls(outcomes=tuple(kept), known=hidden)

    def located(self) -> Iterator[Located]:
        """Yield all findings, file by file."""
        for outcome in self.outcomes:
            yield from outcome.located

    def unread(self) -> tuple[Outcome, ...]:
        """Return the specifications that could not be checked at all; their `problem` says why."""
        return tuple(outcome for outcome in self.outcomes if outcome.problem)

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(entry.finding.severity is severity for entry in self.located())


def _with(outcome: Outcome, located: tuple[Located, ...]) -> Outcome:
    severities = [entry.finding.severity for entry in located]
    return replace(
        outcome,
        located=located,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
    )


def fingerprint(entry: Located, folder: Path) -> str:
    """Return what identifies a finding though lines move and lists grow: rule, file, place without indices, message."""
    finding = entry.finding
    uri = finding.place.uri
    file = uri if "://" in uri or uri == "-" else Path(os.path.relpath(uri, folder)).as_posix()
    place = re.sub(r"/\d+(?=/|$)", "/*", finding.place.pointer)
    text = "\n".join((finding.rule, file, place, finding.message))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_baseline(path: Path | None) -> Known | None:
    """Return the known findings in the file `path`. Raises UsageError where it cannot be read as such a file."""
    if path is None:
        return None
    try:
        text = read_limited(path, _MOST_BYTES).decode("utf-8-sig")
        if msgspec.json.decode(text, type=_Versioned).version != _BASELINE_VERSION:
            raise UsageError(f"{path}: this baseline is of another version; write it anew with --write-baseline")
        entries = msgspec.json.decode(text, type=_Baseline).findings
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such baseline; --write-baseline {path} writes it") from error
    except OSError as error:
        raise UsageError(f"{path}: this baseline cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: this is no baseline: {error}; --write-baseline writes one") from error
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[entry.fingerprint] += entry.count
    return Known(folder=path.absolute().parent, counts=counts)


def write_baseline_file(path: Path, verdict: Verdict) -> Path:
    """Write all findings of `verdict` as known ones, in an order that makes changes easy to read."""
    folder = path.absolute().parent
    entries: dict[str, dict[str, Any]] = {}
    for entry in verdict.located():
        mark = fingerprint(entry, folder)
        finding = entry.finding
        known = {"fingerprint": mark, "rule": finding.rule, "message": finding.message, "count": 0}
        entries.setdefault(mark, known)["count"] += 1
    ordered: Sequence[Any] = sorted(entries.values(), key=lambda entry: (entry["rule"], entry["message"]))
    return write_file(path, to_json({"version": _BASELINE_VERSION, "findings": ordered}) + "\n")
