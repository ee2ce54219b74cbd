"""Bodies of definitions: compiled once, and computed once where their value allows it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from conform.errors import EvaluationError, InputError, UnsupportedError
from conform.languages.tlaplus.evaluation.definitions import definition_scope
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher, Mode
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, Footprint
from conform.languages.tlaplus.evaluation.repeating_sets import for_each_use
from conform.languages.tlaplus.evaluation.scope import Definition, Local, ModuleScope
from conform.languages.tlaplus.evaluation.stack import too_deep
from conform.text import Span

KNOWN = "known"
"""Where a constant definition keeps its value."""

_ONCE = "once a run"
"""Where a definition keeps the code of what `once_a_run` computes."""


def body_of(
    compiler: Dispatcher, definition: Definition, lazy: tuple[bool, ...], mode: Mode
) -> Code:
    """Return the code of a definition's body, compiled once for each kind of call."""
    key = (lazy, mode)
    compiled: Code | None = definition.compiled.get(key)
    if compiled is not None:
        return compiled
    cell: list[Code] = []
    definition.compiled[key] = _recursive(cell, definition.span)
    code = compiler.compile(definition.body, body_context(definition, lazy, mode))
    cell.append(code)
    definition.compiled[key] = code
    return code


def _recursive(cell: list[Code], span: Span) -> Code:
    """Return what the calls of a definition find that stand in its own body."""

    def body(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        try:
            return cell[0](s, t, e)
        except RecursionError as error:
            raise too_deep(error, span) from None

    return body


def body_context(definition: Definition, lazy: tuple[bool, ...], mode: Mode) -> Context:
    """Return where the body of a definition stands when its arguments are passed by value."""
    scope = definition_scope(definition)
    for parameter, is_lazy in zip(definition.parameters, lazy, strict=True):
        binding = scope.names[parameter.name]
        if is_lazy and isinstance(binding, Local):
            scope.names[parameter.name] = Local(
                binding.index, binding.level, binding.reads, binding.primed, True
            )
    return Context(scope, definition.depth + len(definition.parameters), mode)


def constant(compiler: Dispatcher, definition: Definition) -> Code:
    """Return code for a constant: computed when first wanted, remembered unless it fails.

    What it has computed stands in `definition.compiled[KNOWN]`, a list that is empty before.
    """
    remembered: Code | None = definition.compiled.get("constant")
    if remembered is not None:
        return remembered
    computed: list[Any] = []
    is_of_module = isinstance(definition.scope, ModuleScope)

    def compute() -> Any:
        return body_of(compiler, definition, (), Mode.UNPRIMED)((), None, ())

    def value(_s: Any, _t: Any, _e: tuple[Any, ...]) -> Any:
        if not is_of_module:  # TLC computes what a LET defines at each use
            return for_each_use(computed, compute)
        if not computed:
            computed.append(compute())
        return computed[0]

    definition.compiled["constant"] = value
    definition.compiled[KNOWN] = computed
    return value


def is_once_a_run(definition: Definition, footprint: Footprint) -> bool:
    """Whether a definition is a constant of TLC's though its evaluation does more than give it.

    What prints or draws at random is such a constant: its value is that of the first evaluation.
    """
    is_constant = footprint.level == CONSTANT and not (footprint.is_pure or footprint.asks_run)
    is_of_module = isinstance(definition.scope, ModuleScope) and not definition.depth
    return is_constant and is_of_module and not definition.parameters


def once_a_run(compiler: Dispatcher, definition: Definition) -> Code:
    """Return code that computes a definition when it is first wanted in a run, unless it fails."""
    known: Code | None = definition.compiled.get(_ONCE)
    if known is not None:
        return known
    computed = compiler.kept()

    def value(_s: Any, _t: Any, _e: tuple[Any, ...]) -> Any:
        if not computed:
            computed.append(body_of(compiler, definition, (), Mode.UNPRIMED)((), None, ()))
        return computed[0]

    definition.compiled[_ONCE] = value
    return value


def compute_once(compiler: Dispatcher, definitions: Iterable[Definition]) -> None:
    """Begin a run: compute the constants that print or draw at random, in this order, as TLC does.

    What fails, or is not evaluated at all, is left for where it is wanted.
    """
    compiler.forget()
    for definition in definitions:
        if is_once_a_run(definition, compiler.analysis.of_definition(definition)):
            with suppress(EvaluationError, InputError, UnsupportedError, RecursionError):
                once_a_run(compiler, definition)((), None, ())


def once_a_state(body: Code, mode: Mode) -> Code:
    """Return code that keeps the latest value of a definition, which depends on a state alone.

    A refinement asks for one in every part of an action. States that record their reads are asked
    anew, so that each part of a formula has all its reads.
    """
    latest: list[Any] = [None, None]

    def value(s: Any, t: Any, _e: tuple[Any, ...]) -> Any:
        state = s if mode is Mode.UNPRIMED else t
        if state is latest[0] and state is not None:
            return latest[1]
        found = body(s, t, ())
        if type(state) is tuple:
            latest[:] = state, found
        return found

    return value
