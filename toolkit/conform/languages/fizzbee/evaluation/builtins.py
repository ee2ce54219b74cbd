"""Starlark's builtin functions and those that FizzBee adds, by name."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable

from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    shown,
    truth,
)
from conform.languages.fizzbee.evaluation.copying import deep_copy
from conform.languages.fizzbee.evaluation.faults import (
    MAX_ELEMENTS,
    FaultError,
    bounded_count,
)
from conform.languages.fizzbee.evaluation.formatting import text_of, written
from conform.languages.fizzbee.evaluation.functions import (
    Arguments,
    Builtin,
    Module,
    call_with,
)
from conform.languages.fizzbee.evaluation.methods import MISSING, attribute, attribute_names
from conform.languages.fizzbee.evaluation.operators import add, is_number, less
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
    type_name,
)


def _length(arguments: Arguments) -> int:
    (value,) = arguments.only("len", 1)
    match value:
        case str() | tuple() | range():
            return len(value)
        case List() | Dict():
            return value.size
        case _:
            return len(elements_of(value))


MAX_END = 2**61
"""The ends of a range, so that its length is an integer of the machine, as Starlark has it."""


def _range(arguments: Arguments) -> range:
    given = arguments.only("range", 1, 3)
    for part in given:
        if type(part) is not int:
            raise FaultError(f"range: got {type_name(part)} {shown(part)}, want int")
        if abs(part) > MAX_END:
            raise FaultError(f"range: {shown(part)} is out of range: at most {MAX_END}")
    if len(given) == 3 and given[2] == 0:
        raise FaultError("range: a step of zero")
    return range(*given)


def _elements(name: str, arguments: Arguments) -> list[Datum]:
    given = arguments.only(name, 0, 1)
    return elements_of(given[0]) if given else []


def _dict(arguments: Arguments) -> Dict:
    result = Dict()
    if len(arguments.positional) > 1:
        raise FaultError(f"dict: got {len(arguments.positional)} arguments, want at most 1")
    for source in arguments.positional:
        if isinstance(source, Dict):
            pairs = [tuple(pair) for pair in source.entries.values()]
        else:
            pairs = [tuple(elements_of(pair)) for pair in elements_of(source)]
        for pair in pairs:
            if len(pair) != 2:
                raise FaultError(f"dict: {shown(pair)} is not a pair of a key and a value")
            result.store(*pair)
    for name, value in arguments.named.items():
        result.store(name, value)
    return result


def _generic_map(arguments: Arguments) -> GenericMap:
    pairs = _elements("genericmap", arguments)
    given = arguments.positional[0] if arguments.positional else None
    if isinstance(given, Dict):
        return GenericMap(given.entries.values())
    return GenericMap((parts[0], parts[1]) for parts in map(elements_of, pairs))


def _ordered(elements: Iterable[Datum], key: Datum) -> list[tuple[Datum, Datum]]:
    keyed = [(each if key is None else call_with(key, each), each) for each in elements]

    def compare(one: tuple[Datum, Datum], other: tuple[Datum, Datum]) -> int:
        return -1 if less(one[0], other[0]) else int(less(other[0], one[0]))

    return sorted(keyed, key=functools.cmp_to_key(compare))


def _sorted(arguments: Arguments) -> List:
    given = arguments.bound("sorted", "iterable", "key", "reverse", least=1)
    elements = elements_of(given["iterable"])
    is_reversed = truth(given.get("reverse", False))
    if is_reversed:
        elements.reverse()  # equal elements keep their order
    found = [each for _, each in _ordered(elements, given.get("key"))]
    return List(reversed(found) if is_reversed else found)


def _extreme(name: str, is_better: Callable[[Datum, Datum], bool]) -> Builtin:
    def run(arguments: Arguments) -> Datum:
        key = arguments.named.get("key")
        if set(arguments.named) - {"key"} or not arguments.positional:
            raise FaultError(f"{name}: want values, or one iterable, and perhaps key=")
        given = arguments.positional
        elements = elements_of(given[0]) if len(given) == 1 else given
        if not elements:
            raise FaultError(f"{name}: the argument is empty")
        measures = elements if key is None else [call_with(key, each) for each in elements]
        best = 0
        for place in range(1, len(elements)):
            if is_better(measures[place], measures[best]):
                best = place
        return elements[best]

    return Builtin(name, run)


def _sum(arguments: Arguments) -> Datum:
    given = arguments.bound("sum", "iterable", "start", least=1)
    return functools.reduce(add, elements_of(given["iterable"]), given.get("start", 0))


def _enumerate(arguments: Arguments) -> List:
    given = arguments.bound("enumerate", "iterable", "start", least=1)
    return List(enumerate(elements_of(given["iterable"]), given.get("start", 0)))


def _zip(arguments: Arguments) -> List:
    return List(zip(*map(elements_of, arguments.positional), strict=False))


def _absolute(arguments: Arguments) -> Datum:
    (value,) = arguments.only("abs", 1)
    if not is_number(value):
        raise FaultError(f"abs: got {type_name(value)}, want int or float")
    return abs(value)


def _int(arguments: Arguments) -> int:
    given = arguments.bound("int", "x", "base", least=1)
    value, base = given["x"], given.get("base", 10)
    try:
        if type(value) is str and type(base) is int and len(value) < 1000:
            return int(value, base)
        if type(value) in (bool, int, float):
            return int(value)
    except (ValueError, OverflowError):
        pass
    raise FaultError(f"int: cannot convert {shown(value)} to an integer")


def _float(arguments: Arguments) -> float:
    given = arguments.only("float", 0, 1)
    value = given[0] if given else 0
    try:
        if type(value) in (str, bool, int, float):
            return float(value)
    except (ValueError, OverflowError):
        pass
    raise FaultError(f"float: cannot convert {shown(value)} to a float")


def _text(arguments: Arguments) -> str:
    (value,) = arguments.only("str", 1)
    return text_of(value)


def _representation(arguments: Arguments) -> str:
    (value,) = arguments.only("repr", 1)
    return written(value)


def _bool(arguments: Arguments) -> bool:
    given = arguments.only("bool", 0, 1)
    return bool(given) and truth(given[0])


def _type(arguments: Arguments) -> str:
    (value,) = arguments.only("type", 1)
    return type_name(value)


def _get_attribute(arguments: Arguments) -> Datum:
    given = arguments.only("getattr", 2, 3)
    try:
        return attribute(given[0], _name("getattr", given[1]))
    except FaultError:
        if len(given) == 3:
            return given[2]
        raise


def _has_attribute(arguments: Arguments) -> bool:
    value, name = arguments.only("hasattr", 2)
    return _get_attribute(Arguments([value, name, MISSING], {})) is not MISSING


def _name(function: str, value: Datum) -> str:
    if type(value) is not str:
        raise FaultError(f"{function}: a name of type {type_name(value)}; want string")
    return value


def _directory(arguments: Arguments) -> List:
    (value,) = arguments.only("dir", 1)
    return List(attribute_names(value))


def _fail(arguments: Arguments) -> Datum:
    raise FaultError(f"fail: {' '.join(map(text_of, arguments.positional))}")


def _print(_arguments: Arguments) -> None:
    """Print nothing: a model that prints in each state says nothing that can be read."""


def _ord(arguments: Arguments) -> int:
    (value,) = arguments.only("ord", 1)
    if type(value) is not str or len(value) != 1:
        raise FaultError(f"ord: want a string of one character, got {shown(value)}")
    return ord(value)


def _chr(arguments: Arguments) -> str:
    (value,) = arguments.only("chr", 1)
    if type(value) is not int or not 0 <= value < 0x110000:
        raise FaultError(f"chr: {shown(value)} is no code point")
    return chr(value)


def _hash(arguments: Arguments) -> int:
    """Return Java's hash of a string, from -2**31 to 2**31 - 1, as Starlark in Go does."""
    (value,) = arguments.only("hash", 1)
    if type(value) is not str:
        raise FaultError(f"hash: got {type_name(value)}, want string")
    units = value.encode("utf-16-be", "surrogatepass")
    total = 0
    for at in range(0, len(units), 2):
        total = (31 * total + 256 * units[at] + units[at + 1]) % 2**32
    return total - 2**32 if total >= 2**31 else total


