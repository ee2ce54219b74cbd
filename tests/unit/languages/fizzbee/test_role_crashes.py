"""Role instances that crash: threads go, ephemeral fields are as Init makes them."""

from __future__ import annotations

import pytest

from conform.domain.report import Verdict
from conform.errors import UnsupportedError
from tests.unit.languages.fizzbee.fizz_models import explored, judged, model_of, values, verdict

STORE = """
    ---
    deadlock_detection: false
    options:
        crash_on_yield: {crashes}
    ---
    @state({kept})
    role Store:
        action Init:
            self.disk = 0
            self.memory = self.FIRST

        atomic action Write:
            require self.memory < 3
            self.memory += 1

        atomic action Flush:
            self.disk = self.memory

    action Init:
        store = Store(FIRST=1)

    always assertion NothingLost:
        return store.memory >= store.disk
"""


@pytest.mark.parametrize("kept", ['durable=["disk"]', 'ephemeral=["memory"]'])
def test_a_crash_gives_ephemeral_fields_their_first_values(kept: str) -> None:
    text = STORE.format(crashes="true", kept=kept)
    assert verdict(text, "NothingLost") is Verdict.FAIL
    model = model_of(text)
    crash = next(one for one in model.instances if one.action == "crash-Store")
    (start,) = model.initial_states()
    state = start
    for action in ("Store.Write", "Store.Flush", "Store.Write"):
        one = next(each for each in model.instances if each.action == action)
        (state,) = (successor.state for successor in model.successors(one, state))
    (after,) = model.successors(crash, state)
    fields = dict(after.state[model.layout.places["Store"]].values[0].items())  # type: ignore[union-attr]  # a function
    assert fields == {"FIRST": 1, "disk": 2, "memory": 1}


def test_without_crashes_nothing_is_lost() -> None:
    text = STORE.format(crashes="false", kept='durable=["disk"]')
    assert verdict(text, "NothingLost") is Verdict.PASS
    assert not model_of(text).count_notes


def test_what_is_durable_survives() -> None:
    assert verdict(STORE.format(crashes="true", kept="ephemeral=[]"), "NothingLost") is Verdict.PASS


def test_the_threads_of_an_instance_go_with_it() -> None:
    # Between the two statements a crash ends the thread, so `held` can be left at True.
    text = """
        ---
        deadlock_detection: false
        options:
            max_concurrent_actions: 1
        action_options:
            Worker.Work: {{crash_on_yield: false}}
        ---
        {state}
        role Worker:
            action Init:
                self.done = 0

            serial action Work:
                require self.done == 0
                lock.append(1)
                lock.pop()
                self.done = 1

        action Init:
            lock = []
            w = Worker()

        always assertion OneHolder:
            return len(lock) <= 1
    """
    assert verdict(text.format(state=""), "OneHolder") is Verdict.PASS
    assert verdict(text.format(state='@state(durable=["done"])'), "OneHolder") is Verdict.FAIL


def test_a_crash_is_no_way_out_of_a_deadlock() -> None:
    text = """
        @state(ephemeral=["used"])
        role Once:
            action Init:
                self.used = False

            atomic action Use:
                require not self.used
                self.used = True

        action Init:
            r = Once()
    """
    assert judged(text).deadlock is not None
    assert explored(text).found_by_faults == 0
    assert values(text, "r") == {"Once#0"}


@pytest.mark.parametrize(
    ("decorator", "init", "message"),
    [
        ("@odd", "self.x = 0", "this decorator of a role"),
        ("@state", "self.x = 0", "this decorator of a role"),
        ("@state(durable=NAMES)", "self.x = 0", "this decorator of a role"),
        ('@state(durable=["x"], ephemeral=["y"])', "self.x = 0", "this decorator of a role"),
        ('@state(durable=["x"])\n@odd', "self.x = 0", "a second decorator"),
        ('@state(durable=["x"])', "self.x = total", "whose Init names total"),
        ('@state(durable=["x"])', "self.x = oneof [1, 2]", "whose Init makes a choice"),
        ('@state(durable=["x"])', "self.x = Q()", "whose Init names Q"),
        ('@state(durable=["x"])', "x = self.F()", "whose Init calls F"),
        ('@state(durable=["x"])', "self.x = self.P.y", "whose Init reads what is in other objects"),
    ],
)
def test_crashes_that_cannot_be_told_are_refused_at_their_place(
    decorator: str, init: str, message: str
) -> None:
    text = (
        f"NAMES = []\n{decorator}\nrole R:\n    action Init:\n        {init}\n"
        "    func F():\n        return 1\n"
        "role Q:\n    action Init:\n        pass\n"
        "action Init:\n    total = 0\n"
    )
    with pytest.raises(UnsupportedError, match=message) as caught:
        model_of(text)
    assert caught.value.span is not None and caught.value.excerpt
