"""What options hold, checked where they are made: what comes from Python nobody has read before."""

import re

import msgspec
from msgspec import Struct
from msgspec.structs import fields, force_setattr

from generator.findings import UsageError
from generator.uris import is_web_address


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
            re.compile(pattern)
        except re.error as error:
            raise UsageError(f"{name}: {pattern!r} is no regular expression: {error}") from error


def check_address(name: str, url: str) -> None:
    """Raise UsageError, which names the option, where `url` is no whole web address; it is not repeated."""
    if not is_web_address(url):
        raise UsageError(f'{name}: it must be a whole web address such as "https://example.com/oauth/token"')