def _enum(arguments: Arguments) -> Struct:
    fields: dict[str, Datum] = {}
    for name in arguments.positional:
        names = [name] if type(name) is str else elements_of(name)
        fields.update((_name("enum", each), each) for each in names)
    fields.update(arguments.named)
    return Struct(fields, "enum")


def _struct(arguments: Arguments) -> Struct:
    if arguments.positional:
        raise FaultError("struct: fields are given by name: struct(a=1)")
    return Struct(arguments.named)


def _record(arguments: Arguments) -> Record:
    if arguments.positional:
        raise FaultError("record: fields are given by name: record(a=1)")
    return Record(arguments.named)


def _deep_copy(arguments: Arguments) -> Datum:
    (value,) = arguments.only("deepcopy", 1)
    return deep_copy(value)


def _of_elements(name: str, make: Callable[[list[Datum]], Datum]) -> Builtin:
    return Builtin(name, lambda arguments: make(_elements(name, arguments)))


def _reversed(arguments: Arguments) -> List:
    (value,) = arguments.only("reversed", 1)
    return List(reversed(elements_of(value)))


def _any(arguments: Arguments) -> bool:
    (value,) = arguments.only("any", 1)
    return any(map(truth, elements_of(value)))


def _all(arguments: Arguments) -> bool:
    (value,) = arguments.only("all", 1)
    return all(map(truth, elements_of(value)))


# ---------------------------------------------------------------------------------------- modules


