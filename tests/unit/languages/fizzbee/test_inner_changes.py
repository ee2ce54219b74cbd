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
    assert model.layout.changes_inside == is_inside


def test_a_def_that_changes_its_argument_may_change_what_is_inside() -> None:
    text = "def f(l):\n    l.append(1)\n" + PLAIN + "atomic action A:\n    f(queue[0])\n"
    assert model_of(text).layout.changes_inside


def test_a_thread_keeps_what_it_has_made() -> None:
    text = PLAIN + "action A:\n    found = []\n    queue.append(found)\n    found.append(1)\n"
    assert model_of(text).layout.changes_inside


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
        assert model_of(text).layout.changes_inside == is_inside, body


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
