"""Machines that were edited: what is still a machine is run, and nothing else is."""

from __future__ import annotations

import ast

import pytest

from conform.errors import UnsupportedError
from conform.generate.edited_machines import vet_edits
from conform.generate.execution import execute
from conform.generate.generating import machine_body
from conform.text import Source
from tests.unit.generate.specifications import Described, of_files
from tests.unit.generate.test_machine_liveness import described

GUARD = 'if self.state.at[p] != "home":'


@pytest.fixture(scope="module")
def machine() -> Described:
    return described()


def edited(machine: Described, old: str, new: str) -> Source:
    """Return the machine's text with a text replaced."""
    text = machine_body(machine.machine)
    assert old in text
    return Source("machine.py", text.replace(old, new, 1))


def vet(machine: Described, source: Source) -> None:
    generated = Source("machine.py", machine_body(machine.machine))
    vet_edits(source, generated, machine.machine.class_name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('state.at[p] != "home"', 'state.at[p] not in {"home", "way"}'),
        ('state.at.replaced(p, "way")', 'state.at.replaced(min(self.constants.people), "way")'),
        ('    Fairness("weak", ("Ring",), ()),\n', ""),
        (
            "        return State(",
            "        # a note\n        who = self.constants\n        return State(",
        ),
        ('frozenset({"a", "b"})', 'frozenset({"a", "b", "c"})'),
        ("        return State(", "        size = 2**31\n        return State("),
        (
            "    def can_ring(",
            "    def soon(self) -> bool:\n        return True\n\n    def can_ring(",
        ),
    ],
)
def test_edit_in_the_words_of_the_machine_is_run(machine: Described, old: str, new: str) -> None:
    source = edited(machine, old, new)
    vet(machine, source)
    assert execute(source).M


BODIES = [
    "return open('f')",
    "return getattr(self, 'at')",
    "return self.__class__",
    "return self.state.at._items",
    "return ().__class__.__bases__",
    "return [getattr for getattr in ()] or getattr(self, 'at')",
    "return (lambda open: open)(1)",
    "return [eval for eval in (1,)]",
    "return '{0}'.format(self)",
    "return f'{self!r}'",
    "import os",
    "from os import system",
    "global x",
    "while True: pass",
    "with self: pass",
    "del self.state",
    "return (x := 1)",
    "class A: pass",
    "try: pass\n        except LookupError: pass",
    "def _hidden(): return 1",
    "return type(self)",
    "return __name__",
    "return vars(self)",
    "return breakpoint()",
    "return unknown_name",
    "self.state.at.clear()",
    "Mapping.keys = None",
    "self.constants.people = 1",
    "_STEPS['Ring'] = 1",
    "self.can_ring = 1",
    "[0 for M.ring in (1,)]",
    "return 10**10**10",
    "return (10**31)**31",
    "return 2**self.constants.people",
    "return 1 << 10",
]


@pytest.mark.parametrize("body", BODIES)
def test_edit_that_reaches_beyond_the_machine_is_not_run(machine: Described, body: str) -> None:
    text = f"    def more(self):\n        {body}\n\n    def can_ring("
    with pytest.raises(UnsupportedError, match="the edited machine is not run") as caught:
        vet(machine, edited(machine, "    def can_ring(", text))
    assert caught.value.span is not None
    assert caught.value.span.line > 100


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from dataclasses import dataclass", "from os import system as dataclass"),
        ("self._items = dict(items)", "self._items = dict(items, a=1)"),
        ('"""A state: a value for each variable."""', '"""A state."""'),
        ("class M:", "class M(dict):"),
        ("class M:", "@dataclass\nclass M:"),
        ('"Ring": (M.ring, ()),', '"Ring": (M.leave, ()),'),
        ("_Step: TypeAlias", "import os\n_Step: TypeAlias"),
        ("_Step: TypeAlias", "x = 1\n_Step: TypeAlias"),
        ("INVARIANTS: ", 'INVARIANTS = open("f")\nINVARIANTS: '),
        ("class M:", "class M:\n    @open\n    def f(self): return 1\n"),
        ("class M:", "class M:\n    def __init_subclass__(cls): return 1\n"),
        ("class M:", "class M\n"),
    ],
)
def test_what_all_machines_share_stays_as_it_was_generated(
    machine: Described, old: str, new: str
) -> None:
    with pytest.raises(UnsupportedError, match="the edited machine is not run"):
        vet(machine, edited(machine, old, new))


@pytest.mark.parametrize("name", ["Awkward", "Messages", "Queue"])
def test_what_is_generated_for_a_specification_is_no_reach_beyond_it(name: str) -> None:
    """Whichever method somebody edits, the rest of it is not held against them."""
    found = of_files(name)
    tree = ast.parse(machine_body(found.machine))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == found.machine.class_name:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name not in (
                    "__init__",
                    "perform",
                ):
                    method.body.insert(1, ast.parse("also = 1").body[0])
    text = ast.unparse(tree)
    assert text.count("also = 1") > 10
    vet(found, Source("machine.py", text))
