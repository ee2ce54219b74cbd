"""Names and what they are bound to while a formula is compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from conform.domain.values import Value
from conform.languages.tlaplus import syntax
from conform.text import Span


@dataclass(frozen=True, slots=True)
class Local:
    """A bound name whose value stands at `index` of the environment, behind a Lazy if `is_lazy`.

    `level`, `reads` and `primed` are those of the expression that its value comes from.
    """

    index: int
    level: int
    reads: frozenset[int]
    primed: frozenset[int]
    is_lazy: bool = False


@dataclass(frozen=True, slots=True)
class LocalOperator:
    """An operator parameter: a callable of `arity` values at `index` of the environment."""

    index: int
    arity: int


@dataclass(frozen=True, slots=True)
class Alias:
    """A parameter that stands for an expression of the caller, as call by name has it."""

    expression: syntax.Expression
    scope: Scope


@dataclass(frozen=True, slots=True)
class Baked:
    """A name with a value known when compiling: a constant or an action instance's parameter."""

    value: Value


@dataclass(frozen=True, slots=True)
class VariableSlot:
    """A state variable: slot `index` of the state."""

    index: int


@dataclass(slots=True, eq=False)
class Definition:
    """A defined operator: its body means what it means in `scope`.

    `depth` is how much of the environment the body sees: 0 for a definition of the module, more
    for one inside LET. `is_recursive` when it was declared so or is a function that names itself.
    """

    name: str
    parameters: tuple[syntax.Declaration, ...]
    body: syntax.Expression
    scope: Scope
    depth: int
    span: Span
    is_recursive: bool = False
    compiled: dict[object, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Builtin:
    """An operator of a standard module; `apply(span, *values)` computes it.

    `is_pure` is False where the result depends on more than the arguments.
    """

    name: str
    arity: int
    apply: Callable[..., Any]
    is_pure: bool = True


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that is declared and has no meaning yet: a constant without a value."""

    span: Span


@dataclass(frozen=True, slots=True)
class RecursiveFunction(syntax.Expression):
    """`f[x \\in S] == body` where the body mentions f: a literal that knows its own name."""

    name: syntax.Identifier
    bounds: tuple[syntax.Bound, ...]
    body: syntax.Expression


Binding: TypeAlias = (
    Local | LocalOperator | Alias | Baked | VariableSlot | Definition | Builtin | Missing
)


class Scope:
    """Names bound here, and those of the scope around it."""

    __slots__ = ("names", "parent")

    def __init__(self, parent: Scope | None = None) -> None:
        self.parent = parent
        self.names: dict[str, Binding] = {}

    def find(self, name: str) -> Binding | None:
        """Return what `name` is bound to, innermost first, or None."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def with_names(self, names: dict[str, Binding]) -> Scope:
        """Return a scope inside this one that binds `names`."""
        inner = Scope(self)
        inner.names = names
        return inner

    def visible(self) -> Iterator[str]:
        """Yield every name that can be used here, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield from scope.names
            scope = scope.parent
