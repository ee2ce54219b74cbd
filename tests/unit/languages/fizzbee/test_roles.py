"""Plain roles: instances, fields, actions and functions of each instance."""

from __future__ import annotations

import pytest

from conform.domain.report import Verdict
from conform.domain.values import FunctionValue
from conform.errors import UnsupportedError
from tests.unit.languages.fizzbee.fizz_models import count, explored, model_of, values, verdict

NODES = """
role Node:
    action Init:
        self.value = 0

    atomic action Grow:
        require self.value < self.MOST
        self.value += 1

action Init:
    nodes = []
    for i in range(2):
        n = Node(MOST=i + 1)
        nodes.append(n)
"""


def test_each_instance_has_its_own_fields_and_parameters() -> None:
    # Node#0 counts to 1, Node#1 to 2.
    assert count(NODES) == 2 * 3


def test_instances_act_for_themselves() -> None:
    model = model_of(NODES)
    assert [(one.action, str(one.parameters[0][1])) for one in model.instances] == [
        ("Node.Grow", "Node#0"),
        ("Node.Grow", "Node#1"),
    ]


def test_fields_can_be_read_through_a_reference() -> None:
    text = NODES + "always assertion P:\n    return nodes[0].value <= nodes[1].MOST\n"
    assert verdict("---\ndeadlock_detection: false\n---\n" + text, "P") is Verdict.PASS


def test_a_function_of_a_role_runs_for_its_instance() -> None:
    text = """
        role Server:
            action Init:
                self.count = 0

            func Take(n):
                self.count += n
                return self.count

        role Client:
            action Init:
                self.seen = 0

            atomic action Ask:
                s = self.SERVER
                require s.count < 3
                got = s.Take(1)
                self.seen = got

        action Init:
            server = Server()
            client = Client(SERVER=server)
        """
    assert values(text.replace("func Take", "atomic func Take"), "Client") == {
        f"(0 :> [SERVER |-> Server#0, seen |-> {n}])" for n in range(4)
    }


def test_only_a_statement_of_its_own_calls_a_function_of_a_role() -> None:
    text = NODES.replace(
        "atomic action Grow", "func Add(n):\n        return n\n    atomic action Grow"
    )
    text += "atomic action Spoil:\n    n = nodes[0]\n    x = n.Add(1) + n.Add(2)\n"
    assert "only a statement of its own can call" in explored(text).message


def test_the_locals_of_a_role_action_are_kept_while_it_waits() -> None:
    text = """
        ---
        options:
          max_actions: 1
          crash_on_yield: false
        ---
        role Node:
            action Init:
                self.value = 0

            action Work:
                old = self.value
                self.value = old + 1
                self.value = old + 2

        action Init:
            node = Node()
        """
    # Before; old known; value 1; value 2 and the thread gone.
    assert count(text) == 4


def test_a_parameter_cannot_be_assigned() -> None:
    text = NODES + "atomic action Spoil:\n    n = nodes[0]\n    n.MOST = 5\n"
    assert "is a parameter" in explored(text).message


def test_one_statement_makes_one_instance() -> None:
    with pytest.raises(Exception, match="a second role instance in one statement"):
        model_of(NODES.replace("n = Node(MOST=i + 1)", "n = [Node(MOST=1), Node(MOST=2)]"))


def test_instances_can_be_made_later() -> None:
    text = """
        role Job:
            action Init:
                self.done = False
            atomic action Finish:
                require not self.done
                self.done = True
        action Init:
            jobs = []
        atomic action Add:
            require len(jobs) < 2
            j = Job()
            jobs.append(j)
        """
    # No job; one, open or done; two, each open or done.
    assert count(text) == 1 + 2 + 4


def test_more_instances_than_are_provided_for_are_not_treated() -> None:
    text = """
        role Job:
            action Init:
                self.done = False
        action Init:
            jobs = 0
        atomic action Add:
            j = Job()
            jobs += 1
        """
    with pytest.raises(UnsupportedError, match="instances of role Job"):
        explored(text)


SHARING = """
role Node:
    action Init:
        self.seen = 0
    atomic action Write:
        require len(self.box) < 2
        self.box.append(self.__id__)
    atomic action Look:
        require self.seen < len(self.box)
        self.seen = len(self.box)

action Init:
    common = []
    a = Node(box=common)
    b = Node(box=common)
    c = Node(box=[])
"""


def test_roles_that_share_an_object_see_each_other_change_it() -> None:
    found = values(SHARING, "Node")
    # b has seen two elements, though a may have written both: the box is one.
    assert any("box |-> <<0, 0>>, seen |-> 2" in each.partition("1 :>")[2] for each in found)
    # c has a box of its own.
    assert not any("box |-> <<0" in each.partition("2 :>")[2] for each in found)


def test_a_role_that_a_step_does_not_touch_is_as_it_was() -> None:
    model = model_of(SHARING.replace("box=common", "box=[]"))
    (state,) = model.initial_states()
    place = model.layout.places["Node"]
    before = state[place]
    assert isinstance(before, FunctionValue)
    for way in model.ways:
        for successor in model.successors(way.instance, state):
            after = successor.state[place]
            assert isinstance(after, FunctionValue)
            same = [old is new for old, new in zip(before.values, after.values, strict=True)]
            assert same.count(False) == 1 and not same[way.code.place]
