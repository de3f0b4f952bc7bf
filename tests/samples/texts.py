"""Whether any text satisfies patterns, lengths and formats together: by finite automata."""

import re
import string
from functools import lru_cache
from typing import Any

from greenery import parse

_ANYTHING = ".*"
_LOOKAHEAD = re.compile(r"\(\?=([^()]*)\)")
_LONGEST = 200
"""Lengths beyond this are not told apart."""

_BASE64 = r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"

FORMATS = {
    "byte": _BASE64,
    "char": r".",
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


CERTAIN = {
    "regex": r"[A-Za-z0-9 :,/_\-]*",
    "hostname": r"([a-z0-9]{1,10}-){0,2}[a-z0-9]{1,10}",
    "uri-reference": r"[A-Za-z0-9/_\-]*",
    "password": r".*",
    "char": r".",
    "byte": _BASE64,
}
"""For formats a language that holds only their texts, and not all of them."""


def some_texts(atoms: list[tuple[str, Any, bool]]) -> tuple[list[str], bool]:
    """Return texts for which the `atoms` hold, and whether it is certain that there are no others.

    Each is a keyword, the schema that has it, and whether the text satisfies it.
    """
    together = lengths(0, _LONGEST)
    for keyword, node, sign in atoms:
        one = _language_of(keyword, node[keyword], sign=sign)
        if one is not None:
            together &= one
    if together.empty():
        return [], True
    return [text for turn in range(9) if (text := _shortest(together, turn)) is not None], False


def _language_of(keyword: str, value: Any, *, sign: bool) -> Any:
    """Return all texts, and perhaps others, that satisfy a keyword or do not; None where nothing is known of them."""
    if keyword == "pattern":
        return language(value) if sign else language(value).everythingbut()
    if keyword == "minLength":
        return lengths(value, _LONGEST) if sign else lengths(0, value - 1) if value else automaton("[]")
    if keyword == "maxLength":
        return lengths(0, value) if sign else lengths(value + 1, _LONGEST)
    known = (FORMATS if sign else CERTAIN).get(value)
    found = None if known is None else automaton(known)
    return found if found is None or sign else found.everythingbut()


_CHARACTERS = "a1Ab2-B@:/.x+Tz ~" + string.printable


def _shortest(fsm: Any, turn: int) -> str | None:
    """Return a shortest text of an automaton; another `turn` prefers other characters. None for odd characters."""
    characters = _CHARACTERS[turn:]
    reached = {fsm.initial: ""}
    for state in (waiting := [fsm.initial]):
        if state in fsm.finals:
            return reached[state]
        for accepted, target in fsm.map[state].items():
            drawn = next((one for one in characters if accepted.accepts(one)), None)
            if drawn is not None and target not in reached:
                reached[target] = reached[state] + drawn
                waiting.append(target)
    return None


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
