"""From a formula to a Python function: its tree is emitted, compiled, and given its namespace."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from conform.domain.model import State, Steps, StepTest, Test
from conform.errors import ConformError, EvaluationError
from conform.languages.tlaplus.behaviour import Formula
from conform.languages.tlaplus.evaluation.dispatch import Context, Dispatcher
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.actions import action
from conform.languages.tlaplus.evaluation.source.emitter import Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.operands import After, Kept, Place
from conform.languages.tlaplus.evaluation.source.runtime import MISFITS, GeneratedCodeError
from conform.languages.tlaplus.evaluation.source.table import TABLES

_FUNCTION, _CAUGHT, _OTHERWISE, _REACHED = "answer", "caught", "otherwise", "reached"


def test_function(compiler: Dispatcher, formula: Formula, reference: Test) -> Test | None:
    """Return a function that gives the truth of a formula in a state; None if there is none.

    `reference` is asked where the code raises anything.
    """
    return _predicate(compiler, formula, ("s",), reference)


def step_test_function(
    compiler: Dispatcher, formula: Formula, reference: StepTest
) -> StepTest | None:
    """Return a function that gives the truth of a formula on a step; None if there is none."""
    return _predicate(compiler, formula, ("s", "t"), reference)


def steps_function(compiler: Dispatcher, formula: Formula, reference: Steps) -> Steps | None:
    """Return a function that gives the successors of a state by an action; None if there is none.

    `reference` is asked where the code raises anything.
    """
    emitter = Emitter(compiler, TABLES)
    nothing: After = (None,) * len(compiler.slots)
    completed: list[_Completed] = []
    try:
        action(
            emitter,
            formula.node,
            Place(Context(formula.scope), (), nothing),
            lambda after: _complete(emitter, after, completed),
        )
    except (NotEmittedError, ConformError, RecursionError):
        return None
    return _compiled(emitter, ("s",), _gathering(emitter.block, completed), reference)


@dataclass(frozen=True, slots=True)
class _Completed:
    """Where a step is complete: the place in `block` of the statement that adds `state`.

    `state` is None where a variable has no value.
    """

    state: ast.expr | None
    block: list[ast.stmt]
    position: int
    is_repeated: bool


def _complete(emitter: Emitter, after: After, completed: list[_Completed]) -> None:
    """Emit that a step is complete: a variable without a value is a misfit."""
    state = _state(emitter, after)
    completed.append(_Completed(state, emitter.block, len(emitter.block), emitter.loops > 0))
    if state is None:
        emitter.refuse()
    else:
        adding = py.call(py.attribute(py.load(_REACHED), "append"), state)
        emitter.block.append(py.run(adding))


def _state(emitter: Emitter, after: After) -> ast.expr | None:
    names: list[str] = []
    for each in after:
        if each is None:
            return None
        names.append(f"s{each.slot}" if isinstance(each, Kept) else each.name)
    if any(isinstance(each, Kept) for each in after):
        emitter.load_all(len(after))
    return py.tuple_of([py.load(name) for name in names])


def _gathering(block: list[ast.stmt], completed: list[_Completed]) -> list[ast.stmt]:
    """Return the body of a function that returns all states reached.

    Where there is one at most, it is returned at once, and no list is made.
    """
    only = completed[0] if len(completed) == 1 else None
    if only is not None and only.state is not None and not only.is_repeated:
        only.block[only.position] = ast.Return(py.tuple_of([only.state]))
        return [*block, ast.Return(py.tuple_of([]))]
    return [py.store(_REACHED, py.list_of([])), *block, ast.Return(py.load(_REACHED))]


def conjunction_function(
    compiler: Dispatcher, formulas: Sequence[Formula], reference: Test
) -> Test | None:
    """Return a function that says whether all formulas are true in a state; None if there is none.

    They are evaluated in order up to the first false one.
    """
    emitter = Emitter(compiler, TABLES)
    emitter.block.append(py.store("t", py.literal(None)))
    try:
        for formula in formulas:
            emitter.nodes = 0
            test = emitter.test(formula.node, Place(Context(formula.scope)))
            emitter.block.append(py.when(py.negated(test), [ast.Return(py.literal(False))]))
    except (NotEmittedError, ConformError, RecursionError):
        return None
    body = [*emitter.block, ast.Return(py.literal(True))]
    return _compiled(emitter, ("s",), body, reference)


def _predicate(
    compiler: Dispatcher,
    formula: Formula,
    parameters: Sequence[str],
    reference: Callable[..., bool],
) -> Callable[..., bool] | None:
    emitter = Emitter(compiler, TABLES)
    try:
        test = emitter.test(formula.node, Place(Context(formula.scope)))
    except (NotEmittedError, ConformError, RecursionError):
        return None
    if len(parameters) == 1:
        emitter.block.insert(0, py.store("t", py.literal(None)))
    return _compiled(emitter, parameters, [*emitter.block, ast.Return(test)], reference)


def _compiled(
    emitter: Emitter,
    parameters: Sequence[str],
    body: list[ast.stmt],
    reference: Callable[..., Any],
) -> Callable[..., Any] | None:
    module = py.function(_FUNCTION, parameters, body, _CAUGHT, _OTHERWISE)
    try:
        code = compile(module, "<generated from a TLA+ formula>", "exec")
    except (SyntaxError, RecursionError, MemoryError):  # nested too deep for Python
        return None
    namespace = {
        **emitter.namespace,
        _CAUGHT: MISFITS,
        _OTHERWISE: _second_opinion(emitter, reference),
    }
    namespace["__builtins__"] = {"range": range, "tuple": tuple}
    # The tree holds names and literals of our own alone; objects of the input are in the namespace.
    exec(code, namespace)  # noqa: S102
    function: Callable[..., Any] = namespace[_FUNCTION]
    return function


def _second_opinion(emitter: Emitter, reference: Callable[..., Any]) -> Callable[..., Any]:
    """Return what answers where the code raised something: the closures do.

    What the code calls raises an evaluation error only where the closures do so too, but for that
    from which they recover.
    """

    def opinion(error: Exception, *states: State) -> Any:
        answer = reference(*states)
        if isinstance(error, EvaluationError) and not emitter.recovers:
            raise GeneratedCodeError(
                f"generated code fails where the closures have an answer: {error.message}",
                span=error.span,
                hint="please report this; --evaluator reference does without generated code",
            )
        return answer

    return opinion
