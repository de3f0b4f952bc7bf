"""What options hold, checked where they are made: what comes from Python nobody has read before."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import fields, force_setattr

from generator.expressions import check_expression
from generator.findings import UsageError
from generator.token_fields import check_token_field
from generator.uris import check_without_credentials, is_web_address


def check_types(options: Struct) -> None:
    """Raise TypeError, which names each option that was given a value of another type than its own.

    Called where `options` are being made: the word of an enumeration, as the command line has it, becomes its member.
    """
    wrong = []
    for field in fields(options):
        value = getattr(options, field.name)
        if isinstance(field.type, type) and isinstance(value, field.type):
            continue
        try:
            force_setattr(options, field.name, msgspec.convert(value, field.type))
        except msgspec.ValidationError as error:
            wrong.append(f"{field.name}: {str(error)[:1].lower()}{str(error)[1:]}")
    if wrong:
        raise TypeError(f"{type(options).__name__}: {'; '.join(wrong)}")


def check_patterns(name: str, *patterns: str) -> None:
    """Raise UsageError, which names the option, where one of its `patterns` is no regular expression."""
    for pattern in patterns:
        try:
            check_expression(pattern)
        except ValueError as error:
            raise UsageError(f"{name}: {pattern!r} is no regular expression: {error}") from error


def check_harmless(name: str, address: str) -> None:
    """Raise UsageError, which names the option, where `address` carries credentials; it is not repeated."""
    try:
        check_without_credentials(address)
    except ValueError as error:
        raise UsageError(f"{name}: it {error}") from error


def check_address(name: str, url: str) -> None:
    """Raise UsageError, which names the option, where `url` is no whole web address, or one with credentials.

    It is not repeated.
    """
    check_harmless(name, url)
    if not is_web_address(url):
        raise UsageError(f'{name}: it must be a whole web address such as "https://example.com/oauth/token"')


def check_token_fields(name: str, fields: Iterable[tuple[str, str]]) -> None:
    """Raise UsageError, which names the option, where one of the `fields` of a token request may not be given."""
    for field, _ in fields:
        try:
            check_token_field(field)
        except ValueError as error:
            raise UsageError(f"{name} {error}") from error
