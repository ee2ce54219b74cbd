"""Types of translated expressions: which Python value stands for a value of TLA+.

TLA+ is untyped; Python's values are not all alike. A sequence is a tuple here and any other
function a FrozenMapping, so an expression whose meaning depends on the difference needs a known
type. Types come from the type invariant, from Init and from the values of the constants.

`Unknown` is the bottom (nothing is known yet: the elements of an empty set), `Mixed` the top.
"""

from __future__ import annotations

from typing import TypeAlias, Union

from msgspec import Struct

from conform.domain.values import FunctionValue, ModelValue, SetValue, Value


class Unknown(Struct, frozen=True):
    """Nothing is known."""


class Mixed(Struct, frozen=True):
    """Values of several kinds."""


class Boolean(Struct, frozen=True):
    """TRUE and FALSE."""


class Integer(Struct, frozen=True):
    """Integers."""


class Text(Struct, frozen=True):
    """Strings and model values; `literals` are all that occur, None if that is not known."""

    literals: tuple[str, ...] | None = None


class SetOf(Struct, frozen=True):
    """Sets: `range` objects with `is_range`, else frozensets."""

    element: Type
    is_range: bool = False


class FunctionOf(Struct, frozen=True):
    """Functions that are no sequences; `domain` is the TLA+ text of their domain, if known."""

    argument: Type
    result: Type
    domain: str = ""


class SequenceOf(Struct, frozen=True):
    """Sequences of any length."""

    element: Type


class TupleOf(Struct, frozen=True):
    """Tuples of one length."""

    elements: tuple[Type, ...]


class RecordOf(Struct, frozen=True):
    """Records with these fields (sorted); what the fields hold is known to the translator."""

    fields: tuple[str, ...]


Type: TypeAlias = Union[  # noqa: UP007
    Unknown,
    Mixed,
    Boolean,
    Integer,
    Text,
    SetOf,
    FunctionOf,
    SequenceOf,
    TupleOf,
    RecordOf,
]

UNKNOWN, MIXED, BOOLEAN, INTEGER, TEXT = Unknown(), Mixed(), Boolean(), Integer(), Text()

SCALARS = (Boolean, Integer, Text)


def join(left: Type, right: Type) -> Type:
    """Return the least type that has the values of both."""
    if left == right or isinstance(right, Unknown):
        return left
    match left, right:
        case Unknown(), _:
            return right
        case Text(one), Text(two):
            if one is None or two is None:
                return TEXT
            return Text((*one, *(each for each in two if each not in one)))
        case SetOf(), SetOf():
            return SetOf(join(left.element, right.element), left.is_range and right.is_range)
        case FunctionOf(), FunctionOf():
            domain = left.domain if left.domain == right.domain else ""
            argument = join(left.argument, right.argument)
            return FunctionOf(argument, join(left.result, right.result), domain)
        case ((SequenceOf() | TupleOf()), (SequenceOf() | TupleOf())):
            return _join_sequences(left, right)
        case _:
            return MIXED


def join_all(types: list[Type]) -> Type:
    """Return the least type that has the values of all; Unknown for none."""
    result: Type = UNKNOWN
    for each in types:
        result = join(result, each)
    return result


def _join_sequences(left: SequenceOf | TupleOf, right: SequenceOf | TupleOf) -> Type:
    match left, right:
        case TupleOf(one), TupleOf(two) if len(one) == len(two):
            return TupleOf(tuple(map(join, one, two)))
    return SequenceOf(join(element_of(left), element_of(right)))


def element_of(sequence: SequenceOf | TupleOf) -> Type:
    """Return the type of what a sequence holds."""
    if isinstance(sequence, SequenceOf):
        return sequence.element
    return join_all(list(sequence.elements))


def without_domains(of: Type) -> Type:
    """Return the type without what only helps translation: texts of domains, ranges."""
    match of:
        case FunctionOf(argument, result):
            return FunctionOf(without_domains(argument), without_domains(result))
        case SetOf(element):
            return SetOf(without_domains(element))
        case SequenceOf(element):
            return SequenceOf(without_domains(element))
        case TupleOf(elements):
            return TupleOf(tuple(map(without_domains, elements)))
        case _:
            return of


def may_be_equal(left: Type, right: Type) -> bool:
    """Whether Python's == decides equality of values of these types as TLA+ does."""
    match left, right:
        case (Mixed(), _) | (_, Mixed()):
            other = right if isinstance(left, Mixed) else left
            return isinstance(other, SCALARS)
        case (Unknown(), _) | (_, Unknown()):
            return True
        case SetOf(), SetOf():
            return may_be_equal(left.element, right.element)
        case FunctionOf(), FunctionOf():
            arguments = may_be_equal(left.argument, right.argument)
            return arguments and may_be_equal(left.result, right.result)
        case TupleOf(one), TupleOf(two):
            return len(one) != len(two) or all(map(may_be_equal, one, two))
        case (TupleOf(elements), SequenceOf(element)) | (SequenceOf(element), TupleOf(elements)):
            return all(may_be_equal(each, element) for each in elements)
        case SequenceOf(), SequenceOf():
            return may_be_equal(left.element, right.element)
        case _:
            return type(left) is type(right)


def type_of(value: Value) -> Type:
    """Return the type of a constant's value; strings and model values are plain text."""
    match value:
        case bool():
            return BOOLEAN
        case int():
            return INTEGER
        case str() | ModelValue():
            return TEXT
        case SetValue():
            return SetOf(join_all([type_of(element) for element in value.ordered]))
        case FunctionValue() if value.is_sequence:
            return SequenceOf(join_all([type_of(element) for element in value.values]))
        case FunctionValue():
            arguments = join_all([type_of(element) for element in value.domain.elements])
            return FunctionOf(arguments, join_all([type_of(element) for element in value.values]))
