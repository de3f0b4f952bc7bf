"""What a rule is: its words, the kinds of object it looks at, and a check that yields problems."""

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from generator.document import Document, SpecificationVersion
from generator.findings import Finding, Place, Severity
from generator.guesses import Guesser
from generator.json_values import JsonObject, pointer_join
from generator.option_types import check_patterns, check_types
from generator.references import Target, Unresolvable
from generator.validation.walk import Kind, Visit

ALL_VERSIONS = tuple(SpecificationVersion)
V3_0 = (SpecificationVersion.V3_0,)
V2_0 = (SpecificationVersion.V2_0,)
V3_X = (SpecificationVersion.V3_0, SpecificationVersion.V3_1, SpecificationVersion.V3_2)
V2_0_AND_3_0 = (SpecificationVersion.V2_0, SpecificationVersion.V3_0)
V3_2 = (SpecificationVersion.V3_2,)
FROM_3_1 = (SpecificationVersion.V3_1, SpecificationVersion.V3_2)


class Family(enum.Enum):
    """What a rule is for."""

    AUTH_FLOW = "auth flow"
    OPENAPI = "valid OpenAPI"
    SENDABLE = "sendable"
    IGNORES = "ignores"
    CONVERSION = "conversion"


class Problem(Struct, frozen=True, kw_only=True):
    """What a rule found at one object: at itself, or where the tokens `at` lead from there.

    `severity` is set where this problem is graver or slighter than the rule's others.
    """

    message: str
    hint: str
    at: tuple[str | int, ...] = ()
    severity: Severity | None = None


class Policy(Struct, frozen=True, kw_only=True):
    """What a team decides, which no document can say.

    `token_url` and `scopes` are what a run was given; `public_operations` are patterns `/path` or `METHOD /path`;
    `token_hosts` are patterns of hosts; `scope_pattern` and `allowed_secrets` are regular expressions.
    """

    token_url: str | None = None
    scopes: tuple[str, ...] = ()
    public_api: bool = False
    public_operations: tuple[str, ...] = ()
    token_hosts: tuple[str, ...] = ()
    scope_pattern: str | None = None
    allowed_secrets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_types(self)
        check_patterns("scope_pattern", *([] if self.scope_pattern is None else [self.scope_pattern]))
        check_patterns("allowed_secrets", *self.allowed_secrets)


class Context(Struct, frozen=True, kw_only=True):
    """What a check may look up beside the object.

    The document and its security schemes; what a reference names; which kind is at a pointer of the entry resource;
    which operation has an id first; which references some request needs in vain; where each reference to another
    document stands; the parameters of an operation with where they are listed; what guesses names; all operations.
    """

    document: Document
    schemes: JsonObject
    resolve: Callable[[object, Visit], Target | Unresolvable]
    kind_at: Callable[[str], Kind | None]
    operation_ids: Mapping[str, Place]
    needed: frozenset[str]
    outside: Mapping[str, tuple[str, ...]]
    parameters: Callable[[Visit], Iterable[tuple[JsonObject, str]]]
    guesser: Guesser
    operations: tuple[Visit, ...] = ()
    policy: Policy = Policy()

    def scheme_pointer(self, name: str) -> str:
        """Return where the security scheme `name` is declared."""
        old = self.document.root.get("securityDefinitions")
        declared = isinstance(old, dict) and name in old
        return pointer_join("", *(("securityDefinitions",) if declared else ("components", "securitySchemes")), name)


Check: TypeAlias = Callable[[Visit, Context], Iterable[Problem]]


class Rule(Struct, frozen=True, kw_only=True):
    """One rule.

    `severity` is its default when specifications are checked; `conversion` the one when they are converted, None where
    it does not concern a conversion. `severity_else` and `conversion_else` say where a finding is of another severity,
    as in `error where ...`. In the family CONVERSION, of which a check says nothing, `severity` is that of a
    conversion. The check runs on objects of `kinds` in documents of `versions`, and where `members` are named, for all
    kinds or each, only on objects that have one of them. Without a check, the words describe what another station
    reports. `wrong` and `right` are YAML.
    """

    name: str
    family: Family
    severity: Severity
    severity_else: str = ""
    conversion: Severity | None = None
    conversion_else: str = ""
    versions: tuple[SpecificationVersion, ...] = ALL_VERSIONS
    kinds: tuple[Kind, ...] = ()
    members: tuple[str, ...] | Mapping[Kind, tuple[str, ...]] = ()
    what: str
    why: str
    wrong: str
    right: str
    source: str
    check: Check | None = None

    def members_of(self, kind: Kind) -> tuple[str, ...]:
        """Return the members of objects of `kind` for which the check waits; none: it does not wait."""
        return self.members if isinstance(self.members, tuple) else self.members.get(kind, ())

    @property
    def reason(self) -> str:
        """Return why the rule matters, with the sections that say so."""
        return f"{self.why.removesuffix('.')} ({self.source})."

    def finding(self, place: Place, message: str, hint: str, severity: Severity | None = None) -> Finding:
        """Return what is said under this rule of `place`; as grave as in a conversion, where no `severity` is given."""
        return Finding(
            rule=self.name,
            severity=severity or self.conversion or self.severity,
            message=message,
            why=self.reason,
            hint=hint,
            place=place,
        )
