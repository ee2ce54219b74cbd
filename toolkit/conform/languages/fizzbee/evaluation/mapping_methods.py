"""The methods of dicts and generic maps, each a function of the receiver and the arguments."""

from __future__ import annotations

from collections.abc import Mapping

from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    shown,
)
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.functions import Arguments, Method
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Dict,
    GenericMap,
    List,
    key_of,
)


def _get(receiver: Dict, arguments: Arguments) -> Datum:
    given = arguments.bound("get", "key", "default", least=1)
    return receiver.get(given["key"], given.get("default"))


def _pop_dict(receiver: Dict, arguments: Arguments) -> Datum:
    given = arguments.bound("pop", "key", "default", least=1)
    receiver.change()
    found = receiver.entries.pop(key_of(given["key"]), None)
    if found is not None:
        return found[1]
    if "default" not in given:
        raise FaultError(f"pop: key {shown(given['key'])} not in {shown(receiver)}")
    return given["default"]


def _popitem(receiver: Dict, arguments: Arguments) -> Datum:
    arguments.only("popitem", 0)
    receiver.change()
    if not receiver.entries:
        raise FaultError("popitem: the dict is empty")
    return receiver.entries.pop(next(iter(receiver.entries)))


def _setdefault(receiver: Dict, arguments: Arguments) -> Datum:
    given = arguments.bound("setdefault", "key", "default", least=1)
    if receiver.has(given["key"]):
        return receiver.get(given["key"], None)
    receiver.store(given["key"], given.get("default"))
    return given.get("default")


def _update(receiver: Dict, arguments: Arguments) -> None:
    for given in arguments.positional:
        pairs = (
            given.entries.values() if isinstance(given, Dict) else map(_pair, elements_of(given))
        )
        for key, value in list(pairs):
            receiver.store(key, value)
    for name, value in arguments.named.items():
        receiver.store(name, value)


def _pair(value: Datum) -> tuple[Datum, Datum]:
    parts = elements_of(value)
    if len(parts) != 2:
        raise FaultError(f"a pair is wanted, not {shown(value)}")
    return parts[0], parts[1]


def _keys(receiver: Dict | GenericMap, arguments: Arguments) -> List:
    arguments.only("keys", 0)
    return List(elements_of(receiver))


def _values(receiver: Dict | GenericMap, arguments: Arguments) -> List:
    arguments.only("values", 0)
    pairs = receiver.pairs if isinstance(receiver, GenericMap) else receiver.entries.values()
    return List(value for _, value in pairs)


def _items(receiver: Dict | GenericMap, arguments: Arguments) -> List:
    arguments.only("items", 0)
    pairs = receiver.pairs if isinstance(receiver, GenericMap) else receiver.entries.values()
    return List(tuple(pair) for pair in pairs)


def _get_generic(receiver: GenericMap, arguments: Arguments) -> Datum:
    given = arguments.bound("get", "key", "default", least=1)
    place = receiver.place(given["key"])
    return given.get("default") if place is None else receiver.pairs[place][1]


def _pop_generic(receiver: GenericMap, arguments: Arguments) -> Datum:
    given = arguments.bound("pop", "key", "default", least=1)
    receiver.change()
    place = receiver.place(given["key"])
    if place is not None:
        return receiver.pairs.pop(place)[1]
    if "default" not in given:
        raise FaultError(f"pop: key {shown(given['key'])} not in {shown(receiver)}")
    return given["default"]


METHODS_OF_DICTS: Mapping[str, Method] = {
    "get": _get,
    "items": _items,
    "keys": _keys,
    "pop": _pop_dict,
    "popitem": _popitem,
    "setdefault": _setdefault,
    "update": _update,
    "values": _values,
}
METHODS_OF_MAPS: Mapping[str, Method] = {
    "get": _get_generic,
    "items": _items,
    "keys": _keys,
    "pop": _pop_generic,
    "values": _values,
}
"""Those of generic maps, whose keys may be anything."""
