"""Models with SYMMETRY or VIEW in columns: the classes, counts and traces of the plain search.

The modules permute what names arguments of functions, members of sets, parts of messages, and
elements of sequences; some values have no images that fit, and some constraints divide classes.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.domain.exploration import ExplorationStatus
from conform.domain.model import Move
from conform.domain.states import State
from conform.explore import turns
from conform.explore.columns import layout, orbits, row_keys
from conform.explore.columns.basis import Basis
from conform.explore.columns.orbits import Orbits, with_images
from conform.explore.defect import ExplorerDefectError
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.explore.turns import Turns
from tests.property.test_explore_columns import random_splits, seen, tla_model

__all__ = ["random_splits"]

ROOT = Path(__file__).parents[2]

MESSAGES = ROOT / "bench" / "models"

PAXOS = (
    (MESSAGES / "Paxos.tla").read_text(),
    """SPECIFICATION Spec
CONSTANTS
    Acceptors = {a1, a2, a3}
    Quorums = {{a1, a2}, {a1, a3}, {a2, a3}}
    Values = {v, w}
    Ballots = {0, 1}
INVARIANTS TypeOK Agreement
CHECK_DEADLOCK FALSE
""",
    "Acceptors",
)

COMMIT = (
    (MESSAGES / "TwoPhaseCommit.tla").read_text(),
    "SPECIFICATION Spec\nCONSTANT Managers = {m1, m2, m3}\nINVARIANT TypeOK\n"
    "CHECK_DEADLOCK FALSE\n",
    "Managers",
)

QUEUE = (
    """---- MODULE Queue ----
EXTENDS Naturals, Sequences, FiniteSets
CONSTANTS P, None
VARIABLES waiting, owner, seen, told, first
vars == <<waiting, owner, seen, told, first>>
Init ==
    /\\ waiting = <<>>
    /\\ owner = None
    /\\ seen = [p \\in P |-> [by |-> None, from |-> {}]]
    /\\ told = {}
    /\\ first \\in P
Ask(p) ==
    /\\ Len(waiting) < 2
    /\\ \\A i \\in 1..Len(waiting) : waiting[i] # p
    /\\ waiting' = Append(waiting, p)
    /\\ UNCHANGED <<owner, seen, told, first>>
Get ==
    /\\ waiting # <<>>
    /\\ owner = None
    /\\ owner' = Head(waiting)
    /\\ waiting' = Tail(waiting)
    /\\ UNCHANGED <<seen, told, first>>
Tell(p, q) ==
    /\\ owner = p
    /\\ p # q
    /\\ told' = told \\cup {<<p, q>>}
    /\\ seen' = [seen EXCEPT ![q] = [by |-> p, from |-> @.from \\cup {p}]]
    /\\ owner' = None
    /\\ UNCHANGED <<waiting, first>>
Next == Get \\/ \\E p \\in P : Ask(p) \\/ \\E q \\in P : Tell(p, q)
Spec == Init /\\ [][Next]_vars
Small == Cardinality(told) < 4
NotAll == \\E p \\in P : Cardinality(seen[p].from) < 2
Others == <<owner>>
Seen == <<waiting, <<first, Others>>>>
Rest == <<waiting, owner, told>>
OnlyFirst == owner # first \\/ Cardinality(told) < 2
====
""",
    "SPECIFICATION Spec\nCONSTANTS\n P = {p1, p2, p3}\n None = None\nCHECK_DEADLOCK FALSE\n",
    "P",
)

LOPSIDED = (
    """---- MODULE Lopsided ----
EXTENDS Naturals
CONSTANTS P, q
VARIABLES at, whose, count
vars == <<at, whose, count>>
Init == at \\in P /\\ whose = [p \\in P \\ {at} |-> 0] /\\ count = [p \\in P |-> 0]
Move(p) ==
    /\\ p # at
    /\\ at' = p
    /\\ whose' = [r \\in P \\ {p} |-> count[r]]
    /\\ count' = [count EXCEPT ![p] = (@ + 1) % 3]
