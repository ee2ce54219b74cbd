"""The words of `conform replay`."""

from __future__ import annotations

from pathlib import Path

import click

from conform.cli.options import FILE, project_options, report_options
from conform.cli.output import OutputOptions, finish
from conform.cli.progress import progress_line
from conform.commands import replay
from conform.registry import REPORT_WRITERS

_EPILOG = """\b
Examples:
  conform replay error.itf.json --implementation reference
  conform replay traces/*.txt --implementation reference --protocol leaderless-log

\b
Exit codes:
  0  every trace replays   1  a divergence   2  unreadable input   3  incomplete
  70 a defect of ours
"""


@click.command("replay", epilog=_EPILOG)
@click.argument("traces", nargs=-1, required=True, type=FILE, metavar="TRACE...")
@click.option(
    "--implementation",
    required=True,
    metavar="NAME",
    help="The implementation, by its name in the project file.",
)
@click.option(
    "--protocol",
    metavar="NAME",
    help="The protocol; needed where the project has several.",
)
@click.option(
    "--model-config",
    metavar="NAME",
    help="The model's configuration, by its name in the project file; the first, if not given.",
)
@project_options()
@report_options(REPORT_WRITERS)
def command(
    traces: tuple[Path, ...],
    implementation: str,
    protocol: str | None,
    model_config: str | None,
    project_file: Path | None,
    form: str,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Run each recorded TRACE against an implementation and compare the state at each step.

    TRACE is a file in TLC's text or JSON format, or in ITF; the format is told from the content.
    """
    written = OutputOptions(form, output, quiet, verbose)
    options = replay.ReplayOptions(traces, implementation, protocol, project_file, model_config)
    with progress_line(quiet=quiet) as progress:
        report = replay.run(options, progress)
    return finish(report, written)
