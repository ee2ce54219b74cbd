"""Values as plain Python data: what an implementation is given, and what it gives back.

Integers, booleans and strings stand for themselves, a set is a `set` or `frozenset`, a function
a `dict`, and a sequence a `tuple` or `list`; a `dict` on 1..n is the same sequence. A model
value is its name as a string, so a comparison with plain data first erases model values.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from conform.domain.values import (
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    function,
    sequence,
)
from conform.errors import InputError

PlainData: TypeAlias = object
"""int, bool, str, frozenset, tuple or dict of the same."""


def to_plain(value: Value) -> PlainData:
    """Return `value` as plain data: tuples for sequences, dicts for other functions.

    Elements of sets are made hashable: a function inside a set becomes a sorted tuple of pairs.
    """
    match value:
        case ModelValue(name):
            return name
        case SetValue():
            return frozenset(_hashable(element) for element in value.elements)
        case FunctionValue():
            if value.is_sequence:
                return tuple(map(to_plain, value.values))
            return {_hashable(key): to_plain(image) for key, image in value.items()}
        case _:
            return value


def from_plain(data: PlainData) -> Value:
    """Return the value that plain `data` stands for, or raise InputError for any other type."""
    match data:
        case bool() | int() | str():
            return data
        case Mapping():
            return function({from_plain(key): from_plain(image) for key, image in data.items()})
        case tuple() | list():
            return sequence(map(from_plain, data))
        case AbstractSet():
            return SetValue(map(from_plain, data))
        case _:
            raise InputError(
                f"{data!r:.80} is of type {type(data).__name__}",
                expected="int, bool, str, set, tuple, list or dict",
            )


def without_model_values(value: Value) -> Value:
    """Return `value` with each model value replaced by its name, as plain data cannot tell them."""
    match value:
        case ModelValue(name):
            return name
        case SetValue():
            return SetValue(map(without_model_values, value.elements))
        case FunctionValue(domain=domain, values=values):
            if any(isinstance(key, ModelValue | SetValue | FunctionValue) for key in domain.index):
                pairs = {without_model_values(k): without_model_values(v) for k, v in value.items()}
                return function(pairs)
            return FunctionValue(domain, tuple(map(without_model_values, values)))
        case _:
            return value


def _hashable(value: Value) -> PlainData:
    plain = to_plain(value)
    return tuple(sorted(plain.items(), key=repr)) if isinstance(plain, dict) else plain
