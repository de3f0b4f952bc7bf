"""What validators say, with long values shortened and the reason kept whole."""

import json

_MOST = 60
"""How many characters of a value are shown."""

_MOST_OF_ALL = 400
_MOST_VALUES = 50
"""How long a whole message may be, and how many values in it are looked at."""


def without_long_values(message: str) -> str:
    """Return `message` with each JSON value in it that is long shown by its beginning."""
    decoder = json.JSONDecoder()
    parts: list[str] = []
    done = 0
    for _ in range(_MOST_VALUES):
        start = min((at for mark in '"[{' if (at := message.find(mark, done)) >= 0), default=-1)
        if start < 0:
            break
        try:
            end = decoder.raw_decode(message, start)[1]
        except (ValueError, RecursionError):
            end = start + 1  # a quotation mark or a bracket of the sentence's own
        parts += (message[done:start], shortened_value(message[start:end]))
        done = end
    return shortened("".join(parts) + message[done:])


def shortened_value(value: str) -> str:
    """Return a value as it is written, by its beginning where it is long, with the mark that closes it."""
    return value if len(value) <= _MOST else f"{value[: _MOST - 2]}…{value[-1]}"


def shortened(text: str, most: int = _MOST_OF_ALL) -> str:
    """Return `text`, without its middle where it is long: what is wrong stands at the begin or at the end."""
    return text if len(text) <= most else f"{text[: most // 2].rstrip()} … {text[-most // 2 :].lstrip()}"
