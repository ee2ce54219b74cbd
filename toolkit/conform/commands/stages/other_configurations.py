"""Stage 3, continued: a module under the configurations that check what the one in use does not.

Liveness is often asked for in a configuration of its own, smaller than the one for invariants. What
is checked there alone is as much a promise of the project as the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.check.cf103_unreadable_artefact import unreadable, verdict_on
from conform.check.cf310_not_looked_at import not_looked_at
from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.models.configurations_apart import CHECKED, apart_from_in_use
from conform.commands.artefacts import Artefacts, load_tlaplus
from conform.commands.check_options import CheckOptions
from conform.commands.stages.second_engine import SecondEngine
from conform.commands.stages.verdicts import Exploration, explore_model
from conform.commands.state_bounds import bound_of_others
from conform.domain.finding import Finding
from conform.domain.report import Verdict
from conform.errors import EvaluationError, InputError, UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.progress import ProgressCallback

NEVER_ENABLED = "CF302"
"""A configuration made for one property need not reach every action."""


def names_of_others(module: FormalArtefact) -> Iterator[str]:
    """Yield the names of those that are apart from the one in use and check more than it."""
    in_use = {found.name for found in module.spec.properties}
    for file in apart_from_in_use(module):
        if any(listed.name not in in_use for listed in file.names(*CHECKED)):
            yield file.name


def limits_of_others(options: CheckOptions, counts: Collection[int]) -> ExploreOptions:
    """Return the limits of each; `counts` are the states of readings explored to the end."""
    return options.allowance.options_within(bound_of_others(options.max_states, counts))


class OtherConfiguration(Struct, frozen=True):
    """The module under a configuration that is not in use: explored, or kept from it.

    `begun` is when that began. `exploration` is None where an error kept the module from being read
    or explored, which `findings` tell.
    """

    name: str
    verdict: Verdict
    summary: str
    findings: tuple[Finding, ...]
    begun: float
    exploration: Exploration | None = None

    @property
    def title(self) -> str:
        """What reports call its stage."""
        return f"verdicts, {Role.TLAPLUS} ({self.name})"


def explore_others(
    artefacts: Artefacts,
    context: Context,
    limits: ExploreOptions,
    progress: ProgressCallback | None,
    engine_under: Callable[[str], SecondEngine | None],
) -> Iterator[OtherConfiguration]:
    """Yield what exploring the module under each such configuration gives, one by one.

    `engine_under` gives the second engine for a configuration's name, None without one.
    """
    module = context.formal.get(Role.TLAPLUS)
    for name in names_of_others(module) if module else ():
        begun = time.monotonic()
        try:
            artefact = load_tlaplus(artefacts.entry, name)
            assert artefact is not None  # the entry names a module: one of it is in use
            second = engine_under(name)
            found = explore_model(artefact, context, limits, progress=progress, second=second)
        except (InputError, UnsupportedError, EvaluationError) as error:
            told = (unreadable(error, artefacts.entry.span),)
            yield OtherConfiguration(name, verdict_on(error), "not explored", told, begun)
        else:
            found = _without_idle(found)
            given = (found.verdict, found.summary, found.findings, begun, found)
            yield OtherConfiguration(name, *given)


def leave_others(artefacts: Artefacts, context: Context) -> Iterator[OtherConfiguration]:
    """Yield each such configuration as one that was not looked at: another one was asked for."""
    module = context.formal.get(Role.TLAPLUS)
    for name in names_of_others(module) if module else ():
        told = not_looked_at(
            f"what only the configuration `{name}` checks",
            artefacts.entry.span,
            "",
            "check without --model-config, or under that one as well",
        )
        summary = "not explored: another configuration was asked for"
        yield OtherConfiguration(name, Verdict.INCOMPLETE, summary, (told,), time.monotonic())


def _without_idle(found: Exploration) -> Exploration:
    kept = tuple(each for each in found.findings if each.code != NEVER_ENABLED)
    return replace(found, findings=kept)
