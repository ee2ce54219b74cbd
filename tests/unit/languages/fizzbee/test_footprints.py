"""What actions read and change, told from the text of the functions that they call."""

from __future__ import annotations

import pytest

from tests.unit.languages.fizzbee.fizz_models import model_of

READER = """
def f(l, n=0):
    {body}

action Init:
    a = [1]
    b = [2]

atomic action Look:
    require {use}
    b = [3]
"""


@pytest.mark.parametrize(
    ("body", "use", "is_reading"),
    [
        ("return len(l) > n", "f(a)", True),
        ("n += 1\n    return n in l", "f(a)", True),
        ("found = []\n    for x in l:\n        found.append(x)\n    return found", "f(a)", True),
        ("found = {}\n    for x in l:\n        found[x] = 1\n    return found", "f(a)", True),
        ("return sorted(l, key=lambda x: -x)", "f(a)", True),
        ("return True", "sorted([a], key=f)", True),
        ("l.append(1)\n    return True", "f(a)", False),
        ("l[0] = 2\n    return True", "f(a)", False),
        ("l += [2]\n    return True", "f(a)", False),
        ("found = [l]\n    found[0].append(1)\n    return True", "f(a)", False),
        ("found = l\n    found.append(1)\n    return True", "f(a)", False),
        ("found = []\n    found = l\n    found.append(1)\n    return True", "f(a)", False),
        ("l.append(1)\n    return True", "sorted([a], key=f)", False),
        ("l.append(1)\n    return True", "sorted([a], key=lambda x: f(x))", False),
    ],
)
def test_a_def_that_changes_nothing_leaves_what_it_reads(
    body: str, use: str, is_reading: bool
) -> None:
    model = model_of(READER.format(body=body, use=use))
    (instance,) = model.instances
    assert instance.writes == (frozenset({1}) if is_reading else frozenset({0, 1}))


def test_a_def_that_hides_a_builtin_is_looked_into() -> None:
    hiding = "def len(l):\n    l.append(1)\n    return True\n"
    text = hiding + READER.format(body="return 1", use="len(a)")
    (instance,) = model_of(text).instances
    assert instance.writes == frozenset({0, 1})
