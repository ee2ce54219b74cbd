"""How the values of two readings correspond: model values and strings, lists and functions.

A value stands for itself, but for this. A model value of one reading and the string of the same
name in the other are one value, if neither reading has both in that place. So are the words for
nothing, None, NONE and the like, where each reading has one that the other has not. A list, which
counts from 1 here, stands for a function on 0..n-1 where a mapping row says that it is a list.

Front-ends may mark values with more than their contents; here contents alone count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from conform.check.agreement.tuples_and_records import as_tuple, tuples_of_records
from conform.check.agreement.vacant_records import NOTHING, other_fields, vacant_record
from conform.domain.values import (
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    function,
    kind_of,
    sequence_domain,
)


class ValueMatching(Struct, frozen=True):
    """How the values in one place are brought to a common form.

    `strings` has the string that each of some model values and strings is taken for, by name; with
    `is_rebased`, functions on 0..n-1 are taken for sequences. Arguments whose value has the common
    form `absent` are left out of functions, None for none; images with the common form of the first
    of `vacant` become its second; images that are records of `fields` become tuples in that order.
    `reason` says why the values cannot be matched, empty where they
    can.
    """

    strings: Mapping[str, str] = field(default_factory=dict)
    is_rebased: bool = False
    absent: Value | None = None
    vacant: tuple[Value, str] | None = None
    fields: tuple[str, ...] = ()
    reason: str = ""

    def common(self, value: Value) -> Value:
        """Return the common form of a value."""
        found = _common(value, self.strings)
        if self.is_rebased and isinstance(found, FunctionValue) and _counts_from_zero(found):
            return FunctionValue(sequence_domain(len(found)), found.values)
        if self.vacant is not None and isinstance(found, FunctionValue):
            record, word = self.vacant
            images = tuple(word if _is_one(each, record) else each for each in found.values)
            found = FunctionValue(found.domain, images)
        if self.fields and isinstance(found, FunctionValue):
            images = tuple(as_tuple(each, self.fields) for each in found.values)
            found = FunctionValue(found.domain, images)
        if self.absent is not None and isinstance(found, FunctionValue):
            return function({k: v for k, v in found.items() if not _is_one(v, self.absent)})
        return found


def match_values(
    left: Iterable[Value], right: Iterable[Value], names: tuple[str, str], *, is_list: bool = False
) -> ValueMatching:
    """Return how all values that two readings have in one place are matched.

    `names` are those of the readings, for the reason where they cannot be.
    """
    lefts, rights = _Atoms(left), _Atoms(right)
    erased = (lefts.model_values & rights.strings) | (rights.model_values & lefts.strings)
    for atoms, reading in ((lefts, names[0]), (rights, names[1])):
        clashing = sorted(erased & atoms.model_values & atoms.strings)
        if clashing:
            name = clashing[0]
            return ValueMatching(
                reason=f"{reading} has both the model value {name} and the string "
                f'"{name}", which the other reading does not tell apart'
            )
    is_rebased = _is_shifted(lefts.values, rights.values) or _is_shifted(
        rights.values, lefts.values
    )
    if is_rebased and not is_list:
        return ValueMatching(
            reason="one reading has functions on 0..n-1 where the other has sequences on 1..n"
        )
    kinds = _kinds(lefts.values), _kinds(rights.values)
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        shown = [" or ".join(sorted(each)) for each in kinds]
        return ValueMatching(reason=f"{names[0]} has {shown[0]}, {names[1]} has {shown[1]}")
    matching = ValueMatching({name: name for name in erased} | _nothing(lefts, rights), is_rebased)
    commons = [tuple(map(matching.common, atoms.values)) for atoms in (lefts, rights)]
    if fields := other_fields(*commons):
        return ValueMatching(
            reason=f"{names[0]} has records of {fields[0]}, {names[1]} records of {fields[1]}"
        )
    vacant = vacant_record(commons[0], commons[1]) or vacant_record(commons[1], commons[0])
    for tuples, records in ((0, 1), (1, 0)):
        if found := tuples_of_records(commons[tuples], commons[records]):
            if found[1]:
                return ValueMatching(
                    reason=f"{names[tuples]} has tuples, {names[records]} {found[1]}"
                )
            return replace(matching, vacant=vacant, fields=found[0])
    if vacant is not None:
        return replace(matching, vacant=vacant)
    absent = _absent(commons[0], commons[1]) or _absent(commons[1], commons[0])
    return replace(matching, absent=absent[0]) if absent else matching


def _absent(sparse: tuple[Value, ...], total: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return the one value of `total` that stands for an argument being absent in `sparse`.

    `total` are functions on one domain, `sparse` such on parts of it, and all values of those but
    this one occur there too. Nothing is returned where there is no such value.
    """
    wholes, parts = _functions(total), _functions(sparse)
    if not wholes or not parts or any(each.domain != wholes[0].domain for each in wholes):
        return ()
    arguments = frozenset(wholes[0].domain.elements)
    domains = [frozenset(each.domain.elements) for each in parts]
    if all(each == arguments for each in domains) or not all(each <= arguments for each in domains):
        return ()
    images = {image for each in parts for image in each.values}
    lone = {image for each in wholes for image in each.values if image not in images}
    return tuple(lone) if len(lone) == 1 else ()


