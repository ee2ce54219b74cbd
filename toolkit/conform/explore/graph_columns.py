"""A state graph as numpy arrays: its edges, and the code of each slot's value in each state.

The edges are the graph's own arrays, not copied. Codes are read off the packed states, slot by slot
and once; an engine that holds them already need only give them here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from conform.explore.graph import StateGraph
from conform.explore.space import NOWHERE

Numbers: TypeAlias = NDArray[np.integer[Any]]
"""Numbers of states, edges, nodes, or of whatever the name says."""

Flags: TypeAlias = NDArray[np.bool_]
"""Whether something holds, place by place."""

LIMB_BITS = 64
"""Bits of the machine words that a packed state is cut into."""

MAX_KEY = 1 << 62
"""A bound on keys of several codes: above it they are numbered anew."""


@dataclass(frozen=True, slots=True)
class Combinations:
    """The distinct combinations of values of some slots, numbered from 0.

    `numbers` has for each state the number of its combination, `examples` for each combination the
    first state that has it.
    """

    numbers: Numbers
    examples: Numbers

    def __len__(self) -> int:
        return len(self.examples)


class GraphColumns:
    """The columns of one graph. `firsts` to `instances` are as in StateGraph."""

    def __init__(self, graph: StateGraph) -> None:
        self.graph = graph
        self.firsts: Numbers = np.asarray(graph.firsts)
        self.sources: Numbers = np.asarray(graph.sources)
        self.targets: Numbers = np.asarray(graph.targets)
        self.instances: Numbers = np.asarray(graph.edge_instances)
        self._codes: dict[int, Numbers] = {}
        self._combinations: dict[frozenset[int], Combinations] = {}

    @cached_property
    def moves(self) -> Flags:
        """For each edge whether it leads to another state."""
        differs: Flags = self.sources != self.targets
        return differs

    @cached_property
    def arrivals(self) -> Numbers:
        """For each state the edge by which it was first reached, NOWHERE for initial states."""
        found = np.full(self.graph.state_count, NOWHERE, np.int64)
        backwards = np.arange(self.graph.edge_count - 1, -1, -1)
        found[self.targets[::-1]] = backwards  # the last one written is the first edge
        found[: self.graph.initial_count] = NOWHERE
        return found

    def codes(self, slot: int) -> Numbers:
        """Return for each state the code of its value in `slot`: equal values, equal codes."""
        known = self._codes.get(slot)
        if known is None:
            known = self._codes[slot] = self._unpacked(slot)
        return known

    def combinations(self, slots: Iterable[int] | None) -> Combinations:
        """Return the combinations of values of `slots`; None has each state be one of its own."""
        if slots is None:
            every = np.arange(self.graph.state_count)
            return Combinations(every, every)
        chosen = frozenset(slots)
        known = self._combinations.get(chosen)
        if known is None:
            known = self._combinations[chosen] = self._combined(chosen)
        return known

    def _combined(self, slots: frozenset[int]) -> Combinations:
        keys: Numbers = np.zeros(self.graph.state_count, np.int64)
        size = 1
        for slot in sorted(slots):
            codes = self.codes(slot)
            count = int(codes.max(initial=0)) + 1
            if size * count >= MAX_KEY:
                keys, examples = numbered(keys, size)
                size = len(examples)
            keys = keys * count + codes
            size *= count
        return Combinations(*numbered(keys, size))

    def _unpacked(self, slot: int) -> Numbers:
        codes, known = np.zeros(self.graph.state_count, np.uint64), 0
        for shift, bits in self.graph.packing.places(slot):
            codes |= self._bits(shift, bits) << np.uint64(known)
            known += bits
        return codes.astype(np.int64)

    def _bits(self, shift: int, bits: int) -> NDArray[np.uint64]:
        limb, offset = divmod(shift, LIMB_BITS)
        found: NDArray[np.uint64] = self._limbs[limb] >> np.uint64(offset)
        if offset + bits > LIMB_BITS:
            found |= self._limbs[limb + 1] << np.uint64(LIMB_BITS - offset)
        found &= np.uint64((1 << bits) - 1)
        return found

    @cached_property
    def _limbs(self) -> NDArray[np.uint64]:
        """The packed states, the lowest bits first: a row for each 64 bits."""
        count = -(-self.graph.packing.width // LIMB_BITS) or 1
        size = count * LIMB_BITS // 8
        joined = b"".join([word.to_bytes(size, "little") for word in self.graph.words])
        return np.ascontiguousarray(np.frombuffer(joined, "<u8").reshape(-1, count).T)


def numbered(keys: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Number distinct keys, which are under `size`: return each key's number, and first places."""
    if size > 4 * len(keys) + 1024:  # a table would be mostly empty
        _, examples, numbers = np.unique(keys, return_index=True, return_inverse=True)
        return numbers.reshape(-1), examples
    places = np.full(size, NOWHERE, np.int64)
    places[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)  # the last one written is the first place
    used = np.flatnonzero(places != NOWHERE)
    table = np.zeros(size, np.int64)
    table[used] = np.arange(len(used))
    return table[keys], places[used]
