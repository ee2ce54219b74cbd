"""What one of several processes does in a search: it keeps the states that it owns.

It expands those of them that wait, sends each step to the owner of its target, and judges the steps
that are sent to it. It evaluates nothing: answers that it lacks are told to who leads the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.frontier import Frontier
from conform.explore.columns.kept_rows import KeptRows
from conform.explore.columns.key_set import Keys, first_places
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.partitions.copies import CopiedAnswers
from conform.explore.columns.partitions.messages import (
    Begin,
    Conjunction,
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
from conform.explore.columns.partitions.owners import places_by_owner
from conform.explore.columns.row_keys import TooManyError
from conform.explore.limits import LimitReachedError, resident_memory
from conform.explore.options import Limit

_Flags = NDArray[np.bool_]

_SHORT = 1 << 16
"""Numbers below it have 16 bits, and sort quickly."""


class Partition:
    """The states that one process owns."""

    def __init__(self, begin: Begin) -> None:
        layout = Layout.of(begin.bits)
        self._number = begin.number
        self._owners = begin.owners
        self._instances = begin.instances
        self._kept = KeptRows(layout, Frontier(0), begin.room)
        self._answers = CopiedAnswers(layout, begin.instances)
        self._own: Steps | None = None
        self._new: tuple[Words, Keys] | None = None
        self._given: Iterator[Words] | None = None

    def answer(self, request: Request) -> Reply:
        """Do what is asked, and say how that went."""
        self._answers.begin()
        try:
            reply = self._reply(request)
        except TooManyError:
            return Crowded()
        except LimitReachedError as reached:
            return Ended(reached.limit)
        except MemoryError:
            return Ended(Limit.MEMORY)
        except Exception as error:  # noqa: BLE001 - who leads tells it, not this process
            return Failed(f"{type(error).__name__}: {error}")
        missed = self._answers.missed
        return Misses(tuple(missed)) if missed else reply

    def close(self) -> None:
        """Let go of all files."""
        self._kept.close()

    def _reply(self, request: Request) -> Reply:
        match request:
            case Expand():
                return self._expand(request)
            case Judge():
                return self._judge(request)
            case Show(number):
                return Rows(self._rows(number, number + 1))
            case Seek(words):
                return Met(not self._kept.absent(self._kept.keys_of(words))[0])
            case Give():
                return Rows(self._next_given())
            case GiveWaiting(first):
                return Rows(self._rows(first, self._kept.frontier.end))
            case Take():
                self._take(request)
            case LayOut(bits):
                self._lay_out(Layout.of(bits))
            case Learn(answers):
                for each in answers:
                    self._answers.learn(each)
            case Store():
                self._store()
            case _:
                assert_never(request)
        return Done(resident_memory())

    # ---------------------------------------------------------------------- states from elsewhere

    def _take(self, taken: Take) -> None:
        if taken.are_new:
            self._kept.meet(self._kept.keys_of(taken.words))
        if taken.wait:
            self._kept.frontier.append(taken.words)

    def _next_given(self) -> Words:
        if self._given is None:
            self._given = self._kept.met()
        return next(self._given, self._no_rows())

    def _rows(self, first: int, end: int) -> Words:
        """Return the rows of states that wait."""
        return self._kept.frontier.rows(first, end) if end > first else self._no_rows()

    def _no_rows(self) -> Words:
        return np.zeros((0, self._kept.layout.words), np.uint64)

    def _lay_out(self, layout: Layout) -> None:
        self._kept = self._kept.laid_out(layout)
        self._answers.lay_out(layout)
        self._own = self._new = None

    # ------------------------------------------------------------------------------------- a round

    def _expand(self, asked: Expand) -> Reply:
        """Take all steps of some states, and keep those that lead to a state of one's own."""
        answers = self._answers
        self._kept.frontier.drop(asked.first)
        block = self._rows(asked.first, asked.first + len(asked.places))
        rows = answers.instance_rows(block)
        if answers.missed:
            return Misses(())
        taken = [answers.successors(number, block, each) for number, each in enumerate(rows)]
        counts = np.array([len(sources) for sources, _, _ in taken], np.int64)
        short = np.uint16 if len(block) < _SHORT else np.uint32
        sources = np.concatenate([each[0].astype(short) for each in taken])
        targets = np.concatenate([each[2] for each in taken])
        allowed, is_eventful = self._asked_about(asked, block, sources, targets)
        steps = Steps(
            sources.astype(np.uint32),
            np.repeat(np.arange(len(taken), dtype=np.int32), counts),
            np.concatenate([each[1] for each in taken]).astype(np.int32),
            targets,
            allowed,
        )
        leads_on = np.zeros(len(block), np.bool_)
        leads_on[sources] = True
        order = np.argsort(sources, kind="stable")
        sample = _sample(asked.checked, block, steps, order)
        parts = self._parts_by_owner(steps, order, asked.places)
        self._own = parts[self._number]
        return Expanded(
            tuple(part for number, part in enumerate(parts) if number != self._number),
            counts,
            bool(leads_on.all()),
            is_eventful,
            sample,
            answers.asked,
        )

    def _asked_about(
        self, asked: Expand, block: Words, sources: NDArray[np.unsignedinteger], targets: Words
    ) -> tuple[_Flags | None, bool]:
        """Return which steps are allowed, and whether a property tells something of one."""
        if not asked.constraints and not asked.properties:
            return None, False
        pairs = np.concatenate((block[sources], targets), axis=1)
        allowed, is_broken = None, False
        if asked.constraints:
            allowed, is_broken = self._hold(asked.constraints, pairs)
        for one in asked.properties:
            is_broken |= bool((self._answers.values(one, pairs) != 1).any())
        return allowed, is_broken

    def _hold(self, conjunctions: Sequence[Conjunction], words: Words) -> tuple[_Flags, bool]:
        """Return where all hold, asked in order; and whether one had no value somewhere."""
        holds = np.ones(len(words), np.bool_)
        is_broken = False
        for one in conjunctions:
            values = self._answers.values(one, words[holds])
            is_broken |= bool((values > 1).any())
            holds[holds] = values == 1
        return holds, is_broken

    def _parts_by_owner(
        self, steps: Steps, order: NDArray[np.intp], places: NDArray[np.uint32]
    ) -> list[Steps]:
        """Return for each owner the steps to its states, in order.

        Of several steps to one state the first does, unless some of them are not allowed.
        """
        if steps.allowed is None:
            order = order[first_places(self._kept.keys_of(steps.targets[order]))]
        chosen = steps.at(order)
        chosen = Steps(
            places[chosen.places],
            chosen.instances,
            chosen.outcomes,
            chosen.targets,
            chosen.allowed,
        )
        owners = self._owners.of(chosen.targets, self._kept.layout)
        return [chosen.at(part) for part in places_by_owner(owners, self._owners.count)]

    def _judge(self, asked: Judge) -> Reply:
        assert self._own is not None, "it was expanded"
        steps = _together((self._own, *asked.steps))
        keys = self._kept.keys_of(steps.targets)
        places = np.flatnonzero(self._kept.absent(keys))
        places = places[np.argsort(steps.places[places], kind="stable")]
        firsts = places[first_places(keys[places])]
        targets = steps.targets[firsts]
        admitted, is_eventful = self._hold(asked.constraints, targets)
        holds, is_broken = self._hold(asked.invariants, targets)
        is_eventful |= is_broken or not bool(holds.all())
        for one in asked.witnesses:
            is_eventful |= bool(self._answers.values(one, targets[admitted]).any())
        if steps.allowed is not None:
            places = places[steps.allowed[places]]
            firsts = places[first_places(keys[places])]
            admitted, _ = self._hold(asked.constraints, steps.targets[firsts])
        stored = firsts[admitted]
        new = steps.at(stored)
        self._new = new.targets, keys[stored]
        return Judged(new.places, new.instances, new.outcomes, is_eventful, self._answers.asked)

    def _store(self) -> None:
        assert self._new is not None, "it was judged"
        words, keys = self._new
        self._kept.meet(keys)
        self._kept.frontier.append(words)
        self._own = self._new = None


def _sample(
    checked: NDArray[np.int64], block: Words, steps: Steps, order: NDArray[np.intp]
) -> Sample | None:
    """Return some states of a block and all steps from them, in order."""
    if not len(checked):
        return None
    sources = steps.places[order]
    firsts = np.searchsorted(sources, checked, side="left")
    counts = np.searchsorted(sources, checked, side="right") - firsts
    chosen = [order[first : first + count] for first, count in zip(firsts, counts, strict=True)]
    places = np.concatenate(chosen)
    return Sample(block[checked], counts, steps.instances[places], steps.targets[places])


def _together(parts: Sequence[Steps]) -> Steps:
    """Return all steps as one."""
    allowed = [part.allowed for part in parts if part.allowed is not None]
    return Steps(
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.instances for part in parts]),
        np.concatenate([part.outcomes for part in parts]),
        np.concatenate([part.targets for part in parts]),
        np.concatenate(allowed) if allowed else None,
    )
