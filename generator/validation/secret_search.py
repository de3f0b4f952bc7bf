"""Live tokens, keys and secrets in a document's text: by their known beginnings, and by how random they look."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.document import Document
from generator.json_values import JsonValue

_KNOWN = (
    ("an AWS access key", r"\bA(?:KIA|SIA)[0-9A-Z]{16}\b"),
    ("a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    ("a Stripe key", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    ("a Google API key", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a Postman API key", r"\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a private key", r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
)
_PREFILTER = re.compile(
    rb"AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|k_live_|AIza|PMAK-|npm_|PRIVATE KEY|eyJ[A-Za-z0-9_-]{10}"
    rb"|(?i:secret|token|password|bearer|basic)[\"']?[ \t]*[:=]?[ \t]*[\"']?[A-Za-z0-9+/_=-]{24}"
)
"""What the text must hold before its tree is searched at all: one pass over the bytes, for most documents the only."""

_JWT = re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}")
_ASSIGNED = re.compile(r"(?i)(secret|token|password|bearer|basic)[\"']?\s*[:=]?\s*[\"']?([A-Za-z0-9+/_=-]{24,})")
_CREDENTIAL_NAME = re.compile(r"(?i)secret|token|password|authorization")
_RANDOM = re.compile(r"[A-Za-z0-9+/_=-]{24,}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}")
_BITS = 4.0
"""Shannon entropy a character from which a long word is taken for random: English words and names stay below."""

_SUSPECT = re.compile(
    r"AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|k_live_|AIza|PMAK-|npm_|PRIVATE KEY|eyJ[A-Za-z0-9_-]{10}"
    r"|(?i:secret|token|password|bearer|basic)"
)
"""What a text holds that is worth a closer look."""

_SEARCHED = frozenset({"example", "examples", "default", "description", "value", "x-example"})


def secret_places(document: Document, allowed: Sequence[str]) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """Yield where a secret stands, what it looks like, and whether its beginning is known to belong to such."""
    if not _PREFILTER.search(document.resources[document.uri].source.content):
        return
    exceptions = [re.compile(pattern) for pattern in allowed]
    stack: list[tuple[JsonValue, tuple[str | int, ...], bool]] = [(document.root, (), False)]
    while stack:
        node, tokens, searched = stack.pop()
        if isinstance(node, dict):
            stack.extend((child, (*tokens, key), searched or key in _SEARCHED) for key, child in node.items())
        elif isinstance(node, list):
            stack.extend((child, (*tokens, index), searched) for index, child in enumerate(node))
        elif isinstance(node, str) and searched and len(node) >= 20:
            found = _secret(node, tokens)
            if found and not any(pattern.search(node) for pattern in exceptions):
                yield tokens, *found


def _secret(text: str, tokens: Sequence[str | int]) -> tuple[str, bool] | None:
    named = _RANDOM.fullmatch(text) is not None and any(_CREDENTIAL_NAME.search(str(token)) for token in tokens[-3:])
    if not named and not _SUSPECT.search(text):
        return None
    for kind, pattern in _KNOWN:
        match = re.search(pattern, text)
        if match and "EXAMPLE" not in match[0].upper():
            return kind, True
    if _JWT.search(text):
        return "a live token (JWT)", False
    words = [match[2] for match in _ASSIGNED.finditer(text)]
    words += [text] if named else []
    return ("a secret", False) if any(_is_random(word) for word in words) else None


def _is_random(word: str) -> bool:
    if not (re.search(r"\d", word) and re.search(r"[A-Za-z]", word)) or _UUID.match(word):
        return False
    counted = Counter(word)
    entropy = -sum(n / len(word) * math.log2(n / len(word)) for n in counted.values())
    return entropy >= _BITS
