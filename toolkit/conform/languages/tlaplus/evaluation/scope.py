"""Names and what they are bound to while a formula is compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from msgspec import Struct

from conform.domain.values import Value
from conform.languages.tlaplus import syntax
from conform.text import Span


class Local(Struct, frozen=True):
    """A bound name whose value stands at `index` of the environment, behind a Lazy if `is_lazy`.

    `level`, `reads` and `primed` are those of the expression that its value comes from.
    """

    index: int
    level: int
    reads: frozenset[int]
    primed: frozenset[int]
    is_lazy: bool = False


class LocalOperator(Struct, frozen=True):
    """An operator parameter: a callable of `arity` values at `index` of the environment."""

    index: int
    arity: int


class Alias(Struct, frozen=True):
    """A parameter that stands for an expression of the caller, as call by name has it."""

    expression: syntax.Expression
    scope: Scope


class Baked(Struct, frozen=True):
    """A name with a value known when compiling: a constant or an action instance's parameter."""

    value: Value


class VariableSlot(Struct, frozen=True):
    """A state variable: slot `index` of the state."""

    index: int


@dataclass(slots=True, eq=False)
class Definition:
    """A defined operator: its body means what it means in `scope`.

    `depth` is how much of the environment the body sees: 0 for a definition of the module, more
    for one inside LET. `is_recursive` when it was declared so or is a function that names itself.
    `origin` is one for all the definitions that the same text makes in several instances. `is_copy`
    for what an unnamed instance gives: TLC does not look for variables through it.
    """

    name: str
    parameters: tuple[syntax.Declaration, ...]
    body: syntax.Expression
    scope: Scope
    depth: int
    span: Span
    is_recursive: bool = False
    origin: object = None
    is_copy: bool = False
    compiled: dict[object, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Instance:
    """A named instance of a module: `I(x) == INSTANCE M WITH a <- x`.

    Its substitutions mean what they mean in `scope`, and see `depth` of the environment. `opened`
    keeps what it gives, by arguments, so that all uses share their definitions.
    """

    unit: syntax.InstanceDefinition
    scope: Scope
    depth: int
    opened: dict[object, Opened] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the instance."""
        return self.unit.name.name


class Opened(Struct, frozen=True):
    """What an instance gives under some arguments, which are kept as long as their identity is."""

    members: Mapping[str, Binding]
    arguments: tuple[syntax.Expression, ...]
    caller: Scope | None


class Builtin(Struct, frozen=True):
    """An operator of a standard module; `apply(span, *values)` computes it.

    `is_pure` is False where the result depends on more than the arguments, and `asks_run` where
    that is the progress or the registers of a run: TLC takes it for no constant. `operators` has
    the positions of the parameters that are operators, and what each of these takes: `apply` gets
    them as Python callables of so many values. `refusal` says why it is not evaluated, empty if it
    is. With `in_session`, its first argument is to be the Session of the specification that uses
    it.
    """

    name: str
    arity: int
    apply: Callable[..., Any]
    is_pure: bool = True
    asks_run: bool = False
    operators: tuple[tuple[int, int], ...] = ()
    refusal: str = ""
    in_session: bool = False

    @property
    def parameters(self) -> tuple[int, ...]:
        """The arity of each parameter: 0 for a value."""
        arities = dict(self.operators)
        return tuple(arities.get(position, 0) for position in range(self.arity))


class Missing(Struct, frozen=True):
    """A name that is declared and has no meaning yet: a constant without a value."""

    span: Span


class RecursiveFunction(syntax.Expression, frozen=True):
    """`f[x \\in S] == body` where the body mentions f: a literal that knows its own name."""

    name: syntax.Identifier
    bounds: tuple[syntax.Bound, ...]
    body: syntax.Expression


Binding: TypeAlias = (
    Local | LocalOperator | Alias | Baked | VariableSlot | Definition | Instance | Builtin | Missing
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

    def module(self) -> ModuleScope:
        """Return the scope of the module around; every formula of a specification is in one."""
        scope: Scope | None = self
        while scope is not None:
            if isinstance(scope, ModuleScope):
                return scope
            scope = scope.parent
        raise LookupError("this scope belongs to no module")


class Instantiating(Protocol):
    """Makes the scopes of instances."""

    def members(
        self, unit: syntax.Instance | syntax.InstanceDefinition, scope: Scope, depth: int
    ) -> Mapping[str, Binding]:
        """Return what the instantiated module gives, its substitutions made in `scope`."""
        ...

    def barred(self, scope: Scope, first: int) -> Barred | None:
        """Return `scope` with slots from `first` on for the variables of its instance.

        None where there are none, or where each is substituted by a variable of its own.
        """
        ...


class Barred(Struct, frozen=True):
    """A scope in which variables have slots of their own; `meanings` is what they stand for."""

    scope: Scope
    meanings: tuple[tuple[str, Binding], ...]


class ModuleScope(Scope):
    """The names of a module: its own, those that it EXTENDS and those of unnamed instances.

    `exported` are those that an extending or instantiating module gets: all but LOCAL ones.
    `modules` are the modules nested in it or in those, each with the scope around it. One module
    has a scope for each way it is instantiated.
    """

    __slots__ = ("exported", "instantiating", "module_name", "modules")

    def __init__(self, parent: Scope | None, module_name: str, by: Instantiating) -> None:
        super().__init__(parent)
        self.module_name = module_name
        self.instantiating = by
        self.exported: dict[str, Binding] = {}
        self.modules: dict[str, tuple[syntax.Module, ModuleScope]] = {}

    def bind(self, name: str, binding: Binding, *, is_local: bool = False) -> None:
        """Bind `name`, unless it has a meaning here already: the first one stays, as in SANY."""
        self.names.setdefault(name, binding)
        if not is_local:
            self.exported.setdefault(name, self.names[name])
