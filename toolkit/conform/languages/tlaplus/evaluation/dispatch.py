"""From formulas to closures: the dispatch over a table of constructs.

A formula compiles to `code(state, after, environment)`: `state` gives the variables, `after` the
primed ones (slots not yet bound hold UNBOUND), `environment` is a tuple of the bound names' values.
The environment only ever grows at its end, so the code of an outer definition sees its own part of
it as a prefix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeAlias

from msgspec import Struct

from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import Analysis
from conform.languages.tlaplus.evaluation.footprints import Footprint
from conform.languages.tlaplus.evaluation.instances import Target, Use, target
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.scope import Binding, Scope
from conform.text import Span, nearest

Code: TypeAlias = Callable[[Any, Any, tuple[Any, ...]], Any]
"""Compiled formula: (state, after, environment) -> value; Any because states may be recorders."""

UNBOUND = None
"""What a slot of `after` holds before the action has said what it becomes."""


class Mode(Enum):
    """Where an unprimed variable is read: in the state, or (under a prime, in Init) after it."""

    UNPRIMED = "unprimed"
    PRIMED = "primed"


class Context(Struct, frozen=True):
    """Where a formula stands: the scope of its names, the environment's depth, and the mode."""

    scope: Scope
    depth: int = 0
    mode: Mode = Mode.UNPRIMED

    def inside(self, names: dict[str, Binding], grown_by: int = 0) -> Context:
        """Return the context with more names and a longer environment."""
        return Context(self.scope.with_names(names), self.depth + grown_by, self.mode)

    def at(self, scope: Scope) -> Context:
        """Return the context at the same place with other names: the body of an inlined call."""
        return Context(scope, self.depth, self.mode)

    def primed(self) -> Context:
        """Return the context under a prime."""
        return Context(self.scope, self.depth, Mode.PRIMED)


class Lazy:
    """A value computed when it is first wanted."""

    __slots__ = ("after", "code", "environment", "state", "value")

    def __init__(self, code: Code, state: Any, after: Any, environment: tuple[Any, ...]) -> None:
        self.code: Code | None = code
        self.state = state
        self.after = after
        self.environment = environment
        self.value: Any = None

    def force(self) -> Any:
        """Return the value, computing it at the first call."""
        if self.code is not None:
            self.value = self.code(self.state, self.after, self.environment)
            self.code = None
        return self.value


class Dispatcher:
    """Compiles the formulas of one specification by a table: class of node -> function.

    The functions of the table call it back for the parts of their node.
    """

    def __init__(
        self,
        slots: tuple[str, ...],
        analysis: Analysis,
        order: ValueOrder,
        constructs: Mapping[type, Construct],
    ) -> None:
        """Take the names of the variables, in the order of the slots.

        `order` is that in which the elements of sets are tried.
        """
        self.slots = slots
        self.analysis = analysis
        self.order = order
        self._constructs = constructs
        self._kept: list[list[Any]] = []

    def compile(self, node: syntax.Expression, context: Context) -> Code:
        """Return the code of `node`; raise InputError or UnsupportedError, located."""
        compile_node = self._constructs.get(type(node))
        if compile_node is None:
            raise _no_value(node)
        return compile_node(self, node, context)

    def compile_all(self, nodes: tuple[syntax.Expression, ...], context: Context) -> list[Code]:
        """Return the code of each of `nodes`."""
        return [self.compile(node, context) for node in nodes]

    def kept(self) -> list[Any]:
        """Return a list, empty at the beginning of each run, for what is computed once in it."""
        self._kept.append([])
        return self._kept[-1]

    def forget(self) -> None:
        """Empty what an earlier run has left in the lists of `kept`."""
        for values in self._kept:
            values.clear()

    def footprint(self, node: syntax.Node, context: Context) -> Footprint:
        """Return what `node` can depend on."""
        return self.analysis.of(node, context.scope)

    def target(self, node: Use, context: Context) -> Target:
        """Return what a use stands for.

        Definitions of a parameterised instance see the environment only if its arguments do.
        """
        depth = 0
        if isinstance(node, syntax.Path) and any(
            self.footprint(argument, context).uses_locals
            for segment in node.segments[:-1]
            for argument in segment.arguments
        ):
            depth = context.depth
        return target(node, context.scope, depth)

    def resolve(self, name: str, span: Span, context: Context) -> Binding:
        """Return what `name` is bound to, or raise InputError with the nearest known name."""
        return known(context.scope.find(name), name, span, context)


def known(binding: Binding | None, name: str, span: Span, context: Context) -> Binding:
    """Return `binding`, or raise InputError with the known name that is nearest to `name`."""
    if binding is None:
        close = nearest(name, context.scope.visible())
        raise InputError(
            f"unknown operator or identifier `{name}`",
            span=span,
            hint=f"did you mean `{close}`?" if close else "define it, or EXTEND its module",
        )
    return binding


Construct: TypeAlias = Callable[[Dispatcher, Any, Context], Code]
"""Compiles the nodes of one class."""

_WITHOUT_VALUE: dict[type[syntax.Node], tuple[str, str]] = {
    syntax.Decimal: ("a real number has no value in TLC, and none here", "use integers"),
    syntax.Lambda: (
        "a LAMBDA is an operator and has no value of its own",
        "pass it as an argument, or define an operator",
    ),
    syntax.OperatorSymbol: (
        "an operator symbol that stands alone has no value",
        "pass it as an argument, or apply it",
    ),
    syntax.Fairness: (
        "a fairness condition has no value in a state",
        "it may stand in the SPECIFICATION, as a conjunct",
    ),
    syntax.AssumeProve: ("ASSUME ... PROVE has no value", "it may stand in theorems alone"),
}
"""What is read and not evaluated: why, and what to do."""


def _no_value(node: syntax.Expression) -> UnsupportedError:
    reason, hint = _WITHOUT_VALUE.get(
        type(node), (f"{type(node).__name__} is not evaluated yet", "write it in another way")
    )
    return UnsupportedError(reason, span=node.span, hint=hint)
