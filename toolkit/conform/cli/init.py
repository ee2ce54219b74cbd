"""The words of `conform init`."""

from __future__ import annotations

from pathlib import Path

import click

from conform.cli.options import FILE
from conform.commands import init
from conform.errors import ExitCode

_EPILOG = """\b
Examples:
  conform init
  conform init path/to/project
"""


@click.command("init", epilog=_EPILOG)
@click.argument("folder", type=FILE, default=Path(), metavar="[FOLDER]")
def command(folder: Path) -> int:
    """Write a first conform.yaml in FOLDER (here, if not given) for the files found below it.

    Looks for specs/*.md (else *.md in FOLDER itself or docs/), tlaplus/*.tla with their *.cfg, and
    fizzbee/*.fizz, and puts together those whose names agree; the only document beside models is
    their spec. Where there is none, each folder below that has models is looked through likewise.
    Never overwrites a file.
    """
    click.echo(init.run(folder))
    return ExitCode.CONFORMS
