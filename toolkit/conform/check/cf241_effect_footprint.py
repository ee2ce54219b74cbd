"""The effect of an action names other variables in the document than the model changes.

What it means
    The document assigns a variable in an action, and the model's action never assigns it; or the
    model changes a variable that nothing in the action's section mentions. Lines in prose are
    looked at by the names in them.

Example
    **Effect**: `writerState[w] := DONE`, where the module's action also changes `writerOffset`.

What to do
    Decide which is right, and correct the other: the document is the source of truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.footprints import (
    Linked,
    assigned_in,
    finding_about,
    linked_actions,
    mentioned,
    speaks_of_all,
    words_of,
)
from conform.check.models.spoken_variables import is_meant, is_spoken_of
from conform.domain.finding import Code, Finding
from conform.explore.graph import StateGraph

CODE = Code("CF241", "effect on other variables")

_ASSIGNS = re.compile(r"[^\W\d]\w*(?:\[[^\[\]]*\]|\.\w+)*\s*:=")


def differing_effects(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each variable that the document or the model alone changes."""
    graph = explored.graph
    changed = _changed(graph) if graph else {}
    for linked in linked_actions(context, explored):
        if linked.stated.effect:
            yield from _never_assigned(context, explored, linked)
            yield from _not_mentioned(context, explored, linked, changed)


def _changed(graph: StateGraph) -> dict[str, set[int]]:
    """Return, for each variable, the numbers of the instances that change it somewhere."""
    sources, targets = graph.columns.sources, graph.columns.targets
    instances = graph.columns.instances
    changed: dict[str, set[int]] = {}
    for place, slot in enumerate(graph.slots):
        codes = graph.columns.column([place]).codes
        is_changed = codes.take(sources) != codes.take(targets)
        found = np.flatnonzero(np.bincount(instances.compress(is_changed)))
        changed.setdefault(slot.variable, set()).update(found.tolist())
    return changed


def _never_assigned(context: Context, explored: Explored, linked: Linked) -> Iterator[Finding]:
    slots = explored.model.slots
    written = {slots[slot].variable for one in linked.instances for slot in one.writes}
    for name, line in assigned_in(linked.stated.effect).items():
        variable = linked.names.get(name)
        if variable is not None and variable not in written:
            yield finding_about(
                CODE,
                context,
                explored,
                linked,
                f"the effect of `{linked.stated.name}` assigns `{name}`, and the model never does",
                line.span,
            )


def _not_mentioned(
    context: Context, explored: Explored, linked: Linked, changed: dict[str, set[int]]
) -> Iterator[Finding]:
    stated = linked.stated
    if explored.graph is None or speaks_of_all(stated.effect):
        return
    if not words_of(stated.effect) & linked.names.keys():
        return  # an effect that names no variable is told in other words
    numbers = {one.number for one in linked.instances}
    is_formal = all(line.is_formal for line in stated.effect)
    words = words_of(stated.effect) if is_formal else mentioned(context, stated, in_guard=False)
    if is_formal and all(_ASSIGNS.match(line.text) for line in stated.effect):
        words = set(assigned_in(stated.effect))  # a value that is only read is not told as changed
    for name, variable in linked.names.items():
        is_changed = not numbers.isdisjoint(changed.get(variable, ()))
        is_said = name in words or (
            not is_formal
            and (is_meant(name, words) or is_spoken_of(context, explored, linked, name))
        )
        if is_changed and not (is_said or variable in words):
            yield finding_about(
                CODE,
                context,
                explored,
                linked,
                f"the model's `{stated.name}` changes `{variable}`, and the effect does "
                "not mention it",
                stated.span,
                variable,
            )
