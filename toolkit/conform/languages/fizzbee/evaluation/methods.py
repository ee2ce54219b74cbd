"""The methods of strings and collections, each a function of the receiver and the arguments."""

from __future__ import annotations

from functools import partial

from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    shown,
)
from conform.languages.fizzbee.evaluation.faults import FaultError, bounded_count
from conform.languages.fizzbee.evaluation.formatting import formatted
from conform.languages.fizzbee.evaluation.functions import (
    Arguments,
    Builtin,
    Method,
    Module,
    no_attribute,
)
from conform.languages.fizzbee.evaluation.mapping_methods import METHODS_OF_DICTS, METHODS_OF_MAPS
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
    place_of,
    type_name,
)

MISSING = object()
"""In place of a default that was not given."""


def attribute(value: Datum, name: str) -> Datum:
    """Return `value.name`: a field, or a method bound to the value."""
    match value:
        case Record() if name in value.names():
            return value.value(name)
        case Record() | Struct() | Module():
            found = value.fields.get(name, MISSING)
            if found is not MISSING:
                return found
            raise no_attribute(value, name, value.fields)
    fields = getattr(value, "field", None)
    if fields is not None:
        return fields(name)
    method = METHODS.get(type_name(value), {}).get(name)
    if method is None:
        raise no_attribute(value, name, METHODS.get(type_name(value), {}))
    return Builtin(name, partial(method, value))


def attribute_names(value: Datum) -> list[str]:
    """Return what `dir(value)` gives."""
    match value:
        case Record() | Struct() | Module():
            return sorted(value.fields)
    return sorted(METHODS.get(type_name(value), {}))


# ------------------------------------------------------------------------------------------ lists


def _append(receiver: List | Bag, arguments: Arguments) -> None:
    (element,) = arguments.only("append", 1)
    receiver.change()
    bounded_count(len(receiver.elements) + 1)
    receiver.elements.append(element)


def extend(receiver: List | Bag, arguments: Arguments) -> None:
    """Do `receiver.extend(iterable)`."""
    (more,) = arguments.only("extend", 1)
    elements = elements_of(more)
    receiver.change()
    bounded_count(len(receiver.elements) + len(elements))
    receiver.elements.extend(elements)


def _insert(receiver: List, arguments: Arguments) -> None:
    index, element = arguments.only("insert", 2)
    if type(index) is not int:
        raise FaultError(f"insert: an index of type {type_name(index)}; want int")
    receiver.change()
    receiver.elements.insert(index, element)


def _pop_list(receiver: List | Bag, arguments: Arguments) -> Datum:
    given = arguments.only("pop", 0, 1)
    index = given[0] if given else -1
    if type(index) is not int:
        raise FaultError(f"pop: an index of type {type_name(index)}; want int")
    receiver.change()
    if not -len(receiver.elements) <= index < len(receiver.elements):
        raise FaultError(f"pop: index {index} out of range of {shown(receiver)}")
    return receiver.elements.pop(index)


def _remove_list(receiver: List | Bag | GenericSet, arguments: Arguments) -> None:
    (element,) = arguments.only("remove", 1)
    receiver.change()
    place = place_of(element, receiver.elements)
    if place is None:
        raise FaultError(f"remove: {shown(element)} is not in {shown(receiver)}")
    del receiver.elements[place]


def _discard_list(receiver: Bag | GenericSet, arguments: Arguments) -> None:
    (element,) = arguments.only("discard", 1)
    receiver.change()
    place = place_of(element, receiver.elements)
    if place is not None:
        del receiver.elements[place]


def _index(receiver: List, arguments: Arguments) -> int:
    given = arguments.only("index", 1, 3)
    first = given[1] if len(given) > 1 else 0
    last = given[2] if len(given) > 2 else len(receiver.elements)
    place = place_of(given[0], receiver.elements[first:last])
    if place is None:
        raise FaultError(f"index: {shown(given[0])} is not in {shown(receiver)}")
    return int(place + first)


def _clear(receiver: Datum, arguments: Arguments) -> None:
    arguments.only("clear", 0)
    receiver.change()
    match receiver:
        case Dict():
            receiver.entries.clear()
        case Set():
            receiver.members.clear()
        case GenericMap():
            receiver.pairs.clear()
        case _:
            receiver.elements.clear()


# ------------------------------------------------------------------------------------------- sets


def _add(receiver: Set, arguments: Arguments) -> None:
    (element,) = arguments.only("add", 1)
    key = key_of(element)
    if key not in receiver.members:
        receiver.change()
        receiver.members[key] = element


def _remove(receiver: Set, arguments: Arguments) -> None:
    (element,) = arguments.only("remove", 1)
    receiver.change()
    if key_of(element) not in receiver.members:
        raise FaultError(f"remove: {shown(element)} is not in {shown(receiver)}")
    del receiver.members[key_of(element)]


def _discard(receiver: Set, arguments: Arguments) -> None:
    (element,) = arguments.only("discard", 1)
    receiver.change()
    receiver.members.pop(key_of(element), None)


def _pop_set(receiver: Set, arguments: Arguments) -> Datum:
    arguments.only("pop", 0)
    receiver.change()
    if not receiver.members:
        raise FaultError("pop: the set is empty")
    return receiver.members.pop(next(iter(receiver.members)))


