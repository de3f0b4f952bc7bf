"""What somebody meant who wrote a name that is not there."""

from collections.abc import Iterable

_LONGEST = 100
_MOST_KNOWN = 2000
_MOST_GUESSES = 20


class Guesser:
    """Guesses for one document, which may have any number of wrong names: only the first are guessed at."""

    def __init__(self) -> None:
        self._left = _MOST_GUESSES

    def closest(self, name: str, known: Iterable[str]) -> str | None:
        """Return the one of `known` that `name` was meant to be; None where none is near, or enough was guessed."""
        self._left -= 1
        return closest(name, known) if self._left >= 0 else None

    def did_you_mean(self, name: str, known: Iterable[str], otherwise: str) -> str:
        """Return a question as a sentence where a name is near, else `otherwise`."""
        near = self.closest(name, known)
        return otherwise if near is None else f"Did you mean `{near}`?"


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `name` was meant to be; None where none is that near.

    Near is another case, and about one slip in four letters: less would guess what nobody meant. Names that nobody
    types are not compared, nor more than the first thousands.
    """
    names = list(dict.fromkeys(known))
    folded = _folded(name)
    same = [each for each in names if _folded(each) == folded]
    if same:
        return same[0]
    if not folded or len(folded) > _LONGEST:
        return None
    import difflib

    compared = [_folded(each) for each in names[:_MOST_KNOWN] if len(each) <= 2 * _LONGEST]
    near = difflib.get_close_matches(folded, compared, n=1, cutoff=_cutoff(len(folded)))
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
