"""The model itself asked again about a state that was expanded in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

import numpy as np

from conform.domain.model import Identity
from conform.domain.states import Predicate, StepPredicate
from conform.explore.columns.basis import Basis, value_of
from conform.explore.columns.layout import Words
from conform.explore.columns.truths import Truths
from conform.explore.memo import wrong_answer


def check_steps(basis: Basis, words: Words, instances: Sequence[int], targets: Words) -> None:
    """Compare the steps of the one state in `words` with those that the model gives, in order.

    Raises ExplorerDefectError.
    """
    model = basis.model
    state = basis.state(basis.rows(words)[0])
    given = list(zip(instances, map(tuple, basis.rows(targets)), strict=True))
    real = [
        (instance.number, tuple(basis.row(successor.state)))
        for instance in model.instances
        for successor in model.successors(instance, state)
    ]
    if given != real:
        raise wrong_answer("the actions in columns", f"{len(real)} other successors")


def check_move(basis: Basis, words: Words, instance: int, outcome: int, target: Words) -> None:
    """Compare where one move leads from the one state in `words`; raise ExplorerDefectError."""
    model = basis.model
    state = basis.state(basis.rows(words)[0])
    successors = model.successors(model.instances[instance], state)
    real = next(islice(successors, outcome, None), None)
    if real is None or basis.row(real.state) != basis.rows(target)[0]:
        raise wrong_answer("the actions in columns", "another successor")


def check_values(
    basis: Basis, words: Words, predicates: Iterable[Predicate], truths: Mapping[int, Truths]
) -> None:
    """Compare what was told of some states, by `id` of the predicate; raise ExplorerDefectError."""
    states = [basis.state(row) for row in basis.rows(words)]
    for predicate in predicates:
        truth = truths.get(id(predicate))
        if truth is not None:
            real = [value_of(predicate, state) for state in states]
            _compare(predicate.name, truth.of(words).tolist(), real)


def check_step_values(
    basis: Basis,
    words: Words,
    targets: Words,
    predicates: Iterable[StepPredicate],
    truths: Mapping[int, Truths],
) -> None:
    """Compare what was told of the steps from the one state in `words`."""
    pairs = np.concatenate((np.repeat(words, len(targets), axis=0), targets), axis=1)
    before = basis.state(basis.rows(words)[0])
    following = [basis.state(row) for row in basis.rows(targets)]
    for predicate in predicates:
        truth = truths.get(id(predicate))
        if truth is not None:
            real = [value_of(predicate, before, after) for after in following]
            _compare(predicate.name, truth.of(pairs).tolist(), real)


def check_classes(
    basis: Basis, words: Words, identity: Identity, standing: Callable[[Words], Words]
) -> None:
    """Compare the classes of some states, of images of these, and of what stands for them.

    Two have one key of the model's exactly if one row stands for both. Raises ExplorerDefectError.
    """
    moves = identity.moves or ()
    images = [
        tuple(map(moves[place % len(moves)], basis.state(row)))
        for place, row in enumerate(basis.rows(words) if moves else ())
    ]
    moved = np.array([basis.row(image) for image in images], np.int64)
    others = basis.layout.packed(moved.reshape(len(images), basis.shapes.leaf_count))
    every = np.concatenate((words, others, standing(words)))
    found = {
        (row.tobytes(), identity.key(basis.state(codes)))
        for row, codes in zip(standing(every), basis.rows(every), strict=True)
    }
    rows, keys = zip(*found, strict=True)
    if not len(found) == len(set(rows)) == len(set(keys)):
        raise wrong_answer(identity.name, "another class")


def _compare(name: str, given: list[int], real: list[int]) -> None:
    if given != real:
        raise wrong_answer(name, "another value")
