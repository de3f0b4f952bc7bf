"""Messages of validators: values are shortened, reasons are not."""

import json

import pytest

from generator.wording import without_long_values

LONG = "x" * 500


@pytest.mark.parametrize("value", [LONG, {"a": LONG}, [LONG], [[LONG], {"b": 1}], f'"{LONG}" is'])
@pytest.mark.parametrize("reason", ['is not one of "a" or "b"', 'does not match "^[\\d]+$"', "was expected"])
def test_a_long_value_is_shown_by_its_beginning(value, reason):
    """What kind of value it is, how it begins, and all that is said of it remain."""
    written = json.dumps(value)
    short = without_long_values(f"{written} {reason}")
    assert short.startswith(written[:10])
    assert short.endswith(f"{written[-1]} {reason}")
    assert len(short) < 100


def test_short_values_stay_as_they_are():
    """A message without long values is the message itself, be it JSON or not."""
    for message in (
        '"a" is a required property',
        "Additional properties are not allowed ('b' was unexpected)",
        '"[" ["{',
    ):
        assert without_long_values(message) == message


def test_of_a_long_sentence_both_ends_remain():
    """Where no single value is long, the middle gives way."""
    short = without_long_values("Begin " + "'a', " * 1000 + "end")
    assert short.startswith("Begin 'a',")
    assert short.endswith("end")
    assert len(short) < 450


def test_a_message_of_brackets_takes_no_time():
    """What looks like the beginning of ever deeper values is not read again and again."""
    assert len(without_long_values("[" * 100_000)) < 450
