"""Starlark's operators: arithmetic, comparison, membership, indexing and slicing.

Each raises FaultError that names the types and values where it has no result.
"""

from __future__ import annotations

from collections.abc import Callable

from conform.languages.fizzbee.evaluation.conversions import shown
from conform.languages.fizzbee.evaluation.faults import (
    FaultError,
    bounded_count,
    bounded_integer,
)
from conform.languages.fizzbee.evaluation.formatting import interpolated
from conform.languages.fizzbee.evaluation.values import (
    Bag,
    Datum,
    Dict,
    GenericMap,
    GenericSet,
    List,
    Record,
    Set,
    Struct,
    equal,
    is_member,
    key_of,
    type_name,
)
from conform.languages.fizzbee.syntax_expressions import BinaryOperator, ComparisonOperator

MAX_SHIFT = 512
"""Places of a shift: the bound that go.starlark.net sets."""

_NUMBERS = (int, float)


def is_number(value: Datum) -> bool:
    """Whether a value is an integer or a float; booleans are neither."""
    return type(value) in _NUMBERS


def binary(operator: BinaryOperator) -> Callable[[Datum, Datum], Datum]:
    """Return the function of an infix operator."""
    return _BINARY[operator]


def comparison(operator: ComparisonOperator) -> Callable[[Datum, Datum], bool]:
    """Return the function of a comparison."""
    return _COMPARISONS[operator]


def _unknown(operator: str, left: Datum, right: Datum) -> FaultError:
    return FaultError(
        f"unknown operation: {type_name(left)} {operator} {type_name(right)}"
        f" ({shown(left)} {operator} {shown(right)})"
    )


def add(left: Datum, right: Datum) -> Datum:
    """Return `left + right`."""
    if type(left) is int and type(right) is int:
        return bounded_integer(left + right)
    if is_number(left) and is_number(right):
        return left + right
    match left, right:
        case (str(), str()) | (tuple(), tuple()):
            bounded_count(len(left) + len(right))
            return left + right
        case List(), List():
            return List([*left.elements, *right.elements])
    raise _unknown("+", left, right)


def subtract(left: Datum, right: Datum) -> Datum:
    """Return `left - right`, also of sets."""
    if is_number(left) and is_number(right):
        return left - right
    if isinstance(left, Set) and isinstance(right, Set):
        return Set(v for k, v in left.members.items() if k not in right.members)
    raise _unknown("-", left, right)


def multiply(left: Datum, right: Datum) -> Datum:
    """Return `left * right`: numbers, or a sequence so many times."""
    if type(left) is int and type(right) is int:
        return bounded_integer(left * right)
    if is_number(left) and is_number(right):
        return left * right
    if type(left) is int:
        left, right = right, left
    if type(right) is int:
        count = max(right, 0)
        match left:
            case str() | tuple():
                bounded_count(len(left) * count)
                return left * count
            case List():
                bounded_count(len(left.elements) * count)
                return List(left.elements * count)
    raise _unknown("*", left, right)


def divide(left: Datum, right: Datum) -> Datum:
    """Return the float `left / right`."""
    if not is_number(left) or not is_number(right):
        raise _unknown("/", left, right)
    try:
        return left / right
    except (ZeroDivisionError, OverflowError) as error:
        raise FaultError(f"{shown(left)} / {shown(right)}: {error}") from None


def floor_divide(left: Datum, right: Datum) -> Datum:
    """Return `left // right`, rounded down."""
    if not is_number(left) or not is_number(right):
        raise _unknown("//", left, right)
    if right == 0:
        raise FaultError(f"floored division by zero: {shown(left)} // {shown(right)}")
    return left // right


def modulo(left: Datum, right: Datum) -> Datum:
    """Return `left % right`, which has the sign of `right`; or a string with its values put in."""
    if type(left) is str:
        return interpolated(left, right)
    if not is_number(left) or not is_number(right):
        raise _unknown("%", left, right)
    if right == 0:
        raise FaultError(f"modulo by zero: {shown(left)} % {shown(right)}")
    return left % right


