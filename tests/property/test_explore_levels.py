"""A search that keeps states as keys alone finds what the plain search finds, told alike.

Every second module of the oracle's collection is explored by both; keys alone are kept from the
second level on, rows are wide, and what may be split is drawn at random.
"""

from __future__ import annotations

import random
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from conform.domain.exploration import ExplorationStatus
from conform.domain.model import Model
from conform.domain.run import Counters, RunContext
from conform.errors import ConformError
from conform.explore.columns import key_files, row_keys
from conform.explore.columns.ancestry import Ancestry
from conform.explore.columns.key_files import KeyRun, KeysBeyondMemory
from conform.explore.columns.key_set import FIRST_BITS, KeyNumbers, Keys, KeySet, first_places
from conform.explore.columns.keyed_rows import KeyedRows
from conform.explore.columns.layout import Layout
from conform.explore.columns.levels import Levels
from conform.explore.columns.questions import is_possible
from conform.explore.columns.row_keys import RowKeys, TooManyError
from conform.explore.defect import ExplorerDefectError
from conform.explore.limits import resident_memory
from conform.explore.options import ExploreOptions, Limit
from conform.explore.packing import Packing
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.explore.space import StateSpace
from conform.explore.turns import Turns
from tests.oracle.outcomes import MODULES, NAMES
from tests.property.test_explore_columns import (
    ROOT,
    random_splits,
    tla_model,
    told_of,
    two_counters,
)
from tests.unit.explore.toys import Vars

__all__ = ["random_splits"]

OPTIONS = ExploreOptions(max_states=250, check_liveness=False, self_check=1)
KEYS = replace(OPTIONS, columns_from=0, keys_from=1)
PLAIN = replace(OPTIONS, columns_from=None)


def seen(result: ExplorationResult) -> dict[str, object]:
    """Return all that a search found."""
    return {
        "result": replace(result, duration=0.0, failure=None, properties=()),
        "failure": told_of(result.failure),
        "properties": [(replace(row, error=None), str(row.error)) for row in result.properties],
    }


