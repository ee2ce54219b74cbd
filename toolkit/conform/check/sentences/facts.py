"""What a state graph says of a variable, a condition or an action, for claims to be held against.

Edges and states are numbers of the graph; the first of several is one that is reached soonest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from msgspec import Struct

from conform.check.sentences.lexicon import Condition
from conform.domain.actions import ActionInstance
from conform.domain.values import FunctionValue, ModelValue, Value, format_value
from conform.explore.graph import StateGraph
from conform.explore.state_columns import Flags, Numbers, in_order_of_appearance, joined


class Place(Struct, frozen=True):
    """Where a variable holds one value: a slot, or what the function in a slot has for `key`.

    `key` is the argument in either case, None for a variable that is no function. `is_inside` tells
    the second case from the first.
    """

    slot: int
    key: Value | None
    is_inside: bool = False


class GraphFacts:
    """Answers questions about one graph, each by columns of it, and keeps what is asked again."""

    def __init__(self, graph: StateGraph) -> None:
        self.graph = graph
        self._actions = [each.action for each in graph.instances]
        self._values: dict[int, list[Value]] = {}
        self._places: dict[Place, tuple[list[Value], Numbers]] = {}
        self._changed: dict[Place, Flags] = {}

    def slots(self, variable: str) -> list[int]:
        """Return the slots of a variable."""
        return [at for at, slot in enumerate(self.graph.slots) if slot.variable == variable]

    def places(self, variable: str) -> list[Place]:
        """Return where a variable holds its values: one place for each argument of a function."""
        found: list[Place] = []
        for slot in self.slots(variable):
            key = self.graph.slots[slot].key
            values = self.slot_values(slot) if key is None else []
            domains = {v.domain.elements for v in values if isinstance(v, FunctionValue)}
            if len(domains) == 1 and all(isinstance(v, FunctionValue) for v in values):
                found += (Place(slot, each, is_inside=True) for each in domains.pop())
            else:
                found.append(Place(slot, key))
        return found

    def slot_values(self, slot: int) -> list[Value]:
        """Return the values of a slot by the numbers that its column has for them."""
        if slot not in self._values:
            firsts = self.graph.columns.column([slot]).firsts.tolist()
            self._values[slot] = [self.graph.state(number)[slot] for number in firsts]
        return self._values[slot]

    def values(self, place: Place) -> list[Value]:
        """Return the values at a place by the numbers that `codes` has for them."""
        return self._held(place)[0]

    def codes(self, place: Place) -> Numbers:
        """Return for each state the number of the value at a place."""
        return self._held(place)[1]

    def value(self, place: Place, state: int) -> Value:
        """Return what a state has at a place."""
        return self.values(place)[int(self.codes(place)[state])]

    def _held(self, place: Place) -> tuple[list[Value], Numbers]:
        if place not in self._places:
            values = self.slot_values(place.slot)
            codes = self.graph.columns.column([place.slot]).codes
            if place.is_inside and place.key is not None:
                parts = [v.get(place.key) for v in values if isinstance(v, FunctionValue)]
                known = {part: at for at, part in enumerate(dict.fromkeys(parts))}
                codes = np.array([known[part] for part in parts])[codes]
                values = [part for part in known if part is not None]
            self._places[place] = values, codes
        return self._places[place]

    def edges(self, actions: Iterable[str]) -> Numbers:
        """Return the edges by some actions."""
        wanted = set(actions)
        numbers = [at for at, action in enumerate(self._actions) if action in wanted]
        return np.flatnonzero(np.isin(self.graph.columns.instances, numbers))

    def changing(self, place: Place) -> Flags:
        """Return for each edge whether it changes what is at a place."""
        if place not in self._changed:
            columns, codes = self.graph.columns, self.codes(place)
            self._changed[place] = codes.take(columns.sources) != codes.take(columns.targets)
        return self._changed[place]

    def changers(self, variable: str) -> dict[str, int]:
        """Return the actions that change a variable, each with the first edge that does."""
        found: dict[str, int] = {}
        for place in self.places(variable):
            edges = np.flatnonzero(self.changing(place))
            column = in_order_of_appearance(self.graph.columns.instances.take(edges))
            for first in column.firsts.tolist():
                edge = int(edges[first])
                action = self.instance(edge).action
                found[action] = min(edge, found.get(action, edge))
        return found

    def is_hidden(self, variable: str, actions: Iterable[str]) -> bool:
        """Say whether one of some actions may change a variable, and no step of the graph does it.

        Constants that are too small leave no room for such steps: nothing is to be said then of
        what the action does.
        """
        slots, changers = set(self.slots(variable)), self.changers(variable)
        return any(
            each.action in actions and each.action not in changers and slots & each.writes
            for each in self.graph.instances
        )

    def changes(
        self, variable: str, actions: Iterable[str] | None = None
    ) -> Iterator[tuple[Value, Value, int]]:
        """Yield (before, after, edge) for each pair of values that steps take a place between."""
        columns = self.graph.columns
        chosen = None if actions is None else self.edges(actions)
        for place in self.places(variable):
            flags = self.changing(place)
            edges = np.flatnonzero(flags) if chosen is None else chosen[flags[chosen]]
            codes, values = self.codes(place), self.values(place)
            before, after = codes[columns.sources[edges]], codes[columns.targets[edges]]
            for at in in_order_of_appearance(joined(before, after)).firsts.tolist():
                yield values[int(before[at])], values[int(after[at])], int(edges[at])

    def instance(self, edge: int) -> ActionInstance:
        """Return the instance that an edge is taken by."""
        return self.graph.instances[self.graph.edge_instances[edge]]

    def holding(self, place: Place, condition: Condition) -> Flags | None:
        """Return for each state whether a place meets a condition, None if no value there can."""
        values = self.values(place)
        if not any(is_alike(value, condition.values[0]) for value in values):
            return None
        known = np.array([_meets(value, condition) for value in values])
        holds: Flags = known[self.codes(place)]
        return holds

    def at(self, instance: ActionInstance, variable: str) -> Place | None:
        """Return the place of a variable that an instance is about: the only one, or that of one of
        its parameters; None where that is not clear."""
        places = self.places(variable)
        if len(places) == 1 and places[0].key is None:
            return places[0]
        given = [value for _name, value in instance.parameters]
        found = [place for place in places if place.key in given]
        return found[0] if len(found) == 1 else None

    def read_by(self, actions: Iterable[str]) -> frozenset[str]:
        """Return the variables that some actions look at or change; all where nobody can tell."""
        wanted, slots = set(actions), self.graph.slots
        found: set[str] = set()
        for instance in self.graph.instances:
            if instance.action in wanted:
                every = range(len(slots)) if instance.reads is None else instance.reads
                found.update(slots[slot].variable for slot in (*every, *instance.writes))
        return frozenset(found)

    def taken_where(
        self, actions: Iterable[str], condition: Condition, *, holds: bool
    ) -> tuple[bool, int | None]:
        """Return whether it is known, and the first edge from a state that meets a condition.

        With `holds` False that is one from a state that does not meet it.
        """
        first: int | None = None
        for name in actions:
            for number, instance in enumerate(self.graph.instances):
                if instance.action != name:
                    continue
                place = self.at(instance, condition.variable)
                flags = None if place is None else self.holding(place, condition)
                if flags is None:
                    return False, None
                columns = self.graph.columns
                edges = columns.edges_by(number)
                met = edges.compress(flags.take(columns.sources.take(edges)) == holds)
                if len(met) and (first is None or int(met[0]) < first):
                    first = int(met[0])
        return True, first

    def named(self, place: Place) -> str:
        """Return a place as people write it: `writerState[w1]`."""
        variable = self.graph.slots[place.slot].variable
        return variable if place.key is None else f"{variable}[{format_value(place.key)}]"

    def told(self, edge: int, variable: str = "") -> str:
        """Return a step in words: after how many others, by what, from which value to which."""
        source, target = self.graph.sources[edge], self.graph.targets[edge]
        steps = self.graph.depth(source)
        text = f"after {steps} step{'' if steps == 1 else 's'}, {self.instance(edge).label}"
        for place in self.places(variable):
            before, after = self.value(place, source), self.value(place, target)
            if before != after:
                name = self.named(place)
                return f"{text} takes {name} from {_shown(before)} to {_shown(after)}"
        return text


def leaves(value: Value) -> Iterator[tuple[tuple[Value, ...], Value]]:
    """Yield the parts of a value that have no parts, each with the keys that lead to it."""
    if isinstance(value, FunctionValue):
        for key, part in value.items():
            for path, leaf in leaves(part):
                yield (key, *path), leaf
    else:
        yield (), value


def pairs(before: Value, after: Value) -> Iterator[tuple[Value, Value]]:
    """Yield the parts of two values that differ, those without parts."""
    first = dict(leaves(before))
    for path, leaf in leaves(after):
        if path in first and first[path] != leaf:
            yield first[path], leaf


def is_same(value: Value, named: Value | None) -> bool:
    """Say whether a value is the one that a name, a word or a number stands for."""
    own = value.name if isinstance(value, ModelValue) else value
    return type(own) is type(named) and own == named


def is_alike(value: Value, other: Value | None) -> bool:
    """Say whether two values are of one kind, model values being names."""
    own = value.name if isinstance(value, ModelValue) else value
    return type(own) is type(other)


def _meets(value: Value, condition: Condition) -> bool:
    own = value.name if isinstance(value, ModelValue) else value
    match condition.sign:
        case "=" | "in":
            return any(is_same(value, each) for each in condition.values)
        case "#":
            return not any(is_same(value, each) for each in condition.values)
    bound = condition.values[0]
    if type(own) is not int or type(bound) is not int:
        return False
    match condition.sign:
        case "<":
            return own < bound
        case "<=":
            return own <= bound
        case ">":
            return own > bound
        case _:
            return own >= bound


def _shown(value: Value) -> str:
    text = format_value(value)
    return text if len(text) <= 60 else f"{text[:59]}\N{HORIZONTAL ELLIPSIS}"
