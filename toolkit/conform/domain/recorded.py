"""Parts of values that know what is asked of them; subclasses say how, and who is told.

They stand in the place of a set's elements, or of a function's values. What was asked for is what
a step depends on: the rest of the set or function may be any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conform.domain.values import FunctionValue, Value


class RecordedElements:
    """Elements of a set that know which of them are asked for; a subclass says how.

    To those who ask they are a frozenset: what is not defined here is done by the frozenset of all.
    """

    __slots__ = ()

    @property
    def is_changed(self) -> bool:
        """Whether values were joined or left out since the state."""
        raise NotImplementedError

    def candidates(self) -> frozenset[Value]:
        """Return all values that might be elements; whether they are is not read for that."""
        raise NotImplementedError

    def joined(self, values: Iterable[Value]) -> RecordedElements:
        """Return the elements and `values`; nothing is read for that."""
        raise NotImplementedError

    def without(self, values: Iterable[Value]) -> RecordedElements:
        """Return the elements that are not among `values`; nothing is read for that."""
        raise NotImplementedError

    def __contains__(self, value: object) -> bool:
        raise NotImplementedError

    def all(self) -> frozenset[Value]:
        """Return all elements, every candidate asked for."""
        return frozenset([value for value in self.candidates() if value in self])

    def __iter__(self) -> Iterator[Value]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, frozenset | set):
            return self.all() == (other.all() if isinstance(other, RecordedElements) else other)
        if not all(value in self for value in other):
            return False
        return all(value in other or value not in self for value in self.candidates())

    def __hash__(self) -> int:
        return hash(self.all())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.all(), name)

    def __le__(self, other: frozenset[Value]) -> bool:
        return self.all() <= other

    def __lt__(self, other: frozenset[Value]) -> bool:
        return self.all() < other

    def __ge__(self, other: frozenset[Value]) -> bool:
        return self.all() >= other

    def __gt__(self, other: frozenset[Value]) -> bool:
        return self.all() > other

    def __and__(self, other: frozenset[Value]) -> frozenset[Value]:
        return self.all() & other

    def __or__(self, other: frozenset[Value]) -> frozenset[Value]:
        return self.all() | other

    def __sub__(self, other: frozenset[Value]) -> frozenset[Value]:
        return self.all() - other

    def __xor__(self, other: frozenset[Value]) -> frozenset[Value]:
        return self.all() ^ other

    def __rand__(self, other: frozenset[Value]) -> frozenset[Value]:
        return other & self.all()

    def __ror__(self, other: frozenset[Value]) -> frozenset[Value]:
        return other | self.all()

    def __rsub__(self, other: frozenset[Value]) -> frozenset[Value]:
        return other - self.all()

    def __rxor__(self, other: frozenset[Value]) -> frozenset[Value]:
        return other ^ self.all()

    def __reduce__(self) -> tuple[type[frozenset[Value]], tuple[frozenset[Value]]]:
        return frozenset, (self.all(),)

    def __repr__(self) -> str:
        return repr(self.all())


class RecordedValues(tuple[Any, ...]):
    """Values of a function that know what is read of them; a subclass says how."""

    def replaced(self, place: int, value: Value) -> RecordedValues:
        """Return the values that differ at position `place` alone; no other is read for that."""
        raise NotImplementedError


class RecordedKeys(RecordedValues):
    """Values of a function whose domain changes, that know at which arguments they are read.

    To those who ask they are a tuple in the order of the domain.
    """

    @property
    def elements(self) -> RecordedElements:
        """The arguments; none is read for it."""
        raise NotImplementedError

    def at(self, argument: Value) -> Value | None:
        """Return the value at an argument, None outside the domain; no other is read for that."""
        raise NotImplementedError

    def with_value(self, argument: Value, value: Value) -> FunctionValue:
        """Return the function that has a value at an argument, old or new; none is read for it."""
        raise NotImplementedError

    def restricted(self, elements: RecordedElements) -> FunctionValue | None:
        """Return the function on some of its arguments; None where all have to be asked for."""
        raise NotImplementedError
