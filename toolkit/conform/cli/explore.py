"""The words of `conform explore`."""

from __future__ import annotations

from pathlib import Path

import click

from conform.cli.options import (
    COUNT,
    FILE,
    SECONDS,
    WRITTEN,
    engine_options,
    limit_options,
    report_options,
)
from conform.cli.output import OutputOptions, finish_exploration
from conform.cli.progress import progress_line
from conform.commands import explore
from conform.commands.allowance import Allowance
from conform.commands.explore_options import ExploreCommandOptions, SimulationWords
from conform.domain.exploration import Engine
from conform.explore.options import Evaluator
from conform.registry import EXPLORATION_WRITERS
from conform.traces.format import FORMATS

_EPILOG = """\b
Examples:
  conform explore tlaplus/Counter.tla
  conform explore tlaplus/Counter.tla -c tlaplus/Counter-medium.cfg --timeout 60
  conform explore tlaplus/Counter.tla --trace-format itf --trace-output error.itf.json
  conform explore tlaplus/Counter.tla --engine both
  conform explore tlaplus/Counter.tla --simulate --traces 500 --seed 7
  conform explore tlaplus/Counter.tla --no-liveness --max-memory 500MB
  conform explore tlaplus/Counter.tla --checkpoint kept --timeout 3600
  conform explore tlaplus/Counter.tla --resume kept

\b
Exit codes:
  0  no error   1  a violation   2  unreadable input   3  incomplete   70  a defect of ours
"""


class _Command(click.Command):
    """The command, which says how a configuration is given where it is a word too many."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words; raise UsageError with a hint where a .cfg is one too many."""
        named = [word for word in args if word.endswith(".cfg")]
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if not named or "extra argument" not in error.message:
                raise
            hint = f"{error.message}. A configuration is named behind -c: -c {named[-1]}"
            raise click.UsageError(hint, ctx) from None


@click.command("explore", cls=_Command, epilog=_EPILOG)
@click.argument("module", type=FILE)
@click.option(
    "-c",
    "--config",
    type=FILE,
    metavar="FILE",
    help="The model's configuration; the one named like MODULE, if not given. Of a document:"
    " the column of its table of parameters; the first, if not given.",
)
@engine_options()
@limit_options()
@click.option(
    "--max-depth",
    type=COUNT,
    metavar="N",
    help="Go no deeper than level N, initial states being on level 1; INCOMPLETE if more.",
)
@click.option(
    "--deadlock/--no-deadlock",
    "check_deadlock",
    default=None,
    help="Whether a state without successor is an error; the configuration says, if not given.",
)
@click.option(
    "--liveness/--no-liveness",
    "check_liveness",
    default=True,
    help="Whether temporal properties are checked; left out, they are INCOMPLETE, and a large "
    "search takes a fraction of the memory.  [default: liveness]",
)
@click.option(
    "--continue",
    "go_on",
    is_flag=True,
    help="Look for further violations after the first.",
)
@click.option(
    "--simulate",
    is_flag=True,
    help="Draw behaviours at random instead of searching; INCOMPLETE if they violate nothing.",
)
@click.option(
    "--depth",
    type=COUNT,
    metavar="N",
    help="With --simulate: states of a behaviour at most.  [default: 100]",
)
@click.option(
    "--traces",
    "--number",
    "behaviours",
    type=COUNT,
    metavar="N",
    help="With --simulate: how many behaviours.  [default: 1000, or what --timeout allows]",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0, max=2**63 - 1),
    metavar="N",
    help="With --simulate: draws the same behaviours each time; another each time, if not given.",
)
@click.option(
    "--simulate-output",
    type=FILE,
    metavar="FOLDER",
    help="With --simulate: write each behaviour to FOLDER, in --trace-format.",
)
@click.option(
    "--evaluator",
    type=click.Choice([evaluator.value for evaluator in Evaluator]),
    default=Evaluator.ACCELERATED.value,
    show_default=True,
    help="Who evaluates what is asked often: code generated from the formulas, a sample of whose "
    "answers is checked, or the reference evaluator alone.",
)
@click.option(
    "--paranoid",
    is_flag=True,
    help="Check every answer that was remembered or computed by generated code, not a sample.",
)
@click.option(
    "--profile",
    is_flag=True,
    help="Show for each action and property how often it was evaluated, how long that took, how "
    "many answers were remembered, and what they depended on.",
)
@click.option(
    "--checkpoint",
    type=FILE,
    metavar="FOLDER",
    help="Keep in FOLDER what is needed to go on after a break; removed when the search ends.",
)
@click.option(
    "--checkpoint-every",
    type=SECONDS,
    metavar="SECONDS",
    help="How often to write it.  [default: 30]",
)
@click.option(
    "--resume",
    type=FILE,
    metavar="FOLDER",
    help="Go on from the checkpoint in FOLDER, and keep it up to date.",
)
@click.option(
    "--trace-format",
    type=click.Choice([row.name for row in FORMATS]),
    default="tlc-json",
    show_default=True,
    help="The format of all traces that are written.",
)
@click.option("--trace-output", type=WRITTEN, metavar="FILE", help="Write the error trace to FILE.")
@click.option(
    "--cover",
    type=click.Choice(["transitions", "classes", "states", "instances"]),
    default="transitions",
    show_default=True,
    help="What the traces of --cover-output pass: every transition of the state graph; every state "
    "and, of the transitions in which an action reads the same, some; every state; or each outcome "
    "of each action instance.",
)
@click.option(
    "--cover-output",
    type=FILE,
    metavar="FOLDER",
    help="Write traces that cover the state graph to FOLDER, in --trace-format.",
)
@report_options(EXPLORATION_WRITERS)
def command(
    module: Path,
    config: Path | None,
    engine: str,
    timeout: float | None,
    max_memory: int | None,
    max_states: int | None,
    max_depth: int | None,
    check_deadlock: bool | None,
    check_liveness: bool,
    go_on: bool,
    workers: int | None,
    simulate: bool,
    depth: int | None,
    behaviours: int | None,
    seed: int | None,
    simulate_output: Path | None,
    evaluator: str,
    paranoid: bool,
    profile: bool,
    checkpoint: Path | None,
    checkpoint_every: float | None,
    resume: Path | None,
    trace_format: str,
    trace_output: Path | None,
    cover: str,
    cover_output: Path | None,
    form: str,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Model check MODULE: safety, deadlock, and liveness under fairness.

    Counts states as TLC does. A violation is shown with the shortest trace that leads to it.
    """
    written = OutputOptions(form, output, quiet, verbose)
    words = SimulationWords(behaviours, depth, seed, simulate_output)
    if not simulate and words != SimulationWords():
        raise click.UsageError("--depth, --traces, --seed and --simulate-output need --simulate.")
    options = ExploreCommandOptions(
        module=module,
        config=config,
        allowance=Allowance(timeout, max_memory, breaks_off=True),
        max_states=max_states,
        max_depth=max_depth,
        check_deadlock=check_deadlock,
        check_liveness=check_liveness,
        stop_at_first=not go_on,
        trace_format=trace_format,
        trace_output=trace_output,
        cover=cover,
        cover_output=cover_output,
        engine=Engine(engine),
        workers=workers,
        simulation=words if simulate else None,
        evaluator=Evaluator(evaluator),
        paranoid=paranoid,
        profile=profile,
        checkpoint=checkpoint,
        checkpoint_every=checkpoint_every,
        resume=resume,
    )
    with progress_line(quiet=quiet) as progress:
        report = explore.run(options, progress)
    return finish_exploration(report, written)
