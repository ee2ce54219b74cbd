"""The steps of two graphs labelled: the class of the action, and the parameters that both give.

What a step is called by is its action with the parameters bound in the instance and the values
chosen on the way: one reading may have as a parameter what the other chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec import Struct

from conform.check.agreement.correspondence import ActionClass, Correspondence, Side
from conform.check.agreement.images import key_of
from conform.check.agreement.reading import Reading
from conform.check.agreement.value_matching import ValueMatching, match_values
from conform.domain.actions import ActionInstance
from conform.domain.values import Bindings, Value
from conform.explore.graph import StateGraph
from conform.explore.state_columns import Column, Numbers, combined, numbered


class Label(Struct, frozen=True):
    """What a step is called in both readings; `parameters` are in the common form."""

    action: ActionClass
    parameters: tuple[object, ...]


class Dimension(Struct, frozen=True):
    """One parameter that both readings give: each one's name for it, and how values match."""

    left: str
    right: str
    matching: ValueMatching

    def own(self, side: Side) -> str:
        """Return the name that one reading has for it."""
        return self.left if side is Side.LEFT else self.right


class Choices:
    """The values chosen inside the steps of one graph, remembered by what an instance reads."""

    def __init__(self, reading: Reading, graph: StateGraph) -> None:
        self._model = reading.model
        self._graph = graph
        self._known: dict[int, dict[int, tuple[Bindings, ...]]] = {}
        masks = {
            number: graph.packing.mask(instance.reads)
            for number, instance in enumerate(graph.instances)
            if instance.reads is not None
        }
        self._bits = {number: mask.bits for number, mask in masks.items()}

    def of(self, edge: int) -> Bindings:
        """Return the choices made on an edge."""
        return self.beside(edge)[self._graph.outcomes[edge]]

    def beside(self, edge: int) -> tuple[Bindings, ...]:
        """Return the choices of each successor that the instance of an edge yields at its source.

        That is so whether a constraint cut them off or not.
        """
        graph = self._graph
        number, source = graph.edge_instances[edge], graph.sources[edge]
        word = graph.words[source]
        key = word & self._bits[number] if number in self._bits else word
        of_instance = self._known.setdefault(number, {})
        known = of_instance.get(key)
        if known is None:
            found = self._model.successors(graph.instances[number], graph.state(source))
            known = of_instance[key] = tuple(each.choices for each in found)
        return known

    def kinds(self, number: int) -> tuple[Numbers, Column]:
        """Return the edges of an instance, and a column of them: equal where choices must be.

        That is where the instance read the same, and yields the same successor of several.
        """
        graph = self._graph
        columns = graph.columns
        edges = columns.edges_by(number)
        reads = columns.combinations(graph.instances[number].reads)
        read = reads.codes.take(columns.sources.take(edges))
        return edges, combined((read, np.asarray(graph.outcomes).take(edges)), len(edges))

    def all_of(self, number: int) -> list[Bindings]:
        """Return the choices of an instance on all edges asked about so far, each once."""
        found = self._known.get(number, {}).values()
        return list(dict.fromkeys(bindings for every in found for bindings in every))


@dataclass(slots=True)
class Labels:
    """The labels of all edges of both graphs, as numbers into `all`."""

    class_of: dict[Side, dict[str, ActionClass]]
    dimensions: dict[ActionClass, tuple[Dimension, ...]]
    all: list[Label] = field(default_factory=list)
    of_side: dict[Side, Numbers] = field(default_factory=dict)
    _numbers: dict[Label, int] = field(default_factory=dict)

    def number(self, side: Side, instance: ActionInstance, choices: Bindings) -> int:
        """Return the label of a step, which need not be in the graph."""
        action = self.class_of[side][instance.action]
        return self._number(self._label(side, action, (*instance.parameters, *choices)))

    def agrees(self, side: Side, instance: ActionInstance, label: Label) -> bool:
        """Whether an instance can have steps of this label, whatever is chosen in them."""
        if self.class_of[side].get(instance.action) is not label.action:
            return False
        given = dict(instance.parameters)
        pairs = zip(self.dimensions[label.action], label.parameters, strict=True)
        return all(
            key_of(dimension.matching.common(given[dimension.own(side)])) == wanted
            for dimension, wanted in pairs
            if dimension.own(side) in given
        )

    def _label(self, side: Side, action: ActionClass, given: Bindings) -> Label:
        values = dict(given)
        parameters = []
        for dimension in self.dimensions[action]:
            value = values.get(dimension.own(side))
            parameters.append(None if value is None else key_of(dimension.matching.common(value)))
        return Label(action, tuple(parameters))

    def _number(self, label: Label) -> int:
        number = self._numbers.setdefault(label, len(self.all))
        if number == len(self.all):
            self.all.append(label)
        return number


