"""Readings for tests, of toy models and small modules; and a comparison by brute force."""

from __future__ import annotations

import re
from pathlib import Path

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.check.columns import Role
from conform.commands.tla_artefact import load_tla_artefact
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.domain.states import State
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.text import Source
from tests.unit.explore.toys import SPAN, Toy

MAX_STATES = 20_000
"""More than any sound module here has; one with a fault may be without end."""


def toy_reading(name: str, toy: Toy, *, max_states: int | None = None) -> Reading:
    """Return a toy, explored."""
    options = ExploreOptions(keep_graph=True, stop_at_first=False, max_states=max_states)
    result = explore(toy, options)
    return Reading(name, toy, result.graph, result.properties, SPAN, role=Role.TLAPLUS)


def module_reading(
    name: str,
    module: str,
    configuration: str,
    *,
    folder: Path = Path("/nowhere"),
    role: Role | None = Role.TLAPLUS,
) -> Reading:
    """Return a module under a configuration, explored; its paths begin with `name`."""
    header = re.search(r"MODULE\s+(\w+)", module)
    assert header is not None, "a module names itself"
    path = f"{name}/{header[1]}.tla"
    artefact = load_tla_artefact(
        Source(path, module), folder, Source(f"{name}/M.cfg", configuration), ""
    )
    options = ExploreOptions(keep_graph=True, stop_at_first=False, max_states=MAX_STATES)
    result = explore(artefact.model, options)
    return Reading(
        name,
        artefact.model,
        result.graph,
        result.properties,
        artefact.specification.module.name.span,
        artefact.spec,
        role,
        artefact.specification.sources,
    )


def compared(left: Toy, right: Toy) -> AgreementOutcome:
    """Return what comparing two toys gives."""
    return agree([toy_reading("left", left), toy_reading("right", right)])


def only(outcome: AgreementOutcome) -> Finding:
    """Return the one finding of an outcome."""
    (finding,) = outcome.findings
    return finding


def shortest_difference(left: Model, right: Model, action: str) -> int | None:
    """Return after how many steps an action first differs, found without any graph.

    For models with the same variables, values and names. Both are in the same state along what
    they have in common; None if the action differs in no such state.
    """
    level = set(left.initial_states()) & set(right.initial_states())
    seen: set[State] = set()
    depth = 0
    while level:
        seen |= level
        following: set[State] = set()
        for state in level:
            ones, others = _steps(left, state), _steps(right, state)
            if any(name == action for name, _, _ in ones ^ others):
                return depth
            following |= {after for _, _, after in ones & others}
        level = following - seen
        depth += 1
    return None


def _steps(model: Model, state: State) -> set[tuple[str, object, State]]:
    return {
        (instance.action, (*instance.parameters, *successor.choices), successor.state)
        for instance in model.instances
        for successor in model.successors(instance, state)
        if successor.state != state
    }
