"""A search that broke off, and goes on from its checkpoint, finds what one in a piece does.

Each fifth of the oracle's modules is broken off at a number of states that is drawn at random,
twice; then it goes on until its end.
"""

from __future__ import annotations

import random
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.domain.exploration import ExplorationStatus
from conform.errors import InputError
from conform.explore.checkpoints.folder import MANIFEST, MOVES, CheckpointFolder
from conform.explore.checkpoints.keeping import Checkpoints
from conform.explore.checkpoints.manifest import VERSION, Manifest, manifest_from
from conform.explore.columns import frontier, row_keys
from conform.explore.columns.levels import Levels
from conform.explore.defect import ExplorerDefectError
from conform.explore.options import Limit
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from tests.oracle.outcomes import MODULES, NAMES
from tests.property.test_explore_columns import ROOT, random_splits, tla_model, two_counters
from tests.property.test_explore_levels import GROWING, KEYS, PLAIN, model_for_columns, seen

__all__ = ["random_splits"]


def begun(folder: Path, seconds: float = 0.0) -> Checkpoints:
    """Return what begins checkpoints in a folder."""
    kept = CheckpointFolder(folder)
    kept.begin({"model": "the same"})
    return Checkpoints(kept, dict, seconds)


def gone_on(folder: Path) -> Checkpoints:
    """Return what goes on from a checkpoint, and keeps it up to date."""
    kept = CheckpointFolder(folder)
    kept.read()
    return Checkpoints(kept, dict, 0.2)


@pytest.mark.usefixtures("random_splits")
@pytest.mark.parametrize("name", NAMES[::5])
def test_what_broke_off_goes_on(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With rows of several groups too; of small modules every answer is asked for again."""
    module = MODULES / f"{name}.tla"
    model = model_for_columns(module)
    drawn = random.Random(f"breaks {name}")
    monkeypatch.setattr(row_keys, "WIDEST", drawn.choice([24, 63]))
    plain = explore(model, replace(PLAIN, self_check=0))
    every = 1 if plain.distinct_states < 60 else 40
    breaks = sorted(drawn.randint(1, max(1, plain.distinct_states)) for _ in range(2))
    folder = tmp_path / "kept"
    checkpoints = begun(folder, seconds=0.0 if every == 1 else 0.2)
    for bound in (*breaks, KEYS.max_states):
        found = explore(
            tla_model(module),
            replace(KEYS, max_states=bound, self_check=every),
            checkpoints=checkpoints,
        )
        if found.limit is None:
            break
        checkpoints = gone_on(folder)
    assert seen(found) == seen(plain)
    assert folder.exists() == (found.limit is not None), "what is over is removed"


@pytest.fixture
def regrown(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many states grow again at a time."""
    noted: list[int] = []
    done = Levels._store_regrown

    def noting(self: Levels, first: int, moves: object) -> None:
        noted.append(len(moves))  # type: ignore[arg-type]
        done(self, first, moves)  # type: ignore[arg-type]

    monkeypatch.setattr(Levels, "_store_regrown", noting)
    return noted


@pytest.mark.parametrize("stop_at_first", [True, False])
@pytest.mark.parametrize("widest", [63, 20])
def test_a_violation_behind_the_break_is_told_alike(
    widest: int,
    stop_at_first: bool,
    regrown: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Values take another shape while states grow again; the trace leads through these states."""
    monkeypatch.setattr(row_keys, "WIDEST", widest)
    module = tmp_path / "Growing.tla"
    module.write_text(GROWING)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\nINVARIANT Few\n")
    chosen = replace(KEYS, stop_at_first=stop_at_first, max_states=None, self_check=60)
    plain = explore(tla_model(module), replace(chosen, columns_from=None))
    folder = tmp_path / "kept"
    cut = replace(chosen, max_states=plain.distinct_states - 20)
    explore(tla_model(module), cut, checkpoints=begun(folder, seconds=3600))
    found = explore(tla_model(module), chosen, checkpoints=gone_on(folder))
    assert seen(found) == seen(plain)
    assert found.properties[0].trace is not None
    assert sum(regrown) > 100


def broken_log(folder: Path, seconds: float = 0.0) -> ExplorationResult:
    """Return what is found of the log until the search breaks off."""
    model = tla_model(ROOT / "tlaplus" / "LeaderlessLog.tla")
    options = replace(KEYS, keys_from=300, max_states=9000, self_check=0)
    return explore(model, options, checkpoints=begun(folder, seconds))


LATE = """---- MODULE Late ----
EXTENDS Naturals
VARIABLES a, b, c
Init == a = 0 /\\ b = 0 /\\ c = 0
Last == b = 20 /\\ c' = 1 /\\ a' = 0 /\\ b' = 0
First == a = 20 /\\ c' = 2 /\\ a' = 0 /\\ b' = 0
Next == \\/ Last
        \\/ First
        \\/ a < 30 /\\ a' = a + 1 /\\ UNCHANGED <<b, c>>
        \\/ b < 30 /\\ b' = b + 1 /\\ UNCHANGED <<a, c>>
====
"""


def test_moves_keep_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Levels are expanded in many parts, and grow again at once: moves turn up in another order."""
    monkeypatch.setattr(frontier, "PART", 4)
    module = tmp_path / "Late.tla"
    module.write_text(LATE)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\n")
    options = replace(KEYS, self_check=0, max_states=None)
    folder = tmp_path / "kept"
    checkpoints = begun(folder)
    for bound in (350, 450, None):
        model = tla_model(module)
        found = explore(model, replace(options, max_states=bound), checkpoints=checkpoints)
        if bound is not None:
            checkpoints = gone_on(folder)
    assert seen(found) == seen(explore(model, replace(options, columns_from=None)))


def test_what_breaks_off_again_and_again_is_kept(regrown: list[int], tmp_path: Path) -> None:
    """Before any checkpoint is due; what a killed process was writing counts for nothing."""
    folder = tmp_path / "kept"
    assert broken_log(folder, seconds=3600).limit is Limit.STATES
    before = gone_on(folder)
    assert 8000 < before.kept <= 9000
    with (folder / MOVES).open("ab") as file:
        file.write(b"half of a block" * 100)
    model = tla_model(ROOT / "tlaplus" / "LeaderlessLog.tla")
    options = replace(KEYS, keys_from=300, self_check=400)
    explore(model, replace(options, max_states=12_000), checkpoints=gone_on(folder))
    standing = before.folder.manifest.standing
    assert standing is not None
    assert sum(regrown) == before.kept - standing.early
    assert gone_on(folder).kept > 11_000
    chosen = replace(options, max_states=14_000)
    found = explore(model, chosen, checkpoints=gone_on(folder))
    plain = explore(model, replace(chosen, columns_from=None, self_check=0))
    assert seen(found) == seen(plain)


def test_a_full_disk_leaves_the_checkpoint_before(tmp_path: Path) -> None:
    """A file that takes no more than the kernel allows stands for it."""
    folder = tmp_path / "kept"
    size = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, size[1]))
    try:
        found = broken_log(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, size)
        signal.signal(signal.SIGXFSZ, before)
    assert (found.status, found.limit) == (ExplorationStatus.INCOMPLETE, Limit.CHECKPOINT)
    assert found.message == "a checkpoint could not be written"
    kept = gone_on(folder)
    assert 300 < kept.kept < 9000
    model = tla_model(ROOT / "tlaplus" / "LeaderlessLog.tla")
    options = replace(KEYS, keys_from=300, max_states=9000, self_check=0)
    again = explore(model, options, checkpoints=kept)
    plain = explore(
        tla_model(ROOT / "tlaplus" / "LeaderlessLog.tla"),
        replace(PLAIN, max_states=9000, self_check=0),
    )
    assert seen(again) == seen(plain)


