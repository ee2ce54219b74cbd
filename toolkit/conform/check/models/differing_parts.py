"""Where two values differ: the one part of a function in which they do."""

from __future__ import annotations

import re

from conform.domain.values import FunctionValue, Value, format_value

_FIELD = re.compile(r"[^\W\d]\w*")


def apart(name: str, one: Value, other: Value) -> tuple[str, Value, Value]:
    """Return the part of a variable in which two of its values differ, and the two values there.

    That is the whole where they differ in several parts, or in their domains. A part is written
    `index[3].type`.
    """
    while isinstance(one, FunctionValue) and isinstance(other, FunctionValue):
        if one.domain.elements != other.domain.elements:
            break
        pairs = zip(one.domain.elements, one.values, other.values, strict=True)
        differing = [(key, a, b) for key, a, b in pairs if a != b]
        if len(differing) != 1:
            break
        key, one, other = differing[0]
        is_field = isinstance(key, str) and _FIELD.fullmatch(key)
        name = f"{name}.{key}" if is_field else f"{name}[{format_value(key)}]"
    return name, one, other
