"""Names of a system of modules: what each declares, defines, EXTENDS and instantiates.

Source followed: SANY's Generator (tla2sany.semantic). Each module is looked at once, before those
that EXTEND or instantiate it; what nothing uses is looked at too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.modules import BROUGHT_ALONG
from conform.languages.tlaplus.library import Library, LibraryModule
from conform.languages.tlaplus.meanings import PASSED_ON, Meanings
from conform.languages.tlaplus.name_rules import (
    arguments,
    head_of,
    refuse_in_recursion,
    refuse_own_name,
)
from conform.languages.tlaplus.names import Names
from conform.languages.tlaplus.proof_names import ProofNames, is_for_provers
from conform.languages.tlaplus.resolution import Resolution
from conform.languages.tlaplus.symbols import (
    InstanceSymbols,
    Kind,
    ModuleSymbols,
    Symbol,
    SymbolTable,
)
from conform.text import Span, nearest

MAX_CHAIN = 30
"""Modules that need each other in one chain. Each takes some seven frames of the thousand in
Python's stack; those that people write are under ten."""


class ModuleSystem:
    """The modules looked at so far, and what their names mean."""

    def __init__(self, library: Library, everywhere: Mapping[str, Builtin]) -> None:
        """Take where modules are found, and the language's own names."""
        self.library = library
        self.meanings = Meanings()
        self.modules: list[ModuleSymbols] = []
        self._by_name: dict[str, ModuleSymbols] = {}
        self._builtins: dict[int, tuple[Builtin, Symbol]] = {}
        self._open: list[str] = []
        self.everywhere = {name: self.builtin(name, found) for name, found in everywhere.items()}
        for name, arity in (*PASSED_ON.items(), ("\\X", 2)):
            self.everywhere[name] = Symbol(name, Kind.OPERATOR, (0,) * arity, None)

    def builtin(self, name: str, builtin: Builtin) -> Symbol:
        """Return the symbol of a standard operator: one, however it is reached."""
        symbol = Symbol(name, Kind.OPERATOR, builtin.parameters, None)
        return self._builtins.setdefault(id(builtin), (builtin, symbol))[1]

    def look_at(self, module: syntax.Module, found: LibraryModule | None = None) -> ModuleSymbols:
        """Check the names of a module that stands in a file of its own; raise InputError."""
        name = module.name.name
        self._refuse_chain(module.name)
        self._open.append(name)
        is_standard = found is not None and found.is_standard
        names = ModuleNames(self, module, self.everywhere, {}, is_standard=is_standard)
        symbols = names.look_at()
        if found is not None and found.is_standard:
            for given, builtin in found.builtins.items():
                symbols.exported.setdefault(given, self.builtin(given, builtin))
        self._open.pop()
        return symbols

    def is_file(self, name: str) -> bool:
        """Whether a module of that name was found outside the root module, so far."""
        return name in self._by_name

    def is_reached(self, name: str) -> bool:
        """Whether such a module was found, or a standard module that was found brings it along."""
        brought = (BROUGHT_ALONG.get(found, ()) for found in self._by_name)
        return self.is_file(name) or any(name in others for others in brought)

    def _refuse_chain(self, name: syntax.Identifier) -> None:
        if name.name in self._open:
            cycle = " -> ".join([*self._open[self._open.index(name.name) :], name.name])
            raise InputError(
                f"the modules depend on each other in a circle: {cycle}",
                span=name.span,
                hint="a module cannot EXTEND or instantiate one that needs it",
            )
        if len(self._open) >= MAX_CHAIN:
            raise InputError(
                f"modules need each other in a chain of more than {MAX_CHAIN}",
                span=name.span,
                hint="join some of them",
            )

    def named(self, name: syntax.Identifier) -> ModuleSymbols:
        """Return the module that `name` names, looked at."""
        self._refuse_chain(name)
        known = self._by_name.get(name.name)
        if known is None:
            found = self.library.find(name)
            if found.module is None:
                exported = {each: self.builtin(each, at) for each, at in found.builtins.items()}
                known = ModuleSymbols(name.name, None, True, exported)
                known.is_for_provers = is_for_provers(name.name)
            else:
                known = self.look_at(found.module, found)
            self._by_name[name.name] = known
        return known