def _is_one(value: Value, other: Value) -> bool:
    """Whether two values are equal, of one kind: Python takes TRUE for 1."""
    return value == other and (type(value) is bool) is (type(other) is bool)


def _nothing(left: _Atoms, right: _Atoms) -> dict[str, str]:
    """Return one string for the words for nothing, where each side has one of its own."""
    words = [
        [name for name in sorted(atoms.names - other.names) if name.casefold() in NOTHING]
        for atoms, other in ((left, right), (right, left))
    ]
    if len(words[0]) != 1 or len(words[1]) != 1:
        return {}
    return {words[0][0]: words[1][0], words[1][0]: words[1][0]}


class _Atoms:
    """The values of one side, with the model values and strings that occur in them."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.values = tuple(values)
        self.model_values: set[str] = set()
        self.strings: set[str] = set()
        for value in self.values:
            self._visit(value)

    @property
    def names(self) -> set[str]:
        """The names of both kinds."""
        return self.model_values | self.strings

    def _visit(self, value: Value) -> None:
        match value:
            case ModelValue(name):
                self.model_values.add(name)
            case str():
                self.strings.add(value)
            case SetValue():
                for element in value.elements:
                    self._visit(element)
            case FunctionValue(domain=domain, values=values):
                for argument in domain.elements:  # of a record too: ["w1" |-> 0] is one in form
                    self._visit(argument)
                for image in values:
                    self._visit(image)
            case _:
                pass


def _common(value: Value, strings: Mapping[str, str]) -> Value:
    """Return the contents of `value`, with the names in `strings` replaced by these strings."""
    match value:
        case ModelValue(name):
            return strings.get(name, value)
        case str():
            return strings.get(value, value)
        case SetValue():
            return SetValue(_common(element, strings) for element in value.elements)
        case FunctionValue(domain=domain, values=values):
            images = tuple(_common(image, strings) for image in values)
            arguments = tuple(_common(argument, strings) for argument in domain.elements)
            if arguments == domain.elements and not _is_marked(domain.elements):
                return FunctionValue(domain, images)
            return function(dict(zip(arguments, images, strict=True)))
        case _:
            return value


def _is_marked(arguments: tuple[Value, ...]) -> bool:
    """Whether arguments may hold more than their contents, which equality does not show."""
    return any(isinstance(argument, SetValue | FunctionValue) for argument in arguments)


def _functions(values: tuple[Value, ...]) -> list[FunctionValue] | None:
    found = [value for value in values if isinstance(value, FunctionValue)]
    return found if len(found) == len(values) else None


def _is_shifted(zero: tuple[Value, ...], one: tuple[Value, ...]) -> bool:
    """Whether all of `zero` are functions on 0..n-1, and all of `one` sequences; some not empty."""
    from_zero, from_one = _functions(zero), _functions(one)
    if not from_zero or not from_one or not any(map(len, from_zero)) or not any(map(len, from_one)):
        return False
    return all(map(_counts_from_zero, from_zero)) and all(each.is_sequence for each in from_one)


def _counts_from_zero(value: FunctionValue) -> bool:
    return value.domain.elements == tuple(range(len(value))) and not value.domain.has_booleans


def _kinds(values: tuple[Value, ...]) -> set[str]:
    return set(_kinds_of(values))


def _kinds_of(values: tuple[Value, ...]) -> Iterator[str]:
    for value in values:
        match value:
            case FunctionValue():
                yield "a function"
            case str() | ModelValue():
                yield "a name"
            case _:
                yield kind_of(value)
