"""The words of `conform generate`."""

from __future__ import annotations

from pathlib import Path

import click

from conform.cli.options import project_options, report_options
from conform.cli.output import OutputOptions, finish
from conform.cli.progress import progress_line
from conform.commands import generate
from conform.registry import REPORT_WRITERS

_EPILOG = """\b
Examples:
  conform generate                    write the generated files of every protocol
  conform generate --check            write nothing; exit 1 when a file is stale

\b
Exit codes:
  0  written, or fresh   1  stale   2  unreadable input   3  incomplete   70  a defect of ours
"""


@click.command("generate", epilog=_EPILOG)
@click.argument("protocols", nargs=-1, metavar="[PROTOCOL]...")
@click.option("--check", "only_check", is_flag=True, help="Only say whether files are stale.")
@project_options()
@report_options(REPORT_WRITERS)
def command(
    protocols: tuple[str, ...],
    only_check: bool,
    project_file: Path | None,
    form: str,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Write the generated files of each PROTOCOL, or with --check say whether they are stale.

    The files go to the folder that conform.yaml gives as `generated`. Without PROTOCOL, does all.
    """
    written = OutputOptions(form, output, quiet, verbose)
    options = generate.GenerateOptions(project_file, protocols, only_check)
    with progress_line(quiet=quiet) as progress:
        report = generate.run(options, progress)
    return finish(report, written)
