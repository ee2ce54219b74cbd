"""Strongly connected components of a part of a state graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def strong_components(
    firsts: Sequence[int], targets: Sequence[int], states: Iterable[int]
) -> Iterator[list[int]]:
    """Yield the strongly connected components of the subgraph on `states`.

    The edges of state `s` lead to `targets[firsts[s]:firsts[s + 1]]`; those that leave `states` do
    not count. Single states are components too. Tarjan's algorithm with a stack of its own, linear
    in states and edges; each component is yielded after all that it leads to.
    """
    rank = dict.fromkeys(states, 0)
    counter = 0
    for root in rank:
        if not rank[root]:
            search = _Search(firsts, targets, rank, counter)
            yield from search.from_root(root)
            counter = search.counter


class _Search:
    """One depth-first search. `rank` holds 0 for states not seen; `low` those not yet assigned."""

    def __init__(
        self, firsts: Sequence[int], targets: Sequence[int], rank: dict[int, int], counter: int
    ) -> None:
        self._firsts = firsts
        self._targets = targets
        self._rank = rank
        self._low: dict[int, int] = {}
        self._open: list[int] = []
        self.counter = counter

    def from_root(self, root: int) -> Iterator[list[int]]:
        rank, low = self._rank, self._low
        path = [root]
        successors = [self._enter(root)]
        while path:
            state = path[-1]
            for target in successors[-1]:
                seen = rank.get(target)
                if seen == 0:
                    path.append(target)
                    successors.append(self._enter(target))
                    break
                if seen is not None and seen < low[state] and target in low:
                    low[state] = seen
            else:
                path.pop()
                successors.pop()
                if path and low[state] < low[path[-1]]:
                    low[path[-1]] = low[state]
                if low[state] == rank[state]:
                    yield self._close(state)

    def _enter(self, state: int) -> Iterator[int]:
        self.counter += 1
        self._rank[state] = self._low[state] = self.counter
        self._open.append(state)
        return iter(self._targets[self._firsts[state] : self._firsts[state + 1]])

    def _close(self, root: int) -> list[int]:
        component: list[int] = []
        while not component or component[-1] != root:
            state = self._open.pop()
            del self._low[state]
            component.append(state)
        return component
