"""From actions to Python functions that give the successors of a state."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct

from conform.domain.acceleration import Reached, Steps, StepsTogether
from conform.domain.states import State
from conform.errors import ConformError
from conform.languages.tlaplus.behaviour import Formula
from conform.languages.tlaplus.evaluation.dispatch import Context, Dispatcher
from conform.languages.tlaplus.evaluation.repetition import may_repeat
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.actions import Then, action
from conform.languages.tlaplus.evaluation.source.compiling import compiled, second_opinion
from conform.languages.tlaplus.evaluation.source.emitter import Emitter, NotEmittedError
from conform.languages.tlaplus.evaluation.source.operands import After, Kept, Place
from conform.languages.tlaplus.evaluation.source.table import TABLES

_REACHED = "reached"

PART_NODES = 6000
"""Nodes emitted for several actions after which the rest of them goes to a function of its own."""


def steps_function(compiler: Dispatcher, formula: Formula, reference: Steps) -> Steps | None:
    """Return a function that gives the successors of a state by an action; None if there is none.

    `reference` is asked where the code raises anything.
    """
    emitter = Emitter(compiler, TABLES)
    nothing: After = (None,) * len(compiler.slots)
    completed: list[_Completed] = []
    try:
        place = Place(Context(formula.scope), (), nothing)
        _steps(emitter, formula, place, lambda after: _complete(emitter, after, completed))
    except (NotEmittedError, ConformError, RecursionError):
        return None
    body = _gathering(emitter.block, completed)
    return compiled(emitter, ("s",), body, second_opinion(emitter, reference))


def steps_together_function(
    compiler: Dispatcher, actions: Sequence[tuple[int, Formula, Steps]]
) -> StepsTogether | None:
    """Return a function that gives the successors of a state by all actions; None if there is none.

    Each action comes with its number and with what is called for it where it cannot be emitted.
    The variables are unpacked, and guards that several actions have are evaluated, once.
    """
    parts: list[StepsTogether] = []
    rest = list(actions)
    while rest:
        emitter = Emitter(compiler, TABLES)
        emitter.load_all(len(compiler.slots))
        taken = 0
        for number, formula, steps in rest:
            if emitter.total > PART_NODES:
                break
            _together(emitter, number, formula, steps)
            taken += 1
        del rest[:taken]
        body = [py.store(_REACHED, py.list_of([])), *emitter.block, ast.Return(py.load(_REACHED))]
        part = compiled(emitter, ("s",), body, _not_known)
        if part is None:
            return None
        parts.append(part)
    return parts[0] if len(parts) == 1 else partial(_chained, parts)


def _together(emitter: Emitter, number: int, formula: Formula, steps: Steps) -> None:
    """Emit one of several actions; a call of `steps` where there is no code for it."""
    nothing: After = (None,) * len(emitter.compiler.slots)

    def complete(after: After) -> None:
        state = _state(emitter, after)
        if state is None:
            emitter.refuse()
        else:
            changed = [slot for slot, each in enumerate(after) if not isinstance(each, Kept)]
            _add(emitter, number, changed, state)

    place = Place(Context(formula.scope), (), nothing)
    if emitter.attempt(lambda: _steps(emitter, formula, place, complete)):
        return
    found = emitter.fresh()
    with emitter.nested(element=found) as body:
        _add(emitter, number, range(len(emitter.compiler.slots)), py.load(found))
    emitter.block.append(py.loop([found], py.call(emitter.object(steps), py.load("s")), body))


def _steps(emitter: Emitter, formula: Formula, place: Place, then: Then) -> None:
    """Emit an action, unless elements may repeat: the closures alone know how often."""
    if may_repeat(formula.node, formula.scope):
        raise NotEmittedError
    action(emitter, formula.node, place, then)


def _add(emitter: Emitter, number: int, changed: Iterable[int], state: ast.expr) -> None:
    slots = py.tuple_of([py.literal(slot) for slot in changed])
    reached = py.tuple_of([py.literal(number), slots, state])
    emitter.block.append(py.run(py.call(py.attribute(py.load(_REACHED), "append"), reached)))


def _not_known(_error: Exception, _state: State) -> None:
    """Say nothing where the code of several actions raises anything: each is asked by itself."""


def _chained(parts: Sequence[StepsTogether], state: State) -> Sequence[Reached] | None:
    reached: list[Reached] = []
    for part in parts:
        found = part(state)
        if found is None:
            return None
        reached.extend(found)
    return reached


class _Completed(Struct, frozen=True):
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
    completed.append(_Completed(state, emitter.block, len(emitter.block), len(emitter.loops) > 0))
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
