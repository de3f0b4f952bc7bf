"""What was made of a definition, kept for the next place that refers to it."""

from msgspec import Struct

from generator.json_values import JsonValue
from generator.samples.plan import Extent

Trail = tuple[str, ...]
"""The references that were followed on the way to a schema."""


class Remembered(Struct, frozen=True, kw_only=True):
    """A value with what it took: how many values and characters, how deep references led, and which they were."""

    value: JsonValue
    nodes: int
    text: int
    depth: int
    entered: frozenset[str]

    def fits(self, trail: Trail, extent: Extent, nodes: int, text: int) -> bool:
        """Tell whether the same value would be made again behind `trail`, with so much left to spend."""
        return (
            self.nodes < nodes
            and self.text < text
            and len(trail) + self.depth <= extent.references
            and self.entered.isdisjoint(trail)
        )


Memory = dict[tuple[str, str, Extent], Remembered]
"""By reference, the member's name, and the extent to which it was made."""
