"""From a tree to a Python function: it is compiled and given its namespace."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from conform.domain.states import State
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation.failing import UnlistedError
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.runtime import MISFITS, GeneratedCodeError

_FUNCTION, _CAUGHT, _OTHERWISE = "answer", "caught", "otherwise"


def compiled(
    emitter: Emitter,
    parameters: Sequence[str],
    body: list[ast.stmt],
    otherwise: Callable[..., Any],
) -> Callable[..., Any] | None:
    """Return the function that runs `body`; None where it is nested too deep for Python.

    `otherwise` is called with the error and the arguments where the code raises anything.
    """
    module = py.function(_FUNCTION, parameters, [*emitter.prologue, *body], _CAUGHT, _OTHERWISE)
    return _run(module, {**emitter.namespace, _CAUGHT: MISFITS, _OTHERWISE: otherwise})


def unguarded(
    emitter: Emitter, parameters: Sequence[str], body: list[ast.stmt]
) -> Callable[..., Any] | None:
    """Return the function that runs `body`, for other generated code, which sees what it raises."""
    module = py.plain_function(_FUNCTION, parameters, [*emitter.prologue, *body])
    return _run(module, dict(emitter.namespace))


def _run(module: ast.Module, namespace: dict[str, Any]) -> Callable[..., Any] | None:
    try:
        code = compile(module, "<generated from a TLA+ formula>", "exec")
    except (SyntaxError, RecursionError, MemoryError):
        return None
    namespace["__builtins__"] = {"range": range, "tuple": tuple}
    # The tree holds names and literals of our own alone; objects of the input are in the namespace.
    exec(code, namespace)  # noqa: S102
    function: Callable[..., Any] = namespace[_FUNCTION]
    return function


def second_opinion(emitter: Emitter, reference: Callable[..., Any]) -> Callable[..., Any]:
    """Return what answers where the code raised something: the closures do.

    What the code calls raises an evaluation error only where the closures do so too, but for that
    from which they recover. The emitter is not kept: its trees are many times the code's size.
    """
    recovers = emitter.recovers

    def opinion(error: Exception, *states: State) -> Any:
        answer = reference(*states)
        if isinstance(error, UnlistedError) or recovers:
            return answer
        if isinstance(error, EvaluationError):
            raise GeneratedCodeError(
                f"generated code fails where the closures have an answer: {error.message}",
                span=error.span,
                hint="please report this; --evaluator reference does without generated code",
            )
        return answer

    return opinion
