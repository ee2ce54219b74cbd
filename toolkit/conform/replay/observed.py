"""States that an implementation reports, compared with the model's at the speed of replay.

Each variable's plain data is turned into a value once: `marshal` gives a key for it in one call,
which, unlike equality in Python, tells True from 1. Values are interned, so that the comparison of
a state is one identity test a variable. Model values are erased on both sides (domain.plain).
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import NewType

from conform.domain.plain import from_plain, without_model_values
from conform.domain.values import SetValue, Value, function, sequence
from conform.errors import InputError
from conform.replay.implementation import called

MAX_REMEMBERED = 200_000
"""Different plain data remembered before the memory is emptied: bounds it to about 100 MB."""

_dumps: Callable[[object, int], bytes] = marshal.dumps  # type: ignore[assignment]  # may raise
_MARSHAL_VERSION = 2
"""The last version that writes equal data alike, without references to shared parts."""

Expected = NewType("Expected", tuple[Value, ...])
"""A state to compare with: interned values without model values, in the order of the variables."""


class ObservedStates:
    """Knows the spec's variables and what plain data stands for which value."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.variables = variables
        self._interned: dict[tuple[type, Value], Value] = {}
        self._erased: dict[tuple[type, Value], Value] = {}
        self._values: dict[bytes, Value] = {}

    def expected(self, values: tuple[Value, ...]) -> Expected:
        """Return the state with these `values`, one a variable, to compare with."""
        return Expected(tuple(map(self.erased, values)))

    def agrees(self, state: Mapping[str, object], expected: Expected) -> bool:
        """Whether `state` has exactly the expected variables and values; False for strange data."""
        if len(state) != len(expected):
            return False
        known, dumps = self._values, _dumps
        try:
            for name, value in zip(self.variables, expected, strict=True):
                key = dumps(state[name], _MARSHAL_VERSION)
                if known.get(key) is not value and self._learn(key, state[name]) is not value:
                    return False
        except (KeyError, ValueError, InputError):
            return called(self._agrees_slowly, state, expected) is True
        return True

    def value(self, data: object) -> Value:
        """Return the interned value of plain `data`, or raise InputError for anything else."""
        try:
            return self._intern(_value_of(data))
        except RecursionError:
            raise InputError("data nested too deeply") from None

    def _agrees_slowly(self, state: Mapping[str, object], expected: Expected) -> bool:
        """Compare a state whose data marshal does not take: subclasses of the plain types."""
        pairs = zip(self.variables, expected, strict=True)
        return all(self.value(state[name]) is value for name, value in pairs)

    def _learn(self, key: bytes, data: object) -> Value:
        if len(self._values) >= MAX_REMEMBERED:
            self._values.clear()
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self.value(data)
        return found

    def erased(self, value: Value) -> Value:
        """Return the interned value without model values."""
        key = (type(value), value)
        erased = self._erased.get(key)
        if erased is None:
            erased = self._erased[key] = self._intern(without_model_values(value))
        return erased

    def _intern(self, value: Value) -> Value:
        return self._interned.setdefault((type(value), value), value)


def _value_of(data: object) -> Value:
    """Return the value of plain data; enumeration members and the like count as what they extend.

    `from_plain` keeps such members as they are, and they would equal no value of the same text.
    """
    match data:
        case bool():
            return data
        case int():
            return int(data)
        case str():
            return str.__str__(data)
        case Mapping():
            return function({_value_of(key): _value_of(image) for key, image in data.items()})
        case tuple() | list():
            return sequence(map(_value_of, data))
        case AbstractSet():
            return SetValue(map(_value_of, data))
        case _:
            return from_plain(data)
