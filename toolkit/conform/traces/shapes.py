"""Shapes: what kinds of value stand where in a state, learnt from sample states.

JSON traces of TLC write sets and sequences alike as arrays, functions and records alike as objects
with printed keys, and model values as strings; the Informal Trace Format writes model values as
strings. A shape learnt from states of the model (the initial one already tells most) says what was
meant. What no sample shows stays as it was read: arrays are sequences, objects records, and names
strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from conform.domain.values import (
    Bindings,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    format_value,
    function,
)
from conform.traces.printed_values import IllPrinted, PrintedValues


class Shape:
    """What has been seen at one place: the kinds, and the shapes of what they hold.

    `arguments` maps the printed form of each argument of a function seen here to the argument.
    `fields` holds the shape at each string argument, as fields of a record differ from one another;
    `image` what is common to all other arguments.
    """

    __slots__ = ("arguments", "element", "fields", "image", "key", "kinds", "model_values")

    def __init__(self) -> None:
        self.kinds: set[type] = set()
        self.model_values: set[str] = set()
        self.element: Shape | None = None
        self.key: Shape | None = None
        self.arguments: dict[str, Value] = {}
        self.fields: dict[str, Shape] = {}
        self.image: Shape | None = None

    def learn(self, value: Value) -> None:
        """Take `value` for a sample of what stands here."""
        self.kinds.add(type(value))
        match value:
            case ModelValue(name):
                self.model_values.add(name)
            case SetValue():
                self.element = self.element or Shape()
                for element in value.elements:
                    self.element.learn(element)
            case FunctionValue():
                for argument, image in value.items():
                    self._learn_application(argument, image)

    def at(self, argument: Value) -> Shape | None:
        """Return the shape of what functions seen here give for `argument`."""
        return self.fields.get(argument) if isinstance(argument, str) else self.image

    def holds_sets_only(self) -> bool:
        """Whether sets were seen here and no function ever was."""
        return SetValue in self.kinds and FunctionValue not in self.kinds

    def _learn_application(self, argument: Value, image: Value) -> None:
        self.key = self.key or Shape()
        self.key.learn(argument)
        if isinstance(argument, str):
            self.fields.setdefault(argument, Shape()).learn(image)
            return
        self.arguments[format_value(argument)] = argument
        self.image = self.image or Shape()
        self.image.learn(image)


Shapes: TypeAlias = Mapping[str, Shape]
"""The shape of each variable."""


def shape_of(*samples: Value) -> Shape:
    """Return the shape that `samples` show."""
    shape = Shape()
    for sample in samples:
        shape.learn(sample)
    return shape


def shapes_of(states: Iterable[Bindings]) -> dict[str, Shape]:
    """Return the shape of each variable as `states` show it."""
    shapes: dict[str, Shape] = {}
    for state in states:
        for name, value in state:
            shapes.setdefault(name, Shape()).learn(value)
    return shapes


def restored(value: Value, shape: Shape | None, *, untyped: bool) -> Value:
    """Return `value` with what its format could not tell put right after `shape`.

    Strings become model values where only model values, or one of that name, were seen. With
    `untyped`, also: a sequence becomes a set where only sets were seen, and the string arguments of
    a function become what they print.
    """
    if shape is None:
        return value
    match value:
        case str():
            return _name_or_string(value, shape)
        case SetValue():
            return SetValue(_each(value.elements, shape.element, untyped))
        case FunctionValue():
            if untyped and value.is_sequence and shape.holds_sets_only():
                return SetValue(_each(value.values, shape.element, untyped))
            return _function(value, shape, untyped)
        case _:
            return value


def _each(values: Iterable[Value], shape: Shape | None, untyped: bool) -> list[Value]:
    return [restored(value, shape, untyped=untyped) for value in values]


def _name_or_string(text: str, shape: Shape) -> Value:
    if text in shape.model_values or shape.kinds == {ModelValue}:
        return ModelValue(text)
    return text


def _function(value: FunctionValue, shape: Shape, untyped: bool) -> Value:
    argument_of: Callable[[Value, Shape], Value] = _printed_argument if untyped else _argument
    pairs: dict[Value, Value] = {}
    for key, image in value.items():
        argument = argument_of(key, shape)
        pairs[argument] = restored(image, shape.at(argument), untyped=untyped)
    return function(pairs)


def _argument(key: Value, shape: Shape) -> Value:
    return restored(key, shape.key, untyped=False)


def _printed_argument(key: Value, shape: Shape) -> Value:
    """Return the argument that an object's key stands for.

    An argument seen before is known by its printed form. A new one is parsed, and taken when
    arguments of its kind were seen; model values and strings look alike, and decide as elsewhere.
    """
    if not isinstance(key, str) or shape.key is None or key in shape.fields:
        return key
    known = shape.arguments.get(key)
    return known if known is not None else _parsed_argument(key, shape.key)


def _parsed_argument(text: str, keys: Shape) -> Value:
    if keys.kinds == {str}:
        return text
    try:
        value = PrintedValues().value(text)
    except IllPrinted:
        return text
    return value if type(value) in keys.kinds else text
