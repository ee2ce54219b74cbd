"""How a name is read: what it means is settled as far as it can be when code is compiled."""

from __future__ import annotations

from conform.errors import InputError, UnsupportedError
from conform.languages.fizzbee.evaluation.faults import CALLED_ACTION, FaultError, located
from conform.languages.fizzbee.evaluation.scopes import Code, Names, Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.syntax_expressions import Name
from conform.text import Source, nearest

_MISSING = object()


def reader(node: Name, names: Names, source: Source) -> Code:
    """Return the code that reads a name.

    Raises InputError for a name in a `def` that is neither its own nor a constant, and
    UnsupportedError for one of what is not treated.
    """
    name = node.name
    if name in names.refused and name not in names.constants:
        raise UnsupportedError(
            f"{names.refused[name]} is not treated",
            span=node.span,
            excerpt=source.excerpt(node.span),
        )
    if name in names.late:
        value = names.late[name]
        return lambda _scope: value
    if names.own is not None:
        return _in_function(node, names, source)
    fallback = names.constants.get(name, names.builtins.get(name, _MISSING))

    is_state = name in names.state

    def read(scope: Scope) -> Datum:
        if name in scope.locals:
            return scope.locals[name]
        if is_state:
            try:
                return scope.state[name]
            except KeyError:  # Init has not assigned it yet
                pass
        if fallback is _MISSING:
            raise located(_undefined(name, names), source, node.span)
        return fallback

    return read


def _in_function(node: Name, names: Names, source: Source) -> Code:
    name, depth = node.name, names.depth_of(node.name)
    if depth is None:
        value = names.constants.get(name, names.builtins.get(name, _MISSING))
        if value is _MISSING:
            fault = _undefined(name, names)
            hint = fault.hint or "a def sees constants and its parameters: pass state as arguments"
            if name == names.defined:
                hint = "Starlark has no recursion: write a loop over a list of what is left to do"
            raise InputError(
                fault.message, span=node.span, excerpt=source.excerpt(node.span), hint=hint
            )
        return lambda _scope: value

    def read(scope: Scope) -> Datum:
        seen: Scope | None = scope
        for _ in range(depth):
            seen = seen.outer if seen is not None else None
        if seen is None or name not in seen.locals:
            fault = FaultError(f"local variable {name} referenced before assignment")
            raise located(fault, source, node.span)
        return seen.locals[name]

    def read_own(scope: Scope) -> Datum:
        try:
            return scope.locals[name]
        except KeyError:
            return read(scope)

    return read if depth else read_own


def _undefined(name: str, names: Names) -> FaultError:
    if name in names.functions:
        return FaultError(
            f"undefined: {name} is a func, which only a statement of its own can call",
            f"write x = {name}(...) first and use x",
        )
    if name in names.actions:
        return FaultError(f"undefined: {name} is an action, which nothing calls", CALLED_ACTION)
    close = nearest(name, names.known())
    return FaultError(f"undefined: {name}", f"did you mean {close}?" if close else "")
