"""The words of `conform explain`."""

from __future__ import annotations

import click

from conform.commands import explain
from conform.errors import ExitCode

_EPILOG = """\b
Examples:
  conform explain CF203
  conform explain --list
"""


@click.command("explain", epilog=_EPILOG)
@click.argument("code", required=False)
@click.option("--list", "lists", is_flag=True, help="List every code with its title.")
def command(code: str | None, lists: bool) -> int:
    """Print the page of the finding CODE: what it means, why it matters, what to do."""
    if lists == (code is not None):
        raise click.UsageError("Give either a CODE or --list.")
    click.echo(explain.listing() if code is None else explain.page(code))
    return ExitCode.CONFORMS