@pytest.fixture
def random_widths(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rows of so few bits fall into groups, by a seed that is the test's own.

    Nine bits are too few for most modules: there the search begins anew.
    """
    drawn = random.Random(f"widths {request.node.name}")
    monkeypatch.setattr(row_keys, "WIDEST", drawn.choice([9, 24, 63]))


def model_for_columns(module: Path) -> Model:
    """Return the model of a module; skip the test where it has none, or none for columns."""
    try:
        model = tla_model(module)
    except ConformError:
        pytest.skip("this module has no model")
    if not is_possible(model, model.identity):
        pytest.skip("this module is for the plain search alone")
    return model


@pytest.mark.usefixtures("random_splits", "random_widths")
@pytest.mark.parametrize("name", NAMES[1::2])
def test_keys_alone_find_what_the_plain_search_finds(name: str) -> None:
    """Where there is a violation, also by a search that goes on after it.

    The other half of the modules are searched so by several partitions, in another file.
    """
    module = MODULES / f"{name}.tla"
    model = model_for_columns(module)
    plain = explore(tla_model(module), PLAIN)
    assert seen(explore(model, KEYS)) == seen(plain)
    if plain.status is ExplorationStatus.VIOLATION_FOUND:
        by_keys = explore(tla_model(module), replace(KEYS, stop_at_first=False))
        plain = explore(tla_model(module), replace(PLAIN, stop_at_first=False))
        assert seen(by_keys) == seen(plain)


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note when a search keeps keys alone, and when it takes variables apart anew."""
    noted: list[str] = []
    for owner, name in ((Levels, "_expand"), (KeyedRows, "reshape")):
        done = getattr(owner, name)

        def noting(self: object, *arguments: object, name: str = name, done=done) -> object:  # type: ignore[no-untyped-def]
            noted.append(name)
            return done(self, *arguments)

        monkeypatch.setattr(owner, name, noting)
    return noted


@pytest.mark.parametrize("widest", [63, 24])
@pytest.mark.parametrize("name", ["LeaderlessLog", "TaskClaiming"])
def test_protocols_are_searched_alike(
    name: str, widest: int, ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the first levels, of which rows are kept, with the answers of some states checked."""
    monkeypatch.setattr(row_keys, "WIDEST", widest)
    module = ROOT / "tlaplus" / f"{name}.tla"
    chosen = {"max_states": 9000, "self_check": 40}
    by_keys = explore(tla_model(module), replace(KEYS, keys_from=300, **chosen))
    plain = explore(tla_model(module), replace(PLAIN, **chosen))
    assert seen(by_keys) == seen(plain)
    assert ways


GROWING = """---- MODULE Growing ----
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES f, s, n
Init == f = [x \\in 1..3 |-> 0] /\\ s = {} /\\ n = 0
Count == /\\ n < 20 /\\ n' = n + 1
         /\\ s' = s \\cup {n \\div 4}
         /\\ UNCHANGED f
Turn == \\E x \\in 1..3 : f' = [f EXCEPT ![x] = (@ + 1) % 3] /\\ UNCHANGED <<s, n>>
Grow == n = 9 /\\ f' = <<1, 2, 3, 4>> /\\ n' = 10 /\\ UNCHANGED s
Next == Count \\/ Turn \\/ Grow
Few == Cardinality(s) < 5
====
"""


@pytest.mark.parametrize("widest", [63, 20])
def test_a_value_of_another_shape_is_taken_in(
    widest: int, ways: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A function gets a longer domain, and a violation lies behind that."""
    monkeypatch.setattr(row_keys, "WIDEST", widest)
    module = tmp_path / "Growing.tla"
    module.write_text(GROWING)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\nINVARIANT Few\n")
    options = {"max_states": None}
    by_keys = explore(tla_model(module), replace(KEYS, **options))
    plain = explore(tla_model(module), replace(PLAIN, **options))
    assert seen(by_keys) == seen(plain)
    assert by_keys.properties[0].trace is not None
    assert "reshape" in ways


def test_a_reading_that_is_not_told_is_found_out() -> None:
    """As in the search that keeps rows: of states, of steps and of successors."""
    assert explore(two_counters(reads=("a", "b")), KEYS).distinct_states == 81
    with pytest.raises(ExplorerDefectError, match="the actions in columns"):
        explore(two_counters(reads=("b",)), KEYS)

    def ends(v: Vars) -> bool:
        return not (v["a"] == 8 and v["b"] == 8)

    of_states = two_counters(reads=("a", "b"))
    of_states.invariant("Ends", ends, ("a",))
    with pytest.raises(ExplorerDefectError, match="an answer of Ends is wrong"):
        explore(of_states, KEYS)


def random_keys(seed: int) -> Iterator[np.ndarray]:
    """Yield keys in batches, many of them side by side, and many twice."""
    drawn = random.Random(seed)
    for _ in range(40):
        start, shift = drawn.randrange(1 << 40), drawn.randrange(20)
        batch = [(start + drawn.randrange(4000)) << shift for _ in range(drawn.randrange(900))]
        yield np.array([0, *batch, *batch[:50]], np.uint64)


@pytest.mark.parametrize("seed", range(4))
def test_sets_and_numbers_of_keys_are_those_of_python(seed: int) -> None:
    met, numbers = KeySet(), KeyNumbers()
    known: dict[int, int] = {}
    for keys in random_keys(seed):
        absent = met.absent(keys)
        assert absent.tolist() == [key not in known for key in keys.tolist()]
        firsts = first_places(keys)
        assert keys[firsts].tolist() == list(dict.fromkeys(keys.tolist()))
        new = keys[firsts][absent[firsts]]
        met.add(new)
        for key in new.tolist():
            known[key] = len(known)
        assert numbers.numbers(keys).tolist() == [known[key] for key in keys.tolist()]
        assert len(met) == len(numbers) == len(known)
    assert len(known) > 1 << FIRST_BITS, "the tables have grown"
    assert sorted(np.concatenate(list(met.parts())).tolist()) == sorted(known)
    assert numbers.keys.tolist() == list(known)


@pytest.mark.parametrize(
    "bits",
    [[5, 0, 9, 3], [30, 30, 20], [30, 34], [40, 40, 20, 20], [0, 40, 24], [50] * 5, [30] * 23],
)
def test_keys_are_exact_and_outlive_wider_leaves(bits: list[int]) -> None:
    drawn = random.Random(str(bits))
    layout, wider = Layout.of(bits), Layout.of([min(width + 2, 64) for width in bits])
    rows = [[drawn.randrange(1 << min(width, 6)) for width in bits] for _ in range(500)]
    words = layout.packed(np.array(rows, np.int64))
    keys = RowKeys(layout)
    found = keys.of(words)
    assert len(set(found.tolist())) == len({tuple(row) for row in rows})
    assert (keys.rows(found) == words).all()
    after = keys.relaid(wider)
    if after is not None:
        others = wider.transferred(words, layout)
        assert (after.of(others) == found).all()
        assert (after.rows(found) == others).all()


def test_rows_that_no_key_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooManyError):
        RowKeys(Layout.of([60] * 13))
    monkeypatch.setattr(row_keys, "WIDEST", 4)
    keys = RowKeys(Layout.of([4, 4]))
    numbers = np.array([[left, right] for left in range(16) for right in range(16)], np.int64)
    keys.of(Layout.of([4, 4]).packed(numbers[:2]))
    with pytest.raises(TooManyError):
        keys.of(Layout.of([4, 4]).packed(numbers))


def test_each_state_has_its_parent_and_move() -> None:
    drawn = random.Random(3)
    ancestry = Ancestry(7)
    expected: list[tuple[int, int, int]] = []
    source = 2
    for size in (1, 300, 5, 60):
        counts = np.array([drawn.choice([0, 0, 1, 2, 400]) for _ in range(size)], np.int64)
        total = int(counts.sum())
        moves = [(drawn.randrange(90), drawn.randrange(3)) for _ in range(total)]
        parents = np.repeat(np.arange(source, source + size), counts).tolist()
        expected += [(parent, *move) for parent, move in zip(parents, moves, strict=True)]
        columns = np.array(moves, np.int64).reshape(total, 2)
        ancestry.add(source, counts, columns[:, 0], columns[:, 1])
        source += size
    assert len(ancestry) == 7 + len(expected)
    for number, told in enumerate(expected, start=7):
        assert (ancestry.parent(number), *ancestry.move(number)) == told


@pytest.mark.parametrize("seed", range(3))
def test_keys_beyond_memory_are_those_of_python(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In runs of several slices, merged again and again."""
    monkeypatch.setattr(key_files, "SLICE", 700)
    met = KeysBeyondMemory(1500)
    known: set[int] = set()
    for keys in random_keys(seed):
        absent = met.absent(keys)
        assert absent.tolist() == [key not in known for key in keys.tolist()]
        firsts = first_places(keys)
        new = keys[firsts][absent[firsts]]
        met.add(new)
        known.update(new.tolist())
        assert len(met) == len(known)
    assert sorted(np.concatenate(list(met.parts())).tolist()) == sorted(known)
    assert met.nbytes < 8 * len(known)
    met.close()


def test_a_search_beyond_memory_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turns, "_room", lambda _self: 500)
    written: list[int] = []
    begin = KeyRun.__init__

    def noted(self: KeyRun, parts: Iterator[Keys]) -> None:
        begin(self, parts)
        written.append(len(self))

    monkeypatch.setattr(KeyRun, "__init__", noted)
    module = ROOT / "tlaplus" / "LeaderlessLog.tla"
    chosen = {"max_states": 9000, "self_check": 400}
    by_keys = explore(tla_model(module), replace(KEYS, keys_from=300, **chosen))
    plain = explore(tla_model(module), replace(PLAIN, **chosen))
    assert seen(by_keys) == seen(plain)
    assert max(written) > 4000, "runs were merged"


def test_a_full_disk_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes no more than the kernel allows stands for it."""
    monkeypatch.setattr(Turns, "_room", lambda _self: 500)
    size = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8000, size[1]))
    try:
        module = ROOT / "tlaplus" / "LeaderlessLog.tla"
        found = explore(tla_model(module), replace(KEYS, max_states=9000, self_check=0))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, size)
        signal.signal(signal.SIGXFSZ, before)
    assert (found.status, found.limit) == (ExplorationStatus.INCOMPLETE, Limit.DISK)
    assert "TMPDIR" in found.message
    assert 500 < found.distinct_states < 9000


