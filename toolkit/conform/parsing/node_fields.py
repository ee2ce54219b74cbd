"""The fields of a class of syntax nodes, by what their annotations say."""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct


def fields_but(kind: type[Struct], leaves: Set[str]) -> tuple[str, ...]:
    """Return the fields of `kind` whose annotation, as it is written, is none of `leaves`."""
    written = {
        name: text
        for base in reversed(kind.__mro__)
        for name, text in vars(base).get("__annotations__", {}).items()
    }
    return tuple(name for name in kind.__struct_fields__ if written[name] not in leaves)
