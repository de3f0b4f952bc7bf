"""Findings with the places in the text that they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Resource, Source, locate, source_lines
from generator.findings import Finding, Insertion, Place, Position
from generator.json_values import JsonValue, child_at, pointer_join, pointer_split
from generator.known_secrets import MARK, without_secrets
from generator.text_layout import clean
from generator.uris import text_without_credentials

SECRET_RULES = frozenset({"link-credentials", "secret-in-text", "server-url-credentials", "token-url-credentials"})
"""Where these speak, a line is not repeated: reports are kept and shown to others. Nor is a known secret, wherever."""

LINES_NAMED = 12
"""How many further lines are named where findings are counted only."""


class Located(Struct, frozen=True):
    """A finding with the place in the text that was looked up for it; None where the source has no such text.

    `excerpt` is the line of that place, `mend` what inserted would mend it; each where it was asked for.
    """

    finding: Finding
    position: Position | None
    excerpt: str = ""
    mend: tuple[Insertion, ...] = ()


def with_excerpts(located: Iterable[Located], sources: Mapping[str, Source | Resource]) -> tuple[Located, ...]:
    """Return `located` with the lines that they speak of, without those in which a secret stands."""
    located = tuple(located)
    secret = {_line(entry) for entry in located if entry.finding.rule in SECRET_RULES}
    lines: dict[str, list[str]] = {}
    excerpts: dict[tuple[str, int], str] = {}  # a whole document may stand on one line, with all that is found in it
    for uri, number in dict.fromkeys(_line(entry) for entry in located):
        if uri not in lines:
            lines[uri] = source_lines(sources.get(uri))
        if 0 < number <= len(lines[uri]) and (uri, number) not in secret:
            line = lines[uri][number - 1]
            excerpts[uri, number] = "" if text_without_credentials(line).taken else without_secrets(line)
    return tuple(replace(entry, excerpt=excerpts.get(_line(entry), "")) for entry in located)


def _line(entry: Located) -> tuple[str, int]:
    return entry.finding.place.uri, entry.position.line if entry.position else 0


def locate_all(findings: Iterable[Finding], sources: Mapping[str, Source | Resource]) -> tuple[Located, ...]:
    """Return the findings with line and column, file by file as they are first met, from the top of each to its end.

    Each source that has findings is read once; a source without them is not read at all.
    """
    by_uri: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_uri[finding.place.uri].append(finding)
    return tuple(
        located for uri, of_uri in by_uri.items() for located in sorted(_located(of_uri, sources.get(uri)), key=_order)
    )


def _located(findings: Sequence[Finding], source: Source | Resource | None) -> list[Located]:
    pointers = {finding.place.pointer for finding in findings if finding.position is None}
    written = _as_written(pointers, source) if isinstance(source, Resource) else {}
    positions = locate(source, {written.get(pointer, pointer) for pointer in pointers}) if source and pointers else {}
    return [
        Located(
            _harmless(finding),
            finding.position or positions.get(written.get(finding.place.pointer, finding.place.pointer)),
        )
        for finding in findings
    ]


def _as_written(pointers: Iterable[str], resource: Resource) -> dict[str, str]:
    """Return the pointers in which a name is a secret that was made harmless, by the names that stand in the text."""
    names: dict[int, dict[str, str]] = {}
    found = {}
    for pointer in pointers:
        if MARK not in pointer:
            continue
        node: JsonValue = resource.root
        tokens = []
        for token in pointer_split(pointer):
            if isinstance(node, dict) and token not in node and id(node) not in names:
                names[id(node)] = {without_secrets(name): name for name in node}
            tokens.append(names.get(id(node), {}).get(token, token))
            node = child_at(node, tokens[-1])
        found[pointer] = pointer_join("", *tokens)
    return found


def _harmless(finding: Finding) -> Finding:
    """Return `finding` without live secrets, and without credentials in the addresses that it names.

    What reading a text says comes before secrets are taken out; addresses of documents may carry some as well.
    """
    texts = (finding.message, finding.hint, finding.place.pointer, finding.place.uri)
    message, hint, pointer, uri = map(without_secrets, texts)
    message, hint, uri = (
        text_without_credentials(text).address if "://" in text else text for text in (message, hint, uri)
    )
    if (message, hint, pointer, uri) == texts:
        return finding
    return replace(finding, message=message, hint=hint, place=Place(uri, pointer))


def _order(located: Located) -> tuple[int, int]:
    return (located.position.line, located.position.column) if located.position else (0, 0)


def in_a_line(entry: Located) -> str:
    """Return a finding as one line: where it is, what is wrong, how to mend it."""
    return f"{place_of(entry)}: {clean(entry.finding.message)} {clean(entry.finding.hint)}".rstrip()


def place_of(entry: Located) -> str:
    """Return where a finding is: with line and column, else with the pointer, where there is one."""
    place = entry.finding.place
    if entry.position:
        return f"{clean(place.uri)}:{entry.position.line}:{entry.position.column}"
    return f"{clean(place.uri)}#{clean(place.pointer)}" if place.pointer else clean(place.uri)


def further(rest: Sequence[Located]) -> str:
    """Return how many more findings of a rule there are in a file, and on which lines."""
    finding = rest[0].finding
    lines = sorted({entry.position.line for entry in rest if entry.position})
    named = ", ".join(map(str, lines[:LINES_NAMED])) + (", …" if len(lines) > LINES_NAMED else "")
    where = f" on line{'s' if len(lines) > 1 else ''} {named}" if lines else ""
    return f"{clean(finding.place.uri)}: and {len(rest)} more [{finding.rule}]{where}"