Next == \\E p \\in P : Move(p)
Spec == Init /\\ [][Next]_vars
NotQ == at # q \\/ count[q] < 2
Within == count[q] < 2
====
""",
    "SPECIFICATION Spec\nCONSTANTS\n P = {p, q, r}\n q = q\n",
    "P",
)

APART = (LOPSIDED[0], LOPSIDED[1].replace("P = {p, q, r}", "P = {a, b, q}"), "P")

AT_ONCE = (
    """---- MODULE AtOnce ----
EXTENDS Naturals
CONSTANTS P, q
VARIABLE count
Init == count = [p \\in P |-> 0]
Step(p) == count[p] < 4 /\\ count' = [count EXCEPT ![p] = @ + 2]
Next == \\E p \\in P : Step(p)
Spec == Init /\\ [][Next]_count
Within == count[q] < 2
NotOther == \\A p \\in P \\ {q} : count[p] < 2
====
""",
    "SPECIFICATION Spec\nCONSTANTS\n P = {q, r, s}\n q = q\nCHECK_DEADLOCK FALSE\n",
    "P",
)

BREAKING = (
    """---- MODULE Breaking ----
EXTENDS Naturals
CONSTANT P
VARIABLES count, mark
Init == count = [p \\in P |-> 3] /\\ mark = [p \\in P |-> {}]
Step(p, q) ==
    /\\ count[p] > 0
    /\\ count' = [count EXCEPT ![p] = @ - 1]
    /\\ mark' = [mark EXCEPT ![p] = IF count[p] = 1 THEN <<q, p>> ELSE @ \\cup {q}]
