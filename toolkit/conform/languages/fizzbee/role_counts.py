"""How many instances of each role there are to reckon with."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.values import FunctionValue
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.layout import Layout
from conform.languages.fizzbee.steps import Steps
from conform.languages.fizzbee.syntax_expressions import Name, Node
from conform.languages.fizzbee.walking import descendants

SPARE_INSTANCES = 8
"""Instances beyond those that Init makes, of roles that actions make more of."""


def role_counts(
    module: syntax.Module, steps: Steps, layout: Layout
) -> tuple[dict[str, int], dict[str, int]]:
    """Return for each role how many instances to provide for, and how many there may be at most.

    Those that Init makes, and some more where an action or a `func` names the role.
    """
    if not module.roles:
        return {}, {}
    counts = {role.name.name: 0 for role in module.roles}
    for state in steps.initial_states():
        for name in counts:
            instances = state[layout.places[name]]
            assert isinstance(instances, FunctionValue), "a role's slot is a function"
            counts[name] = max(counts[name], len(instances))
    named = {
        part.name
        for node in _running(module)
        for part in descendants(node)
        if isinstance(part, Name)
    }
    for name in counts.keys() & named:
        counts[name] += SPARE_INSTANCES
    return counts, dict(counts)


def _running(module: syntax.Module) -> Iterator[Node]:
    """Yield what can run after Init."""
    yield from module.actions
    yield from module.functions
    for role in module.roles:
        yield from role.actions
        yield from role.functions
        if role.init is not None:
            yield role.init
