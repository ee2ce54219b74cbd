"""States in which an instance is disabled that stand for all of them: near misses above all.

In a near miss one slot alone stands in the way: with another value there, and the same in all else
that the instance reads, it is enabled in some state. That is where the loss of one part of a guard
shows. Near misses are of one class where the same slot holds the same wrong value, and some of each
class are taken; besides, of each instance, some of all states in which it is disabled, far apart in
the order of the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from conform.explore.edge_classes import Sampling, spread
from conform.explore.graph import StateGraph
from conform.explore.graph_columns import GraphColumns
from conform.explore.state_columns import Flags, Numbers, combined


class Refusals(Struct, frozen=True):
    """Instances that are disabled, by state: those of a state are `instances[begins[state]:...]`.

    They are so by the edges of the graph; a constraint may have cut off their steps.
    """

    begins: Sequence[int]
    instances: Sequence[int]

    def of(self, state: int) -> Sequence[int]:
        """Return the instances that stand for others in this state, ascending."""
        return self.instances[self.begins[state] : self.begins[state + 1]]


def standing_refusals(graph: StateGraph, sampling: Sampling | None = None) -> Refusals:
    """Return some disabled instances for each state, of those that have an edge somewhere."""
    least = sampling or Sampling()
    states: list[Numbers] = []
    instances: list[Numbers] = []
    for number in range(len(graph.instances)):
        found = np.unique(np.concatenate([*_asked_in(graph.columns, number, least)]))
        states.append(found)
        instances.append(np.full(len(found), number))
    state, instance = (
        np.concatenate([np.zeros(0, np.int64), *each]) for each in (states, instances)
    )
    order = np.lexsort((instance, state))
    begins = np.searchsorted(state[order], np.arange(graph.state_count + 1))
    return Refusals(begins.tolist(), instance[order].tolist())


def _asked_in(columns: GraphColumns, number: int, least: Sampling) -> Iterator[Numbers]:
    """Yield states in which an instance is disabled; none where it is enabled nowhere."""
    is_enabled = columns.states_left_by([number])
    disabled = np.flatnonzero(~is_enabled)
    yield disabled[:0]
    if not is_enabled.any():
        return
    yield disabled[spread(np.zeros(len(disabled), np.int64), least)]
    reads = columns.graph.instances[number].reads
    if reads is not None:
        yield _near(columns, reads, is_enabled, least)


def _near(
    columns: GraphColumns, reads: frozenset[int], is_enabled: Flags, least: Sampling
) -> Numbers:
    """Return states in which one of the slots read alone stands in the way: some of each value."""
    seen = columns.column(reads)
    may = np.zeros(len(seen), np.bool_)
    may[seen.codes[is_enabled]] = True
    slots = sorted(reads)
    values = [columns.codes(slot)[seen.firsts] for slot in slots]
    states: list[Numbers] = []
    wrong: list[Numbers] = []
    known = 0
    for place, held in enumerate(values):
        others = combined((*values[:place], *values[place + 1 :]), len(seen))
        is_possible = np.zeros(len(others), np.bool_)
        is_possible[others.codes[may]] = True
        near = np.flatnonzero(is_possible[others.codes] & ~may)
        states.append(seen.firsts[near])
        wrong.append(held[near] + known)
        known += int(held.max(initial=0)) + 1
    found = np.concatenate(states) if states else np.zeros(0, np.int64)
    return found[spread(np.concatenate(wrong), least)] if len(found) else found