def _numeric(name: str, count: int, compute: Callable[..., Datum]) -> Builtin:
    def run(arguments: Arguments) -> Datum:
        values = arguments.only(f"math.{name}", count)
        if not all(map(is_number, values)):
            raise FaultError(f"math.{name}: want numbers, got {', '.join(map(shown, values))}")
        try:
            return compute(*values)
        except (ValueError, OverflowError, ZeroDivisionError) as error:
            raise FaultError(f"math.{name}: {error}") from None

    return Builtin(f"math.{name}", run)


def _rounded(value: float) -> float:
    return math.floor(abs(value) + 0.5) * math.copysign(1.0, value)


MATH = Module(
    "math",
    {
        "ceil": _numeric("ceil", 1, math.ceil),
        "floor": _numeric("floor", 1, math.floor),
        "round": _numeric("round", 1, _rounded),
        "fabs": _numeric("fabs", 1, math.fabs),
        "sqrt": _numeric("sqrt", 1, math.sqrt),
        "exp": _numeric("exp", 1, math.exp),
        "pow": _numeric("pow", 2, math.pow),
        "mod": _numeric("mod", 2, math.fmod),
        "copysign": _numeric("copysign", 2, math.copysign),
        "pi": math.pi,
        "e": math.e,
    },
)
"""The part of `math` whose results are the same everywhere."""


def _drawn(name: str, compute: Callable[[list[Datum], int], Iterable[Datum]]) -> Builtin:
    def run(arguments: Arguments) -> List:
        given = arguments.bound(name, "iterable", "r", least=1)
        elements = elements_of(given["iterable"])
        count = given.get("r")
        size = len(elements) if count is None else count
        if type(size) is not int or size < 0:
            raise FaultError(f"{name}: r is {shown(size)}, want an integer from 0 on")
        return List(_bounded(compute(elements, size)))

    return Builtin(name, run)


def _bounded(values: Iterable[Datum]) -> list[Datum]:
    found = list(itertools.islice(values, MAX_ELEMENTS + 1))
    bounded_count(len(found))
    return found


def _product(arguments: Arguments) -> List:
    factors = [elements_of(each) for each in arguments.positional]
    repeat = arguments.named.get("repeat", 1)
    if type(repeat) is not int or not 0 <= repeat <= 64:
        raise FaultError(f"product: repeat is {shown(repeat)}, want an integer from 0 to 64")
    return List(_bounded(itertools.product(*factors, repeat=repeat)))


def _chain(arguments: Arguments) -> List:
    return List(_bounded(itertools.chain(*map(elements_of, arguments.positional))))


ITERTOOLS = Module(
    "itertools",
    {
        "chain": Builtin("chain", _chain),
        "product": Builtin("product", _product),
        "permutations": _drawn("permutations", itertools.permutations),
        "combinations": _drawn("combinations", itertools.combinations),
        "combinations_with_replacement": _drawn(
            "combinations_with_replacement", itertools.combinations_with_replacement
        ),
    },
)

BUILTINS: dict[str, Datum] = {
    "len": Builtin("len", _length),
    "range": Builtin("range", _range),
    "list": _of_elements("list", List),
    "tuple": _of_elements("tuple", tuple),
    "set": _of_elements("set", Set),
    "bag": _of_elements("bag", Bag),
    "genericset": _of_elements("genericset", GenericSet),
    "genericmap": Builtin("genericmap", _generic_map),
    "dict": Builtin("dict", _dict),
    "sorted": Builtin("sorted", _sorted),
    "reversed": Builtin("reversed", _reversed),
    "min": _extreme("min", less),
    "max": _extreme("max", lambda a, b: less(b, a)),
    "sum": Builtin("sum", _sum),
    "any": Builtin("any", _any),
    "all": Builtin("all", _all),
    "enumerate": Builtin("enumerate", _enumerate),
    "zip": Builtin("zip", _zip),
    "abs": Builtin("abs", _absolute),
    "int": Builtin("int", _int),
    "float": Builtin("float", _float),
    "str": Builtin("str", _text),
    "repr": Builtin("repr", _representation),
    "bool": Builtin("bool", _bool),
    "type": Builtin("type", _type),
    "hasattr": Builtin("hasattr", _has_attribute),
    "getattr": Builtin("getattr", _get_attribute),
    "dir": Builtin("dir", _directory),
    "fail": Builtin("fail", _fail),
    "print": Builtin("print", _print),
    "ord": Builtin("ord", _ord),
    "chr": Builtin("chr", _chr),
    "hash": Builtin("hash", _hash),
    "enum": Builtin("enum", _enum),
    "struct": Builtin("struct", _struct),
    "record": Builtin("record", _record),
}
"""What every specification can name, unless it gives the name another meaning."""

LATE: dict[str, Datum] = {
    "deepcopy": Builtin("deepcopy", _deep_copy),
    "math": MATH,
    "itertools": ITERTOOLS,
}
"""Names that FizzBee puts in last: no name of the specification hides them."""
