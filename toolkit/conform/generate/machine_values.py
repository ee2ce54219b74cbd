"""States of a generated machine as values of the specification, and back.

Back from a value, the annotation of the machine's field tells a record from a mapping and a tuple
from a mapping on 1..n. Each distinct part of a state is converted once in either direction.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from msgspec import Struct

from conform.domain.machine import Machine
from conform.domain.states import State
from conform.domain.values import (
    Domain,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    function,
    record,
    sequence,
)
from conform.errors import EvaluationError
from conform.generate.linked_mappings import is_linked, is_recorded, linked_class


class _Record(Struct, frozen=True):
    """A class of records: the specification's name, identifier and annotation of each field."""

    made: Callable[..., Any]
    fields: tuple[tuple[str, str, ast.expr], ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _identifier, _annotation in self.fields)


@dataclass(slots=True)
class MachineValues:
    """Converts states of one machine, field by field."""

    fields: tuple[str, ...]
    _annotations: tuple[ast.expr, ...]
    _records: Mapping[str, _Record]
    _mapping: Callable[..., Any]
    _linked: Callable[..., Any]
    _state_class: Callable[..., Any]
    _values: list[dict[Hashable, Value]] = field(init=False)
    _parts: list[dict[Hashable, Any]] = field(init=False)
    _places: list[dict[Domain, dict[Any, int]]] = field(init=False)
    _mapped: list[tuple[ast.expr, Callable[[Value], Any]] | None] = field(init=False)
    _recent: tuple[tuple[State, Any], tuple[State, Any]] = (((), None), ((), None))

    def __post_init__(self) -> None:
        self._mapped = [self._mapping_of(annotation) for annotation in self._annotations]
        self._values = [{} for _ in self.fields]
        self._parts = [{} for _ in self.fields]
        self._places = [{} for _ in self.fields]

    def _mapping_of(self, annotation: ast.expr) -> tuple[ast.expr, Callable[[Value], Any]] | None:
        """Return the annotation of a mapping's keys, and what makes a part of a value in it."""
        match annotation:
            case ast.Subscript(value=ast.Name(id="FrozenMapping"), slice=ast.Tuple(elts=[key, to])):
                return key, lambda one: self.part(one, to)
            case _:
                return None

    def state(self, machine_state: Any) -> State:
        """Return the values of the variables, in the order of the machine's fields."""
        values = []
        for name, known in zip(self.fields, self._values, strict=True):
            part = getattr(machine_state, name)
            if is_linked(part):
                values.append(part.function)
                continue
            key = (type(part), part)
            value = known.get(key)
            if value is None:
                value = known[key] = self.value(part)
            values.append(value)
        return tuple(values)

    def machine_state(self, state: State) -> Any:
        """Return the machine's own form of a state; raise EvaluationError if it has none.

        The two states of a step are asked for many times in a row.
        """
        last, before = self._recent
        if state is last[0]:
            return last[1]
        if state is before[0]:
            self._recent = (before, last)
            return before[1]
        parts = []
        for place, value in enumerate(state):
            if is_recorded(value):
                parts.append(self._recorded(value, place))
                continue
            part = self._parts[place].get(value)
            if part is None or type(value) is bool:
                part = self.part(value, self._annotations[place])
                self._parts[place][value] = part
            parts.append(part)
        found = self._state_class(*parts)
        self._recent = ((state, found), last)
        return found

    def _recorded(self, value: Value, field_place: int) -> Any:
        """Return what stands for a function that tells what is read of it, read as late as can be.

        A mapping is read value by value; anything else is read as a whole.
        """
        mapped = self._mapped[field_place]
        if mapped is not None and isinstance(value, FunctionValue):
            key, part_of = mapped
            domain = value.domain
            places = self._places[field_place].get(domain)
            if places is None:
                places = {self.part(k, key): place for place, k in enumerate(domain.elements)}
                self._places[field_place][domain] = places
            if len(places) == len(domain.elements):
                return self._linked(value, places, part_of, self.value)
        return self.part(value, self._annotations[field_place])

    def value(self, part: Any) -> Value:
        """Return the value that a part of a machine's state stands for."""
        match part:
            case bool() | int() | str():
                return part
            case Mapping():
                return function({self.value(key): self.value(image) for key, image in part.items()})
            case frozenset():
                return SetValue(map(self.value, part))
            case tuple() | range():
                return sequence(map(self.value, part))
            case _:
                fields = self._records[type(part).__name__].fields
                return record({name: self.value(getattr(part, own)) for name, own, _ in fields})

    def part(self, value: Value, annotation: ast.expr) -> Any:
        """Return what stands for `value` in a place with this annotation.

        Raises EvaluationError for a value that does not fit there.
        """
        match annotation, value:
            case ast.BinOp(left=left, right=right), _:
                return self._either(value, (left, right))
            case _, ModelValue(name):
                return name
            case _, bool() | int() | str():
                return value
            case ast.Subscript(value=ast.Name(id="frozenset"), slice=inner), SetValue():
                return frozenset(self.part(each, inner) for each in value.elements)
            case ast.Subscript(value=ast.Name(id="tuple"), slice=inner), FunctionValue():
                if value.is_sequence:
                    return self._tuple(value, inner)
            case ast.Subscript(
                value=ast.Name(id="FrozenMapping"), slice=ast.Tuple(elts=[key, to])
            ), FunctionValue():
                return self._mapping(
                    {self.part(k, key): self.part(v, to) for k, v in value.items()}
                )
            case ast.Name(id=name), FunctionValue() if name in self._records:
                return self._record(value, self._records[name])
            case _:
                pass
        raise EvaluationError(
            f"{value!r} has no form as {ast.unparse(annotation)} in the generated machine"
        )

    def _either(self, value: Value, annotations: Iterable[ast.expr]) -> Any:
        failure: EvaluationError | None = None
        for annotation in annotations:
            try:
                return self.part(value, annotation)
            except EvaluationError as error:
                failure = error
        assert failure is not None
        raise failure

    def _tuple(self, value: FunctionValue, inner: ast.expr) -> Any:
        match inner:
            case ast.Tuple(elts=[of, ast.Constant(value=last)]) if last is ...:
                return tuple(self.part(each, of) for each in value.values)
            case ast.Tuple(elts=parts) if len(parts) == len(value):
                pairs = zip(value.values, parts, strict=True)
                return tuple(self.part(each, of) for each, of in pairs)
            case _ if len(value) == 1:
                return (self.part(value.values[0], inner),)
            case _:
                raise EvaluationError(f"{value!r} is no tuple of {ast.unparse(inner)}")

    def _record(self, value: FunctionValue, made: _Record) -> Any:
        fields = dict(value.items())
        if fields.keys() != made.names:
            raise EvaluationError(f"{value!r} has not the fields {', '.join(sorted(made.names))}")
        return made.made(*(self.part(fields[name], of) for name, _own, of in made.fields))


def values_of(machine: Machine, module: ModuleType) -> MachineValues:
    """Return the conversion for a machine and the module that it was executed as."""
    records = {
        each.identifier: _Record(
            getattr(module, each.identifier),
            tuple((one.name, one.identifier, _parsed(one.annotation)) for one in each.fields),
        )
        for each in machine.records
    }
    return MachineValues(
        tuple(each.identifier for each in machine.variables),
        tuple(_parsed(each.annotation) for each in machine.variables),
        records,
        module.FrozenMapping,
        linked_class(module.FrozenMapping),
        module.State,
    )


def _parsed(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body
