"""Secrets that are known by their beginning: issuers mark them, so that there is no doubt."""

import itertools
import re

_KNOWN = (
    ("an AWS access key", r"\bA(?:KIA|SIA)[0-9A-Z]{16}\b"),
    ("a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    ("a Stripe key", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    ("a Google API key", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a Postman API key", r"\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a private key", r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:(?!-----)[\s\S])*"),
)
BEGINNINGS = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxa-", "xoxb-", "xoxp-", "xoxr-",
    "xoxs-", "k_live_", "AIza", "PMAK-", "npm_", "PRIVATE KEY",
)  # fmt: skip
"""What they begin with, or hold: looking for these costs a fraction of a pattern."""


def kinds_of_secrets(text: str) -> list[str]:
    """Return what the known secrets in `text` are, with their articles, each kind once."""
    return [kind for kind, pattern in _KNOWN if not all(_is_example(match) for match in re.finditer(pattern, text))]


def without_secrets(text: str) -> str:
    """Return `text` with each known secret made harmless: as long, and plainly an example."""
    if any(beginning in text for beginning in BEGINNINGS):
        for _, pattern in _KNOWN:
            text = re.sub(pattern, lambda match: match[0] if _is_example(match) else _harmless(match[0]), text)
    return text


def _is_example(match: re.Match[str]) -> bool:
    return "EXAMPLE" in match[0].upper()


def _harmless(secret: str) -> str:
    """Return what is like `secret` but for its letters and digits after the beginning, by which its kind is known."""
    known = re.match(r"-----BEGIN [A-Z ]+-----|AKIA|ASIA|AIza|[a-z]{2}_live_|github_pat_|[A-Za-z]+[_-]", secret)
    beginning = known[0] if known else ""
    letters = itertools.cycle("EXAMPLE")
    return beginning + re.sub(r"[A-Za-z0-9]", lambda _: next(letters), secret[len(beginning) :])
