"""What the items of an array are, and how many there are."""

from generator.json_values import JsonObject, JsonValue
from generator.samples.composition import both
from generator.samples.texts import bounds


def prefix_of(node: JsonObject) -> list[JsonValue]:
    """Return the schemas of an array's first items."""
    prefix = node.get("prefixItems")
    return prefix if isinstance(prefix, list) else []


def least_contained(node: JsonObject) -> int:
    """Return how many items `contains` asks for (2020-12, validation, 6.4.5)."""
    return bounds({"minContains": 1, **node}, "Contains")[0]


def contained_in_prefix(node: JsonObject, fitting: list[int], first: int) -> set[int]:
    """Return which of the `fitting` items of the prefix are to be contained: from `first` on as many as are asked for.

    Where they are fewer, those that follow the prefix come before those at its begin.
    """
    least = least_contained(node)
    room = 0 if node.get("items") is False else max(bounds(node, "Items")[1] - len(prefix_of(node)), 0)
    beginning = [index for index in fitting if index >= first][:least]
    before = [index for index in fitting if index < first]
    return {*beginning, *before[: max(least - len(beginning) - room, 0)]}


def item_schema(node: JsonObject, index: int, in_prefix: set[int]) -> JsonValue:
    """Return the schema of the item `index`; those `in_prefix`, and the first ones after it, are those to contain."""
    prefix, contained = prefix_of(node), node.get("contains")
    schema = prefix[index] if index < len(prefix) else node.get("items", True)
    after = len(prefix) <= index < len(prefix) + least_contained(node) - len(in_prefix)
    if not isinstance(contained, dict) or not (index in in_prefix or after):
        return schema
    return both(schema, contained)


def wanted_items(node: JsonObject, in_prefix: int, *, optional: bool) -> int:
    """Return how many items to make: with `optional` one at least where that is allowed.

    So many of the prefix are those to contain.
    """
    least, most = bounds(node, "Items")
    prefix = len(prefix_of(node))
    if "contains" in node:
        beyond = 0 if node.get("items") is False else prefix
        least = max(least, beyond + least_contained(node) - in_prefix)
    offered = max(prefix, 1) if optional else 0
    if node.get("items", True) is False:
        offered = prefix if optional else 0
    return min(max(least, offered), most)
