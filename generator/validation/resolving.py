"""References as the rules ask for them: each one that says the same is followed once."""

from generator.document import Document
from generator.findings import Place
from generator.references import Target, Unresolvable, resolve
from generator.validation.walk import Visit


class Resolver:
    """Follows the references of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[str, str], Target | Unresolvable] = {}
        names = [resource.identifiers for resource in document.resources.values()]
        self._anywhere_alike = not any(each.own or each.ids for each in names)

    def __call__(self, reference: object, visit: Visit) -> Target | Unresolvable:
        """Return what `reference`, which stands in the object of `visit`, names in the end."""
        if not self._anywhere_alike or not isinstance(reference, str):
            return resolve(self._document, reference, visit.place)
        key = (visit.uri, reference)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = resolve(self._document, reference, Place(visit.uri, ""))
        return known