def union(left: Datum, right: Datum) -> Datum:
    """Return `left | right`: bits, sets, or dicts with the later entries last."""
    match left, right:
        case Set(), Set():
            return Set([*left.members.values(), *right.members.values()])
        case Dict(), Dict():
            merged = Dict(left.entries.values())
            for key, value in right.entries.values():
                merged.store(key, value)
            return merged
        case GenericSet(), GenericSet():
            return GenericSet([*left.elements, *right.elements])
    return _bits("|", lambda a, b: a | b)(left, right)


def intersection(left: Datum, right: Datum) -> Datum:
    """Return `left & right`: bits or sets."""
    if isinstance(left, Set) and isinstance(right, Set):
        return Set(v for k, v in left.members.items() if k in right.members)
    return _bits("&", lambda a, b: a & b)(left, right)


def difference(left: Datum, right: Datum) -> Datum:
    """Return `left ^ right`: bits, or what one set alone has."""
    if isinstance(left, Set) and isinstance(right, Set):
        ours = [v for k, v in left.members.items() if k not in right.members]
        theirs = [v for k, v in right.members.items() if k not in left.members]
        return Set([*ours, *theirs])
    return _bits("^", lambda a, b: a ^ b)(left, right)


def _bits(operator: str, compute: Callable[[int, int], int]) -> Callable[[Datum, Datum], Datum]:
    def bits(left: Datum, right: Datum) -> Datum:
        if type(left) is not int or type(right) is not int:
            raise _unknown(operator, left, right)
        return compute(left, right)

    return bits


def _shift(operator: str, compute: Callable[[int, int], int]) -> Callable[[Datum, Datum], Datum]:
    inner = _bits(operator, compute)

    def shift(left: Datum, right: Datum) -> Datum:
        if type(right) is int and not 0 <= right <= MAX_SHIFT:
            raise FaultError(f"a shift by {right} places: from 0 to {MAX_SHIFT} are allowed")
        return inner(left, right)

    return shift


_BINARY: dict[BinaryOperator, Callable[[Datum, Datum], Datum]] = {
    BinaryOperator.ADD: add,
    BinaryOperator.SUBTRACT: subtract,
    BinaryOperator.MULTIPLY: multiply,
    BinaryOperator.DIVIDE: divide,
    BinaryOperator.FLOOR_DIVIDE: floor_divide,
    BinaryOperator.MODULO: modulo,
    BinaryOperator.AND: intersection,
    BinaryOperator.OR: union,
    BinaryOperator.XOR: difference,
    BinaryOperator.SHIFT_LEFT: _shift("<<", lambda a, b: a << b),
    BinaryOperator.SHIFT_RIGHT: _shift(">>", lambda a, b: a >> b),
}


# ------------------------------------------------------------------------------------ comparison


def less(left: Datum, right: Datum) -> bool:
    """Return `left < right`; sets are ordered by inclusion, sequences by their first difference."""
    if is_number(left) and is_number(right):
        return bool(left < right)
    match left, right:
        case (str(), str()) | (bool(), bool()):
            return bool(left < right)
        case tuple(), tuple():
            return _less_sequence(left, right)
        case List(), List():
            return _less_sequence(tuple(left.elements), tuple(right.elements))
        case Set(), Set():
            return left.members.keys() < right.members.keys()
    raise FaultError(
        f"{type_name(left)} < {type_name(right)} is not implemented ({shown(left)}, {shown(right)})"
    )


def _less_sequence(left: tuple[Datum, ...], right: tuple[Datum, ...]) -> bool:
    for one, other in zip(left, right, strict=False):
        if not equal(one, other):
            return less(one, other)
    return len(left) < len(right)


def _less_or_equal(left: Datum, right: Datum) -> bool:
    return less(left, right) or equal(left, right)


