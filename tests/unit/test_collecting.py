"""How often Python looks for cycles: what a replay changes is put back, whatever happens in it."""

from __future__ import annotations

import gc

import pytest

from conform.collecting import MANY_OBJECTS, hardly_collected


@pytest.mark.parametrize("fails", [False, True])
def test_a_replay_leaves_the_collector_as_it_was(fails: bool) -> None:
    before = gc.get_threshold()
    kept = gc.get_freeze_count()

    try:
        with hardly_collected():
            assert gc.get_threshold()[0] == MANY_OBJECTS
            if fails:
                raise ValueError
    except ValueError:
        pass

    assert gc.get_threshold() == before
    assert gc.get_freeze_count() <= kept