def test_a_bound_on_memory_leaves_room_for_keys() -> None:
    """A quarter of what is left: places of eight bytes, of which keys take two thirds."""
    model = tla_model(ROOT / "tlaplus" / "LeaderlessLog.tla")
    held = resident_memory()
    assert held is not None
    options = ExploreOptions(max_memory=held + 700 * 2**20)
    room = Turns(model, options, Packing(len(model.slots)), StateSpace(), None, ())._room()
    assert room is not None
    assert room == pytest.approx(0.66 * 16 * 2**20, rel=0.01)


def test_what_assumptions_leave_behind_is_kept_by_a_search_that_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys of so few bits do not do, so that rows are kept in the end."""
    monkeypatch.setattr(row_keys, "WIDEST", 4)
    module = tmp_path / "Assumed.tla"
    module.write_text(
        "---- MODULE Assumed ----\nEXTENDS Naturals, TLC\nVARIABLES x, y\n"
        'ASSUME PrintT("once") /\\ TLCSet(7, 5)\n'
        "Init == x = [p \\in 1..3 |-> 0] /\\ y = [p \\in 1..3 |-> 0]\n"
        "Up(p) == x[p] < 6 /\\ x' = [x EXCEPT ![p] = @ + 1] /\\ y' = [y EXCEPT ![p] = x[p]]\n"
        "Next == \\E p \\in 1..3 : Up(p) \\/ (y' = [y EXCEPT ![p] = 7] /\\ UNCHANGED x)\n"
        "====\n"
    )
    module.with_suffix(".cfg").write_text("INIT Init NEXT Next\n")
    begun: list[object] = []
    start = RunContext.start

    def starting(self: RunContext, counters: Counters, seed: int = 0) -> None:
        begun.append(counters)
        start(self, counters, seed)

    monkeypatch.setattr(RunContext, "start", starting)
    model = tla_model(module)
    found = explore(model, KEYS)
    assert len(begun) == 2, "it is begun anew"
    assert found.printed == ('"once"',)
    assert list(model.run.registers) == [7]
