"""Symbols: what is known of each name where it can be used, and when two of one name conflict.

Source followed: SANY's SymbolTable and Context (tla2sany.semantic). A definition or a bound name
may not hide anything; a declaration may repeat one of its kind; what EXTENDS and INSTANCE bring
twice stays what it was first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.text import Span


class Kind(Enum):
    """What a name is."""

    CONSTANT = "a constant"
    VARIABLE = "a variable"
    OPERATOR = "an operator"
    INSTANCE = "an instance"
    PARAMETER = "a parameter"
    BOUND = "a bound name"
    STEP = "a step of a proof"


@dataclass(slots=True, eq=False)
class Symbol:
    """What is known of a name: its kind, the arity of each parameter, and where it is declared.

    `unit` defines it, None for what has no text; `span` is None for a standard operator. A member
    of an instance has the symbol `of` its module, and the `instance` that it belongs to; an
    instance has `members`. `is_promised` for a RECURSIVE declaration that waits for its
    definition, inside as many LETs as `depth` says.
    """

    name: str
    kind: Kind
    parameters: tuple[int, ...]
    span: Span | None
    unit: syntax.Node | None = None
    is_recursive: bool = False
    is_promised: bool = False
    depth: int = 0
    of: Symbol | None = None
    instance: InstanceSymbols | None = None
    members: Mapping[str, Symbol] = field(default_factory=dict)

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.parameters)


@dataclass(slots=True, eq=False)
class InstanceSymbols:
    """An instance: what stands for each declared symbol of its module.

    That is an expression of a WITH, or the symbol of the same name. `parameters` are the symbols
    of its own parameters.
    """

    unit: syntax.Instance | syntax.InstanceDefinition
    module: ModuleSymbols
    substituted: dict[Symbol, syntax.Expression | Symbol]
    parameters: tuple[Symbol, ...]


@dataclass(slots=True, eq=False)
class ModuleSymbols:
    """What a module gives to those that EXTEND or instantiate it.

    `declared` are its constants and variables with those that it EXTENDS, by name. `modules` are
    the modules nested in it. `is_standard` if its text is not the user's; without a text, `module`
    is None. `is_for_provers` if theorems that provers know come with it, of which there is no text.
    """

    name: str
    module: syntax.Module | None
    is_standard: bool
    exported: dict[str, Symbol] = field(default_factory=dict)
    declared: dict[str, Symbol] = field(default_factory=dict)
    modules: dict[str, ModuleSymbols] = field(default_factory=dict)
    is_for_provers: bool = False


class SymbolTable:
    """The names known at a place of a module."""

    def __init__(self, known: Mapping[str, Symbol]) -> None:
        """Begin with what is known around the module; `depth` counts the LETs around a place."""
        self.depth = 0
        self.known: dict[str, Symbol] = dict(known)

    def find(self, name: str) -> Symbol | None:
        """Return what `name` is, None if it is unknown."""
        return self.known.get(name)

    def bring(self, symbol: Symbol) -> None:
        """Make a symbol of an extended module known; the first one of a name stays."""
        self.known.setdefault(symbol.name, symbol)

    def declare(self, symbol: Symbol) -> Symbol:
        """Make a declared symbol known; it may repeat a declaration of its kind and arity."""
        found = self.known.get(symbol.name)
        if found and found.kind is symbol.kind and found.arity == symbol.arity:
            return found
        self.define(symbol)
        return symbol

    def define(self, symbol: Symbol) -> None:
        """Make a new symbol known, whose name may have no meaning yet."""
        self.refuse_taken(symbol)
        self.known[symbol.name] = symbol

    def refuse_taken(self, symbol: Symbol) -> None:
        """Raise InputError where the name of a new symbol has a meaning already."""
        found = self.known.get(symbol.name)
        if found is not None:
            raise conflict(symbol.name, symbol.span, found)

    def state(self, symbol: Symbol) -> None:
        """Make a named assumption or theorem known; one of them may repeat the name of another."""
        found = self.known.get(symbol.name)
        if found is None or not isinstance(found.unit, syntax.Assumption | syntax.Theorem):
            self.define(symbol)

    def bring_instance(self, symbol: Symbol, at: Span) -> Symbol:
        """Make a member of an unnamed instance known, unless a symbol like it is known already."""
        found = self.known.get(symbol.name)
        if found is None:
            self.known[symbol.name] = symbol
            return symbol
        if found.kind is symbol.kind and found.arity == symbol.arity:
            return found
        raise conflict(symbol.name, at, found)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Forget afterwards what becomes known within."""
        before = dict(self.known)
        yield
        self.known = before

    @contextmanager
    def bound(self, symbols: Iterator[Symbol] | list[Symbol]) -> Iterator[tuple[Symbol, ...]]:
        """Make names known within."""
        added: list[Symbol] = []
        for symbol in symbols:
            self.define(symbol)
            added.append(symbol)
        yield tuple(added)
        for symbol in added:
            del self.known[symbol.name]


def conflict(name: str, span: Span | None, found: Symbol) -> InputError:
    """Return the error for a name that has a meaning already."""
    if found.span is None:
        where = "by a standard module"
    elif span is not None and span.path != found.span.path:
        where = f"at {found.span.path}:{found.span.line}"
    else:
        where = f"at line {found.span.line}"
    return InputError(
        f"`{name}` is declared or defined twice: it has a meaning already, given {where}",
        span=span,
        hint="choose another name: while one is known, TLA+ lets nothing else have it",
    )
