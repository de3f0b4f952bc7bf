"""What a renderer of pages makes."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct


class Page(Struct, frozen=True, kw_only=True):
    """A page as text, and the texts of files that have to lie beside it, by their names."""

    text: str
    files: Mapping[str, str] = msgspec.field(default_factory=dict)
