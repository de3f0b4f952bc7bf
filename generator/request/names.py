"""The names of variables: those of the token flow, and for each that a document brings along one of its own.

A document chooses what its schemes and server variables are called. Where such a name were that of another variable,
the value of the other one would go to the document's host.
"""

import itertools
import re
from collections.abc import Hashable, Iterable

ENDPOINT_VARIABLES = (
    "tokenUrl",
    "client_id",
    "client_secret",
    "access_token",
    "access_token_expires_at",
    "access_token_for",
    "scope",
)
"""Each token endpoint has these, lengthened by its suffix."""

_RESERVED = re.compile(
    r"(BASEURL|CALLBACKURL|WEBHOOKURL|TOKENURL|CLIENT_ID|CLIENT_SECRET|ACCESS_TOKEN|SCOPE)(_.*)?", re.DOTALL
)
"""How names begin that are not a document's to give, as shells write them."""

_FLOW_WORD = re.compile(r"(CLIENT_ID|CLIENT_SECRET|ACCESS_TOKEN)(_.*)?", re.DOTALL)


def variable_name(name: str) -> str:
    """Return `name` as a name that every client takes for a variable: letters, digits, `_`, `-`."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_") or "variable"


def shell_word(name: str) -> str:
    """Return the name of a variable in the letters of a shell's: capitals, digits, `_` (POSIX.1-2017, XBD 8.1)."""
    return re.sub(r"[^A-Z0-9_]", "_", name.upper())


def is_of_token_flow(word: str) -> bool:
    """Tell whether a shell's variable belongs to a client or is its token, and so not to a scheme of the document."""
    return _FLOW_WORD.fullmatch(word) is not None


class Names:
    """Names that are taken. Two count as one where a shell, which has capitals only, could not tell them apart."""

    def __init__(self) -> None:
        self._owners: dict[str, Hashable] = {shell_word(name): None for name in ENDPOINT_VARIABLES}

    def take(self, name: str) -> None:
        """Take `name`, so that nobody gets it."""
        self._owners[shell_word(name)] = None

    def own(self, owner: Hashable, wanted: Iterable[str], forms: Iterable[str] = ("{}",)) -> str:
        """Return the first of `wanted` that can be `owner`'s, else the last one with a number, and take it.

        It can be where in none of `forms` (`{}_token`) it is reserved for the token flow or another owner's.
        """
        return self._take(owner, wanted, tuple(forms), reserved=False)

    def suffix(self, scheme: str) -> str:
        """Return what lengthens the names of a token endpoint or a client that `scheme` is the first to use."""
        forms = tuple(f"{name}{{}}" for name in ENDPOINT_VARIABLES)
        return self._take(("suffix", scheme), (f"_{variable_name(scheme)}",), forms, reserved=True)

    def _take(self, owner: Hashable, wanted: Iterable[str], forms: tuple[str, ...], *, reserved: bool) -> str:
        *_, last = names = list(wanted)
        numbered = (f"{last}_{number}" for number in itertools.count(2))

        def words(name: str) -> list[str]:
            return [shell_word(form.format(name)) for form in forms]

        def is_free(name: str) -> bool:
            ours = not reserved and any(map(_RESERVED.fullmatch, words(name)))
            return not ours and all(self._owners.get(word, owner) == owner for word in words(name))

        found = next(filter(is_free, itertools.chain(names, numbered)))
        self._owners |= dict.fromkeys(words(found), owner)
        return found
