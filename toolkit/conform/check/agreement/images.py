"""States of two graphs as numbers: equal where the common variables have equal values.

Each distinct value of a variable is brought to its common form once, whatever the number of states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec import Struct

from conform.check.agreement.correspondence import CommonVariable, Side
from conform.check.agreement.value_matching import ValueMatching, match_values
from conform.domain.states import Slot, State
from conform.domain.values import Value
from conform.explore.graph import StateGraph
from conform.explore.state_columns import Numbers, combined
from conform.explore.trace import variables_of


class ValueColumn(Struct, frozen=True):
    """One variable in one graph: the code of its value in each state, and each code's value."""

    codes: Numbers
    values: Sequence[Value]


def column_of(graph: StateGraph, variable: str) -> ValueColumn:
    """Return the column of a variable, put together where it is split into slots."""
    places = slots_of(graph.slots, variable)
    column = graph.columns.column(places)
    states = map(graph.state, column.firsts.tolist())
    return ValueColumn(column.codes, [value_of(graph.slots, places, state) for state in states])


def slots_of(slots: Sequence[Slot], variable: str) -> tuple[int, ...]:
    """Return the places of the slots that make up a variable."""
    return tuple(place for place, slot in enumerate(slots) if slot.variable == variable)


def value_of(slots: Sequence[Slot], places: tuple[int, ...], state: State) -> Value:
    """Return the value of the variable whose slots are at `places`."""
    if len(places) == 1 and slots[places[0]].key is None:
        return state[places[0]]
    part = [slots[place] for place in places]
    ((_name, value),) = variables_of(part, tuple(state[place] for place in places))
    return value


@dataclass(slots=True)
class Images:
    """The images of the states of both graphs of a pair, and of any state met beside them.

    `variables` are those compared, with the matching of their values in `matchings`. An image is a
    number; `of_side` has one for each state of a graph, `count` says how many there are of both.
    """

    variables: tuple[CommonVariable, ...]
    matchings: tuple[ValueMatching, ...]
    of_side: dict[Side, Numbers]
    count: int
    _ids: tuple[dict[object, int], ...]
    _parts: tuple[Numbers, ...]
    _codes_of: dict[tuple[int, object], int] = field(default_factory=dict)
    _known: dict[tuple[int, ...], int] = field(default_factory=dict)
    _values: list[tuple[int, ...]] = field(default_factory=list)

    def image(self, slots: Sequence[Slot], side: Side, state: State) -> int:
        """Return the image of a state, which need not be in the graph."""
        codes = []
        for place, variable in enumerate(self.variables):
            value = value_of(slots, slots_of(slots, variable.own(side)), state)
            key = (place, key_of(value))
            code = self._codes_of.get(key)
            if code is None:
                ids = self._ids[place]
                common = key_of(self.matchings[place].common(value))
                code = self._codes_of[key] = ids.setdefault(common, len(ids))
            codes.append(code)
        numbers = self._numbers()
        return numbers.setdefault(tuple(codes), len(numbers))

    def distance(self, one: int, other: int) -> int:
        """Return in how many variables two images differ."""
        pairs = zip(self._codes(one), self._codes(other), strict=True)
        return sum(first != second for first, second in pairs)

    def differing(self, one: int, other: int) -> tuple[CommonVariable, ...]:
        """Return the variables in which two images differ."""
        pairs = zip(self.variables, self._codes(one), self._codes(other), strict=True)
        return tuple(variable for variable, first, second in pairs if first != second)

    def _codes(self, image: int) -> tuple[int, ...]:
        """Return the code of each variable's value in an image."""
        if len(self._values) < len(self._numbers()):
            self._values = list(self._known)
        return self._values[image]

    def _numbers(self) -> dict[tuple[int, ...], int]:
        """Return the images by their codes; graphs that agree need none of them."""
        if not self._known:
            rows = zip(*(part.tolist() for part in self._parts), strict=True)
            self._known = {row: number for number, row in enumerate(rows)}
        return self._known


class Unmatched(Struct, frozen=True):
    """A variable whose values in the two graphs cannot be matched, and why."""

    variable: CommonVariable
    reason: str


def images_of(
    variables: Sequence[CommonVariable],
    graphs: dict[Side, StateGraph],
    names: tuple[str, str],
) -> tuple[Images, tuple[Unmatched, ...]]:
    """Return the images by all variables whose values can be matched, and the variables left out.

    `names` are those of the readings.
    """
    kept: list[CommonVariable] = []
    matchings: list[ValueMatching] = []
    ids: list[dict[object, int]] = []
    coded: list[Numbers] = []
    lacking: list[Unmatched] = []
    for variable in variables:
        columns = {side: column_of(graphs[side], variable.own(side)) for side in Side}
        matching = match_values(
            columns[Side.LEFT].values,
            columns[Side.RIGHT].values,
            names,
            is_list=variable.is_list,
        )
        if matching.reason:
            lacking.append(Unmatched(variable, matching.reason))
            continue
        kept.append(variable)
        matchings.append(matching)
        shared: dict[object, int] = {}
        ids.append(shared)
        coded.append(np.concatenate([_codes(columns[side], matching, shared) for side in Side]))
    left, right = (graphs[side].state_count for side in Side)
    images = combined(coded, left + right)
    of_side = {Side.LEFT: images.codes[:left], Side.RIGHT: images.codes[left:]}
    parts = tuple(codes[images.firsts] for codes in coded)
    found = Images(tuple(kept), tuple(matchings), of_side, len(images), tuple(ids), parts)
    return found, tuple(lacking)


def _codes(column: ValueColumn, matching: ValueMatching, shared: dict[object, int]) -> Numbers:
    """Return for each state the number of its value in the common form; new values get new ones."""
    numbers = [
        shared.setdefault(key_of(matching.common(value)), len(shared)) for value in column.values
    ]
    return np.array(numbers, np.int64)[column.codes]


def key_of(value: Value) -> object:
    """Return what tells values apart in a dict, where Python takes TRUE and 1 for one key."""
    return (value,) if type(value) is bool else value
