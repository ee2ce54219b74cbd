"""A Spec says what a FizzBee file says."""

from __future__ import annotations

from conform.domain.spec import Spec
from conform.languages.fizzbee.describing import describe
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source

TEXT = """\
N = 3
NAMES = ["a", "b"]
LOW, HIGH = 1, N

def half(n, by=2):
    return n // by

def both(n):
    x = n
    return x

atomic action Init:
    x = {n: 0 for n in NAMES}
    y = oneof [1, 2]
    N = 4
    x = 1
    if True:
        hidden = 1
    for i in NAMES:
        inner = 2

atomic action Plain:
    x = 1

atomic fair action Step:
    oneof w in NAMES:
        oneof v in range(N):
            if x:
                oneof count in range(2):
                    x = count

atomic fair<strong> action Each:
    w = fair<strong> oneof NAMES
    v = oneof range(N)
    require x
    later = oneof range(2)

atomic action Two:
    oneof w in NAMES:
        pass
    y = 1

func helper(a):
    return a

always assertion Safe:
    return x > 0

exists assertion Some:
    return x > 0

transition assertion Grows:
    return before.x <= after.x

always eventually assertion Again:
    return x == 0

eventually always assertion Settles:
    for n in NAMES:
        if n: return False
    return True

role Node:
    action Init:
        self.log = []
        self.leader = None
        local = 1

    fair action Send:
        msg = oneof [1]
        self.log.append(msg)

    func ack(n):
        return n
"""


def described() -> Spec:
    return describe(specification_of(Source("models/Sample.fizz", TEXT)))


def test_constants_have_their_values() -> None:
    spec = described()
    assert (spec.path, spec.title) == ("models/Sample.fizz", "Sample")
    assert [constant.name for constant in spec.constants] == ["N", "NAMES", "LOW", "HIGH"]
    assert [(row.name, row.values) for row in spec.parameters] == [
        ("N", (("FizzBee", "3"),)),
        ("NAMES", (("FizzBee", '["a", "b"]'),)),
        ("LOW", (("FizzBee", "(1, N)"),)),
        ("HIGH", (("FizzBee", "(1, N)"),)),
    ]
    assert str(spec.constants[3].span) == "models/Sample.fizz:3:6"


def test_variables_are_those_of_the_outermost_level_of_init() -> None:
    assert [(each.name, each.initial_text) for each in described().variables] == [
        ("x", "{n: 0 for n in NAMES}"),
        ("y", "oneof [1, 2]"),
        ("Node.log", "[]"),
        ("Node.leader", "None"),
    ]


def test_parameters_of_an_action_are_the_choices_at_its_head() -> None:
    assert {each.name: each.parameters for each in described().actions} == {
        "Plain": (),
        "Step": ("w", "v"),
        "Each": ("w", "v"),
        "Two": ("w",),
        "Node.Send": ("msg",),
    }


def test_helpers_are_functions_of_both_kinds() -> None:
    assert [(each.name, each.parameters, each.definition) for each in described().helpers] == [
        ("half", ("n", "by=2"), "n // by"),
        ("both", ("n",), ""),
        ("helper", ("a",), "a"),
        ("Node.ack", ("n",), "n"),
    ]


def test_properties_have_their_kinds() -> None:
    assert [(each.name, each.kind, each.formal) for each in described().properties] == [
        ("Safe", "invariant", "x > 0"),
        ("Some", "exists", "x > 0"),
        ("Grows", "action property", "before.x <= after.x"),
        ("Again", "liveness", "x == 0"),
        ("Settles", "liveness", ""),
    ]


def test_fairness_is_stated_for_each_action() -> None:
    assert [(each.action, each.parameters, each.kind) for each in described().fairness] == [
        ("Plain", (), "none"),
        ("Step", (), "weak"),
        ("Each", ("w",), "strong"),
        ("Two", (), "none"),
        ("Node.Send", (), "weak"),
    ]


def test_an_empty_file_says_nothing() -> None:
    assert describe(specification_of(Source("a.fizz", ""))) == Spec("a.fizz", "a")