@pytest.mark.parametrize(
    ("name", "damage", "words"),
    [
        (MOVES, lambda data: data[:-1], "moves.bin is not what was written"),
        (MOVES, lambda data: data[:-1] + bytes([data[-1] ^ 1]), "is not what was written"),
        (MANIFEST, lambda data: data[: len(data) // 2], "it is not what was written"),
        (MANIFEST, lambda data: data.replace(b'"expanded": ', b'"expanded": 1'), "cannot be read"),
        (MANIFEST, lambda _: b"", "it is not what was written"),
        (MANIFEST, lambda data: b"\xff" + data, "cannot be read"),
    ],
)
def test_a_damaged_checkpoint_is_refused(
    name: str, damage: Callable[[bytes], bytes], words: str, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    broken_log(folder)
    (folder / name).write_bytes(damage((folder / name).read_bytes()))
    with pytest.raises(InputError, match=words):
        gone_on(folder)


def test_the_checkpoint_of_another_model_is_refused(tmp_path: Path) -> None:
    """Even where everything that it names is the same."""
    model = tla_model(ROOT / "tlaplus" / "LeaderlessLog.tla")
    folder = tmp_path / "kept"
    broken_log(folder)
    other = tla_model(ROOT / "tlaplus" / "TaskClaiming.tla")
    with pytest.raises(InputError, match="the checkpoint is not of this search"):
        explore(other, replace(KEYS, keys_from=300, max_states=None), checkpoints=gone_on(folder))
    checkpoints = gone_on(folder)
    standing = checkpoints.folder.manifest.standing
    assert standing is not None
    moved = replace(standing, moves=(*standing.moves[1:], standing.moves[0]))
    checkpoints.folder.manifest = Manifest({}, moved)
    with pytest.raises(InputError, match="the checkpoint is not of this search"):
        explore(model, replace(KEYS, keys_from=300, max_states=None), checkpoints=checkpoints)


def test_a_regrown_state_that_the_model_does_not_give_is_found_out(tmp_path: Path) -> None:
    """What the model says that an instance reads is false: its answers are asked for again."""
    folder = tmp_path / "kept"
    cut = replace(KEYS, max_states=40, self_check=0)
    explore(two_counters(reads=("b",)), cut, checkpoints=begun(folder))
    with pytest.raises(ExplorerDefectError, match="the actions in columns"):
        explore(two_counters(reads=("b",)), KEYS, checkpoints=gone_on(folder))


def test_a_checkpoint_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest({"model": "the same"}, None)
    assert manifest_from(manifest.text) == manifest
    written = manifest.text
    monkeypatch.setattr("conform.explore.checkpoints.manifest.VERSION", VERSION + 1)
    with pytest.raises(ValueError, match="its version is 1, not 2"):
        manifest_from(written)


def test_a_state_that_would_grow_twice_is_refused(tmp_path: Path) -> None:
    """Moves to different states that all became one and the same."""
    folder = tmp_path / "kept"
    explore(two_counters(reads=("a", "b")), replace(KEYS, max_states=40), checkpoints=begun(folder))
    checkpoints = gone_on(folder)
    standing = checkpoints.folder.manifest.standing
    assert standing is not None
    one = replace(standing, moves=standing.moves[:1] * len(standing.moves))
    checkpoints.folder.manifest = Manifest({}, one)
    with pytest.raises(InputError, match="it found a state twice"):
        explore(two_counters(reads=("a", "b")), KEYS, checkpoints=checkpoints)
