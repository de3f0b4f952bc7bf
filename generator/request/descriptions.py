"""What a request's description says: the document's words, its security with every alternative, its links."""

from generator.auth import OperationAuth
from generator.model import IncomingKind, Link, Operation, SchemeUse
from generator.request.values import PathParameter, Segment


def describe_operation(operation: Operation, auth: OperationAuth, path: tuple[Segment, ...] = ()) -> str:
    """Return the description of an operation's request, in Markdown; the document's own stays as it is."""
    paragraphs = ["**Deprecated.**"] if operation.deprecated else []
    paragraphs += [_incoming(operation), operation.description.strip()]
    if operation.body is not None:
        paragraphs.append(operation.body.description.strip())
    if len(operation.tags) > 1:
        paragraphs.append(f"Tags: {', '.join(f'`{name}`' for name in operation.tags)}.")
    paragraphs += [_inline(path), _security(operation, auth), _links(operation)]
    if operation.external_documentation is not None:
        link = operation.external_documentation
        paragraphs.append(f"[{link.description.strip() or 'More information'}]({link.url})")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _inline(path: tuple[Segment, ...]) -> str:
    """Return the path parameters that no client has a field for: those that share a segment with something else."""
    parts = [part for segment in path if len(segment) > 1 for part in segment if isinstance(part, PathParameter)]
    lines = [f"* `{part.name}`: `{part.value}`{f' – {part.description}' if part.description else ''}" for part in parts]
    return "\n".join(("In the path, to be changed in the address itself:", "", *lines)) if lines else ""


def _incoming(operation: Operation) -> str:
    mark = operation.incoming
    if mark is None:
        return ""
    if mark.kind is IncomingKind.WEBHOOK:
        return (
            f"**Webhook `{mark.name}`.** The API sends this request to you. Send it to your own receiver to try that: "
            "put its address into `webhookUrl`. As long as that holds none, nothing is sent."
        )
    return (
        f"**Callback `{mark.name}` of {mark.of}.** The API sends this request to you, to the address "
        f"`{operation.path}`. Send it to your own receiver to try that: put its address into `callbackUrl`. As long "
        "as that holds none, nothing is sent."
    )


def _security(operation: Operation, auth: OperationAuth) -> str:
    """Return what the request carries, then the other alternatives (OpenAPI 3.0.4 section 4.7.30)."""
    alternatives = [requirement.uses for requirement in operation.security or ()]
    others = [_uses(uses) for uses in dict.fromkeys(alternatives) if uses and uses != auth.uses]
    if operation.incoming:
        named = ", or ".join(_uses(uses) for uses in dict.fromkeys(alternatives) if uses)
        return f"Security, as the specification has it: {named}. Nothing of that is sent from here." if named else ""
    if not auth.uses:
        return f"Security: none needed; {', or '.join(others)} may be sent." if others else ""
    more = f" Instead, the API accepts {', or '.join(others)}." if others else ""
    optional = " It may be left out." if () in alternatives else ""
    return f"Security: {_uses(auth.uses)}.{more}{optional}"


def _uses(uses: tuple[SchemeUse, ...]) -> str:
    return " and ".join(_use(use.scheme, use.scopes) for use in uses)


def _use(scheme: str, scopes: tuple[str, ...]) -> str:
    return f"`{scheme}`" + (f" with scope {', '.join(f'`{name}`' for name in scopes)}" if scopes else "")


def _links(operation: Operation) -> str:
    links = {link.name: _link(response.status, link) for response in operation.responses for link in response.links}
    return "\n".join(("Links from the answer:", "", *links.values())) if links else ""


def _link(status: str, link: Link) -> str:
    values = ", ".join(f"`{name}` is `{value}`" for name, value in link.parameters.items())
    words = " ".join(f"{link.description} {f'({values})' if values else ''}".split())
    return f"* {status} `{link.name}`: go on with `{link.target}`{f'. {words}' if words else ''}"
