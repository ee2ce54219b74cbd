"""The words of `conform check`."""

from __future__ import annotations

from pathlib import Path

import click

from conform.cli.options import engine_options, limit_options, project_options, report_options
from conform.cli.output import OutputOptions, finish
from conform.cli.progress import progress_line
from conform.commands import check
from conform.commands.allowance import Allowance
from conform.domain.exploration import Engine
from conform.explore.cover import CoverKind
from conform.registry import REPORT_WRITERS

_EPILOG = """\b
Examples:
  conform check                           every protocol of the project
  conform check leaderless-log            one of them
  conform check --model-config medium     with a larger configuration
  conform check --cover transitions       replay every transition, however many there are
  conform check --engine both             TLC's verdicts beside ours
  conform check --format junit -o conform.xml

\b
Exit codes:
  0  conforms   1  findings   2  unreadable input   3  incomplete   70  a defect of ours
"""


@click.command("check", epilog=_EPILOG)
@click.argument("protocols", nargs=-1, metavar="[PROTOCOL]...")
@click.option(
    "--model-config",
    metavar="NAME",
    help="The models' configuration, by its name in the project file; the first, if not given.",
)
@click.option(
    "--cover",
    type=click.Choice(["transitions", "classes", "instances"]),
    metavar="KIND",
    help="What replays pass of a state graph: `transitions`, every one; `classes`, every state "
    "and, of the transitions in which an action reads the same, some; `instances`, each outcome of "
    "each action instance. If not given, every transition if there are no more than 250,000.",
)
@engine_options()
@limit_options()
@click.option(
    "--no-cache",
    is_flag=True,
    help="Check again what has not changed since it was checked; keep no reports in .conform.",
)
@project_options()
@report_options(REPORT_WRITERS)
def command(
    protocols: tuple[str, ...],
    model_config: str | None,
    cover: str | None,
    engine: str,
    workers: int | None,
    timeout: float | None,
    max_memory: int | None,
    max_states: int | None,
    no_cache: bool,
    project_file: Path | None,
    form: str,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Check that the specs, models and implementations of each PROTOCOL agree.

    Reads every artefact that conform.yaml names, compares what they say, model checks the models
    and compares what they do, looks whether generated files are fresh, and replays traces. Without
    PROTOCOL, checks all.
    """
    written = OutputOptions(form, output, quiet, verbose)
    options = check.CheckOptions(
        project_file=project_file,
        protocols=protocols,
        model_config=model_config,
        allowance=Allowance(timeout, max_memory, breaks_off=True),
        max_states=max_states,
        engine=Engine(engine),
        workers=workers,
        cover=CoverKind(cover) if cover else None,
        cache=not no_cache,
    )
    with progress_line(quiet=quiet) as progress:
        report = check.run(options, progress)
    return finish(report, written)
