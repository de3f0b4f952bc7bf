"""A document without the live secrets in it: the one place where they are taken out, before anything else reads it.

Every text of every resource is looked at, names of members too, and the same secret becomes the same example wherever
it stands: a property stays the one that `required` names, a tag the one that operations bear, a schema the one that
references lead to.
"""

import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from generator.document import Absence, Document, Resource
from generator.document.identifiers import identifiers
from generator.expressions import is_found
from generator.findings import Checked, Finding, Place, Severity
from generator.json_values import JsonObject, pointer_join, pointer_split
from generator.known_secrets import without_secrets
from generator.validation.rules.auth_flow.secret_in_text import RULE, problem
from generator.validation.secret_search import Secret, secret_places

_SAFE = "~!$&'()*+,;=:@"
"""What may stand in a URI fragment as it is (RFC 3986, section 3.5)."""

_REFERENCE = re.compile(r"\S*#/\S*")


def without_live_secrets(document: Document, allowed: Sequence[str], severity: Severity) -> Checked[Document]:
    """Return `document` without the secrets of which there is no doubt, and what is to be said of each secret.

    `allowed` are patterns of texts that hold none; of `severity` is what is said where there is no doubt.
    """
    found = {uri: list(secret_places(resource.root, allowed)) for uri, resource in document.resources.items()}
    if not any(found.values()):
        return Checked(document)
    cleaning = _Cleaning(allowed)
    known = any(secret.known for secrets in found.values() for secret in secrets)
    return Checked(_cleaned(document, cleaning) if known else document, tuple(_findings(found, cleaning, severity)))


def _findings(found: Mapping[str, Sequence[Secret]], cleaning: "_Cleaning", severity: Severity) -> Iterator[Finding]:
    """Yield what is said of each secret; the places are those in the document without them."""
    for uri, secrets in found.items():
        for secret in secrets:
            said = problem(secret)
            tokens = (cleaning.text(token) if isinstance(token, str) else token for token in secret.at)
            yield RULE.finding(
                Place(uri, pointer_join("", *tokens)), said.message, said.hint, said.severity or severity
            )


def _cleaned(document: Document, cleaning: "_Cleaning") -> Document:
    return Document(
        uri=document.uri,
        version=document.version,
        resources={uri: _resource(resource, cleaning) for uri, resource in document.resources.items()},
        absent={cleaning.text(uri): _absence(absence, cleaning) for uri, absence in document.absent.items()},
    )


def _resource(resource: Resource, cleaning: "_Cleaning") -> Resource:
    root = cleaning.tree(resource.root)
    return replace(resource, root=root, identifiers=identifiers(resource.source.content, root))


def _absence(absence: Absence, cleaning: "_Cleaning") -> Absence:
    return replace(
        absence,
        message=cleaning.text(absence.message),
        hint=cleaning.text(absence.hint),
        cause=cleaning.text(absence.cause),
    )


class _Cleaning:
    """Makes texts harmless, each once; those that `allowed` matches stay."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self._allowed = allowed
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return `text` without secrets; of a reference each token is a text, since it is the name of a member."""
        harmless = self._known.get(text)
        if harmless is None:
            head, mark, pointer = text.partition("#/") if _REFERENCE.fullmatch(text) else (text, "", "")
            harmless = self._harmless(head) + mark + "/".join(map(self._token, pointer.split("/")))
            self._known[text] = harmless
        return harmless

    def _token(self, token: str) -> str:
        """Return a token of a pointer in a URI fragment without secrets (RFC 6901, section 6)."""
        name = "/".join(pointer_split("/" + urllib.parse.unquote(token)))
        harmless = self._harmless(name)
        return token if harmless == name else urllib.parse.quote(pointer_join("", harmless)[1:], safe=_SAFE)

    def _harmless(self, text: str) -> str:
        harmless = without_secrets(text)
        return text if any(is_found(pattern, text) for pattern in self._allowed if harmless != text) else harmless

    def tree(self, root: JsonObject) -> JsonObject:
        """Return a copy of `root` without secrets.

        What stands in several places, as aliases of YAML let it, is copied once.
        """
        top: JsonObject = {}
        copies: dict[int, Any] = {id(root): top}
        waiting: list[tuple[Any, Any]] = [(root, top)]
        while waiting:
            node, copy = waiting.pop()
            members: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, dict) else enumerate(node)
            for key, child in members:
                value: Any = self.text(child) if isinstance(child, str) else child
                if isinstance(child, dict | list):
                    value = copies.get(id(child))
                    if value is None:
                        value = copies[id(child)] = type(child)()
                        waiting.append((child, value))
                if isinstance(copy, list):
                    copy.append(value)
                else:
                    copy[_free(self.text(key), copy)] = value
        return top


def _free(name: str, members: Mapping[str, object]) -> str:
    """Return a name that no member has: two secrets may become one example, if somebody means them to."""
    while name in members:
        name += "_"
    return name
