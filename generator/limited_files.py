"""Reading files no further than they can be of use: a device may have no end, and a file may be of any size."""

import errno
from pathlib import Path

_PIECE = 1 << 20
"""How many bytes are read at once."""

MOST_OF_PEOPLE = 5_000_000
"""Bytes of what people write or keep beside specifications: settings, a page, known findings."""


def read_limited(path: Path, most: int = MOST_OF_PEOPLE) -> bytes:
    """Return what the file at `path` holds; raises OSError where that cannot be read, or is more than `most` bytes."""
    pieces = []
    size = 0
    with path.open("rb") as file:
        while size <= most and (piece := file.read(_PIECE)):
            pieces.append(piece)
            size += len(piece)
    if size > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 1_000_000} MB", str(path))
    return b"".join(pieces)
