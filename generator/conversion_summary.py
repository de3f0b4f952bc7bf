"""What a conversion says at its end: a table of the specifications, the sums, and what is left to do."""

from collections.abc import Sequence

from generator.jobs.outcome import Outcome
from generator.source import Selection
from generator.text_layout import clean, plural, table

_MOST_NAMES = 5
COLLECTION_ENDING = ".postman_collection.json"


def conversion_summary(outcomes: Sequence[Outcome], selection: Selection) -> str:
    """Return the closing table, the sums and, where values have to be filled in, what is left to do."""
    lines = [_table(outcomes)] if outcomes else []
    sums = [
        plural(len(outcomes), "file"),
        plural(sum(outcome.requests for outcome in outcomes), "request"),
        plural(sum(outcome.warnings for outcome in outcomes), "warning"),
    ]
    if errors := sum(outcome.errors for outcome in outcomes):
        sums.append(plural(errors, "error"))
    if failed := len(selection.problems) + sum(not outcome.written for outcome in outcomes):
        sums.append(f"{failed} not converted")
    if selection.skipped:
        sums.append(selection.passed_over())
    lines.append(", ".join(sums) + "\n")
    names = list(dict.fromkeys(name for outcome in outcomes for name in outcome.fill_in))
    if names:
        lines.append(f"Next: import it into Postman, fill in {_listed(names)} (collection, Variables), Send.\n")
    return "".join(lines)


def _listed(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[: _MOST_NAMES - 1])} and what else is empty"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _table(outcomes: Sequence[Outcome]) -> str:
    with_errors = any(outcome.errors for outcome in outcomes)
    rows = [["file", "requests", "token", "warnings", *(["errors"] if with_errors else []), "written"]]
    for outcome in outcomes:
        errors = [str(outcome.errors)] if with_errors else []
        numbers = [str(outcome.requests), "yes" if outcome.token else "no", str(outcome.warnings), *errors]
        if not outcome.written:
            numbers[:2] = ["-", "-"]
        rows.append([clean(outcome.path), *numbers, clean(_written(outcome))])
    return "\n" + table(rows, right=frozenset({1, 3, 4} if with_errors else {1, 3}))


def _written(outcome: Outcome) -> str:
    """Return where the files are: the first with its folder, of the others what stands after the name in common."""
    if not outcome.written:
        return "nothing, see above"
    first, *others = outcome.written
    stem = first.name.removesuffix(COLLECTION_ENDING)
    endings = [path.name.removeprefix(stem) for path in others]
    environments = [ending for ending in endings if ending.endswith(".postman_environment.json")]
    shown = [ending for ending in endings if ending not in environments]
    if environments:
        shown.append(plural(len(environments), "environment"))
    return ", ".join([str(first), *shown])
