"""What is reported, and how: findings with a place, values that carry them, and the few fatal errors."""

import enum
from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct

T_co = TypeVar("T_co", covariant=True)


class Severity(enum.Enum):
    """How much a finding hinders; `ERROR` means that something could not be converted."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Speaker(enum.Enum):
    """Who says something of a specification, where a second validator was asked too."""

    OURS = "sendready"
    REFERENCE = "openapi-spec-validator"


class Place(Struct, frozen=True):
    """A node of a specification: the URI of the source it stands in, and the JSON pointer there (RFC 6901)."""

    uri: str
    pointer: str


class Position(Struct, frozen=True):
    """A line and a column in a source's text, both counted from 1."""

    line: int
    column: int


class Insertion(Struct, frozen=True, kw_only=True):
    """What is to be inserted into a source's text, and before which character."""

    position: Position
    text: str


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to say about a specification.

    `rule` is the rule's name in kebab-case, `message` says what is wrong with the names it concerns, `why` says why
    that matters (with the section of the specification or RFC), `hint` says how to mend it.
    `position` is set only where it is known at once (a syntax error); otherwise it is looked up from `place` when the
    finding is printed. `said_by` is set only where a second validator was asked.
    """

    rule: str
    severity: Severity
    message: str
    why: str
    hint: str
    place: Place
    position: Position | None = None
    said_by: tuple[Speaker, ...] = ()


class Checked(Struct, Generic[T_co], frozen=True):
    """A station's value with the findings met on the way to it."""

    value: T_co
    findings: tuple[Finding, ...] = ()


class FatalError(Exception):
    """Nothing can be done: raised inside, caught once, in `cli`. Its arguments are the messages that a user reads."""

    exit_code: ClassVar[int] = 2

    @property
    def messages(self) -> tuple[str, ...]:
        """One message for each thing that is wrong, each one line."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "\n".join(self.messages)


class UsageError(FatalError):
    """The command line or the settings ask for something that does not exist or does not go together."""


class UnreadableInputError(FatalError):
    """A specification cannot be read at all; `findings` are what reading it said, where that went so far."""

    def __init__(self, *messages: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(*messages)
        self.findings = tuple(findings)


class OutputError(FatalError):
    """A file cannot be written, or must not be."""