def contains(element: Datum, collection: Datum) -> bool:
    """Return `element in collection`."""
    match collection:
        case List() | Bag() | GenericSet():
            return is_member(element, collection.elements)
        case tuple():
            return is_member(element, collection)
        case range():
            return type(element) is int and element in collection
        case Dict():
            return collection.has(element)
        case Set():
            return key_of(element) in collection.members
        case GenericMap():
            return collection.place(element) is not None
        case str() if type(element) is str:
            return element in collection
        case Struct(kind="enum"):
            return is_member(element, collection.fields.values())
    raise _unknown("in", element, collection)


_COMPARISONS: dict[ComparisonOperator, Callable[[Datum, Datum], bool]] = {
    ComparisonOperator.EQUAL: equal,
    ComparisonOperator.NOT_EQUAL: lambda a, b: not equal(a, b),
    ComparisonOperator.LESS: less,
    ComparisonOperator.LESS_OR_EQUAL: _less_or_equal,
    ComparisonOperator.GREATER: lambda a, b: less(b, a),
    ComparisonOperator.GREATER_OR_EQUAL: lambda a, b: _less_or_equal(b, a),
    ComparisonOperator.IN: contains,
    ComparisonOperator.NOT_IN: lambda a, b: not contains(a, b),
}


# -------------------------------------------------------------------------- indexing and slicing


_MISSING = object()
"""In place of the value at a key that a dict does not have."""


def item(value: Datum, index: Datum) -> Datum:
    """Return `value[index]`."""
    if type(value) is List:
        return value.at(_place(index, value.size, value))
    match value:
        case Dict():
            found = value.get(index, _MISSING)
            if found is _MISSING:
                raise FaultError(f"key {shown(index)} not in dict {shown(value)}")
            return found
        case tuple() | str() | range():
            return value[_place(index, len(value), value)]
        case GenericMap():
            place = value.place(index)
            if place is None:
                raise FaultError(f"key {shown(index)} not in {shown(value)}")
            return value.pairs[place][1]
    raise FaultError(f"a value of type {type_name(value)} has no elements to index: {shown(value)}")


def store_item(value: Datum, index: Datum, element: Datum) -> None:
    """Do `value[index] = element`."""
    match value:
        case Dict():
            value.store(index, element)
        case List():
            value.put(_place(index, value.size, value), element)
        case GenericMap():
            value.change()
            value.put(index, element)
        case _:
            raise FaultError(
                f"a value of type {type_name(value)} does not support item assignment:"
                f" {shown(value)}"
            )


def store_attribute(value: Datum, name: str, element: Datum) -> None:
    """Do `value.name = element`."""
    if isinstance(value, Record):
        if name not in value.names():
            raise FaultError(
                f"{shown(value)} has no field {name} to assign",
                f"its fields are {', '.join(value.names())}",
            )
        value.put(name, element)
        return
    store = getattr(value, "store_field", None)
    if store is None:
        raise FaultError(f"cannot assign to field {name} of {type_name(value)} {shown(value)}")
    store(name, element)


def _place(index: Datum, length: int, value: Datum) -> int:
    if type(index) is not int:
        raise FaultError(f"an index of type {type_name(index)}: {shown(index)}; want int")
    place = index + length if index < 0 else index
    if not 0 <= place < length:
        raise FaultError(f"index {index} out of range: {shown(value)} has {length} elements")
    return place


def sliced(value: Datum, start: Datum, stop: Datum, step: Datum) -> Datum:
    """Return `value[start:stop:step]`; each part may be None."""
    for part in (start, stop, step):
        if part is not None and type(part) is not int:
            raise FaultError(f"a slice index of type {type_name(part)}: {shown(part)}; want int")
    if step == 0:
        raise FaultError("a slice step of zero")
    cut = slice(start, stop, step)
    match value:
        case List():
            return List(value.elements[cut])
        case str() | tuple() | range():
            return value[cut]
    raise FaultError(f"a value of type {type_name(value)} cannot be sliced: {shown(value)}")
