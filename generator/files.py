"""Looking at files, whatever their paths are, and reading them no further than they can be of use.

A name may be too long, a folder closed, a device without an end, a file of any size.
"""

import errno
import os
from pathlib import Path

_PIECE = 1 << 20
"""How many bytes are read at once."""

MOST_OF_PEOPLE = 20_000_000
"""Bytes of what people write: a page, a template, CSS with pictures in it."""


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


def is_folder(path: Path) -> bool:
    """Tell whether a folder is at `path`, as far as that can be seen."""
    return os.path.isdir(path)  # noqa: PTH112 -- Path.is_dir raises where a name is too long, or a folder closed


def is_file(path: Path) -> bool:
    """Tell whether an ordinary file is at `path`, as far as that can be seen."""
    return os.path.isfile(path)  # noqa: PTH113 -- as above


def is_there(path: Path) -> bool:
    """Tell whether anything is at `path`, as far as that can be seen."""
    return os.path.exists(path)  # noqa: PTH110 -- as above
