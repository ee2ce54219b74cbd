"""Values of constants as Python literals."""

from __future__ import annotations

from conform.domain.machine import python_literal
from conform.domain.values import FunctionValue, ModelValue, SetValue, Value
from conform.languages.tlaplus.translation.fragments import SIGN, Fragment
from conform.languages.tlaplus.translation.types import type_of


def literal(value: Value) -> Fragment:
    """Return the expression of a value; elements of sets are in canonical order."""
    text = _text(value)
    return Fragment(text, type_of(value), SIGN if text.startswith("-") else 13)


def _text(value: Value) -> str:
    match value:
        case bool() | int():
            return repr(value)
        case str():
            return python_literal(value)
        case ModelValue(name):
            return python_literal(name)
        case SetValue():
            if not value.elements:
                return "frozenset()"
            return f"frozenset({{{', '.join(map(_text, value.ordered))}}})"
        case FunctionValue() if value.is_sequence:
            inner = ", ".join(map(_text, value.values))
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        case FunctionValue():
            pairs = ", ".join(f"{_text(key)}: {_text(image)}" for key, image in value.items())
            return f"FrozenMapping({{{pairs}}})"
