"""What names mean: while code is compiled (`Names`), and while it runs (`Scope`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from conform.languages.fizzbee.evaluation.values import Datum


class Scope:
    """The variables that running code sees: its own, those of an enclosing function, the state.

    `host` is the machine that runs the code, None in a `def` and at the top level: who needs it
    (a role that is instantiated) asks for it there.
    """

    __slots__ = ("host", "locals", "outer", "state")

    def __init__(
        self,
        variables: dict[str, Datum],
        state: dict[str, Datum],
        outer: Scope | None = None,
        host: Any = None,
    ) -> None:
        self.locals = variables
        self.state = state
        self.outer = outer
        self.host = host


Code: TypeAlias = Callable[[Scope], Datum]
"""Compiled code of an expression: its value in a scope; raises EvaluationError."""

Store: TypeAlias = Callable[[Scope, Datum], None]
"""Compiled code of a target: assigns a value to it."""


class Names(Struct, frozen=True):
    """The meanings of names in one piece of code.

    `late` names win over all others; then come local variables, `state`, constants, builtins.
    In a `def`, `own` has its local variables and `outer` those of enclosing functions, and what is
    none of these must be a constant; `own` is None in FizzBee's own code, where any name may turn
    out to be local. `state` is what may be assigned in the state. `functions` are FizzBee's
    `func`s, `actions` those outside of roles, and `defined` is the `def` at hand, named here for
    messages alone. `refused` are names that stand for what is not treated.
    """

    constants: Mapping[str, Datum]
    builtins: Mapping[str, Datum]
    late: Mapping[str, Datum]
    state: frozenset[str] = frozenset()
    own: frozenset[str] | None = None
    outer: tuple[frozenset[str], ...] = ()
    functions: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    defined: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)

    def inside(self, own: frozenset[str], defined: str = "") -> Names:
        """Return the names inside a function whose local variables are `own`."""
        outer = self.outer if self.own is None else (self.own, *self.outer)
        return replace(self, own=own, outer=outer, state=frozenset(), defined=defined)

    def depth_of(self, name: str) -> int | None:
        """Return how many functions up a local variable is, None if it is none."""
        if self.own is None:
            return None
        for depth, known in enumerate((self.own, *self.outer)):
            if name in known:
                return depth
        return None

    def known(self) -> set[str]:
        """Return all names that mean something here."""
        found = {*self.constants, *self.builtins, *self.late, *self.state}
        return found.union(self.own or (), *self.outer)
