"""From formulas over states and steps to Python functions that give their truth."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from conform.domain.acceleration import StepTest, Test
from conform.errors import ConformError
from conform.languages.tlaplus.behaviour import Formula
from conform.languages.tlaplus.evaluation.dispatch import Context, Dispatcher
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.compiling import compiled, second_opinion
from conform.languages.tlaplus.evaluation.source.emitter import Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.operands import Place
from conform.languages.tlaplus.evaluation.source.table import TABLES

_OF_STATE, _OF_STEP = ("s",), ("s", "t")


def test_function(compiler: Dispatcher, formula: Formula, reference: Test) -> Test | None:
    """Return a function that gives the truth of a formula in a state; None if there is none.

    `reference` is asked where the code raises anything.
    """
    return _conjunction(compiler, [formula], _OF_STATE, reference)


def step_test_function(
    compiler: Dispatcher, formula: Formula, reference: StepTest
) -> StepTest | None:
    """Return a function that gives the truth of a formula on a step; None if there is none."""
    return _conjunction(compiler, [formula], _OF_STEP, reference)


def conjunction_function(
    compiler: Dispatcher, formulas: Sequence[Formula], reference: Test
) -> Test | None:
    """Return a function that says whether all formulas are true in a state; None if there is none.

    They are evaluated in order up to the first false one.
    """
    return _conjunction(compiler, formulas, _OF_STATE, reference)


def step_conjunction_function(
    compiler: Dispatcher, formulas: Sequence[Formula], reference: StepTest
) -> StepTest | None:
    """Return a function that says whether all are true on a step; None if there is none."""
    return _conjunction(compiler, formulas, _OF_STEP, reference)


def _conjunction(
    compiler: Dispatcher,
    formulas: Sequence[Formula],
    parameters: Sequence[str],
    reference: Callable[..., bool],
) -> Callable[..., bool] | None:
    emitter = Emitter(compiler, TABLES)
    if parameters == _OF_STATE:
        emitter.block.append(py.store("t", py.literal(None)))
    try:
        for formula in formulas:
            emitter.begin()
            test = emitter.test(formula.node, Place(Context(formula.scope)))
            emitter.block.append(py.when(py.negated(test), [ast.Return(py.literal(False))]))
    except (NotEmittedError, ConformError, RecursionError):
        return None
    body = [*emitter.block, ast.Return(py.literal(True))]
    return compiled(emitter, parameters, body, second_opinion(emitter, reference))
