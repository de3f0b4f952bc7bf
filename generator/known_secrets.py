"""Secrets that are known by their beginning: issuers mark them, so that there is no doubt."""

import itertools
import re

_START = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))"
"""Where one begins: not within a word; an escape before it, of an address or of JSON, is none."""

_KNOWN = (
    ("an AWS access key", _START + r"A(?:KIA|SIA)[0-9A-Z]{16}(?![0-9A-Za-z])"),
    ("a GitHub token", _START + r"(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})"),
    ("a GitLab token", _START + r"glpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", _START + r"xox[abprs]-[A-Za-z0-9-]{20,}"),
    ("a Stripe key", _START + r"[rs]k_live_[A-Za-z0-9]{16,}"),
    ("a Google API key", _START + r"AIza[A-Za-z0-9_-]{35}"),
    ("a Postman API key", _START + r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    ("an npm token", _START + r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    (
        "a private key",
        r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:(?!-----)[^A-Za-z0-9])*[A-Za-z0-9](?:(?!-----)[\s\S])*",
    ),
)
BEGINNINGS = re.compile(r"A(?:KIA|SIA)|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|k_live_|AIza|PMAK-|npm_|PRIVATE KEY")
"""What they begin with, or hold: one look for these costs a fraction of all the patterns."""

MARK = "EXAMPLE"
"""What is in a secret that is none."""

SHORTEST = 20
"""How short one can be."""


def kinds_of_secrets(text: str) -> list[str]:
    """Return what the known secrets in `text` are, with their articles, each kind once."""
    return [kind for kind, pattern in _KNOWN if not all(_is_example(match) for match in re.finditer(pattern, text))]


def without_secrets(text: str) -> str:
    """Return `text` with each known secret made harmless: as long, plainly an example, and the same each time.

    Two secrets become two examples, so that names stay apart.
    """
    if BEGINNINGS.search(text):
        for _, pattern in _KNOWN:
            text = re.sub(pattern, lambda match: match[0] if _is_example(match) else _harmless(match[0]), text)
    return text


def _is_example(match: re.Match[str]) -> bool:
    return MARK in match[0].upper()


def _harmless(secret: str) -> str:
    """Return what is like `secret` but for its letters and digits after the beginning, by which its kind is known.

    The last four tell it from others: 16 bits of a hash, from which nobody gets back to a secret of a hundred.
    """
    import hashlib

    known = re.match(r"-----BEGIN [A-Z ]+-----|AKIA|ASIA|AIza|[a-z]{2}_live_|github_pat_|[A-Za-z]+[_-]", secret)
    beginning = known[0] if known else ""
    rest = secret[len(beginning) :]
    count = len(re.findall(r"[A-Za-z0-9]", rest))
    own = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:4].upper()
    letters = itertools.chain(itertools.islice(itertools.cycle(MARK), max(count - len(own), 0)), own)
    return beginning + re.sub(r"[A-Za-z0-9]", lambda _: next(letters), rest)