class ModuleNames:
    """The names of one module, and the checks on each unit as it comes."""

    def __init__(
        self,
        system: ModuleSystem,
        module: syntax.Module,
        around: Mapping[str, Symbol],
        modules: Mapping[str, ModuleSymbols],
        *,
        is_standard: bool,
    ) -> None:
        """Take what is known around the module, and the modules that it may name beside files."""
        self._system = system
        self._module = module
        self._table = SymbolTable(around)
        resolution = Resolution(self._table, system.meanings, system.library.builtins)
        self._names = Names(self._table, system.meanings, resolution, self._add_definition)
        self._modules = dict(modules)
        self._proofs = ProofNames(
            self._table,
            self._names,
            self._add_in_proof,
            self._is_known_module,
            frozenset(system.everywhere.values()),
        )
        self._result = ModuleSymbols(module.name.name, module, is_standard)
        self._result.is_for_provers = is_standard and is_for_provers(module.name.name)
        self._own: list[Symbol] = []

    def look_at(self) -> ModuleSymbols:
        """Check the module and those nested in it, and return what it gives; raise InputError."""
        for name in self._module.extends:
            self._extend(self._reach(name))
        for unit in self._module.units:
            self._add(unit)
        self._refuse_promises(self._own)
        for fault in self._module.faults:
            raise InputError(fault.message, span=fault.span, expected=fault.expected)
        self._system.modules.append(self._result)
        return self._result

    def _reach(self, name: syntax.Identifier) -> ModuleSymbols:
        module = self._modules.get(name.name) or self._system.named(name)
        self._result.is_for_provers |= module.is_for_provers
        self._proofs.is_open |= module.is_for_provers
        return module

    def _extend(self, extended: ModuleSymbols) -> None:
        for symbol in extended.exported.values():
            self._table.bring(symbol)
            self._result.exported.setdefault(symbol.name, symbol)
        for symbol in extended.declared.values():
            self._result.declared.setdefault(symbol.name, symbol)
        for name, module in extended.modules.items():
            self._modules.setdefault(name, module)
            self._result.modules.setdefault(name, module)

    # -------------------------------------------------------------------------------------- units

    def _add(self, unit: syntax.Unit) -> None:
        refuse_in_recursion(unit, self._own)
        match unit:
            case syntax.Constants(declarations=declarations):
                for constant in declarations:
                    span = constant.span
                    self._declare(constant.name, Kind.CONSTANT, constant.arity, span, constant)
            case syntax.Variables(names=names):
                for variable in names:
                    self._declare(variable.name, Kind.VARIABLE, 0, variable.span, variable)
            case syntax.Assumption() | syntax.Theorem():
                self._names.check(unit.body)
                self._names.check_labels(unit.body, is_named=unit.name is not None)
                if unit.name:
                    self._own_symbol(_operator(unit.name.name, (), unit.span, unit))
                if isinstance(unit, syntax.Theorem):
                    self._proofs.check(unit.body, unit.proof)
            case syntax.UseOrHide(cited=cited) if cited is not None:
                self._proofs.check_cited(cited)
            case syntax.Instance():
                self._add_unnamed(unit, is_exported=not unit.is_local)
            case syntax.Module():
                nested = ModuleNames(
                    self._system,
                    unit,
                    self._table.known,
                    self._modules,
                    is_standard=self._result.is_standard,
                )
                nested._proofs.is_open = self._proofs.is_open
                self._refuse_module_again(unit)
                self._modules[unit.name.name] = nested.look_at()
                self._result.modules[unit.name.name] = self._modules[unit.name.name]
            case _:
                self._own.extend(self._add_definition(unit, self._result.exported))

    def _refuse_module_again(self, module: syntax.Module) -> None:
        name = module.name.name
        if name in self._modules or self._system.is_file(name):
            raise InputError(
                f"the module `{name}` is there twice",
                span=module.span,
                hint="choose another name for the module that is nested",
            )

    def _declare(self, name: str, kind: Kind, arity: int, span: Span, unit: syntax.Node) -> None:
        symbol = self._table.declare(Symbol(name, kind, (0,) * arity, span, unit))
        self._result.exported.setdefault(name, symbol)
        self._result.declared.setdefault(name, symbol)

    def _own_symbol(self, symbol: Symbol) -> None:
        self._table.state(symbol)
        self._system.meanings.of_unit(symbol)
        self._result.exported.setdefault(symbol.name, symbol)

    def _refuse_promises(self, symbols: Iterable[Symbol]) -> None:
        for symbol in symbols:
            if symbol.is_promised:
                raise InputError(
                    f"`{symbol.name}` is declared RECURSIVE and never defined", span=symbol.span
                )

    # -------------------------------------------------------------------------------- definitions

    def _add_definition(
        self, unit: syntax.Unit, exported: dict[str, Symbol] | None = None
    ) -> list[Symbol]:
        """Check what may stand in a LET too; return the symbols that it makes known."""
        match unit:
            case syntax.Recursive(declarations=declarations):
                added = [self._promise(declaration) for declaration in declarations]
                for symbol in added:
                    self._table.define(symbol)
            case syntax.OperatorDefinition():
                added = [self._define_operator(unit)]
            case syntax.FunctionDefinition():
                added = [self._define_function(unit)]
            case syntax.InstanceDefinition():
                added = [self._define_instance(unit)]
            case _:
                return []  # a separator: nothing that evaluation needs
        if exported is not None and not getattr(unit, "is_local", False):
            exported.update((symbol.name, symbol) for symbol in added)
        return added

    def _promise(self, declaration: syntax.Declaration) -> Symbol:
        symbol = _operator(declaration.name, (0,) * declaration.arity, declaration.span, None)
        symbol.is_recursive = symbol.is_promised = True
        symbol.depth = self._table.depth
        return symbol

    def _define_operator(self, unit: syntax.OperatorDefinition) -> Symbol:
        arities = tuple(parameter.arity for parameter in unit.parameters)
        symbol = self._promised(_operator(unit.name.name, arities, head_of(unit), unit))
        with self._table.bound(_parameters(unit.parameters)) as bound:
            refuse_own_name(symbol, unit.parameters)
            if not symbol.is_promised:
                self._table.refuse_taken(symbol)
            self._system.meanings.of_parameters(unit, bound)
            self._names.check(unit.body)
            self._names.check_labels(unit.body)
        return self._kept(symbol)

    def _define_function(self, unit: syntax.FunctionDefinition) -> Symbol:
        symbol = self._promised(_operator(unit.name.name, (), head_of(unit), unit))
        for bound in unit.bounds:
            self._names.check(bound.domain)
            refuse_own_name(symbol, bound.names)
        self._kept(symbol)  # the body may apply it
        with self._table.bound(self._names.bound_symbols(unit.bounds)):
            self._names.check_function_body(symbol, unit.body)
            self._names.check_labels(syntax.FunctionLiteral(unit.span, unit.bounds, unit.body))
        return symbol

    def _promised(self, symbol: Symbol) -> Symbol:
        """Return the symbol that a definition is for: a new one, or one declared RECURSIVE."""
        promised = self._table.find(symbol.name)
        if promised is None or not promised.is_promised:
            return symbol
        if promised.depth != self._table.depth:
            raise InputError(
                f"`{symbol.name}` is declared RECURSIVE outside this LET, and defined in it",
                span=symbol.span,
                hint=f"declare `{symbol.name}` RECURSIVE in the LET, or define it outside",
            )
        if promised.arity != symbol.arity:
            raise InputError(
                f"`{symbol.name}` is declared RECURSIVE with {arguments(promised.arity)}, "
                f"and defined with {symbol.arity}",
                span=symbol.span,
            )
        if symbol.parameters and symbol.parameters[-1]:  # SANY asks the last one alone
            raise InputError(
                f"`{symbol.name}` is declared RECURSIVE with values as arguments, and the last "
                "one is an operator",
                span=symbol.span,
                hint="let another parameter be the last one",
            )
        promised.parameters = symbol.parameters
        promised.unit = symbol.unit
        return promised

    def _kept(self, symbol: Symbol) -> Symbol:
        if symbol.is_promised:
            symbol.is_promised = False
        else:
            self._table.define(symbol)
        self._system.meanings.of_unit(symbol)
        return symbol

    # ---------------------------------------------------------------------------------- instances

    def _define_instance(self, unit: syntax.InstanceDefinition) -> Symbol:
        module = self._reach(unit.module)
        with self._table.bound(_parameters(unit.parameters)) as bound:
            instance = self._instance(unit, module, bound)
        arities = tuple(parameter.arity for parameter in unit.parameters)
        symbol = Symbol(unit.name.name, Kind.INSTANCE, arities, unit.span, unit)
        symbol.members = {each.name: each for each in _members(instance)}
        found = self._table.find(symbol.name)
        if found is not None and found.kind is Kind.INSTANCE:
            return found
        self._table.define(symbol)
        return symbol

    def _add_in_proof(self, unit: syntax.Unit) -> None:
        """Make known what a step of a proof defines or instantiates."""
        if isinstance(unit, syntax.Instance):
            self._add_unnamed(unit, is_exported=False)
        else:
            self._add_definition(unit)

    def _is_known_module(self, name: str) -> bool:
        is_own = name == self._module.name.name
        return is_own or name in self._modules or self._system.is_reached(name)

    def _add_unnamed(self, unit: syntax.Instance, *, is_exported: bool) -> None:
        module = self._reach(unit.module)
        instance = self._instance(unit, module, ())
        is_shared = not (unit.is_local or unit.substitutions or module.declared)
        for member in _members(instance):
            symbol = member.of if is_shared and member.of else member
            at = symbol.span if is_shared and symbol.span else unit.span
            known = self._table.bring_instance(symbol, at)
            if is_exported:
                self._result.exported.setdefault(symbol.name, known)

    def _instance(
        self,
        unit: syntax.Instance | syntax.InstanceDefinition,
        module: ModuleSymbols,
        parameters: tuple[Symbol, ...],
    ) -> InstanceSymbols:
        given: dict[str, syntax.Expression] = {}
        for substitution in unit.substitutions:
            self._check_substitution(substitution, module, given)
            given[substitution.name] = substitution.expression
        substituted: dict[Symbol, syntax.Expression | Symbol] = {}
        for name, symbol in module.declared.items():
            expression = given.get(name)
            substituted[symbol] = expression or self._implicit(symbol, unit, module)
        instance = InstanceSymbols(unit, module, substituted, parameters)
        self._system.meanings.of_instance(instance)
        return instance

    def _check_substitution(
        self,
        substitution: syntax.Substitution,
        module: ModuleSymbols,
        given: Mapping[str, syntax.Expression],
    ) -> None:
        declared = module.declared.get(substitution.name)
        if declared is None:
            close = nearest(substitution.name, module.declared)
            raise InputError(
                f"module `{module.name}` declares no `{substitution.name}` to substitute for",
                span=substitution.span,
                expected="a CONSTANT or VARIABLE of the instantiated module",
                hint=f"did you mean `{close}`?" if close else "",
            )
        if substitution.name in given:
            raise InputError(
                f"`{substitution.name}` is substituted twice", span=substitution.expression.span
            )
        what = f"the substitution for `{substitution.name}`"
        self._names.check_argument(substitution.expression, declared.arity, what)

    def _implicit(
        self,
        declared: Symbol,
        unit: syntax.Instance | syntax.InstanceDefinition,
        module: ModuleSymbols,
    ) -> Symbol:
        found = self._table.find(declared.name)
        if found is None or found.kind is Kind.INSTANCE:
            raise InputError(
                f"no substitution for `{declared.name}` of module `{module.name}`",
                span=unit.span,
                hint=f"add `WITH {declared.name} <- ...`, or declare `{declared.name}` before it",
            )
        if found.arity != declared.arity:
            raise InputError(
                f"`{declared.name}` takes {arguments(found.arity)} here, and "
                f"{arguments(declared.arity)} in module `{module.name}`",
                span=unit.span,
            )
        return found


def _operator(
    name: str, parameters: tuple[int, ...], span: Span, unit: syntax.Node | None
) -> Symbol:
    return Symbol(name, Kind.OPERATOR, parameters, span, unit)


def _parameters(declarations: tuple[syntax.Declaration, ...]) -> list[Symbol]:
    return [
        Symbol(each.name, Kind.PARAMETER, (0,) * each.arity, each.span, each)
        for each in declarations
    ]


def _members(instance: InstanceSymbols) -> Iterator[Symbol]:
    """Yield the symbols that an instance has: all that its module exports but declarations."""
    for name, symbol in instance.module.exported.items():
        if symbol not in instance.substituted:
            yield Symbol(
                name,
                symbol.kind,
                symbol.parameters,
                symbol.span,
                symbol.unit,
                of=symbol,
                instance=instance,
                members=symbol.members,
            )
