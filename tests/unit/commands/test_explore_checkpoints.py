"""`conform explore --checkpoint` and `--resume`: killed at any moment, and gone on from there."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from conform.cli.frame import run
from conform.errors import InputError
from conform.explore.checkpoints.folder import CheckpointFolder

COUNTERS = """---- MODULE Counters ----
EXTENDS Naturals
CONSTANT Most
VARIABLES a, b, c
Init == a = 0 /\\ b = 0 /\\ c = 0
Step(n) == (n + 1) % Most
Next == \\/ a' = Step(a) /\\ UNCHANGED <<b, c>>
        \\/ b' = Step(b) /\\ UNCHANGED <<a, c>>
        \\/ c' = Step(c) /\\ UNCHANGED <<a, b>>
Small == a < Most
====
"""

CONFIGURATION = "INIT Init\nNEXT Next\nINVARIANT Small\nCONSTANT Most = 60\n"
"""Of 60 * 60 * 60 states; keys alone are kept from 50,000 on."""

Explored = Callable[..., tuple[int, str]]

WHOLE = "648,001 states generated, 216,000 distinct, depth 178"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "Counters.tla"
    path.write_text(COUNTERS)
    path.with_suffix(".cfg").write_text(CONFIGURATION)
    return path


@pytest.fixture
def explored(module: Path, capsys: pytest.CaptureFixture[str]) -> Explored:
    """Return the command on the module: from words to the exit code, and what it says."""

    def explored(*words: object) -> tuple[int, str]:
        code = run(["explore", str(module), *map(str, words)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return explored


def test_what_was_killed_goes_on(module: Path, explored: Explored, tmp_path: Path) -> None:
    """By the one signal that no process sees."""
    folder = tmp_path / "kept"
    words = ["explore", str(module), "--checkpoint", str(folder), "--checkpoint-every", "0.01"]
    with subprocess.Popen([sys.executable, "-m", "conform", *words], stdout=subprocess.PIPE) as one:
        until = time.monotonic() + 60
        while not states_in(folder) > 80_000:
            assert one.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < until
            time.sleep(0.005)
        one.kill()
    assert one.returncode == -signal.SIGKILL
    assert 80_000 < states_in(folder) < 216_000
    code, said = explored("--resume", folder)
    assert (code, WHOLE in said) == (0, True)
    assert not folder.exists()


def states_in(folder: Path) -> int:
    """Return how many states a checkpoint has, 0 while there is none or it is being written."""
    with suppress(InputError):
        standing = CheckpointFolder(folder).read().standing
        return 0 if standing is None else standing.distinct
    return 0


def test_a_limit_says_how_to_go_on(module: Path, explored: Explored, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    code, said = explored("--checkpoint", folder, "--max-states", 90_000)
    assert code == 3
    told = re.search(r"--resume \S+ goes on from ([0-9,]+) states;", said)
    assert told
    kept = int(told[1].replace(",", ""))
    assert kept == states_in(folder)
    assert 50_000 <= kept <= 90_000
    module.touch()
    code, said = explored("--resume", folder, "--max-memory", "2GB")
    assert (code, WHOLE in said) == (0, True)


def test_a_bound_may_be_lower_than_what_is_kept(explored: Explored, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    explored("--checkpoint", folder, "--max-states", 90_000)
    kept = states_in(folder)
    code, said = explored("--resume", folder, "--max-states", 60_000)
    assert code == 3
    assert f"--resume {folder} goes on from {kept:,} states" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "with temporal properties nothing is kept, with --no-liveness it is"),
        (("--no-liveness",), "nothing is worth keeping yet"),
    ],
)
def test_why_nothing_is_kept_is_told(
    words: tuple[str, ...], why: str, module: Path, explored: Explored, tmp_path: Path
) -> None:
    module.write_text(COUNTERS.replace("====", "Back == []<>(a = 0)\n===="))
    module.with_suffix(".cfg").write_text(f"{CONFIGURATION}PROPERTY Back\n")
    folder = tmp_path / "kept"
    code, said = explored("--checkpoint", folder, "--max-states", 100, *words)
    assert code == 3
    assert f"--resume {folder} begins anew: {why}" in said


def test_another_configuration_is_another_search(
    module: Path, explored: Explored, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    _, said = explored("--checkpoint", folder, "--max-states", 100)
    assert f"--resume {folder} begins anew: nothing is worth keeping yet" in said
    module.with_suffix(".cfg").write_text(CONFIGURATION.replace("60", "4"))
    code, said = explored("--resume", folder)
    assert code == 2
    assert "Counters.cfg was not the same" in said
    module.with_suffix(".cfg").write_text(CONFIGURATION)
    _, said = explored("--resume", folder, "--max-states", 200)
    assert "200 distinct" in said


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--continue"], "--continue was not the same"),
        (["--no-deadlock"], "--deadlock was not the same"),
        (["--evaluator", "reference"], "--evaluator was not the same"),
    ],
)
def test_what_was_asked_is_to_be_the_same(
    words: list[str], what: str, explored: Explored, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    explored("--checkpoint", folder, "--max-states", 100)
    code, said = explored("--resume", folder, *words)
    assert code == 2
    assert f"the checkpoint in {folder} is of another search: {what}" in said


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--checkpoint", "a", "--resume", "a"], "leave --checkpoint away"),
        (["--checkpoint-every", "5"], "--checkpoint-every needs --checkpoint or --resume"),
        (["--checkpoint", "a", "--engine", "tlc"], "TLC cannot honour --checkpoint"),
        (["--resume", "a", "--engine", "both"], "TLC cannot honour --resume"),
        (["--checkpoint", "a", "--simulate"], "a simulation cannot honour --checkpoint"),
        (["--resume", "no-folder"], "there is no checkpoint in no-folder"),
    ],
)
def test_words_that_cannot_be_honoured_are_refused(
    words: list[str], what: str, explored: Explored
) -> None:
    code, said = explored(*words)
    assert code == 2
    assert what in said


def test_no_checkpoint_is_written_over(explored: Explored, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    explored("--checkpoint", folder, "--max-states", 100)
    code, said = explored("--checkpoint", folder)
    assert code == 2
    assert f"{folder} holds a checkpoint already" in said
    assert f"go on from it with --resume {folder}" in said
    file = tmp_path / "file"
    file.write_text("")
    code, said = explored("--checkpoint", file)
    assert code == 2
    assert f"no checkpoint can be written in {file}: " in said


def test_a_search_that_ends_without_a_verdict_keeps_nothing(
    module: Path, explored: Explored, tmp_path: Path
) -> None:
    """A constraint leaves no state: INCOMPLETE, with nothing to go on from."""
    none = CONFIGURATION.replace("60", "4") + "CONSTRAINT None\n"
    module.write_text(COUNTERS.replace("====\n", "None == a > Most\n====\n"))
    module.with_suffix(".cfg").write_text(none)
    folder = tmp_path / "kept"
    code, said = explored("--checkpoint", folder)
    assert code == 3
    assert "no initial state satisfies the constraints" in said
    assert "--resume" not in said
    assert not folder.exists()


def test_a_file_that_the_search_itself_reads_is_to_be_the_same(
    module: Path, explored: Explored, tmp_path: Path
) -> None:
    """An invariant opens it, long after the module was read."""
    bound, folder = tmp_path / "bound.json", tmp_path / "kept"
    bound.write_text('{"most": 99}')
    small = f'Small == a < JsonDeserialize("{bound}").most'
    text = COUNTERS.replace("Small == a < Most", small).replace("Naturals", "Naturals, Json")
    module.write_text(text)
    explored("--checkpoint", folder, "--max-states", 90_000)
    assert states_in(folder) > 50_000
    bound.write_text('{"most": 3}')
    code, said = explored("--resume", folder)
    assert code == 2
    assert f"content of {bound} was not the same" in said
    bound.write_text('{"most": 99}')
    code, said = explored("--resume", folder)
    assert (code, WHOLE in said) == (0, True)
