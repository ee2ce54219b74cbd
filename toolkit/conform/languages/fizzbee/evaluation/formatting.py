"""Values put into strings: the `%` operator and `str.format`."""

from __future__ import annotations

import re

from conform.languages.fizzbee.evaluation.conversions import float_text, representation, shown
from conform.languages.fizzbee.evaluation.faults import FaultError, bounded_count
from conform.languages.fizzbee.evaluation.symmetric_values import has_symmetric_values
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Dict,
    type_name,
)

_CONVERSION = re.compile(r"%(?:\((\w+)\))?(.?)", re.DOTALL)
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:!([rs]))?(?::[^{}]*)?\}|[{}]")


def text_of(value: Datum) -> str:
    """Return what `str(value)` gives."""
    return str(value) if type(value) is str else written(value)


def written(value: Datum) -> str:
    """Return what `repr(value)` gives; raise FaultError for what symmetry takes for the same."""
    if has_symmetric_values(value):
        raise FaultError("a symmetric value as text would differ from the others of its group")
    return representation(value)


def interpolated(template: str, operand: Datum) -> str:
    """Return `template % operand`."""
    values = iter(operand if type(operand) is tuple else (operand,))

    def replace(match: re.Match[str]) -> str:
        name, conversion = match.groups()
        if conversion == "%":
            return "%"
        if name is not None:
            return _converted(conversion, _named(operand, name))
        try:
            return _converted(conversion, next(values))
        except StopIteration:
            raise FaultError("not enough arguments for format string") from None

    text = _CONVERSION.sub(replace, template)
    if next(values, None) is not None and not isinstance(operand, Dict):
        raise FaultError("too many arguments for format string")
    bounded_count(len(text))
    return text


def _named(operand: Datum, name: str) -> Datum:
    if not isinstance(operand, Dict) or not operand.has(name):
        raise FaultError(f"the format names {name}, which is no key of its operand")
    return operand.get(name, None)


def _converted(conversion: str, value: Datum) -> str:
    if conversion == "s":
        return text_of(value)
    if conversion == "r":
        return written(value)
    if conversion == "c" and isinstance(value, str) and len(value) == 1:
        return value
    if type(value) in (int, float) and conversion:
        try:
            return _number(conversion, value)
        except (ValueError, OverflowError):
            raise FaultError(f"%{conversion} cannot format {shown(value)}") from None
    raise FaultError(f"%{conversion} cannot format a value of type {type_name(value)}")


def _number(conversion: str, value: int | float) -> str:
    """Return a number as Starlark formats it: floats lose their fraction where integers are due."""
    match conversion:
        case "d" | "i":
            return f"{int(value)}"
        case "o" | "x" | "X":
            return format(int(value), conversion)
        case "c":
            return chr(int(value))
        case "g" | "G":
            text = float_text(float(value))
            return text.upper() if conversion == "G" else text
        case "e" | "E" | "f" | "F":
            return str(f"%{conversion}" % value)
        case _:
            raise ValueError(conversion)


def formatted(template: str, positional: list[Datum], named: dict[str, Datum]) -> str:
    """Return `template.format(...)`."""
    count = iter(range(len(positional) + 1))

    def replace(match: re.Match[str]) -> str:
        field, conversion = match.groups()
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        if field is None:
            raise FaultError(f"a single {match.group()} in a format string")
        value = _field(field or str(next(count, len(positional))), positional, named)
        return written(value) if conversion == "r" else text_of(value)

    text = _FIELD.sub(replace, template)
    bounded_count(len(text))
    return text


def _field(name: str, positional: list[Datum], named: dict[str, Datum]) -> Datum:
    if name.isdecimal() and int(name) < len(positional):
        return positional[int(name)]
    if name in named:
        return named[name]
    raise FaultError(f"the format asks for {name}, which was not given")
