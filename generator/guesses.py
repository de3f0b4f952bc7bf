"""What somebody meant who wrote a name that is not there."""

from collections.abc import Iterable


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `name` was meant to be; None where none is that near.

    Near is another case, and about one slip in four letters: less would guess what nobody meant.
    """
    names = list(dict.fromkeys(known))
    folded = _folded(name)
    same = [each for each in names if _folded(each) == folded]
    if same:
        return same[0]
    if not folded:
        return None
    import difflib

    near = difflib.get_close_matches(folded, list(map(_folded, names)), n=1, cutoff=_cutoff(len(folded)))
    return next((each for each in names if near and _folded(each) == near[0]), None)


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return a question as a sentence where a name is near, else `otherwise`."""
    near = closest(name, known)
    return otherwise if near is None else f"Did you mean `{near}`?"


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")


def _cutoff(length: int) -> float:
    """Return how alike names must be, as difflib counts it: twice the letters that match, by the letters of both."""
    return 0.66 if length <= 3 else 0.75
