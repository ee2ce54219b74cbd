"""What identifies a state under VIEW and SYMMETRY: the Model's `identity`.

Source followed: TLCStateMut.java (fingerPrint), MVPerms.java, Tool.java (getSymmetryPerms) of TLC.
A view identifies states of equal value. A symmetry set generates a group of permutations of model
values, and identifies the states of an orbit. With both, the view is that of the orbit's least
state in TLC's order. TLC also takes functions that are no permutations, and then explores too
little; here they are refused.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeAlias

from conform.domain.model import Move
from conform.domain.states import Slots, State
from conform.domain.values import FunctionValue, ModelValue, SetValue, Value, function
from conform.errors import ConformError, InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.dispatch import Code
from conform.languages.tlaplus.evaluation.failing import shown
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.stack import evaluated
from conform.languages.tlaplus.specification import Specification
from conform.text import Span

Permutation: TypeAlias = Mapping[ModelValue, ModelValue]
"""Where each model value that is moved goes."""

MAX_PERMUTATIONS = 40_320
"""Elements of a symmetry group: those of a set of eight model values. Each state is compared with
so many others, so that a larger group costs more than it saves."""


class View:
    """States are one when the view has one value for them."""

    def __init__(
        self,
        name: str,
        reads: Slots | None,
        code: Code,
        span: Span,
        specification: Specification,
        tells: Slots | None = None,
    ) -> None:
        """Take a view of `tells` alone, one beside the other, if that is what it is."""
        self.name = name
        self.reads = reads
        self.moves: Sequence[Move] | None = None
        self.tells = tells
        self._code = code
        self._span = span
        self._specification = specification

    def key(self, state: State) -> Hashable:
        """Return the value of the view."""
        try:
            return told_apart(evaluated(lambda: self._value(state), self._span))
        except ConformError as error:
            raise self._specification.located(error) from None

    def _value(self, state: State) -> Value:
        return settle(self._code(state, None, ()), self._span)


class Symmetry:
    """States are one when a permutation of the group maps one to the other.

    Each slot's values are numbered, so that the least of an orbit is found by comparing numbers.
    The orbit of a value is made by few permutations, those that make the group: what they make of a
    value is remembered, and values that one orbit has share it.
    """

    def __init__(self, name: str, group: Sequence[Permutation], slot_count: int) -> None:
        self.name = name
        self.reads: Slots | None = frozenset(range(slot_count))
        self.tells: Slots | None = None
        self.moves: Sequence[Move] | None = [_Mover(permutation).moved for permutation in group]
        self._ways = _ways(group)
        self._numbers: list[dict[Hashable, int]] = [{} for _ in range(slot_count)]
        self._orbits: list[dict[Hashable, tuple[int, ...]]] = [{} for _ in range(slot_count)]

    def key(self, state: State) -> Hashable:
        """Return the numbers of the values of the orbit's least state."""
        return min(zip(*map(self._orbit, range(len(state)), state), strict=True), default=())

    def _orbit(self, slot: int, value: Value) -> tuple[int, ...]:
        """Return the numbers of what each permutation makes of a slot's value."""
        apart = told_apart(value)
        known = self._orbits[slot].get(apart)
        if known is None:
            numbers = self._numbers[slot]
            images = [value]
            for before, move in self._ways:
                images.append(move(images[before]))
            apart_each = map(told_apart, images)
            known = tuple([numbers.setdefault(image, len(numbers)) for image in apart_each])
            self._orbits[slot][apart] = known
        return known


class SymmetricView:
    """States are one when the view is the same for the least states of their orbits."""

    def __init__(
        self,
        view: View,
        name: str,
        group: Sequence[Permutation],
        slot_count: int,
        order: ValueOrder,
    ) -> None:
        self.name = f"{name} and {view.name}"
        self.reads: Slots | None = None if view.reads is None else frozenset(range(slot_count))
        self.moves: Sequence[Move] | None = None
        self.tells: Slots | None = None
        self._view = view
        self._movers = [_Mover(permutation) for permutation in ({}, *group)]
        self._order = order

    def key(self, state: State) -> Hashable:
        """Return the value of the view for the least state."""
        images = [tuple([mover.moved(value) for value in state]) for mover in self._movers]
        return self._view.key(min(images, key=lambda image: tuple(map(self._order.key, image))))


class _Mover:
    """Applies one permutation to values, remembering what it did to composite ones."""

    def __init__(self, permutation: Permutation) -> None:
        self._permutation = permutation
        self._known: dict[Value, Value] = {}

    def moved(self, value: Value) -> Value:
        """Return what becomes of `value`."""
        match value:
            case ModelValue():
                return self._permutation.get(value, value)
            case SetValue() | FunctionValue():
                known = self._known.get(value)
                if known is None:
                    known = self._known[value] = self._composite(value)
                return known
            case _:
                return value

    def _composite(self, value: SetValue | FunctionValue) -> Value:
        if isinstance(value, SetValue):
            return SetValue([self.moved(element) for element in value.elements])
        images = tuple([self.moved(image) for image in value.values])
        if value.is_sequence or all(type(one) in (int, str) for one in value.domain.elements):
            return FunctionValue(value.domain, images)
        arguments = [self.moved(argument) for argument in value.domain.elements]
        return function(dict(zip(arguments, images, strict=True)))


