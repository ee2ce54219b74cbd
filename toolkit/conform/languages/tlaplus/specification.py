"""A root module with all that it EXTENDS: its constants, variables, definitions and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conform.errors import ConformError, InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import Analysis
from conform.languages.tlaplus.evaluation.definitions import defined_by
from conform.languages.tlaplus.evaluation.scope import (
    Definition,
    Missing,
    Scope,
    VariableSlot,
)
from conform.languages.tlaplus.evaluation.standard.modules import EVERYWHERE, STANDARD_MODULES
from conform.languages.tlaplus.names import Names
from conform.languages.tlaplus.reading import parse_module
from conform.text import Source, Span, nearest

FindModule = Callable[[str], Source | None]
"""Gives the source of a module by its name, None when there is no such file."""

KNOWN_ELSEWHERE = frozenset(
    {
        "Bags",
        "BagsExt",
        "Bitwise",
        "CSV",
        "FiniteSetsExt",
        "Folds",
        "Functions",
        "Graphs",
        "IOUtils",
        "Json",
        "Randomization",
        "RealTime",
        "Reals",
        "Relation",
        "SVG",
        "SequencesExt",
        "Statistics",
        "TLAPS",
        "TLCExt",
        "UndirectedGraphs",
        "VectorClocks",
    }
)
"""Modules that TLC or its community modules bring along and that are not evaluated here yet."""


@dataclass(slots=True, eq=False)
class Specification:
    """What a root module declares and defines; `scope` binds its names.

    `definitions` are in the order of the text, extended modules first. `sources` are by path. The
    value of a constant is Missing in the scope until a configuration gives it one.
    """

    module: syntax.Module
    sources: dict[str, Source]
    scope: Scope = field(default_factory=Scope)
    analysis: Analysis = field(default_factory=Analysis)
    constants: list[syntax.Declaration] = field(default_factory=list)
    variables: list[syntax.Identifier] = field(default_factory=list)
    assumptions: list[syntax.Assumption] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """The source of the root module."""
        return self.sources[self.module.span.path]

    def located(self, error: ConformError) -> ConformError:
        """Return `error` with the excerpt of the line that its span points to."""
        if error.span and not error.excerpt and error.span.path in self.sources:
            error.excerpt = self.sources[error.span.path].excerpt(error.span)
        return error

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for a foreign span."""
        source = self.sources.get(span.path)
        return source.excerpt(span) if source else ""


def load_specification(source: Source, find_module: FindModule) -> Specification:
    """Parse a root module and all that it EXTENDS, or raise a located ConformError."""
    module = parse_module(source)
    specification = Specification(module, {source.path: source})
    outermost = Scope()
    outermost.names = dict(EVERYWHERE)
    specification.scope.parent = outermost
    try:
        _Loader(specification, find_module).add(module)
    except ConformError as error:
        raise specification.located(error) from None
    return specification


class _Loader:
    def __init__(self, specification: Specification, find_module: FindModule) -> None:
        self.specification = specification
        self.find_module = find_module
        self.done: set[str] = set()
        self.names = Names(STANDARD_MODULES)
        self.names.add_builtins(EVERYWHERE)
        self.recursive: set[str] = set()

    def add(self, module: syntax.Module) -> None:
        """Add what `module` declares and defines, extended modules first."""
        self.done.add(module.name.name)
        for extended in module.extends:
            self._extend(extended, module)
        for unit in module.units:
            self.names.add_unit(unit)
            self._add_unit(unit)
        self.names.refuse_promises()

    def _extend(self, name: syntax.Identifier, module: syntax.Module) -> None:
        if name.name in self.done:
            return
        if name.name in STANDARD_MODULES:
            self._add_standard(name.name)
            return
        source = self.find_module(name.name)
        if source is None:
            raise self._unknown_module(name)
        self.specification.sources[source.path] = source
        self.add(parse_module(source))

    def _add_standard(self, name: str) -> None:
        self.specification.scope.names.update(STANDARD_MODULES[name])
        self.names.add_builtins(STANDARD_MODULES[name])

    def _unknown_module(self, name: syntax.Identifier) -> ConformError:
        if name.name in KNOWN_ELSEWHERE:
            return UnsupportedError(
                f"module `{name.name}` is not evaluated yet",
                span=name.span,
                hint=f"evaluated are {', '.join(sorted(STANDARD_MODULES))}",
            )
        close = nearest(name.name, STANDARD_MODULES)
        return InputError(
            f"unknown module `{name.name}`",
            span=name.span,
            expected=f"a standard module, or a file {name.name}.tla beside this one",
            hint=f"did you mean `{close}`?" if close else "",
        )

    def _add_unit(self, unit: syntax.Unit) -> None:
        specification = self.specification
        match unit:
            case syntax.Constants(declarations=declarations):
                for declaration in declarations:
                    specification.constants.append(declaration)
                    specification.scope.names[declaration.name] = Missing(declaration.span)
            case syntax.Variables(names=names):
                for name in names:
                    slot = VariableSlot(len(specification.variables))
                    specification.variables.append(name)
                    specification.scope.names[name.name] = slot
            case syntax.Recursive(declarations=declarations):
                self.recursive.update(declaration.name for declaration in declarations)
            case syntax.Assumption():
                specification.assumptions.append(unit)
            case syntax.Instance(module=name, substitutions=()) if name.name in STANDARD_MODULES:
                self._add_standard(name.name)
            case syntax.Instance() | syntax.InstanceDefinition():
                raise UnsupportedError(
                    "INSTANCE is not evaluated yet",
                    span=unit.span,
                    hint="EXTENDS works, and so does INSTANCE of a standard module",
                )
            case _:
                self._define(unit)

    def _define(self, unit: syntax.Unit) -> None:
        specification = self.specification
        definition = defined_by(unit, specification.scope, depth=0)
        if definition is None:
            return  # a separator, a theorem, a nested module: nothing that can be evaluated
        definition.is_recursive = definition.name in self.recursive
        specification.definitions[definition.name] = definition
        specification.scope.names[definition.name] = definition
