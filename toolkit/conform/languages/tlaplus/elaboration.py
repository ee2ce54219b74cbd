"""Modules become scopes: what each one declares, defines, EXTENDS and instantiates.

A module is elaborated once for the root and once for each instance. In an instance, declared names
are bound to what is substituted for them; so its definitions mean the instance's. Whatever names
one thing in several instances has one `origin`: where a configuration replaces an operator, TLC
replaces it in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace  # noqa: TID251  # of dataclasses

from msgspec import Struct, field

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.barring import ScopeCopy
from conform.languages.tlaplus.evaluation.definitions import (
    declared_recursive,
    defined_by,
    lambda_definition,
)
from conform.languages.tlaplus.evaluation.instances import target
from conform.languages.tlaplus.evaluation.operator_paths import passed_operator
from conform.languages.tlaplus.evaluation.scope import (
    Barred,
    Binding,
    Builtin,
    Definition,
    Instance,
    ModuleScope,
    Scope,
    VariableSlot,
)
from conform.languages.tlaplus.library import Library, LibraryModule

Declare = Callable[[syntax.Declaration | syntax.Identifier], Binding]
"""Gives the meaning of a declared constant or variable."""

NO_BUILTINS: Mapping[str, Builtin] = {}


class Elaboration(Struct, frozen=True):
    """One way to give the declared names of a module and of those that it EXTENDS a meaning.

    `done` are the modules reached so far, each once, by the identity of its text, which is kept
    beside its scope, and `declared` the names that they declare, `variables` among them with what
    they mean; `depth` is how much of the environment their definitions see.
    """

    constant: Declare
    variable: Declare
    depth: int = 0
    done: dict[int, tuple[syntax.Module, ModuleScope]] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    variables: dict[str, Binding] = field(default_factory=dict)
    assumptions: list[tuple[syntax.Assumption, ModuleScope]] = field(default_factory=list)


class Elaborator:
    """Makes the scopes of modules; it stands behind each of them to open instances."""

    def __init__(self, library: Library, outermost: Scope) -> None:
        """Take where modules are found, and the scope of the language's own names."""
        self._library = library
        self._outermost = outermost
        self._scopes: list[ModuleScope] = []
        self._standard: dict[str, ModuleScope] = {}
        self._replaced: list[tuple[Binding, Binding]] = []
        self._copies: dict[tuple[int, str], _Copy] = {}
        self._instances: dict[int, _Opened] = {}
        self._barred: dict[tuple[int, int], ScopeCopy] = {}

    def module(
        self,
        module: syntax.Module,
        at: Elaboration,
        parent: Scope | None = None,
        found: LibraryModule | None = None,
    ) -> ModuleScope:
        """Return the scope of a module: `parent` of one that is nested, `found` of one by name."""
        known = at.done.get(id(module))
        if known is not None:
            return known[1]
        scope = ModuleScope(parent or self._outermost, module.name.name, self)
        at.done[id(module)] = (module, scope)
        for name in module.extends:
            self._extend(scope, name, at)
        builtins = found.builtins if found else NO_BUILTINS
        recursive = declared_recursive(module.units)
        for unit in module.units:
            self._add(unit, scope, at, recursive, builtins)
        if found and found.is_standard:
            for given, builtin in builtins.items():
                scope.bind(given, builtin)
        self._register(scope)
        return scope

    def _extend(self, scope: ModuleScope, name: syntax.Identifier, at: Elaboration) -> None:
        extended = self._reached(name, scope, at)
        for given, binding in extended.exported.items():
            scope.bind(given, binding)
        for nested, home in extended.modules.items():
            scope.modules.setdefault(nested, home)

    def _reached(self, name: syntax.Identifier, scope: Scope, at: Elaboration) -> ModuleScope:
        """Return the scope of the module `name` under the elaboration `at`."""
        nested = _nested(name.name, scope)
        if nested is not None:
            module, home = nested
            return self.module(module, at, home)
        found = self._library.find(name)
        if found.module is None:
            return self._built_in(found)
        return self.module(found.module, at, None, found)

    def _built_in(self, found: LibraryModule) -> ModuleScope:
        scope = self._standard.get(found.name)
        if scope is None:
            scope = self._standard[found.name] = ModuleScope(self._outermost, found.name, self)
            for given, builtin in found.builtins.items():
                scope.bind(given, builtin)
            self._register(scope)
        return scope

    # -------------------------------------------------------------------------------------- units

    def _add(
        self,
        unit: syntax.Unit,
        scope: ModuleScope,
        at: Elaboration,
        recursive: frozenset[str],
        builtins: Mapping[str, Builtin],
    ) -> None:
        match unit:
            case syntax.Constants(declarations=declarations):
                for declaration in declarations:
                    at.declared.add(declaration.name)
                    scope.bind(declaration.name, at.constant(declaration))
            case syntax.Variables(names=names):
                for name in names:
                    at.declared.add(name.name)
                    at.variables[name.name] = at.variable(name)
                    scope.bind(name.name, at.variables[name.name])
            case syntax.Assumption():
                at.assumptions.append((unit, scope))
                self._define(unit, scope, at, recursive)
            case syntax.Instance():
                for given, binding in self.members(unit, scope, at.depth).items():
                    scope.bind(given, binding, is_local=unit.is_local)
            case syntax.Module():
                scope.modules[unit.name.name] = (unit, scope)
            case syntax.OperatorDefinition(name=name) if name.name in builtins:
                scope.bind(name.name, builtins[name.name], is_local=unit.is_local)
            case _:
                self._define(unit, scope, at, recursive)

    def _define(
        self, unit: syntax.Unit, scope: ModuleScope, at: Elaboration, recursive: frozenset[str]
    ) -> None:
        defined = defined_by(unit, scope, at.depth, recursive)
        if defined is None:
            return  # a separator, a theorem without a name: nothing that can be evaluated
        is_local = bool(getattr(unit, "is_local", False))
        scope.bind(defined.name, defined, is_local=is_local)

    # ---------------------------------------------------------------------------------- instances

    def members(
        self, unit: syntax.Instance | syntax.InstanceDefinition, scope: Scope, depth: int
    ) -> Mapping[str, Binding]:
        """Return what an instance gives, its substitutions made in `scope`."""
        given = {
            each.name: _substituted(each.name, each.expression, scope, depth)
            for each in unit.substitutions
        }

        def declared(name: syntax.Declaration | syntax.Identifier) -> Binding:
            found = given.get(name.name) or scope.find(name.name)
            if found is None:
                raise InputError(
                    f"no substitution for `{name.name}` of module `{unit.module.name}`",
                    span=unit.span,
                    hint=f"add `WITH {name.name} <- ...`, or define `{name.name}` here",
                )
            return found

        at = Elaboration(declared, declared, depth)
        found = self._reached(unit.module, scope, at).exported
        if not _is_renaming(at.variables):
            opened = _Opened(unit, scope, at)
            self._instances.update((id(inner), opened) for _text, inner in at.done.values())
        if not at.declared:
            members = found
        else:
            members = {name: found[name] for name in found if name not in at.declared}
        if isinstance(unit, syntax.InstanceDefinition):
            return members
        # A replacement by the configuration of a copy is none of the module's operator.
        if not (unit.is_local or unit.substitutions or at.declared):
            return members
        return {name: self._copy(unit, name, binding) for name, binding in members.items()}

    def _copy(self, unit: syntax.Instance, name: str, binding: Binding) -> Binding:
        match binding:
            case Definition():
                origin = self._copy_of(unit, name, binding)
                return replace(binding, origin=origin, is_copy=True)
            case Builtin():
                return self._copy_of(unit, name, binding).binding
            case _:
                return binding

    def _copy_of(self, unit: syntax.Instance, name: str, binding: Definition | Builtin) -> _Copy:
        return self._copies.setdefault((id(unit), name), _Copy(unit, copy(binding)))

    def barred(self, scope: Scope, first: int) -> Barred | None:
        """Return `scope` with slots from `first` on for the variables of its instance.

        None where there are none, or where each is substituted by a variable of its own.
        """
        opened = self._instances.get(id(scope.module()))
        if opened is None:
            return None
        key = (id(opened), first)
        if key not in self._barred:
            self._barred[key] = self._with_slots(opened, first)
        return Barred(self._barred[key].of(scope), tuple(opened.at.variables.items()))

    def _with_slots(self, opened: _Opened, first: int) -> ScopeCopy:
        """Elaborate an instance once more, with slots for its variables."""
        slots = {name: first + place for place, name in enumerate(opened.at.variables)}
        at = Elaboration(
            opened.at.constant, lambda name: VariableSlot(slots[name.name]), opened.at.depth
        )
        self._reached(opened.unit.module, opened.scope, at)
        scopes = {id(inner): at.done[text][1] for text, (_, inner) in opened.at.done.items()}
        return ScopeCopy(scopes)

    # ------------------------------------------------------------------------------- replacements

    def rebind(self, scope: ModuleScope, name: str, binding: Binding) -> None:
        """Let `name` of `scope` mean `binding`, in every module that has the same thing under it.

        That is what a configuration does: TLC replaces the operator, wherever it is used.
        """
        replaced = scope.names[name]
        self._replaced.append((replaced, binding))
        for known in self._scopes:
            _replace(known, replaced, binding)
        scope.names[name] = binding

    def rebind_in(self, root: syntax.Module, module: str, name: str, binding: Binding) -> bool:
        """Let the operator that the module of this name knows as `name` mean `binding`.

        Return whether it knows one; raise LookupError where no such module was read.
        """
        replaced = self._known_in(root, module, name)
        if replaced is None:
            return False
        self._replaced.append((replaced, binding))
        for known in self._scopes:
            _replace(known, replaced, binding)
        return True

    def _known_in(self, root: syntax.Module, module: str, name: str) -> Binding | None:
        """Return the operator, as far as `_is_same` asks for it."""
        is_root = module == root.name.name
        found = None if is_root else self._library.found(module)
        if found is not None and name in found.builtins:
            return found.builtins[name]
        text = root if found is None else found.module
        if text is None:
            return None
        for unit in text.units:
            defined = defined_by(unit, self._outermost, 0, frozenset())
            if defined is not None and defined.name == name:
                return defined
        inherited = (self._known_in(root, extended.name, name) for extended in text.extends)
        return next((each for each in inherited if each is not None), None)

    def _register(self, scope: ModuleScope) -> None:
        self._scopes.append(scope)
        for replaced, binding in self._replaced:
            _replace(scope, replaced, binding)


