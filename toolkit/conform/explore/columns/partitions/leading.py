"""Leads the partitions of a search: says what to expand, carries steps to their owners, asks the
model what they lack, and knows in which order states were found.

The order is that of the search by one process, and so are all numbers. A round ends with nothing
stored when there is something in it to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from conform.domain.model import Model
from conform.explore.columns.expansion import EventfulError, Expansion
from conform.explore.columns.found import Found, Numbers
from conform.explore.columns.frontier import PART
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.partitions.answering import Answering
from conform.explore.columns.partitions.links import Link
from conform.explore.columns.partitions.messages import (
    Crowded,
    Done,
    Ended,
    Expand,
    Expanded,
    Failed,
    Give,
    GiveWaiting,
    Judge,
    Judged,
    LayOut,
    Learn,
    Met,
    Misses,
    Reply,
    Request,
    Rows,
    Sample,
    Seek,
    Show,
    Steps,
    Store,
    Take,
)
from conform.explore.columns.partitions.owners import Owners, places_by_owner
from conform.explore.columns.questions import Questions
from conform.explore.columns.row_keys import TooManyError
from conform.explore.defect import ExplorerDefectError
from conform.explore.limits import LimitReachedError

_Reply = TypeVar("_Reply", Done, Expanded, Judged, Rows, Met)


class RelaidError(Exception):
    """Rows have another layout now: what was begun is to be begun again."""


class Partitions:
    """The states of one search: those from the number `first` on wait.

    `held` is how many bytes of memory the partitions hold.
    """

    def __init__(
        self, model: Model, expansion: Expansion, owners: Owners, first: int, links: Sequence[Link]
    ) -> None:
        self.held = 0
        self._model = model
        self._expansion = expansion
        self._owners = owners
        self._links = links
        self._answering = Answering(expansion)
        self.first = first
        self._waiting = bytearray()
        """The owner of each state that waits, in order."""
        self._begun = [0] * len(links)
        """How many states each partition was given to keep waiting before those that wait now."""

    # ------------------------------------------------------------------------ states go and come

    def take(self, words: Words, *, are_new: bool, wait: bool) -> None:
        """Give states to their owners."""
        owners = self._owners.of(words, self._layout)
        parts = places_by_owner(owners, len(self._links))
        self._ask_all([Take(words[part], are_new, wait) for part in parts], Done)
        if wait:
            self._waiting += owners.tobytes()

    def met(self) -> Iterator[Words]:
        """Yield the rows of all states that were met in no particular order, some at a time."""
        while True:
            given = self._ask_all([Give()] * len(self._links), Rows)
            words = np.concatenate([each.words for each in given])
            if not len(words):
                return
            yield words

    def waiting(self) -> Words:
        """Return the rows of all states that wait, in order."""
        given = self._ask_all([GiveWaiting(begun) for begun in self._begun], Rows)
        owners = np.frombuffer(bytes(self._waiting), np.uint8)
        found = np.zeros((len(owners), self._layout.words), np.uint64)
        for part, rows in zip(places_by_owner(owners, len(self._links)), given, strict=True):
            found[part] = rows.words
        return found

    def row(self, number: int) -> Words | None:
        """Return the row of a state that waits, None for another."""
        place = number - self.first
        if not 0 <= place < len(self._waiting):
            return None
        owner = self._waiting[place]
        nth = self._begun[owner] + self._waiting.count(owner, 0, place)
        return self._ask(owner, Show(nth), Rows).words

    def is_met(self, words: Words) -> bool:
        """Return whether the state with a row was met."""
        owner = int(self._owners.of(words, self._layout)[0])
        return self._ask(owner, Seek(words), Met).is_met

    def lay_out(self, layout: Layout) -> None:
        """Have all partitions take up another layout."""
        self._ask_all([LayOut(layout.bits)] * len(self._links), Done)

    def close(self) -> None:
        """Let all partitions end."""
        for link in self._links:
            link.close()

    @property
    def _layout(self) -> Layout:
        return self._expansion.basis.layout

    # ------------------------------------------------------------------------------------- a round

    def end_from(self, first: int) -> int:
        """Return up to where states can be expanded together with the state `first`."""
        return first + PART * len(self._links)

    def expand(
        self, first: int, end: int, questions: Questions, checked: range, most: int | None
    ) -> Found:
        """Expand the states from `first` up to `end`, of one level, and keep what they lead to.

        The model itself is asked again about the states `checked`. Raises EventfulError, with
        nothing kept, if there is something to tell or more than `most` states are new;
        ExplorerDefectError; and what the model and its tables raise.
        """
        self._let_go(first)
        while True:
            try:
                return self._round(first, end, questions, checked, most)
            except RelaidError:
                continue

    def _round(
        self, first: int, end: int, questions: Questions, checked: range, most: int | None
    ) -> Found:
        owners = np.frombuffer(bytes(self._waiting[: end - first]), np.uint8)
        places = places_by_owner(owners, len(self._links))
        chosen = np.zeros(end - first, np.bool_)
        chosen[[number - first for number in checked]] = True
        expanded = self._expand(questions, places, [np.flatnonzero(chosen[p]) for p in places])
        judged = self._judge(questions, expanded)
        for each in expanded:
            if each.sample is not None:
                self._check(each.sample)
        taken = np.sum([each.taken for each in expanded], axis=0)
        found, owners = _in_order(judged, end - first, taken)
        if most is not None and len(found.instances) > most:
            raise EventfulError
        self._ask_all([Store()] * len(self._links), Done)
        self._waiting += owners.tobytes()
        return found

    def _let_go(self, first: int) -> None:
        """Let go of the states before `first`, which are expanded."""
        gone = first - self.first
        for owner in range(len(self._links)):
            self._begun[owner] += self._waiting.count(owner, 0, gone)
        del self._waiting[:gone]
        self.first = first

    def _expand(
        self,
        questions: Questions,
        places: Sequence[NDArray[np.intp]],
        checked: Sequence[NDArray[np.intp]],
    ) -> list[Expanded]:
        answering = self._answering
        constraints = answering.of_steps(self._model.action_constraints)
        properties = answering.of_steps(questions.steps)
        expanded = self._answered(
            [
                Expand(begun, part.astype(np.uint32), chosen, constraints, properties)
                for begun, part, chosen in zip(self._begun, places, checked, strict=True)
            ],
            Expanded,
        )
        answering.note(each.asked for each in expanded)
        all_lead_on = all(each.all_lead_on for each in expanded)
        if any(each.is_eventful for each in expanded) or (questions.deadlock and not all_lead_on):
            raise EventfulError
        return expanded

    def _judge(self, questions: Questions, expanded: Sequence[Expanded]) -> list[Judged]:
        answering = self._answering
        constraints = answering.of_states(self._model.constraints)
        invariants = answering.of_states(questions.invariants)
        witnesses = answering.of_states(questions.witnesses)
        judged = self._answered(
            [
                Judge(_steps_to(owner, expanded), constraints, invariants, witnesses)
                for owner in range(len(self._links))
            ],
            Judged,
        )
        answering.note(each.asked for each in judged)
        if any(each.is_eventful for each in judged):
            raise EventfulError
        return judged

    def _check(self, sample: Sample) -> None:
        """Ask the model itself about states and all steps from them; raise ExplorerDefectError."""
        self._expansion.check_states(sample.words)
        end = 0
        for place, count in enumerate(sample.counts.tolist()):
            first, end = end, end + count
            row = sample.words[place : place + 1]
            instances = sample.instances[first:end].tolist()
            self._expansion.check_steps(row, instances, sample.targets[first:end])

    # ---------------------------------------------------------------------------------- the links

    def _answered(self, requests: Sequence[Request], kind: type[_Reply]) -> list[_Reply]:
        """Ask until no partition lacks answers, and have the model give those; nothing else waits.

        Raises what the model and its tables raise.
        """
        while True:
            self._tell()
            layout = self._layout
            replies = self._replies(requests)
            missed = [
                each for reply in replies if isinstance(reply, Misses) for each in reply.misses
            ]
            if not missed:
                return _all_of(replies, kind)
            self._answering.learn(missed)
            if self._layout is not layout:
                raise RelaidError

    def _tell(self) -> None:
        answers = self._answering.untold()
        if answers:
            self._ask_all([Learn(answers)] * len(self._links), Done)

    def _ask_all(self, requests: Sequence[Request], kind: type[_Reply]) -> list[_Reply]:
        found = _all_of(self._replies(requests), kind)
        if kind is Done:
            self.held = sum(each.held or 0 for each in found if isinstance(each, Done))
        return found

    def _ask(self, owner: int, request: Request, kind: type[_Reply]) -> _Reply:
        link = self._links[owner]
        link.send(request)
        return _all_of([_sound(link.receive())], kind)[0]

    def _replies(self, requests: Sequence[Request]) -> list[Reply]:
        for link, request in zip(self._links, requests, strict=True):
            link.send(request)
        replies = [link.receive() for link in self._links]
        return [_sound(reply) for reply in replies]


def _sound(reply: Reply) -> Reply:
    """Return a reply that is no trouble.

    Raises TooManyError, LimitReachedError, and ExplorerDefectError where a partition has failed.
    """
    match reply:
        case Crowded():
            raise TooManyError
        case Ended(limit):
            raise LimitReachedError(limit)
        case Failed(what):
            raise ExplorerDefectError(
                f"a process of the search failed: {what}",
                hint="please report this; without --workers one process does all",
            )
        case _:
            return reply


def _all_of(replies: Sequence[Reply], kind: type[_Reply]) -> list[_Reply]:
    found = [reply for reply in replies if isinstance(reply, kind)]
    assert len(found) == len(replies), "each request has its kind of reply"
    return found


def _steps_to(owner: int, expanded: Sequence[Expanded]) -> tuple[Steps, ...]:
    """Return the steps that others send to an owner; each has left its own out."""
    return tuple(
        each.steps[owner - (owner > sender)]
        for sender, each in enumerate(expanded)
        if sender != owner
    )


def _in_order(
    judged: Sequence[Judged], count: int, taken: Numbers
) -> tuple[Found, NDArray[np.uint8]]:
    """Return what was found from so many states, in order, and who owns each new one."""
    places = np.concatenate([each.places for each in judged])
    instances = np.concatenate([each.instances for each in judged])
    outcomes = np.concatenate([each.outcomes for each in judged])
    numbers = np.arange(len(judged), dtype=np.uint8)
    owners = np.repeat(numbers, [len(each.places) for each in judged])
    order = np.lexsort((outcomes, instances, places))
    found = Found(
        np.bincount(places, minlength=count),
        instances[order].astype(np.int64),
        outcomes[order].astype(np.int64),
        taken,
    )
    return found, owners[order]
