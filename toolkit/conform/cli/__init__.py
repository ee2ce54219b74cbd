"""The command line: words in, typed options to a command, an exit code out; it decides nothing."""

from conform.cli.frame import main

__all__ = ["main"]
