"""What fairness asks of choices inside steps, as predicates over states and steps.

FizzBee's graph has a node for each choice, and a fair choice is a link from there: it is on offer
to those alone that come by. So a way through a step that passes no choice, or one where the value
is not to be had, owes it nothing, even where another way through the same action could choose it.

Where all that come by make the choice at the beginning of an action, it is part of their instances:
`choice_steps` says the same in terms of these, None elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import msgspec

from conform.domain.fairness import ChoiceSteps
from conform.domain.states import Slots, State
from conform.languages.fizzbee.evaluation.values import Datum, equal
from conform.languages.fizzbee.execution.process import Role
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.kept_objects import is_recorded
from conform.languages.fizzbee.predicates import Taking, same
from conform.languages.fizzbee.step_memory import StepMemory, asked_for
from conform.text import Span

MAX_KEPT = 4096
"""States whose ways are kept: as many as are sampled of some millions of states and steps."""


class Way(msgspec.Struct, frozen=True):
    """A way through a step: where it ends, and the fair choices that it makes.

    Each has its place in the text, its value, and what tells which way led to it: the number of
    the link, and the choices that were made before it.
    """

    end: State
    chosen: Sequence[tuple[Span, Datum, tuple[int, ...]]]


class Ways:
    """The ways through the steps of some links, each with its instances.

    Those of the states that were asked about last are kept: each value of a choice is asked about
    by itself, and about the same states.
    """

    def __init__(self, links: Sequence[Sequence[FizzInstance]], memory: StepMemory) -> None:
        self._links = links
        self._memory = memory
        self._known: dict[Hashable, list[Way]] = {}

    def of(self, state: State) -> list[Way]:
        """Return the ways from a state that lead anywhere."""
        if any(map(is_recorded, state)):
            return list(self._found(state))
        asked = asked_for(state)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= MAX_KEPT:
                self._known.pop(next(iter(self._known)))
            found = self._known[asked] = list(self._found(state))
        return found

    def _found(self, state: State) -> Iterator[Way]:
        for number, link in enumerate(self._links):
            for one in link:
                for run in self._memory.steps.ways_out(one.code, state):
                    if run.state is not None:
                        chosen = [
                            (place, value, (number, *made))
                            for place, value, made in run.recorder.taken
                        ]
                        yield Way(run.state, chosen)


class Choosing(msgspec.Struct, frozen=True):
    """The steps of some links that choose `value` at `place`."""

    ways: Ways
    place: Span
    value: Datum

    def ends(self, state: State) -> list[State]:
        """Return where such steps lead from a state."""
        return [way.end for way in self.ways.of(state) if self._offering(way)]

    def by_passing(self, state: State) -> list[tuple[State, bool]]:
        """Return where steps of the links lead, and whether they pass a choice that has the value.

        They need not choose it.
        """
        ways = self.ways.of(state)
        offering = {made for way in ways for made in self._offering(way)}
        return [(way.end, not offering.isdisjoint(self._passed(way))) for way in ways]

    def _offering(self, way: Way) -> list[tuple[int, ...]]:
        return [
            made
            for place, value, made in way.chosen
            if place == self.place and _is_choice(value, self.value)
        ]

    def _passed(self, way: Way) -> Iterator[tuple[int, ...]]:
        return (made for place, _, made in way.chosen if place == self.place)


class MustChoose(msgspec.Struct, frozen=True, eq=False):
    """Whether the value is to be had in a state whichever way a step goes, and leads elsewhere."""

    name: str
    span: Span
    reads: Slots | None
    choosing: Choosing
    choice_steps: ChoiceSteps | None = None

    def holds(self, state: State) -> bool:
        """Return whether it does; who can choose it and come back has it by being there."""
        ends = self.choosing.ends(state)
        if not ends or any(same(end, state) for end in ends):
            return False
        return all(passes for _, passes in self.choosing.by_passing(state))


class IsChosen(msgspec.Struct, frozen=True, eq=False):
    """Whether a step chooses the value; with `counts_staying`, also whether one that does can be
    taken before without leaving.
    """

    name: str
    span: Span
    reads: Slots | None
    choosing: Choosing
    counts_staying: bool = False
    choice_steps: ChoiceSteps | None = None

    def holds(self, before: State, after: State) -> bool:
        """Return whether going from `before` to `after` can be such a step, or follow one."""
        if same(before, after):
            return False
        return any(
            same(end, after) or (self.counts_staying and same(end, before))
            for end in self.choosing.ends(before)
        )


class IsPassed(msgspec.Struct, frozen=True, eq=False):
    """Whether a step passes the choice where the value can be chosen, as the step must.

    A step that others, or the action itself by another way, can take need not have come by.
    """

    name: str
    span: Span
    reads: Slots | None
    choosing: Choosing
    others: Taking
    choice_steps: ChoiceSteps | None = None

    def holds(self, before: State, after: State) -> bool:
        """Return whether going from `before` to `after` is such a step."""
        if same(before, after):
            return False
        passing = [passes for end, passes in self.choosing.by_passing(before) if same(end, after)]
        if not passing or not all(passing):
            return False
        return not any(same(each, after) for each in self.others.successors(before))


def _is_choice(value: Datum, wanted: Datum) -> bool:
    """Whether a value is the one wanted, perhaps of another state: a role instance has its name."""
    if isinstance(value, Role) and isinstance(wanted, Role):
        return value.name == wanted.name
    return equal(value, wanted)
