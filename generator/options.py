"""Options that commands share: what they are called, and what their help says."""

from typing import Annotated

import typer

AuthScheme = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The security scheme to use where an operation offers several."),
]
TokenParams = Annotated[
    list[str] | None,
    typer.Option("--token-param", metavar="KEY=VALUE", help="Sent with each token request, as audience; repeatable."),
]
Operations = Annotated[
    list[str] | None,
    typer.Option("--operation", metavar="ID", help="Only the operation with this operationId; may be repeated."),
]
Methods = Annotated[
    list[str] | None, typer.Option("--method", metavar="M", help="Only operations with this method; may be repeated.")
]