def _union(receiver: Set, arguments: Arguments) -> Set:
    result = Set(receiver.members.values())
    for more in arguments.positional:
        result.members |= {key_of(each): each for each in elements_of(more)}
    return result


def _update_set(receiver: Set, arguments: Arguments) -> None:
    receiver.change()
    for more in arguments.positional:
        for each in elements_of(more):
            receiver.members.setdefault(key_of(each), each)


def _other(name: str, arguments: Arguments) -> set[object]:
    (other,) = arguments.only(name, 1)
    return set(map(key_of, elements_of(other)))


def _intersection(receiver: Set, arguments: Arguments) -> Set:
    others = _other("intersection", arguments)
    return Set(value for key, value in receiver.members.items() if key in others)


def _difference(receiver: Set, arguments: Arguments) -> Set:
    others = _other("difference", arguments)
    return Set(value for key, value in receiver.members.items() if key not in others)


def _symmetric_difference(receiver: Set, arguments: Arguments) -> Set:
    (other,) = arguments.only("symmetric_difference", 1)
    others = Set(elements_of(other))
    ours = [value for key, value in receiver.members.items() if key not in others.members]
    theirs = [value for key, value in others.members.items() if key not in receiver.members]
    return Set([*ours, *theirs])


def _issubset(receiver: Set, arguments: Arguments) -> bool:
    return set(receiver.members) <= _other("issubset", arguments)


def _issuperset(receiver: Set, arguments: Arguments) -> bool:
    return set(receiver.members) >= _other("issuperset", arguments)


def _add_generic(receiver: GenericSet, arguments: Arguments) -> None:
    (element,) = arguments.only("add", 1)
    receiver.change()
    if not is_member(element, receiver.elements):
        receiver.elements.append(element)


def _count_bag(receiver: Bag | List, arguments: Arguments) -> int:
    (element,) = arguments.only("count", 1)
    return sum(equal(element, each) for each in receiver.elements)


# ---------------------------------------------------------------------------------------- strings


def _text(method: str) -> Method:
    """Return a method of strings that Python's own does as Starlark's."""

    def run(receiver: str, arguments: Arguments) -> Datum:
        for value in arguments.positional:
            if type(value) not in (str, int, tuple) and value is not None:
                raise FaultError(f"{method}: an argument of type {type_name(value)}")
        if arguments.named:
            raise FaultError(f"{method}: unexpected keyword argument {next(iter(arguments.named))}")
        try:
            found = getattr(str, method)(receiver, *arguments.positional)
        except (TypeError, ValueError) as error:
            raise FaultError(f"{method}: {error}") from None
        if type(found) is str:
            bounded_count(len(found))
        return List(found) if type(found) is list else found

    return run


def _join(receiver: str, arguments: Arguments) -> str:
    (parts,) = arguments.only("join", 1)
    words = elements_of(parts)
    for word in words:
        if type(word) is not str:
            raise FaultError(f"join: an element of type {type_name(word)}: {shown(word)}")
    return receiver.join(words)


def _format(receiver: str, arguments: Arguments) -> str:
    return formatted(receiver, arguments.positional, arguments.named)


def _elems(receiver: str, arguments: Arguments) -> List:
    arguments.only("elems", 0)
    return List(receiver)


_PLAIN_TEXT = frozenset(
    {
        "capitalize",
        "count",
        "endswith",
        "find",
        "index",
        "isalnum",
        "isalpha",
        "isdigit",
        "islower",
        "isspace",
        "istitle",
        "isupper",
        "lower",
        "lstrip",
        "partition",
        "replace",
        "rfind",
        "rindex",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "title",
        "upper",
        "removeprefix",
        "removesuffix",
    }
)

METHODS: dict[str, dict[str, Method]] = {
    "string": {
        **{name: _text(name) for name in sorted(_PLAIN_TEXT)},
        "join": _join,
        "format": _format,
        "elems": _elems,
        "codepoints": _elems,
    },
    "list": {
        "append": _append,
        "clear": _clear,
        "extend": extend,
        "index": _index,
        "insert": _insert,
        "pop": _pop_list,
        "remove": _remove_list,
    },
    "dict": {"clear": _clear, **METHODS_OF_DICTS},
    "set": {
        "add": _add,
        "clear": _clear,
        "difference": _difference,
        "discard": _discard,
        "intersection": _intersection,
        "issubset": _issubset,
        "issuperset": _issuperset,
        "pop": _pop_set,
        "remove": _remove,
        "symmetric_difference": _symmetric_difference,
        "union": _union,
        "update": _update_set,
    },
    "bag": {
        "add": _append,
        "add_all": extend,
        "clear": _clear,
        "count": _count_bag,
        "discard": _discard_list,
        "pop": _pop_list,
        "remove": _remove_list,
    },
    "genericset": {
        "add": _add_generic,
        "clear": _clear,
        "discard": _discard_list,
        "remove": _remove_list,
    },
    "genericmap": {"clear": _clear, **METHODS_OF_MAPS},
}
"""The methods of each type, by the name that `type` gives it."""

CHANGING = frozenset(
    {
        "add",
        "add_all",
        "append",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "remove",
        "setdefault",
        "update",
    }
)
"""The methods that change their receiver, or may."""

READING = frozenset(name for methods in METHODS.values() for name in methods) - CHANGING
"""The methods that leave their receiver as it is."""
