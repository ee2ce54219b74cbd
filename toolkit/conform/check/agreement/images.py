"""States of two graphs as numbers: equal where the common variables have equal values.

Each distinct value of a variable is brought to its common form once, whatever the number of states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from conform.check.agreement.correspondence import CommonVariable, Side
from conform.check.agreement.value_matching import ValueMatching, match_values
from conform.domain.model import Slot, State
from conform.domain.values import Value
from conform.explore.graph import StateGraph
from conform.explore.trace import variables_of


@dataclass(frozen=True, slots=True)
class Column:
    """One variable in one graph: the code of its value in each state, and each code's value."""

    codes: Sequence[int]
    values: dict[int, Value]


def column_of(graph: StateGraph, variable: str) -> Column:
    """Return the column of a variable, put together where it is split into slots."""
    places = slots_of(graph.slots, variable)
    bits = graph.packing.mask(places).bits
    codes = [word & bits for word in graph.words]
    samples = dict(zip(codes, range(len(codes)), strict=True))
    values = {
        code: value_of(graph.slots, places, graph.state(number)) for code, number in samples.items()
    }
    return Column(codes, values)


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
    number; `of_side` has one for each state of a graph.
    """

    variables: tuple[CommonVariable, ...]
    matchings: tuple[ValueMatching, ...]
    of_side: dict[Side, list[int]]
    _ids: tuple[dict[object, int], ...]
    _numbers: dict[tuple[int, ...], int]
    _values: list[tuple[int, ...]] = field(default_factory=list)

    def image(self, slots: Sequence[Slot], side: Side, state: State) -> int:
        """Return the image of a state, which need not be in the graph."""
        codes = []
        for variable, matching, ids in zip(self.variables, self.matchings, self._ids, strict=True):
            places = slots_of(slots, variable.own(side))
            value = matching.common(value_of(slots, places, state))
            codes.append(ids.setdefault(key_of(value), len(ids)))
        return self._numbers.setdefault(tuple(codes), len(self._numbers))

    def distance(self, one: int, other: int) -> int:
        """Return in how many variables two images differ."""
        if len(self._values) < len(self._numbers):
            self._values = list(self._numbers)
        pairs = zip(self._values[one], self._values[other], strict=True)
        return sum(first != second for first, second in pairs)

    def differing(self, one: int, other: int) -> tuple[CommonVariable, ...]:
        """Return the variables in which two images differ."""
        if len(self._values) < len(self._numbers):
            self._values = list(self._numbers)
        pairs = zip(self.variables, self._values[one], self._values[other], strict=True)
        return tuple(variable for variable, first, second in pairs if first != second)


@dataclass(frozen=True, slots=True)
class Unmatched:
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
    coded: dict[Side, list[list[int]]] = {Side.LEFT: [], Side.RIGHT: []}
    lacking: list[Unmatched] = []
    for variable in variables:
        columns = {side: column_of(graphs[side], variable.own(side)) for side in Side}
        matching = match_values(
            columns[Side.LEFT].values.values(),
            columns[Side.RIGHT].values.values(),
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
        for side, column in columns.items():
            of_code = {
                code: shared.setdefault(key_of(matching.common(value)), len(shared))
                for code, value in column.values.items()
            }
            coded[side].append([of_code[code] for code in column.codes])
    numbers: dict[tuple[int, ...], int] = {}
    of_side = {}
    for side in Side:
        rows = zip(*coded[side], strict=True) if kept else [()] * graphs[side].state_count
        of_side[side] = [numbers.setdefault(row, len(numbers)) for row in rows]
    images = Images(tuple(kept), tuple(matchings), of_side, tuple(ids), numbers)
    return images, tuple(lacking)


def key_of(value: Value) -> object:
    """Return what tells values apart in a dict, where Python takes TRUE and 1 for one key."""
    return (value,) if type(value) is bool else value
