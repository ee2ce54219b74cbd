"""Questions that often end early are answered by the little that they read."""

from __future__ import annotations

import numpy as np
import pytest

from conform.explore.columns import tables
from conform.explore.columns.basis import Reads, Row
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.shapes import ByMember
from conform.explore.columns.staged_keys import StagedKeys
from conform.explore.columns.stages import worthwhile_stage
from conform.explore.columns.tables import Table

LAYOUT = Layout.of([3, 3, 3, 3])


def packed(*rows: Row) -> Words:
    return LAYOUT.packed(np.array(rows, np.int64))


def every_row() -> Words:
    return packed(*[(a, b, c, 0) for c in range(8) for b in range(8) for a in range(8)])


class Guarded:
    """Reads leaf 0, and where that is 0 leaves 1 and 2; says what it was asked.

    With `ranges`, a 1 in leaf 0 ends it too, with how many members the only set may have.
    """

    def __init__(self, *, ranges: ByMember | None = None) -> None:
        self.asked: list[Row] = []
        self.ranges = ranges

    def __call__(self, row: Row) -> tuple[Reads, int]:
        self.asked.append(tuple(row))
        if row[0] == 1 and self.ranges:
            count = len(self.ranges.members)
            return ({0}, {0: count}), 100 + count
        if row[0]:
            return ({0}, {}), -row[0]
        return ({0, 1, 2}, {}), 8 * row[1] + row[2]


def answers(table: Table[int], words: Words) -> list[int]:
    return [table.answers[row] for row in table.rows(words).tolist()]


def expected(words: Words) -> list[int]:
    rows = LAYOUT.codes(words).tolist()
    return [-row[0] if row[0] else 8 * row[1] + row[2] for row in rows]


def test_what_ends_early_is_asked_once_for_what_it_read() -> None:
    ask = Guarded()
    table = Table(ask, LAYOUT, ())
    for block in np.split(every_row(), 8):
        assert answers(table, block) == expected(block)
    assert table.keys.stages == ((0,),)
    assert len(ask.asked) < 64 + 60, "64 combinations of the others, and what the first block took"
    assert table.misses == len(ask.asked)


def test_without_stages_each_combination_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_STAGES", 0)
    ask = Guarded()
    table = Table(ask, LAYOUT, ())
    for block in np.split(every_row(), 8):
        assert answers(table, block) == expected(block)
    assert len(ask.asked) >= 512


def test_early_answers_outlive_a_new_layout_and_new_readings() -> None:
    ask = Guarded()
    table = Table(ask, LAYOUT, ())
    answers(table, every_row()[:256])
    assert table.keys.stages == ((0,),)
    wide = Layout.of([5, 3, 4, 3])
    table.lay_out(wide)
    words = wide.transferred(every_row(), LAYOUT)
    assert answers(table, words) == expected(every_row())
    known = [answer for answer in table.answers if answer < 0]
    table._forget({3})  # as if the latest evaluation had read one more
    assert table.answers == known[: len(table.answers)]
    assert {-1, -2, -3, -4, -5, -6, -7} <= set(table.answers)
    assert answers(table, words) == expected(every_row())


def test_what_ranged_over_a_set_is_no_early_answer() -> None:
    """It is asked again when the set has one more member; what ended early is not."""
    members = ByMember(number=0, variable=0, first=0, room=8)
    ask = Guarded(ranges=members)
    table = Table(ask, LAYOUT, (members,))
    ones = packed((1, 0, 0, 0), (1, 3, 3, 0))
    answers(table, every_row()[:256])
    assert answers(table, ones) == [100, 100]
    assert table.keys.stages == ((0,),)
    ask.asked.clear()
    members.admit(1)
    assert answers(table, ones) == [101, 101]
    assert answers(table, packed((2, 0, 7, 7), (3, 0, 7, 7))) == [-2, -3]
    assert {row[0] for row in ask.asked} == {1}


def test_a_stage_is_chosen_for_what_it_spares() -> None:
    codes = np.array([(1, b, c) for b in range(4) for c in range(4)], np.int64)
    first, both = frozenset({5}), frozenset({5, 6})
    leaves = (5, 6, 7)
    assert worthwhile_stage([first] * 16, leaves, codes) == (5,)
    assert worthwhile_stage([both] * 16, leaves, codes) == (5, 6)
    assert worthwhile_stage([both, first] * 8, leaves, codes) == (5, 6)
    assert worthwhile_stage([None] * 12 + [first] * 4, leaves, codes) is None
    assert worthwhile_stage([frozenset(leaves)] * 16, leaves, codes) is None


def test_places_are_those_in_which_answers_were_added() -> None:
    keys = StagedKeys()
    keys.reset((0, 1), [(0,)], LAYOUT)
    keys.add([(0, 1), (2, 0), (0, 2)], [1, 0, 1])
    keys.add([(3, 7)], [0])
    assert keys.rows(packed((0, 2, 0, 0), (2, 5, 0, 0), (3, 1, 1, 1))).tolist() == [2, 1, 3]
    assert keys.rows(packed((0, 3, 0, 0), (0, 1, 4, 4))).tolist() == [-1, 0]
    assert len(keys.different(packed((0, 3, 0, 0), (0, 3, 1, 0), (0, 4, 0, 0)))) == 2


class Counted:
    """Reads the leaves of all members of a set, and tells how many are there."""

    def __init__(self, members: ByMember) -> None:
        self.members = members
        self.asked: list[Row] = []

    def __call__(self, row: Row) -> tuple[Reads, int]:
        self.asked.append(tuple(row))
        count = len(self.members.members)
        return (set(range(count)), {0: count}), sum(row[:count])


@pytest.mark.parametrize(("many", "asked_again"), [(2, 1), (3, 4)])
def test_a_set_that_is_read_wholly_is_asked_only_where_a_new_member_is(
    many: int, asked_again: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was known holds wherever the new one is not."""
    monkeypatch.setattr(tables, "MANY", many)
    members = ByMember(number=0, variable=0, first=0, room=4)
    members.admit("a")
    members.admit("b")
    ask = Counted(members)
    table = Table(ask, LAYOUT, (members,))
    before = packed((0, 1, 0, 0), (1, 1, 0, 0))
    assert answers(table, before) == [1, 2]
    members.admit("c")
    ask.asked.clear()
    assert answers(table, packed((0, 1, 0, 0), (1, 1, 0, 0), (1, 1, 1, 0))) == [1, 2, 3]
    assert len(ask.asked) == asked_again
    assert table.reads == {0, 1, 2}