def told_apart(value: Value) -> Hashable:
    """Return what stands for a value as a key, where Python takes 1 and TRUE for one."""
    return (type(value), value) if type(value) is bool or type(value) is int else value


def generated_group(functions: Sequence[Value], span: Span) -> list[Permutation]:
    """Return the group that permutations of model values generate, without the identity.

    Raises InputError where one of `functions` is no permutation of model values.
    """
    group = _Group([_permutation(found, span) for found in functions])
    if group.is_too_large:
        raise InputError(
            f"the symmetry set generates more than {MAX_PERMUTATIONS:,} permutations",
            span=span,
            hint="use a smaller set, or leave SYMMETRY out",
        )
    return group.permutations()


def _ways(group: Sequence[Permutation]) -> list[tuple[int, Move]]:
    """Return how each element of a group is made: from which one before it, and by what.

    The first, which is not among them, is the identity.
    """
    made = _Group(group)
    moves = [_Mover(permutation).moved for permutation in made.generators]
    return [(before, moves[generator]) for before, generator in made.ways]


class _Group:
    """All that some permutations make together: the first element is the identity.

    `ways` has for each of the others the place of one before it, and the place of the generator
    that makes it of that one. `generators` are those permutations that others do not make.
    """

    def __init__(self, permutations: Sequence[Permutation]) -> None:
        self._moved = list({value: None for each in permutations for value in each})
        self._numbers = {value: number for number, value in enumerate(self._moved)}
        self.generators: list[Permutation] = []
        self.ways: list[tuple[int, int]] = []
        self._places = {tuple(range(len(self._moved))): 0}
        for permutation in permutations:
            if not self.is_too_large and self._images(permutation) not in self._places:
                self.generators.append(permutation)
                self._close()

    @property
    def is_too_large(self) -> bool:
        """Whether there are more elements than are looked at."""
        return len(self._places) > MAX_PERMUTATIONS

    def permutations(self) -> list[Permutation]:
        """Return all elements but the identity, in order."""
        moved = self._moved
        found: list[Permutation] = [
            {moved[at]: moved[image] for at, image in enumerate(images) if at != image}
            for images in self._places
        ]
        return found[1:]

    def _images(self, permutation: Permutation) -> tuple[int, ...]:
        return tuple(self._numbers[permutation.get(value, value)] for value in self._moved)

    def _close(self) -> None:
        """Make all elements anew."""
        generators = list(enumerate(map(self._images, self.generators)))
        waiting = [tuple(range(len(self._moved)))]
        self._places, self.ways = {waiting[0]: 0}, []
        for before, element in enumerate(waiting):
            for place, generator in generators:
                images = tuple([generator[image] for image in element])
                if images not in self._places:
                    self._places[images] = len(waiting)
                    waiting.append(images)
                    self.ways.append((before, place))
                    if self.is_too_large:
                        return


def _permutation(found: Value, span: Span) -> Permutation:
    if not isinstance(found, FunctionValue):
        raise _no_permutation(found, span, "it is no function")
    permutation: dict[ModelValue, ModelValue] = {}
    for argument, image in found.items():
        if not isinstance(argument, ModelValue) or not isinstance(image, ModelValue):
            raise _no_permutation(found, span, "it maps what is no model value")
        permutation[argument] = image
    if set(permutation) != set(permutation.values()):
        raise _no_permutation(found, span, "its values are not its arguments in another order")
    return {argument: image for argument, image in permutation.items() if argument != image}


def _no_permutation(found: Value, span: Span, why: str) -> InputError:
    return InputError(
        f"SYMMETRY needs permutations of model values, and {shown(found)} is none: {why}",
        span=span,
        expected="a set such as Permutations(S), or the union of several",
    )


def operand_count(node: syntax.Expression) -> int:
    """Return how many operands TLC counts in the definition of a symmetry set.

    TLC takes a set with no more permutations than operands for a mistake, warns, and explores
    without symmetry: `Permutations({p})` is such a set, and so is `{f, g}` written out.
    """
    match node:
        case syntax.Call(arguments=arguments):
            return len(arguments)
        case syntax.SetEnumeration(elements=elements):
            return len(elements)
        case syntax.Infix():
            return 2
        case syntax.Parentheses(expression=inner):
            return operand_count(inner)
        case syntax.If():
            return 3
        case syntax.Name() | syntax.Let():
            return 0
        case _:
            return 1
