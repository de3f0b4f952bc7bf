"""What a server reads from the wire: the standard's styles taken apart again (OpenAPI 3.0.4, 4.7.12.4; RFC 6570).

Nothing here is shared with what writes them. Each function takes raw text and removes the percent-encoding once, after
it has split at the delimiters. `kind` is what the schema asks for: primitive, array or object.
"""

import urllib.parse

DELIMITERS = {
    "form": [","],
    "cookie": [","],
    "simple": [","],
    "spaceDelimited": ["%20", " "],
    "pipeDelimited": ["%7C", "|"],
    "ssv": ["%20", " "],
    "pipes": ["%7C", "|"],
    "tsv": ["%09", "\t"],
}


def decoded(text: str) -> str:
    """Return `text` without its percent-encoding."""
    return urllib.parse.unquote(text, errors="strict")


def split(text: str, delimiters: list[str]) -> list[str]:
    """Split raw text at whichever of the delimiters is there."""
    for delimiter in delimiters:
        if delimiter in text:
            return text.split(delimiter)
    return [text]


def joined(text: str, kind: str, delimiters: list[str], *, explode: bool):
    """Return the value of one text that holds all of it."""
    if kind == "primitive":
        return decoded(text)
    parts = split(text, delimiters)
    if kind == "array":
        return [decoded(part) for part in parts]
    if explode:
        return {decoded(name): decoded(value) for name, _, value in (part.partition("=") for part in parts)}
    return dict(zip(map(decoded, parts[::2]), map(decoded, parts[1::2]), strict=True))


def from_path(text: str, name: str, kind: str, style: str, *, explode: bool):
    """Return the value of what stands in a path for the parameter `name`."""
    if style == "label":
        assert text.startswith("."), text
        return joined(text[1:], kind, ["."] if explode else [","], explode=explode)
    if style != "matrix":
        return joined(text, kind, DELIMITERS[style], explode=explode)
    assert text.startswith(";"), text
    pairs = [part.partition("=")[::2] for part in text[1:].split(";")]
    if kind == "object" and explode:
        return {decoded(key): decoded(value) for key, value in pairs}
    assert {decoded(key) for key, _ in pairs} == {name}
    if kind == "array" and explode:
        return [decoded(value) for _, value in pairs]
    return joined(pairs[0][1], kind, [","], explode=False)


def from_query(pairs: list[tuple[str, str]], name: str, kind: str, style: str, *, explode: bool):
    """Return the value of the raw pairs of a query or of cookies."""
    if style == "deepObject":
        members = {decoded(key): decoded(value) for key, value in pairs}
        assert all(key.startswith(f"{name}[") and key.endswith("]") for key in members), members
        return {key[len(name) + 1 : -1]: value for key, value in members.items()}
    if kind == "object" and explode:
        return {decoded(key): decoded(value) for key, value in pairs}
    own = [value for key, value in pairs if decoded(key) == name]
    if kind == "array" and explode:
        return [decoded(value) for value in own]
    assert len(own) == 1, pairs
    return joined(own[0], kind, DELIMITERS[style], explode=False)


def raw_pairs(text: str, between: str = "&") -> list[tuple[str, str]]:
    """Return the pairs of a raw query or Cookie header."""
    return [pair.partition("=")[::2] for pair in text.split(between) if pair]
