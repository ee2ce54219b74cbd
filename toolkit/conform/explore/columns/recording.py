"""Values that record which of their leaves were read while they were evaluated.

An evaluator is given functions whose tuple of values is a RecordingTuple. Whatever is asked of that
tuple goes through the methods here, so that no reading is missed by an evaluator that knows nothing
of them: one place read is one leaf recorded, anything else all of them. What the tuple holds for
Python's own code, which such methods do not see, is nothing but marks; a mark that gets into a
result is found there. `FunctionValue.replaced` gives a tuple that still stands for the leaves that
were not replaced: they are not read, and the step keeps them. Sets are given RecordingElements in
the same way: asking for one element reads one leaf, and joining elements reads none.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, SupportsIndex

from conform.domain.recorded import (
    RecordedElements,
    RecordedKeys,
    RecordedValues,
)
from conform.domain.values import (
    FunctionValue,
    RecordedDomain,
    SetValue,
    Value,
)
from conform.explore.columns.codes import Decoded, key_of_value
from conform.explore.columns.shapes import (
    ABSENT,
    ByArgument,
    ByKey,
    ByMember,
    Shape,
    ShapeBrokenError,
    Whole,
)
from conform.explore.defect import ExplorerDefectError


class _Unread:
    """The mark in place of a value that was not read by the methods of RecordingTuple."""

    def __repr__(self) -> str:
        return "unread"


_UNREAD: Any = _Unread()


class Recorder:
    """The values of all leaves in one state, and which of them were read, in order.

    `ranged` has the numbers of the sets of which an evaluation asked what elements there might be,
    each with the number of members at that time: one more may change what it finds.
    """

    __slots__ = ("ranged", "read", "values")

    def __init__(self, values: Decoded) -> None:
        self.values = values
        self.read: dict[int, None] = {}
        self.ranged: dict[int, int] = {}

    def value(self, shape: Shape) -> Value:
        """Return what stands for the value of a shape; a leaf counts as read."""
        if type(shape) is Whole:
            self.read[shape.leaf] = None
            return self.values[shape.leaf]
        if type(shape) is ByArgument:
            return shape.form.like(RecordingTuple(shape, self))
        if type(shape) is ByKey:
            return RecordingKeys.of(shape, self, {})
        assert type(shape) is ByMember
        return SetValue.of_recorded(RecordingElements(shape, self, {}))

    def state(self, roots: Iterable[Shape]) -> tuple[Value, ...]:
        """Return a state to evaluate: variables that are one leaf as they are, and not recorded."""
        return tuple(
            [self.values[root.leaf] if type(root) is Whole else self.value(root) for root in roots]
        )


class RecordingTuple(RecordedValues):
    """The values of a function that records what is read of it; `changes` were replaced."""

    shape: ByArgument
    recorder: Recorder
    changes: dict[int, Value]
    _known: dict[int, Value]

    def __new__(
        cls, shape: ByArgument, recorder: Recorder, changes: dict[int, Value] | None = None
    ) -> RecordingTuple:
        """Make the values of a function of this shape."""
        made = tuple.__new__(cls, (_UNREAD,) * len(shape.parts))
        made.shape = shape
        made.recorder = recorder
        made._known = {} if changes is None else dict(changes)
        made.changes = changes or {}
        return made

    def replaced(self, place: int, value: Value) -> RecordingTuple:
        """Return the values that differ in one place; no other is read for it."""
        return RecordingTuple(self.shape, self.recorder, {**self.changes, place: value})

    def _at(self, place: int) -> Value:
        found: Value = self._known.get(place, _UNREAD)
        if found is _UNREAD:
            found = self._known[place] = self.recorder.value(self.shape.parts[place])
        return found

    def all(self) -> tuple[Value, ...]:
        """Return all values, every one of them read."""
        return tuple([self._at(place) for place in range(len(self.shape.parts))])

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        if type(index) is int and 0 <= index < len(self.shape.parts):
            return self._at(index)
        if isinstance(index, slice):
            return self.all()[index]
        place = index.__index__()
        count = len(self.shape.parts)
        if not -count <= place < count:
            raise IndexError(place)
        return self._at(place % count)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.all())

    def __reversed__(self) -> Iterator[Any]:
        return reversed(self.all())

    def __contains__(self, value: object) -> bool:
        return value in self.all()

    def __eq__(self, other: object) -> bool:
        return self.all() == (other.all() if isinstance(other, RecordingTuple) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: tuple[Any, ...]) -> bool:
        return self.all() < tuple(other)

    def __le__(self, other: tuple[Any, ...]) -> bool:
        return self.all() <= tuple(other)

    def __gt__(self, other: tuple[Any, ...]) -> bool:
        return self.all() > tuple(other)

    def __ge__(self, other: tuple[Any, ...]) -> bool:
        return self.all() >= tuple(other)

    def __hash__(self) -> int:
        return hash(self.all())

    def __add__(self, other: Any) -> Any:
        return self.all() + tuple(other)

    def __radd__(self, other: Any) -> Any:
        return tuple(other) + self.all()

    def __mul__(self, count: SupportsIndex) -> tuple[Any, ...]:
        return self.all() * count

    def __rmul__(self, count: SupportsIndex) -> tuple[Any, ...]:
        return self.all() * count

    def index(self, *arguments: Any) -> int:
        """Return the first place of a value, as tuples do."""
        return self.all().index(*arguments)

    def count(self, value: Any) -> int:
        """Return how often a value occurs, as tuples do."""
        return self.all().count(value)

    def __repr__(self) -> str:
        return repr(self.all())

    def __reduce__(self) -> Any:
        return tuple, (self.all(),)


class RecordingElements(RecordedElements):
    """The elements of a set that records which were asked for; `changes` were joined or left out.

    These are kept by what stands for a value in a dictionary: the value, and whether it is one.
    """

    __slots__ = ("changes", "recorder", "shape")

    def __init__(
        self, shape: ByMember, recorder: Recorder, changes: dict[Hashable, tuple[Value, bool]]
    ) -> None:
        self.shape = shape
        self.recorder = recorder
        self.changes = changes

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)

    def candidates(self) -> frozenset[Value]:
        """Return all values that might be elements; the set counts as ranged over."""
        self._note_ranged()
        if not self.changes:
            return self.shape.candidates
        changed = self.changes.values()
        left_out = [value for value, present in changed if not present]
        return self.shape.candidates.difference(left_out) | {
            value for value, present in changed if present
        }

    def __contains__(self, value: object) -> bool:
        known = self.changes.get(key_of_value(value))  # type: ignore[arg-type]  # or no element
        if known is not None:
            return known[1]
        leaf = self.shape.leaf(value)  # type: ignore[arg-type]  # the same
        if leaf is None:
            self._note_ranged()
            return False
        self.recorder.read[leaf] = None
        return self.recorder.values[leaf] is not self.shape.absent

    def all(self) -> frozenset[Value]:
        """Return all elements, every candidate asked for."""
        if self.changes:
            return super().all()
        self._note_ranged()
        shape, recorder = self.shape, self.recorder
        leaves = range(shape.first, shape.first + len(shape.members))
        recorder.read.update(dict.fromkeys(leaves))
        values, absent = recorder.values, shape.absent
        present = [values[leaf] is not absent for leaf in leaves]
        return frozenset(itertools.compress(shape.members, present))

    def _note_ranged(self) -> None:
        self.recorder.ranged.setdefault(self.shape.number, len(self.shape.members))

    def joined(self, values: Iterable[Value]) -> RecordingElements:
        """Return the elements and `values`; none is read for it."""
        return self._changed(values, True)

    def without(self, values: Iterable[Value]) -> RecordingElements:
        """Return the elements that are not among `values`; none is read for it."""
        return self._changed(values, False)

    def _changed(self, values: Iterable[Value], present: bool) -> RecordingElements:
        changes = {key_of_value(value): (value, present) for value in values}
        return RecordingElements(self.shape, self.recorder, {**self.changes, **changes})


Changed = dict[Hashable, tuple[Value, Any]]
"""By what stands for an argument in a dictionary: the argument, and its value or ABSENT."""


class RecordingKeys(RecordingTuple, RecordedKeys):
    """The values of a function whose domain changes; `changes` were put in, or left out.

    The domain's elements have the same changes.
    """

    shape: ByKey  # type: ignore[assignment]  # no method of the base class that uses it is kept
    changes: Changed  # type: ignore[assignment]  # the same
    _domain: RecordedDomain

    @classmethod
    def of(cls, shape: ByKey, recorder: Recorder, changes: Changed) -> FunctionValue:
        """Return the function that differs from that of the state by some changes."""
        made = tuple.__new__(cls, (_UNREAD,))
        made.shape, made.recorder, made.changes = shape, recorder, changes
        present = {key: (one, value is not ABSENT) for key, (one, value) in changes.items()}
        made._domain = RecordedDomain(RecordingElements(shape, recorder, present))
        return FunctionValue(made._domain, made)

    @property
    def elements(self) -> RecordedElements:
        """The arguments; none is read for it."""
        return self._domain.recorded

    def at(self, argument: Value) -> Value | None:
        """Return the value at an argument, None outside the domain; no other is read for that."""
        changed = self.changes.get(key_of_value(argument))
        if changed is not None:
            return None if changed[1] is ABSENT else changed[1]
        if argument not in self.elements:
            return None
        leaf = self.shape.leaf(argument)
        assert leaf is not None, "it is an argument"
        return self.recorder.values[leaf]

    def with_value(self, argument: Value, value: Value) -> FunctionValue:
        """Return the function that has a value at an argument, old or new; none is read for it."""
        return self._with({key_of_value(argument): (argument, value)})

    def _with(self, changes: Changed) -> FunctionValue:
        return RecordingKeys.of(self.shape, self.recorder, {**self.changes, **changes})

    def restricted(self, elements: RecordedElements) -> FunctionValue | None:
        """Return the function on some of its arguments; None where all have to be asked for.

        That is where the elements are not the arguments in the state with a few left out.
        """
        if (
            not isinstance(elements, RecordingElements)
            or elements.shape is not self.shape
            or elements.recorder is not self.recorder
            or not self.changes.keys() <= elements.changes.keys()
        ):
            return None
        left_out: Changed = {}
        for key, (argument, is_present) in elements.changes.items():
            if not is_present:
                left_out[key] = (argument, ABSENT)
            elif self.at(argument) is None:
                return None
        return self._with(left_out)

    def replaced(self, place: int, value: Value) -> RecordingKeys:
        """Return the values that differ at one place of the domain."""
        after = self.with_value(self._domain.elements[place], value).values
        assert isinstance(after, RecordingKeys), "it is made of these"
        return after

    def all(self) -> tuple[Value, ...]:
        """Return all values in the order of the domain, every one of them read."""
        found = [self.at(argument) for argument in self._domain.elements]
        return tuple([one for one in found if one is not None])

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        return self.all()[index]

    def __len__(self) -> int:
        return len(self._domain.elements)


def writes_into(
    found: dict[int, Value], variable: int, shape: Shape, value: Value, recorder: Recorder
) -> None:
    """Put into `found` the leaves of a shape that `value` does not keep, with their new values.

    What of it stands elsewhere in the state has to be read for that. Raises ShapeBrokenError.
    """
    match shape:
        case Whole(leaf):
            found[leaf] = settled(value)
        case ByArgument(form, parts):
            if not isinstance(value, FunctionValue) or not form.is_like(value):
                raise ShapeBrokenError(variable)
            values = value.values
            if (
                isinstance(values, RecordingTuple)
                and values.shape is shape
                and values.recorder is recorder  # an evaluator may remember values of another
            ):
                places = values.changes.items()
            else:
                places = dict(enumerate(values)).items()
            for place, one in places:
                writes_into(found, variable, parts[place], one, recorder)
        case ByKey():
            if type(value) is not FunctionValue:
                raise ShapeBrokenError(variable)
            _keys_into(found, shape, value, recorder)
        case ByMember():
            if type(value) is not SetValue:
                raise ShapeBrokenError(variable)
            _members_into(found, shape, value.elements, recorder)


def _members_into(
    found: dict[int, Value], shape: ByMember, elements: Any, recorder: Recorder
) -> None:
    """Put into `found` what elements a set has now, but for those that it keeps as they were."""
    if (
        isinstance(elements, RecordingElements)
        and elements.shape is shape
        and elements.recorder is recorder
    ):
        changes = list(elements.changes.values())
    else:  # a member that is met later is no element of these either
        found.update(dict.fromkeys(range(shape.first, shape.first + shape.room), False))
        changes = [(value, True) for value in elements]
    for value, is_present in changes:
        leaf = shape.admit(settled(value)) if is_present else shape.leaf(value)
        if leaf is not None:
            found[leaf] = is_present


def _keys_into(
    found: dict[int, Value], shape: ByKey, value: FunctionValue, recorder: Recorder
) -> None:
    """Put into `found` what a function has at its arguments now, but for those that it keeps."""
    values = value.values
    if isinstance(values, RecordingKeys) and values.shape is shape and values.recorder is recorder:
        changes = list(values.changes.values())
    else:  # an argument that is met later is none of this one either
        found.update(dict.fromkeys(range(shape.first, shape.first + shape.room), ABSENT))
        changes = list(value.items())
    for argument, one in changes:
        leaf = shape.leaf(argument) if one is ABSENT else shape.admit(settled(argument))
        if leaf is not None:
            found[leaf] = one if one is ABSENT else settled(one)


def settled(value: Value) -> Value:
    """Return the value without anything in it that records; raise ExplorerDefectError for a mark.

    All of it is read for that.
    """
    if isinstance(value, FunctionValue):
        values = tuple(map(settled, value.values))
        if isinstance(value.domain, RecordedDomain):
            return FunctionValue(value.domain.plain, values)
        if type(value.values) is tuple and all(map(_is_same, values, value.values)):
            return value
        return value.like(values)
    if isinstance(value, SetValue):
        elements = tuple(map(settled, value.elements))
        if value.recorded is None and all(map(_is_same, elements, value.elements)):
            return value
        return value.like(elements)
    if value is _UNREAD:
        raise ExplorerDefectError(
            "self-check: a value was copied without being read",
            expected="every reading of a value recorded",
            hint="please report this; --evaluator reference does without",
        )
    return value


def _is_same(one: object, other: object) -> bool:
    return one is other
