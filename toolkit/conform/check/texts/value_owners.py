"""Which variable a value tells by itself: the one whose type lists it."""

from __future__ import annotations

from collections import Counter

from conform.check.context import Context
from conform.check.texts.enumerations import enumerations


def value_owners(context: Context) -> dict[str, str]:
    """Return the variable of each value that the type of one variable alone lists."""
    listed = [
        (name, variable.name)
        for variable in context.document.variables
        for name in {name for one in enumerations(variable.type_text) for name in one.members}
    ]
    counted = Counter(name for name, _variable in listed)
    return {name: variable for name, variable in listed if counted[name] == 1}
