"""The folders of a collection: from tags, with those of 3.2 inside their parents, or from paths."""

import itertools
import re

from msgspec import Struct

from generator.model import Api, Operation, Tag
from generator.option_values import Folders

_NAVIGATION = frozenset({"", "nav"})
"""The kinds of tags that folders are made from; others mark operations only (OpenAPI 3.2, section 4.22.1)."""

_DEEPEST = 20
"""How many levels of folders there are at most; what would be deeper is in the last of them."""


class FolderPlan(Struct, frozen=True):
    """Where the operations of an API go."""

    tags: dict[str, Tag]
    order: dict[str, int]
    by: Folders

    @classmethod
    def of(cls, api: Api, by: Folders) -> "FolderPlan":
        """Return the plan for `api`."""
        return cls(
            tags={tag.name: tag for tag in api.tags}, order={tag.name: i for i, tag in enumerate(api.tags)}, by=by
        )

    def of_operation(self, operation: Operation) -> tuple[str, ...]:
        """Return the names of the folders of `operation`, from the outermost inwards."""
        if self.by is Folders.TAGS:
            return self._ancestry(operation)
        segments = operation.path.partition("?")[0].strip("/").split("/")
        named = (segment for segment in segments if segment and not re.search(r"[{}]", segment))
        return tuple(itertools.islice(named, _DEEPEST))

    def rank(self, operation: Operation) -> tuple[int, ...]:
        """Return what puts operations into the declared order of their tags; those without a tag come last."""
        names = self._ancestry(operation)
        return tuple(self.order.get(name, len(self.order)) for name in names) or (len(self.order) + 1,)

    def _ancestry(self, operation: Operation) -> tuple[str, ...]:
        kinds = {name: self.tags[name].kind if name in self.tags else "" for name in operation.tags}
        named = [name for name in operation.tags if kinds[name] in _NAVIGATION] or list(operation.tags)
        names = named[:1]
        while names and len(names) < _DEEPEST:
            tag = self.tags.get(names[0])
            if tag is None or not tag.parent or tag.parent in names or tag.parent not in self.tags:
                break
            names.insert(0, tag.parent)
        return tuple(names)
