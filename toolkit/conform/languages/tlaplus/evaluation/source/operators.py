"""Definitions that have a function of their own: recursive ones, and those too long to write out.

Its arguments are computed before it is called, which TLA+ does not do: where one has no value the
closures may have an answer.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from conform.errors import ConformError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bodies import body_context, body_of
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher, Mode
from conform.languages.tlaplus.evaluation.footprints import STATE
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.compiling import unguarded
from conform.languages.tlaplus.evaluation.source.emitter import Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place

_FUNCTION = "function"


class OperatorFunction:
    """A definition as a function of a state and arguments, generated where it is first called.

    `call` is that function; it raises what generated code raises.
    """

    __slots__ = ("_compiler", "_definition", "_emitter", "call")

    def __init__(self, emitter: Emitter, definition: Definition) -> None:
        self._emitter: Emitter | None = emitter.another()
        self._compiler = emitter.compiler
        self._definition = definition
        self.call: Callable[..., Any] = self._first

    def _first(self, state: Any, *arguments: Any) -> Any:
        emitter, self._emitter = self._emitter, None
        if emitter is not None:
            made = _generated(emitter, self._definition)
            if made is None:
                made = _by_closure(self._compiler, self._definition)
            self.call = made if self._definition.parameters else _kept_for_a_state(made)
        return self.call(state, *arguments)


def operator_call(
    emitter: Emitter,
    found: Definition,
    arguments: tuple[syntax.Expression, ...],
    place: Place,
) -> Operand | None:
    """Emit the call of a definition's own function; None for a definition that can have none.

    That is one inside LET or of operators, and one that depends on more than one state.
    """
    footprint = emitter.compiler.analysis.of_definition(found)
    if found.depth or footprint.level > STATE or not footprint.is_pure or footprint.swaps_states:
        return None
    if any(parameter.arity for parameter in found.parameters):
        return None
    is_primed = place.context.mode is Mode.PRIMED
    if is_primed and place.after is not None:
        return None
    operands = [emitter.value(argument, place) for argument in arguments]
    given = [py.load(operand.name) for operand in operands]
    function = found.compiled.get(_FUNCTION)
    if function is None:
        function = found.compiled[_FUNCTION] = OperatorFunction(emitter, found)
    emitter.recovers = True
    state = py.load("t" if is_primed else "s")
    return emitter.let(py.call(py.attribute(emitter.object(function), "call"), state, *given))


def _generated(emitter: Emitter, found: Definition) -> Callable[..., Any] | None:
    names = [f"a{number}" for number in range(len(found.parameters))]
    context = body_context(found, (False,) * len(names), Mode.UNPRIMED)
    emitter.block.append(py.store("t", py.literal(None)))
    try:
        value = emitter.value(found.body, Place(context, tuple(map(Operand, names))))
    except (NotEmittedError, ConformError, RecursionError):
        return None
    body = [*emitter.block, ast.Return(py.load(value.name))]
    return unguarded(emitter, ("s", *names), body)


def _by_closure(compiler: Dispatcher, found: Definition) -> Callable[..., Any]:
    body = body_of(compiler, found, (False,) * len(found.parameters), Mode.UNPRIMED)
    return lambda state, *arguments: body(state, None, arguments)


def _kept_for_a_state(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of a state that keeps its latest value."""
    latest: list[Any] = [function, None]  # which is no state

    def value(state: Any) -> Any:
        if state is not latest[0]:
            latest[:] = state, function(state)
        return latest[1]

    return value