def labels_of(
    correspondence: Correspondence,
    readings: dict[Side, Reading],
    graphs: dict[Side, StateGraph],
) -> Labels:
    """Return the labels of all edges of two graphs."""
    classes = (*correspondence.classes, *correspondence.unmatched)
    choices = {side: Choices(readings[side], graphs[side]) for side in Side}
    class_of = {side: {name: each for each in classes for name in each.own(side)} for side in Side}
    given = {side: _Given(graphs[side], choices[side]) for side in Side}
    names = (readings[Side.LEFT].name, readings[Side.RIGHT].name)
    dimensions = {
        each: tuple(_dimensions(each, given[Side.LEFT], given[Side.RIGHT], names))
        if each.left and each.right
        else ()
        for each in classes
    }
    labels = Labels(class_of, dimensions)
    for side in Side:
        labels.of_side[side] = _edge_labels(labels, side, graphs[side], choices[side])
    return labels


def _edge_labels(labels: Labels, side: Side, graph: StateGraph, choices: Choices) -> Numbers:
    """Return the label of each edge; choices are asked for only where a label shows them."""
    of_instance: Numbers = np.zeros(len(graph.instances), np.int64)
    open_ended = []
    for number in np.flatnonzero(np.bincount(graph.columns.instances)).tolist():
        instance = graph.instances[number]
        own = {name for name, _value in instance.parameters}
        action = labels.class_of[side][instance.action]
        if all(dimension.own(side) in own for dimension in labels.dimensions[action]):
            of_instance[number] = labels.number(side, instance, ())
        else:
            open_ended.append(number)
    found: Numbers = of_instance.take(graph.columns.instances)
    for number in open_ended:
        edges, kinds = choices.kinds(number)
        chosen = (choices.of(edge) for edge in edges[kinds.firsts].tolist())
        of_kind = [labels.number(side, graph.instances[number], each) for each in chosen]
        found[edges] = np.array(of_kind, np.int64)[kinds.codes]
    return found


class _Given:
    """The names that the steps of an action are called by in one graph, and all their values."""

    def __init__(self, graph: StateGraph, choices: Choices) -> None:
        self._graph = graph
        instances = graph.columns.instances
        edges = numbered(instances, len(graph.instances)).firsts
        first = dict(sorted(zip(instances[edges].tolist(), edges.tolist(), strict=True)))
        open_ended = [number for number, edge in first.items() if any(choices.beside(edge))]
        for number in open_ended:
            made, kinds = choices.kinds(number)
            for edge in made[kinds.firsts].tolist():
                choices.beside(edge)
        self._samples: dict[str, list[Bindings]] = {}
        for number in first:
            instance = graph.instances[number]
            found = choices.all_of(number) if number in open_ended else [()]
            samples = self._samples.setdefault(instance.action, [])
            samples.extend((*instance.parameters, *chosen) for chosen in found)

    def names(self, actions: Sequence[str]) -> tuple[str, ...]:
        """Return the names that all steps of these actions give, in the order given."""
        samples = [each for action in actions for each in self._samples.get(action, ())]
        if not samples:
            return ()
        first, *others = [tuple(dict(each)) for each in samples]
        return tuple(name for name in first if all(name in other for other in others))

    def parameters(self, action: str) -> tuple[str, ...]:
        """Return the names of the parameters of an action, in the order of its instances."""
        found = (each.parameters for each in self._graph.instances if each.action == action)
        return tuple(name for name, _value in next(found, ()))

    def values(self, actions: Sequence[str], name: str) -> list[Value]:
        """Return the values that steps of these actions, or their instances, have."""
        samples = [each for action in actions for each in self._samples.get(action, ())]
        instances = (each for each in self._graph.instances if each.action in actions)
        every = [*samples, *(each.parameters for each in instances)]
        return [value for each in every for own, value in each if own == name]


def _dimensions(
    action: ActionClass, left: _Given, right: _Given, names: tuple[str, str]
) -> Iterator[Dimension]:
    """Yield what both sides give: by name, and in a one-to-one pair parameters by position too.

    What an action chooses is matched by name alone: it has no place that others could count on.
    """
    lefts, rights = left.names(action.left), right.names(action.right)
    common = [name for name in lefts if name in rights]
    pairs = [(name, name) for name in common]
    if len(action.left) == len(action.right) == 1:
        rest = [name for name in left.parameters(action.left[0]) if name not in common]
        others = [name for name in right.parameters(action.right[0]) if name not in common]
        if len(rest) == len(others):
            pairs += zip(rest, others, strict=True)
    for one, two in pairs:
        values = left.values(action.left, one), right.values(action.right, two)
        matching = match_values(*values, names)
        if not matching.reason and _overlap(*values, matching.common):
            yield Dimension(one, two, matching)


def _overlap(left: list[Value], right: list[Value], common: Callable[[Value], Value]) -> bool:
    return not {key_of(common(each)) for each in left}.isdisjoint(
        key_of(common(each)) for each in right
    )
