"""Objects inside others that nothing changes are as good as values."""

from __future__ import annotations

import pytest

from tests.unit.languages.fizzbee.fizz_models import count, model_of, values

PLAIN = """
action Init:
    queue = []
    other = []
    x = 0
"""


@pytest.mark.parametrize(
    ("body", "is_inside"),
    [
        ("queue.append([1])", False),
        ("queue.append([1])\n    other = queue[1:]", False),
        ("queue[0] = [2]", False),
        ("x += 1", False),
        ("found = []\n    found.append(1)\n    queue = found", False),
        ("queue = [2]\n    queue.append(3)", False),
        ("queue[0].append(1)", True),
        ("queue[0][0] = 1", True),
        ("m = queue[0]\n    m.append(1)", True),
        ("any m in queue:\n        m.append(1)", True),
        ("any other in queue:\n        other.append(1)", True),
        ("for m in queue:\n        m[0] = 1", True),
        ("other = queue[0]\n    other.append(1)", True),
        ("other = oneof queue\n    other.append(1)", True),
        ("other, x = queue[0], 1\n    other.append(1)", True),
        ("queue[0] += [1]", True),
        ("m = record(a=1)\n    m.a = 2", True),
        ("m = struct(a=[1])\n    m.a.append(2)", True),
    ],
)
def test_changes_inside_objects_are_found(body: str, is_inside: bool) -> None:
    model = model_of(PLAIN + f"atomic action A:\n    require len(queue) < 2\n    {body}\n")
    assert (model.layout.changed_names is None) == is_inside


def test_a_def_that_changes_its_argument_may_change_what_is_inside() -> None:
    text = "def f(l):\n    l.append(1)\n" + PLAIN + "atomic action A:\n    f(queue[0])\n"
    assert model_of(text).layout.changed_names is None


def test_a_thread_keeps_what_it_has_made() -> None:
    text = PLAIN + "action A:\n    found = []\n    queue.append(found)\n    found.append(1)\n"
    assert model_of(text).layout.changed_names is None


def test_fields_of_roles_are_places_of_their_own() -> None:
    role = "role Node:\n    action Init:\n        self.box = []\n    atomic action Get:\n"
    ends = "action Init:\n    node = Node()\n"
    for body, is_inside in (
        ("self.box.append([1])", False),
        ("self.box = self.box + [1]", False),
        ("n = node\n        n.box.append([1])", False),
        ("self.box[0].append(1)", True),
        ("self.box = self.box[0]\n        self.box.append(1)", True),
    ):
        text = role + f"        require len(self.box) < 2\n        {body}\n" + ends
        assert (model_of(text).layout.changed_names is None) == is_inside, body


MESSAGES = """
---
deadlock_detection: false
---
action Init:
    net = []
    seen = []
    n = 0

atomic action Send:
    require n < 2
    n += 1
    net.append({"kind": "ping"})

atomic action Deliver:
    any m in net:
        net.remove(m)
        seen.append(m)
"""


def test_equal_objects_are_one_whoever_refers_to_them() -> None:
    # n sent, of which some are seen: 1 + 2 + 3. To remove a message removes the first equal one.
    assert count(MESSAGES) == 6


def test_objects_that_are_changed_stay_what_they_are_to_both() -> None:
    text = """
        action Init:
            a = [[0]]
            b = a + []
        atomic action A:
            a[0][0] = 1
    """
    assert values(text, "b") == {"<<<<0>>>>", "<<<<1>>>>"}


def test_what_init_alone_changes_nothing_shares() -> None:
    """A list that Init fills and gives to a role as well is as good as a value afterwards."""
    text = """
        role Node:
            action Init:
                self.seen = []
            atomic func Tell(m):
                self.seen.append(m)
            atomic action Send:
                require len(self.seen) == 0
                for peer in self.PEERS:
                    peer.Tell(1)
        action Init:
            peers = []
            other = Node(PEERS=peers)
            peers.append(other)
    """
    model = model_of(text)
    assert model.layout.changed_names == frozenset({"seen"})
    (state,) = model.initial_states()
    assert "2" not in repr(state) and count(text) == 2


def test_a_func_with_the_name_of_a_method_may_be_that_method() -> None:
    text = """
        role Node:
            action Init:
                self.n = 0
            atomic func remove(m):
                self.n = m
        action Init:
            node = Node()
        atomic action A:
            x = node
            x.remove(1)
    """
    assert model_of(text).layout.changed_names is None


def test_states_with_and_without_sharing_are_one_where_nothing_is_changed() -> None:
    text = PLAIN + "atomic action A:\n    other = queue\natomic action B:\n    queue = [] + other\n"
    assert count(text) == 1


def test_what_a_parameter_holds_is_changed_for_all() -> None:
    text = """
        role Node:
            action Init:
                self.mine = []
            atomic action Take:
                self.mine = self.BOX
            atomic action Put:
                require len(self.BOX) == 0
                self.BOX.append(1)
        action Init:
            node = Node(BOX=[])
    """
    assert count(text) == 4  # before; taken; put; both, in any order


SHARED = """
action Init:
    x = []
    y = []
    a = []
    b = []
    n = 0
atomic action A:
    require n == 0
    a = x
    b = y
    n = 1
atomic action B:
    require n == 0
    b = y
    a = x
    n = 1
atomic action C:
    require n == 1
    x.append(1)
    n = 2
atomic action D:
    require n == 2
    y.append(1)
    n = 3
"""


def test_it_makes_no_difference_what_is_shared_first() -> None:
    assert count(SHARED) == 4


def test_a_role_that_no_code_looks_into_sees_what_it_shares_change() -> None:
    text = """
        role Node:
            action Init:
                self.seen = LOG
        action Init:
            log = []
            node = Node(LOG=log)
        atomic action Add:
            require len(log) == 0
            log.append(1)
    """.replace("self.seen = LOG", "self.seen = self.LOG")
    assert values(text, "Node") == {
        "(0 :> [LOG |-> <<>>, seen |-> <<>>])",
        "(0 :> [LOG |-> <<1>>, seen |-> <<1>>])",
    }


def test_a_thread_that_waits_sees_what_it_shares_change() -> None:
    text = """
        ---
        options:
          crash_on_yield: false
        ---
        action Init:
            log = []
            seen = -1
        action Look:
            require seen == -1 and len(log) == 0
            mine = log
            seen = 0
            require len(mine) == 1
            seen = len(mine)
        atomic action Add:
            require len(log) == 0
            log.append(1)
    """
    assert values(text, "seen") == {"-1", "0", "1"}
