"""`conform explore` where TLC takes part: alone, or beside the embedded engine."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from conform.commands.engines import progress_of_tlc, tlc_options
from conform.commands.explore_options import ExploreCommandOptions
from conform.commands.joint_exploration import joint
from conform.commands.tla_artefact import TlaArtefact
from conform.commands.tlc_exploration import TlcQuestion, explore_with_tlc
from conform.domain.exploration import ExplorationReport
from conform.errors import ConformError, UsageError
from conform.explore.progress import ProgressCallback
from conform.languages.tlaplus.configuration import parse_configuration
from conform.text import read_source


def explore_by_tlc(
    options: ExploreCommandOptions, progress: ProgressCallback | None
) -> ExplorationReport:
    """Return what TLC found; a module that only TLC can read is no obstacle."""
    path = options.configuration
    configuration = parse_configuration(read_source(path, replaces_bytes=True))
    if options.check_deadlock and configuration.check_deadlock is False:
        raise UsageError(f"TLC checks no deadlock where the configuration {path} says FALSE")
    try:
        question = TlcQuestion(options.module, path, configuration, _load(options))
    except ConformError as error:
        question = TlcQuestion(options.module, path, configuration, None, error.message)
    return _ask(options, question, progress)


def explore_by_both(
    options: ExploreCommandOptions,
    embedded: Callable[[TlaArtefact], ExplorationReport],
    progress: ProgressCallback | None,
) -> ExplorationReport:
    """Return what the `embedded` engine and TLC found of one module, in one report."""
    artefact = _load(options)
    ours = embedded(artefact)
    question = TlcQuestion(options.module, options.configuration, artefact.configuration, artefact)
    theirs = _ask(options, question, progress)
    return joint(ours, theirs, artefact.whole, compare_depth=options.workers in (None, 1))


def _load(options: ExploreCommandOptions) -> TlaArtefact:
    artefact = options.open_model()
    if not isinstance(artefact, TlaArtefact):
        raise UsageError(
            f"TLC reads TLA+ modules, and {options.module} is none",
            hint="leave --engine away: the embedded engine explores it",
        )
    return artefact


def _ask(
    options: ExploreCommandOptions, question: TlcQuestion, progress: ProgressCallback | None
) -> ExplorationReport:
    asked = replace(
        tlc_options(options.allowance, options.workers),
        check_deadlock=options.check_deadlock,
        stop_at_first=options.stop_at_first,
        simulation=options.draw(),
    )
    return explore_with_tlc(question, asked, progress_of_tlc(progress))
