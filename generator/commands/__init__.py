"""What each command of the command line does: a module for each, whose `run` returns the exit code."""
