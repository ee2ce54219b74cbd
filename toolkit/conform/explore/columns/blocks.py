"""A block of waiting states expanded by this process: all steps, and which of them find something.

States and steps come in the order in which the plain search finds them. Nothing is kept where there
is something to tell.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.explore.columns.expansion import EventfulError, Flags
from conform.explore.columns.found import Found, Numbers
from conform.explore.columns.key_set import Keys, first_places
from conform.explore.columns.keyed_rows import KeyedRows
from conform.explore.columns.layout import Words
from conform.explore.columns.questions import Questions


class _Steps(Struct, frozen=True):
    """Steps from a block: the places of sources in it, instances, outcomes, and targets."""

    sources: NDArray[np.uint16]
    instances: Numbers
    outcomes: Numbers
    targets: Words

    def __len__(self) -> int:
        return len(self.sources)

    def at(self, places: Numbers) -> _Steps:
        """Return some of the steps."""
        return _Steps(
            self.sources.take(places),
            self.instances.take(places),
            self.outcomes.take(places),
            self.targets.take(places, axis=0),
        )

    def in_order(self) -> _Steps:
        """Return the steps in the order of the plain search: source by source."""
        return self.at(np.argsort(self.sources, kind="stable"))


class Block:
    """What expands states that wait in `rows`."""

    def __init__(self, rows: KeyedRows) -> None:
        self._rows = rows

    def end_from(self, first: int) -> int:
        """Return up to where states can be expanded together with the state `first`."""
        return self._rows.frontier.end_of_part(first)

    def expand(
        self, first: int, end: int, questions: Questions, checked: range, most: int | None
    ) -> Found:
        """Expand the states from `first` up to `end`, of one level, and keep what they lead to.

        The model itself is asked again about the states `checked`. Raises EventfulError, with
        nothing kept, if there is something to tell or more than `most` states are new;
        ExplorerDefectError; and what the model and its tables raise.
        """
        rows, model = self._rows, self._rows.model
        rows.frontier.drop(first)
        steps = self._steps(first, end)
        if checked:
            self._check(first, checked, steps)
        if questions.deadlock and not _all_lead_on(steps, end - first):
            raise EventfulError
        if questions.steps:
            rows.expansion.ask_steps(questions, self._pairs(first, end, steps))
        allowed = None
        if model.action_constraints:
            allowed = rows.expansion.are_allowed(self._pairs(first, end, steps))
        allowed = rows.expansion.admits(questions, steps.targets, allowed)
        new, keys = self._new(steps, allowed, questions)
        if most is not None and len(new) > most:
            raise EventfulError
        rows.add(new.targets, keys)
        counts = np.bincount(new.sources, minlength=end - first)
        return Found(counts, new.instances, new.outcomes, np.bincount(steps.instances))

    def _steps(self, first: int, end: int) -> _Steps:
        expansion = self._rows.expansion
        rows = expansion.rows(lambda: self._block(first, end))
        block = self._block(first, end)
        taken = [
            successors.take(block, each)
            for successors, each in zip(expansion.successors, rows, strict=True)
        ]
        counts = [len(sources) for sources, _, _ in taken]
        return _Steps(
            np.concatenate([sources.astype(np.uint16) for sources, _, _ in taken]),
            np.repeat(np.arange(len(taken)), counts),
            np.concatenate([outcomes for _, outcomes, _ in taken]),
            np.concatenate([targets for _, _, targets in taken]),
        )

    def _block(self, first: int, end: int) -> Words:
        return self._rows.frontier.rows(first, end)

    def _pairs(self, first: int, end: int, steps: _Steps) -> Words:
        sources = self._block(first, end).take(steps.sources, axis=0)
        return np.concatenate((sources, steps.targets), axis=1)

    def _new(
        self, steps: _Steps, allowed: Flags | None, questions: Questions
    ) -> tuple[_Steps, Keys]:
        """Return the steps that are the first to states that are new, in order, and their keys."""
        keys = self._rows.keys_of(steps.targets)
        places = np.flatnonzero(self._rows.absent(keys))
        places = places.take(np.argsort(steps.sources.take(places), kind="stable"))
        stored = self._stored(steps, keys, places, questions)
        if allowed is not None:
            stored = self._stored(steps, keys, places.compress(allowed.take(places)), questions)
        return steps.at(stored), keys.take(stored)

    def _stored(self, steps: _Steps, keys: Keys, places: Numbers, questions: Questions) -> Numbers:
        """Return the first of some steps to each key, if it is within the constraints; ask it."""
        expansion = self._rows.expansion
        firsts = places.take(first_places(keys.take(places)))
        words = steps.targets.take(firsts, axis=0)
        admitted = expansion.are_true(self._rows.model.constraints, words)
        expansion.ask_states(questions, words, admitted)
        return firsts.compress(admitted)

    def _check(self, first: int, numbers: range, steps: _Steps) -> None:
        """Ask the model itself about some states of a block; raise ExplorerDefectError."""
        expansion, end = self._rows.expansion, numbers[-1] + 1
        block = self._block(first, end)
        expansion.check_states(block[[number - first for number in numbers]])
        expansion.check_classes(block[[number - first for number in numbers]])
        chosen = steps.at(
            np.flatnonzero((first + steps.sources.astype(np.int64)) % numbers.step == 0)
        )
        chosen = chosen.in_order()
        for number in numbers:
            places = slice(*np.searchsorted(chosen.sources, [number - first, number - first + 1]))
            row, instances = self._block(number, number + 1), chosen.instances[places].tolist()
            expansion.check_steps(row, instances, chosen.targets[places])


def _all_lead_on(steps: _Steps, count: int) -> bool:
    leads_on = np.zeros(count, np.bool_)
    leads_on[steps.sources] = True
    return bool(leads_on.all())
