"""Strongly connected components of graphs given as arrays of edges."""

from __future__ import annotations

import numpy as np

from conform.explore.state_columns import Numbers

LONE = -1
"""In place of a component's number: a node that shares a component with no other."""

MIN_TRIMMED = 0.1
"""Share of the edges that a round of trimming must take away for another round to pay."""


def strong_labels(count: int, sources: Numbers, targets: Numbers) -> Numbers:
    """Return for each node of `count` the number of its component, LONE where it is alone in it.

    Edge `e` leads from `sources[e]` to `targets[e]`. Components of two nodes and more are numbered
    from 0. Nodes that nothing leads to, or that lead nowhere, are trimmed off round by round; what
    is left is searched in depth (Tarjan 1972), linear in nodes and edges.
    """
    labels = np.full(count, LONE, np.int64)
    kept = np.flatnonzero(sources != targets)
    sources, targets = _trimmed(count, sources.take(kept), targets.take(kept))
    if not len(sources):
        return labels
    is_left = np.zeros(count, bool)
    is_left[sources] = True
    is_left[targets] = True
    nodes = np.flatnonzero(is_left)
    places = np.zeros(count, np.int64)
    places[nodes] = np.arange(len(nodes))
    labels[nodes] = _searched(len(nodes), places.take(sources), places.take(targets))
    return labels


def _trimmed(count: int, sources: Numbers, targets: Numbers) -> tuple[Numbers, Numbers]:
    """Return the edges without many that no cycle can pass."""
    while len(sources):
        is_left, is_reached = np.zeros(count, bool), np.zeros(count, bool)
        is_left[sources] = True
        is_reached[targets] = True
        kept = np.flatnonzero(is_reached.take(sources) & is_left.take(targets))
        trimmed = len(sources) - len(kept)
        if trimmed:
            sources, targets = sources.take(kept), targets.take(kept)
        if trimmed <= MIN_TRIMMED * len(sources):
            break
    return sources, targets


def _searched(count: int, sources: Numbers, targets: Numbers) -> Numbers:
    """Return the label of each node, by depth-first search."""
    if np.any(sources[1:] < sources[:-1]):
        order = np.argsort(sources, kind="stable")
        sources, targets = sources.take(order), targets.take(order)
    ends = np.cumsum(np.bincount(sources, minlength=count))
    search = _Search(targets.tolist(), [0, *ends.tolist()])
    for root in range(count):
        if not search.rank[root]:
            search.from_root(root)
    return np.array(search.labels, np.int64)


class _Search:
    """One depth-first search; `rank` is 0 for nodes not seen, and past all ranks when assigned.

    A node's rank is lowered to the least that it reaches: it is a root if that is its own.
    """

    def __init__(self, targets: list[int], firsts: list[int]) -> None:
        count = len(firsts) - 1
        self._targets = targets
        self._firsts = firsts
        self._assigned = count + 1
        self._entered = 0
        self._components = 0
        self._open: list[int] = []
        self.rank = [0] * count
        self.labels = [LONE] * count

    def from_root(self, root: int) -> None:
        """Search all that is reached from a node and was not seen yet."""
        rank, targets, firsts, is_open = self.rank, self._targets, self._firsts, self._open
        entered = self._entered + 1
        rank[root] = least = own = entered
        node, path = root, []
        leaving = iter(targets[firsts[root] : firsts[root + 1]])
        while True:
            for target in leaving:
                seen = rank[target]
                if not seen:
                    path.append((node, leaving, least, own))
                    entered += 1
                    rank[target] = least = own = entered
                    node = target
                    leaving = iter(targets[firsts[target] : firsts[target + 1]])
                    break
                if seen < least:
                    least = seen
            else:
                if least == own:
                    self._close(node, own)
                else:
                    rank[node] = least
                    is_open.append(node)
                if not path:
                    break
                below = least
                node, leaving, least, own = path.pop()
                if below < least:
                    least = below
        self._entered = entered

    def _close(self, root: int, own: int) -> None:
        """Assign to one component a root and the open nodes entered after it."""
        rank, is_open, labels = self.rank, self._open, self.labels
        rank[root] = self._assigned
        if not is_open or rank[is_open[-1]] < own:
            return
        number = self._components
        self._components += 1
        labels[root] = number
        while is_open and rank[is_open[-1]] >= own:
            node = is_open.pop()
            labels[node] = number
            rank[node] = self._assigned
