"""Which way a value travels: some members are only sent, others only received."""

import enum


class Direction(enum.Enum):
    """Whether a value is sent or received; its value is the keyword of the members that do not travel this way.

    `readOnly` members are not sent, `writeOnly` ones not received (OpenAPI 3.0.4, 4.7.24.1).
    """

    REQUEST = "readOnly"
    RESPONSE = "writeOnly"
