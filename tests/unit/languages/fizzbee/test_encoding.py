"""States of FizzBee stay what they are from one process to another."""

from __future__ import annotations

import pickle

from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source

TEXT = """\
atomic action Init:
    a = {"k": [1, (2, True)], 3: set(["x"])}
    b = genericset([1])
    c = genericmap([([1], 2)])
    d = bag([1, 1])
    e = record(f=1)
    g = struct(h=None)
    i = range(3)

atomic action A:
    require a["k"][1][1]
    require "x" in a[3]
    e.f = e.f + len(d)
"""


def test_a_pickled_state_is_the_same_state() -> None:
    model = build_model(specification_of(Source("a.fizz", TEXT)))
    (state,) = model.initial_states()
    again = pickle.loads(pickle.dumps(state))
    assert again == state
    assert [type(value) for value in again] == [type(value) for value in state]
    (instance,) = model.instances
    after = [each.state for each in model.successors(instance, again)]
    assert after == [each.state for each in model.successors(instance, state)] != []
