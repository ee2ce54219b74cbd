"""What FizzBee's actions say they read and write, and that they are the same under any seed."""

from __future__ import annotations

import os
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.states import State
from conform.domain.values import Value
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.model import FizzModel
from tests.unit.languages.fizzbee.fizz_models import model_of

MIXED = """
NAMES = ["a", "b"]

def most(d):
    return max([d[n] for n in NAMES])

action Init:
    count = {n: 0 for n in NAMES}
    log = []
    best = 0
    seen = set()
    spare = [0]

atomic action Raise:
    any n in NAMES:
        require count[n] < 2
        count[n] += 1

atomic action Note:
    require len(log) < 2
    log.append(most(count))

atomic action Best:
    if most(count) > best:
        best = most(count)

atomic action Keep:
    n = oneof [0, 1]
    seen.add(n)

atomic action Move:
    last = log
    require len(last) > 0
    x = last.pop()
    spare[0] = x

atomic action Forget:
    best = 0

always assertion Bounded:
    return best <= 2 and len(log) <= 2
"""

MODEL = model_of(MIXED)


def _states(model: FizzModel) -> list[State]:
    result = explore(model, ExploreOptions(check_deadlock=False, keep_graph=True))
    assert result.graph is not None
    return [result.graph.state(number) for number in range(result.graph.state_count)]


STATES = _states(MODEL)


@settings(deadline=None)
@given(
    st.sampled_from(STATES), st.sampled_from(STATES), st.sampled_from(range(len(MODEL.instances)))
)
def test_what_an_action_does_not_read_changes_nothing(
    state: State, other: State, number: int
) -> None:
    instance = MODEL.instances[number]
    reads = instance.reads
    assert reads is not None
    mixed: tuple[Value, ...] = tuple(
        value if slot in reads else other[slot] for slot, value in enumerate(state)
    )
    ours = [each.state for each in MODEL.successors(instance, state)]
    theirs = [each.state for each in MODEL.successors(instance, mixed)]
    assert len(ours) == len(theirs)
    for one, two in zip(ours, theirs, strict=True):
        for slot in range(len(MODEL.slots)):
            if slot in instance.writes:
                assert one[slot] == two[slot]
            else:
                assert one[slot] == state[slot]
                assert two[slot] == mixed[slot]


@settings(deadline=None)
@given(st.sampled_from(STATES), st.sampled_from(STATES))
def test_what_an_assertion_does_not_read_changes_nothing(state: State, other: State) -> None:
    for predicate in MODEL.invariants:
        reads = predicate.reads
        assert reads is not None
        assert len(reads) < len(MODEL.slots)
        mixed = tuple(v if slot in reads else other[slot] for slot, v in enumerate(state))
        assert predicate.holds(state) == predicate.holds(mixed)


PROGRAM = f"""
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.languages.fizzbee.fizz_models import model_of
model = model_of('''{MIXED}''')
graph = explore(model, ExploreOptions(check_deadlock=False, keep_graph=True)).graph
for number in range(graph.state_count):
    print(graph.state(number), [graph.targets[e] for e in graph.edges_of(number)])
"""


def test_two_hash_seeds_give_the_same_graph() -> None:
    outputs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0]