class _Opened(Struct, frozen=True, eq=False):
    """An instance with expressions in the place of variables, and how it was elaborated."""

    unit: syntax.Instance | syntax.InstanceDefinition
    scope: Scope
    at: Elaboration


class _Copy(Struct, frozen=True, eq=False):
    """The operator that an unnamed instance makes of one of its module, the same each time."""

    unit: syntax.Instance
    binding: Definition | Builtin


def _is_renaming(variables: Mapping[str, Binding]) -> bool:
    """Whether each variable of an instance is substituted by a variable of its own."""
    slots = [each.index for each in variables.values() if isinstance(each, VariableSlot)]
    return len(set(slots)) == len(variables)


def _replace(scope: ModuleScope, replaced: Binding, binding: Binding) -> None:
    for names in (scope.names, scope.exported):
        for name, known in names.items():
            if _is_same(known, replaced):
                names[name] = binding


def _is_same(left: Binding, right: Binding) -> bool:
    if isinstance(left, Definition) and isinstance(right, Definition):
        return left.origin is right.origin
    return left is right


def _nested(name: str, scope: Scope) -> tuple[syntax.Module, ModuleScope] | None:
    """Return the module of this name that is nested here or around here, and where it is nested."""
    around: Scope | None = scope
    while around is not None:
        if isinstance(around, ModuleScope) and name in around.modules:
            return around.modules[name]
        around = around.parent
    return None


def _substituted(name: str, expression: syntax.Expression, scope: Scope, depth: int) -> Binding:
    """Return the meaning of a declared name for which `expression` of `scope` is substituted."""
    expression = passed_operator(expression, scope, depth)
    match expression:
        case syntax.Parentheses(expression=inner):
            return _substituted(name, inner, scope, depth)
        case syntax.OperatorSymbol(operator=symbol):
            found = scope.find(symbol)
        case syntax.Lambda():
            found = lambda_definition(expression, scope, depth)
        case syntax.Name() | syntax.Path():
            use = target(expression, scope, depth)
            found = None if use.arguments or use.selectors else use.binding
        case _:
            found = None
    if found is None or isinstance(found, Instance):
        return Definition(name, (), expression, scope, depth, expression.span, origin=expression)
    return found
