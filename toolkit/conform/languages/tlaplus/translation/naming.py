"""Safe Python identifiers for the names of a specification.

A name of TLA+ may be a keyword of Python, may begin with a digit, and may collide, once in
snake_case, with another one or with a name that the generated module needs for itself.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")

MODULE_NAMES = frozenset(
    (
        # what a generated module imports and defines
        *("Any", "Callable", "Iterable", "Iterator", "KeysView", "Literal", "Mapping"),
        *("NamedTuple", "NoReturn", "TypeAlias", "TypeVar", "ValuesView", "annotations"),
        *("combinations", "dataclass", "product", "replace"),
        *("Constants", "FrozenMapping", "K", "NotEnabledError", "State", "Unmet", "V"),
        *("FAIRNESS", "Fairness", "Formula", "INVARIANTS", "LIVENESS", "STEP_PROPERTIES"),
        *("choose", "functions", "item_at", "item_replaced", "item_updated", "modulo"),
        *("no_value", "order_key", "plain", "power", "quotient", "subsequence", "subsets", "tail"),
        # names inside its methods
        *("before", "self", "state", "unmet"),
        # what a generated suite imports and defines
        *("Beside", "Conformance", "Counter", "HealthCheck", "Implementation", "Phase", "Protocol"),
        *("RuleBasedStateMachine", "Step", "TestConformance"),
    )
)
"""Names that the generated modules use themselves."""

MEMBER_NAMES = frozenset(
    (
        *("at", "constants", "enabled", "initial_state", "instances", "perform", "snapshot"),
        *("state", "violated"),
    )
)
"""Methods and attributes that every generated machine has."""

_RESERVED = frozenset([*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *MODULE_NAMES])


def snake_case(name: str) -> str:
    """Return `name` in snake_case: `WALWriteFail` gives wal_write_fail, `Range2End` range2_end."""
    words: list[str] = []
    for word in _WORD.findall(name):
        if word.isdigit() and words:
            words[-1] += word
        else:
            words.append(word.lower())
    joined = "_".join(words) or "name"
    return f"n{joined}" if joined[0].isdigit() else joined


def camel_case(name: str) -> str:
    """Return `name` in CamelCase: `logIndex` gives LogIndex."""
    return "".join(word[0].upper() + word[1:] for word in snake_case(name).split("_"))


def local_name(name: str, taken: Iterable[str]) -> str:
    """Return an identifier for a bound name or a parameter that is none of `taken`."""
    base = snake_case(name)
    if base in _RESERVED or base == "l":
        base += "_"
    return _distinct(base, set(taken))


def _distinct(base: str, taken: set[str]) -> str:
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}{number}" if base[-1] != "_" else f"{base}{number}_", number + 1
    return candidate


class Names:
    """Hands out identifiers of one namespace, each once."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self._taken = set(reserved)
        self._known: dict[str, str] = {}

    def of(self, key: str, wanted: str) -> str:
        """Return the identifier of `key`: `wanted`, or something like it that is free."""
        if key not in self._known:
            is_bad = wanted in self._taken or keyword.iskeyword(wanted) or wanted == "l"
            base = f"{wanted}_" if is_bad else wanted
            self._known[key] = _distinct(base, self._taken)
            self._taken.add(self._known[key])
        return self._known[key]


def member_names() -> Names:
    """Return the namespace of the machine's methods."""
    return Names(MEMBER_NAMES)


def class_names() -> Names:
    """Return the namespace of the module's classes and type aliases."""
    return Names(_RESERVED)


def field_names() -> Names:
    """Return the namespace of the fields of a dataclass."""
    return Names(keyword.kwlist)
