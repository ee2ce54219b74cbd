"""A function of the specification as a mapping of a generated machine, value by value when asked.

It stands for a function that tells what is read of it (`RecordedValues`): only what the machine
looks up is read, and what `replaced` and `updated` leave alone is linked to it still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conform.domain.recorded import RecordedValues
from conform.domain.values import (
    FunctionValue,
    Value,
)


def linked_class(mapping: type[Any]) -> type[Any]:
    """Return the subclass of a machine's class of mappings whose instances are linked."""

    class LinkedMapping(mapping):  # type: ignore[misc]  # the machine's own class
        """A mapping by a function; `places` gives the place of each key in its domain."""

        __slots__ = ("_known", "function", "part_of", "places", "value_of")

        def __init__(
            self,
            function: FunctionValue,
            places: dict[Any, int],
            part_of: Callable[[Value], Any],
            value_of: Callable[[Any], Value],
        ) -> None:
            self.function = function
            self.places = places
            self.part_of = part_of
            self.value_of = value_of
            self._known: dict[int, Any] = {}

        @property
        def _items(self) -> dict[Any, Any]:
            return {key: self[key] for key in self.places}

        def __getitem__(self, key: Any) -> Any:
            place = self.places[key]
            if place not in self._known:
                self._known[place] = self.part_of(self.function.values[place])
            return self._known[place]

        def __iter__(self) -> Iterator[Any]:
            return iter(self.places)

        def __len__(self) -> int:
            return len(self.places)

        def __contains__(self, key: object) -> bool:
            return key in self.places

        def keys(self) -> Any:
            return self.places.keys()

        def __eq__(self, other: object) -> bool:
            return bool(mapping(self._items) == other)

        def __hash__(self) -> int:
            return hash(mapping(self._items))

        def replaced(self, key: Any, value: Any) -> Any:
            if key not in self.places:
                return self
            function = self.function.replaced(self.places[key], self.value_of(value))
            return LinkedMapping(function, self.places, self.part_of, self.value_of)

        def updated(self, key: Any, change: Callable[[Any], Any]) -> Any:
            return self.replaced(key, change(self[key])) if key in self.places else self

    return LinkedMapping


def is_linked(part: Any) -> bool:
    """Return whether a part of a machine's state is a linked mapping."""
    return isinstance(getattr(part, "function", None), FunctionValue)


def is_recorded(value: Value) -> bool:
    """Return whether a value is a function that tells what is read of it."""
    return type(value) is FunctionValue and isinstance(value.values, RecordedValues)
