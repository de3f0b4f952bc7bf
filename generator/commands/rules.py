"""`sendready rules`: print all rules, or what one is about."""

from generator.cli_options import Arguments
from generator.exit_codes import DONE
from generator.explaining import explained, listed
from generator.terminal import put


def run(arguments: Arguments) -> int:
    """Print all rules, or what one is about."""
    put("-", listed() if arguments.rule is None else explained(arguments.rule))
    return DONE