Next == \\E p, q \\in P : Step(p, q)
Spec == Init /\\ [][Next]_<<count, mark>>
====
""",
    "SPECIFICATION Spec\nCONSTANT P = {p1, p2, p3}\nCHECK_DEADLOCK FALSE\n",
    "P",
)

CASES = {
    "paxos": (*PAXOS, ""),
    "commit": (*COMMIT, ""),
    "queue": (*QUEUE, "CONSTRAINT Small\n"),
    "queue, violated": (*QUEUE, "INVARIANT NotAll\n"),
    "queue, violated by one alone": (*QUEUE, "INVARIANT OnlyFirst\n"),
    "queue, a view of variables": (*QUEUE, "VIEW Seen\nINVARIANT OnlyFirst\n"),
    "queue, violated in a view": (*QUEUE, "VIEW Rest\nINVARIANT OnlyFirst\nCONSTRAINT Small\n"),
    "lopsided": (*LOPSIDED, ""),
    "lopsided, a constraint divides classes": (*LOPSIDED, "CONSTRAINT Within\nINVARIANT NotQ\n"),
    "violated outside, in a class that was met": (*APART, "CONSTRAINT Within\nINVARIANT NotQ\n"),
    "violated by another than the first of a class": (
        *AT_ONCE,
        "CONSTRAINT Within\nINVARIANT NotOther\n",
    ),
    "breaking": (*BREAKING, ""),
}

OPTIONS = ExploreOptions(max_states=2500, check_liveness=False, self_check=3)


def written(case: str, tmp_path: Path) -> Path:
    """Write the module of a case, with its symmetry, and return the path."""
    text, configuration, symmetric, more = CASES[case]
    name = text.split("MODULE ", 1)[1].split()[0]
    (tmp_path / f"{name}.tla").write_text(text)
    path = tmp_path / f"MC{name}.tla"
    path.write_text(
        f"---- MODULE MC{name} ----\nEXTENDS {name}, TLC\nSym == Permutations({symmetric})\n====\n"
    )
    symmetry = "" if "view" in case else "SYMMETRY Sym\n"
    path.with_suffix(".cfg").write_text(f"{configuration}{symmetry}{more}")
    return path


@pytest.mark.usefixtures("random_splits")
@pytest.mark.parametrize(("bits", "keys_from"), [(64, None), (12, None), (64, 1), (64, 60)])
@pytest.mark.parametrize("case", CASES)
def test_symmetric_states_are_told_as_the_plain_search_tells_them(
    case: str,
    keys_from: int | None,
    bits: int,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = random.Random(request.node.name)
    monkeypatch.setattr(layout, "WORD_BITS", bits)
    monkeypatch.setattr(orbits, "TABLE", drawn.choice([1, 64, 1 << 15]))
    monkeypatch.setattr(orbits, "WORTH_SORTING", drawn.choice([0, 1000]))
    monkeypatch.setattr(row_keys, "WIDEST", drawn.choice([24, 63]))
    module = written(case, tmp_path)
    begun: list[int] = []
    expand = Turns.expand

    def noting(self: Turns, *arguments: object) -> int:
        begun.append(1)
        return expand(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Turns, "expand", noting)
    for stop_at_first in (True, False):
        options = replace(OPTIONS, stop_at_first=stop_at_first)
        plain = explore(tla_model(module), replace(options, columns_from=None))
        assert not begun
        chosen = replace(options, columns_from=0, keys_from=keys_from, workers=2, parted_from=1)
        assert seen(explore(tla_model(module), chosen)) == seen(plain)
        assert begun, "columns were tried"
        begun.clear()
    is_violated = plain.status is ExplorationStatus.VIOLATION_FOUND
    assert is_violated is ("violated" in case or "divides" in case)


@pytest.mark.parametrize("case", ["queue", "queue, violated", "queue, a view of variables"])
def test_classes_are_known_when_columns_are_given_up(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SHARE_PLAIN", 10**6)
    monkeypatch.setattr(turns, "SHARE_ACCELERATED", 10**6)
    monkeypatch.setattr(turns, "MIN_WIDTH", 1)
    module = written(case, tmp_path)
    plain = explore(tla_model(module), replace(OPTIONS, columns_from=None))
    assert seen(explore(tla_model(module), replace(OPTIONS, columns_from=1))) == seen(plain)


@pytest.mark.parametrize("keys_from", [None, 1])
@pytest.mark.parametrize("most", [0, 40, 150])
@pytest.mark.parametrize("case", ["queue", "queue, violated", "breaking", "paxos"])
def test_too_many_images_are_left_to_the_plain_search(
    case: str,
    most: int,
    keys_from: int | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(orbits, "MOST_IMAGES", most)
    monkeypatch.setattr(orbits, "IMAGES_A_ROW", 0)
    module = written(case, tmp_path)
    options = replace(OPTIONS, max_states=800)
    plain = explore(tla_model(module), replace(options, columns_from=None))
    chosen = replace(options, columns_from=0, keys_from=keys_from)
    assert seen(explore(tla_model(module), chosen)) == seen(plain)


@pytest.mark.parametrize("case", ["paxos", "queue"])
def test_a_class_told_wrongly_is_a_defect(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when one permutation is forgotten, by which some class falls apart."""
    made = Orbits.__init__

    def forgetful(self: Orbits, basis: Basis, moves: Sequence[Move]) -> None:
        made(self, basis, moves[1:])

    monkeypatch.setattr(Orbits, "__init__", forgetful)
    with pytest.raises(ExplorerDefectError):
        explore(tla_model(written(case, tmp_path)), replace(OPTIONS, columns_from=0, self_check=1))


class Signs:
    """Integers of one size are one."""

    name, reads, tells = "signs", None, None
    moves: Sequence[Move] = [lambda value: -value if isinstance(value, int) else value]

    def key(self, state: State) -> Hashable:
        return tuple([abs(value) if isinstance(value, int) else value for value in state])


def test_shapes_are_inferred_from_images_too() -> None:
    assert with_images([1, 2, 3], Signs()) == [1, -1, 2, -2, 3, -3]
    assert with_images([1, 2, 3], None) == [1, 2, 3]
