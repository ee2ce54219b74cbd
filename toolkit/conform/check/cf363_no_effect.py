"""An action of the model changes nothing in any state in which it is taken.

What it means
    Every step by the action leads to the state that it began in. What the document says of its
    effect does not happen in the model.

Example
    FenceLog == logState = "OPEN" /\\ UNCHANGED vars

What to do
    Correct the effect. An action that only looks belongs into the model if it records what it saw.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.domain.finding import Code, Finding

CODE = Code("CF363", "action changes nothing")


def actions_without_effect(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each action all of whose steps lead back to where they began."""
    graph = explored.graph
    if graph is None:
        return
    names = [instance.action for instance in graph.instances]
    instances = graph.columns.instances
    moves = graph.columns.sources != graph.columns.targets
    taken = {names[number] for number in np.flatnonzero(np.bincount(instances)).tolist()}
    changing = {
        names[number] for number in np.flatnonzero(np.bincount(instances.compress(moves))).tolist()
    }
    for action in explored.spec.leaf_actions():
        if action.name in taken - changing:
            yield CODE.finding(
                f"action `{action.name}` changes nothing in any reachable state of "
                f"{explored.configuration}",
                action.span,
                excerpt=context.excerpt(action.span),
                hint="correct its effect",
            )
