"""Whether any text satisfies patterns, lengths and formats together: by finite automata."""

import re
from functools import lru_cache
from typing import Any

from greenery import parse

_ANYTHING = ".*"
_LOOKAHEAD = re.compile(r"\(\?=([^()]*)\)")
_LONGEST = 200
"""Lengths beyond this are not told apart."""

FORMATS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "date-time": r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+\-]\d{2}:\d{2})",
    "time": r"\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+\-]\d{2}:\d{2})",
    "duration": r"P[0-9YMWDTHS]+",
    "email": r'(".*"|[^:@]+)@.+',
    "hostname": r"[A-Za-z0-9.\-]+",
    "ipv4": r"\d{1,3}(\.\d{1,3}){3}",
    "ipv6": r"[0-9a-fA-F:.]+",
    "json-pointer": r"(/.*)?",
    "uri": r"[A-Za-z][A-Za-z0-9+.\-]*:.*",
    "uuid": r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}
"""For each format a language that holds all of its texts, and perhaps others."""


def without_impossible_texts(node: Any) -> Any:
    """Return a schema of the solver's with `false` for each part that is text and that no text satisfies."""
    if isinstance(node, list):
        return [without_impossible_texts(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string" and "enum" not in node and is_impossible(node):
        return False
    return {key: value if key in {"const", "enum"} else without_impossible_texts(value) for key, value in node.items()}


def is_impossible(node: dict[str, Any]) -> bool:
    """Tell whether no text satisfies `node`: what it says of lengths, patterns and formats, in `allOf` too."""
    parts = [node, *(part for part in node.get("allOf", ()) if isinstance(part, dict))]
    languages = [language(part["pattern"]) for part in parts if "pattern" in part]
    languages += [automaton(FORMATS[part["format"]]) for part in parts if part.get("format") in FORMATS]
    least = max(part.get("minLength", 0) for part in parts)
    most = min(part.get("maxLength", _LONGEST) for part in parts)
    if not languages or least > _LONGEST:
        return False
    together = lengths(least, most)
    for one in languages:
        together &= one
    return bool(together.empty())


@lru_cache
def language(pattern: str) -> Any:
    """Return the texts in which a pattern is found; ones with a newline may be among them wrongly."""
    start, end = pattern.startswith("^"), pattern.endswith("$")
    body = pattern[start : len(pattern) - end]
    ahead = _LOOKAHEAD.findall(body)
    found = automaton(("" if start else _ANYTHING) + _spelled(_LOOKAHEAD.sub("", body)) + ("" if end else _ANYTHING))
    for looked_for in ahead:
        found &= automaton(_spelled(looked_for) + _ANYTHING)
    return found


def _spelled(pattern: str) -> str:
    """Return a pattern as the library writes it: a class holds no other classes, and no dash but an escaped one."""

    def spelled(found: re.Match[str]) -> str:
        members = found[1].replace(r"\w", "A-Za-z0-9_").replace(r"\d", "0-9").replace(r"\s", r" \t\n\r\f\v")
        return f"[{members[:-1]}\\-]" if members.endswith("-") else f"[{members}]"

    return re.sub(r"\[([^\]]+)\]", spelled, pattern.replace("(?:", "("))


@lru_cache
def automaton(expression: str) -> Any:
    """Return the automaton of an expression that matches as a whole."""
    return parse(expression).to_fsm()


@lru_cache
def lengths(least: int, most: int) -> Any:
    """Return the texts of these lengths."""
    return automaton(f".{{{least},{most}}}") if most < _LONGEST else automaton(f".{{{least},}}")
