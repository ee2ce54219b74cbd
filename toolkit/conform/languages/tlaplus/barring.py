"""Scopes copied so that the variables of an instance stand for themselves.

In `ENABLED A` inside an instance the primed variables are bound: what is substituted for a variable
x is substituted for x and not for x' ("Specifying Systems", 17.8). TLC does so too, where the
ENABLED, WF or SF stands in the instantiated module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace  # noqa: TID251  # of dataclasses

from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Binding,
    Definition,
    Instance,
    ModuleScope,
    Scope,
)


@dataclass(slots=True, eq=False)
class ScopeCopy:
    """Copies scopes inside modules, where other scopes take the place of the modules' own.

    `modules` are these by the identity of the module's scope that they replace.
    """

    modules: Mapping[int, ModuleScope]
    _copies: dict[int, tuple[Scope, Scope]] = field(default_factory=dict)

    def of(self, scope: Scope) -> Scope:
        """Return the copy of a scope; one that sees no replaced module is its own copy."""
        if isinstance(scope, ModuleScope) or scope.parent is None:
            return self.modules.get(id(scope), scope) if isinstance(scope, ModuleScope) else scope
        known = self._copies.get(id(scope))
        if known is not None:
            return known[1]
        copy = Scope(self.of(scope.parent))
        self._copies[id(scope)] = (scope, copy)
        copy.names = {name: self._binding(binding) for name, binding in scope.names.items()}
        return copy

    def _binding(self, binding: Binding) -> Binding:
        match binding:
            case Alias(expression, scope):
                return Alias(expression, self.of(scope))
            case Definition(scope=scope):
                return replace(binding, scope=self.of(scope), compiled={})
            case Instance(scope=scope):
                return replace(binding, scope=self.of(scope), opened={})
            case _:
                return binding
