"""Copies of values that share nothing with the original but keep the sharing within it."""

from __future__ import annotations

from conform.languages.fizzbee.evaluation.values import (
    Bag,
    Datum,
    Dict,
    GenericMap,
    GenericSet,
    List,
    Mutable,
    Record,
    Set,
    Struct,
)


def deep_copy(value: Datum, known: dict[int, Datum] | None = None) -> Datum:
    """Return a copy that can be changed; roles and functions are themselves in it."""
    made = {} if known is None else known
    match value:
        case tuple():
            return tuple(deep_copy(each, made) for each in value)
        case Struct():
            fields = {name: deep_copy(each, made) for name, each in value.fields.items()}
            return Struct(fields, value.kind)
        case Mutable():
            if id(value) not in made:
                made[id(value)] = _copy(value, made)
            return made[id(value)]
        case _:
            return value


def _copy(value: Mutable, made: dict[int, Datum]) -> Datum:
    match value:
        case List() | Bag() | GenericSet():
            copy = type(value)()
            copy.elements = [deep_copy(each, made) for each in value.elements]
            return copy
        case Dict():
            return Dict((deep_copy(k, made), deep_copy(v, made)) for k, v in value.entries.values())
        case Set():
            return Set(deep_copy(each, made) for each in value.members.values())
        case GenericMap():
            return GenericMap((deep_copy(k, made), deep_copy(v, made)) for k, v in value.pairs)
        case Record():
            return Record({name: deep_copy(each, made) for name, each in value.fields.items()})
        case _:
            raise TypeError(f"a mutable of kind {value.kind}")
