"""What becomes of any value where Starlark converts it: to a truth value, a list, or text."""

from __future__ import annotations

import math
from collections.abc import Iterable

from conform.languages.fizzbee.evaluation.faults import FaultError, bounded_count
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


def truth(value: Datum) -> bool:
    """Return whether a condition takes the value for true."""
    if value is True or value is False:
        return bool(value)
    match value:
        case None | int() | float() | str() | tuple() | range():
            return bool(value)
        case List() | Dict():
            return bool(value.size)
        case Bag() | GenericSet():
            return bool(value.elements)
        case Set():
            return bool(value.members)
        case GenericMap():
            return bool(value.pairs)
        case _:
            return True


def elements_of(value: Datum) -> list[Datum]:
    """Return the elements of an iterable in its order; raise FaultError for anything else."""
    match value:
        case List() | Bag() | GenericSet():
            return list(value.elements)
        case tuple():
            return list(value)
        case range():
            bounded_count(len(value))
            return list(value)
        case Dict():
            return value.listed()
        case Set():
            return list(value.members.values())
        case GenericMap():
            return [key for key, _ in value.pairs]
        case Struct(kind="enum"):
            return list(value.fields.values())
        case str():
            raise FaultError("a string is not iterable", "use .elems() for its characters")
        case _:
            raise FaultError(f"a value of type {type_name(value)} is not iterable: {shown(value)}")


def shown(value: Datum) -> str:
    """Return `repr(value)`, cut where it is long: for messages."""
    text = representation(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def representation(value: Datum) -> str:
    """Return what `repr(value)` gives."""
    match value:
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        case tuple():
            inner = ", ".join(map(representation, value))
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        case List():
            return f"[{', '.join(map(representation, value.elements))}]"
        case Dict():
            return _braces("", ((k, v) for k, v in value.entries.values()))
        case Set():
            return f"set([{', '.join(map(representation, value.members.values()))}])"
        case Bag() | GenericSet():
            return f"{value.kind}([{', '.join(map(representation, value.elements))}])"
        case GenericMap():
            return _braces("genericmap", value.pairs)
        case Record() | Struct():
            inner = ", ".join(f"{k} = {representation(v)}" for k, v in value.fields.items())
            return f"{value.kind}({inner})"
        case float():
            return float_text(value)
        case _:
            return repr(value)


def float_text(value: float) -> str:
    """Return a float as Starlark in Go writes it: `2.5`, and from a million on `1e+06`.

    That is Go's `strconv.FormatFloat` with `g` and the fewest digits that name the number, which
    takes an exponent below -4 or from 6 on, where Python takes one from 16 on.
    """
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else f"{value:+}"
    shortest = next(text for digits in range(17) if float(text := f"{value:.{digits}e}") == value)
    return repr(value) if -4 <= int(shortest.partition("e")[2]) < 6 else shortest


def _braces(name: str, pairs: Iterable[tuple[Datum, Datum]]) -> str:
    inner = ", ".join(f"{representation(key)}: {representation(value)}" for key, value in pairs)
    return f"{name}({{{inner}}})" if name else f"{{{inner}}}"
