"""Models made to take the machine: each ends with a place or INCOMPLETE, within its limits.

They are run by the installed command, as a process of its own with a bound on its address space, so
that a failure here costs a test and no machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

CONFORM = Path(sys.executable).with_name("conform")
PATIENCE = 120
"""Seconds after which a run that was given one second has plainly not heeded it."""

CEILING = 2 * 2**30
"""Bytes of address space for a run that was given 150 MB: what it takes beyond is not contained."""

STAYS = "\nNext == x' = x"

BREAKS_OFF: dict[str, str] = {
    "a range without an end to wait for": r"Init == x = 0 /\ \E n \in 1..1073741824 : n < 0"
    + STAYS,
    "all functions": "Init == x \\in [1..100 -> 1..100]" + STAYS,
    "all subsets": "Init == x \\in SUBSET (1..50)" + STAYS,
    "a quantifier over many functions": r"Init == x = 0 /\ \E f \in [1..23 -> 1..2] : f[1] = 3"
    + STAYS,
    "a quantifier within a quantifier": r"Init == x = 0 /\ \E n, m \in 1..100000 : n + m < 0"
    + STAYS,
    "a recursion that doubles": "RECURSIVE F(_)\n"
    "F(n) == IF n > 40 THEN 0 ELSE F(n + 1) + F(n + 1)\nInit == x = F(0)" + STAYS,
    "a set of many sets": r"Init == x = Cardinality({s \in SUBSET (1..24) : Cardinality(s) = 12})"
    + STAYS,
    "a choice without an answer": r"Init == x = CHOOSE s \in SUBSET (1..24) : Cardinality(s) > 30"
    + STAYS,
    "permutations": "Init == x = Permutations(1..11)" + STAYS,
    "an assumption": r"ASSUME \A n, m \in 1..100000 : n + m > 0" + "\nInit == x = 0" + STAYS,
    "a function of functions": r"Init == x = [n \in 1..9000 |-> [k \in 1..9000 |-> k]]" + STAYS,
    "a sequence that doubles": r"Init == x = <<1>>" + "\nNext == x' = x \\o x",
    "a state that holds all before": r"Init == x = {}" + "\nNext == x' = SUBSET x",
    "a counter without an end": "Init == x = 0\nNext == x' = x + 1",
    "an action with many parameters": "Init == x = 0\nNext == \\E i \\in 1..1000000 : x' = i",
}
"""What goes on for longer than anybody waits, or takes more than there is."""

REFUSED: dict[str, str] = {
    "a choice among all numbers": r"Init == x = CHOOSE n \in Nat : n > 5" + STAYS,
    "all strings": r"Init == x \in STRING" + STAYS,
    "a recursion without an end": "RECURSIVE F(_)\nF(n) == F(n + 1)\nInit == x = F(0)" + STAYS,
    "parentheses": f"Init == x = {'(' * 10_000}1{')' * 10_000}" + STAYS,
}
"""What is seen to have no end, and where."""


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))


def explored(folder: Path, body: str, *words: str) -> tuple[int, str]:
    """Return the exit code, and what was said, of an exploration of a module in a child process."""
    head = "---- MODULE Hostile ----\nEXTENDS Integers, FiniteSets, Sequences, TLC\nVARIABLE x"
    (folder / "Hostile.tla").write_text(f"{head}\n{body}\n====\n", encoding="utf-8")
    (folder / "Hostile.cfg").write_text("INIT Init\nNEXT Next\n", encoding="utf-8")
    done = subprocess.run(
        [str(CONFORM), "explore", "Hostile.tla", "-q", *words],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=bounded,  # no thread of ours is running
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("body", BREAKS_OFF.values(), ids=BREAKS_OFF)
def test_what_does_not_end_is_broken_off(tmp_path: Path, body: str) -> None:
    code, said = explored(tmp_path, body, "--timeout", "1", "--max-memory", "150MB")
    assert code == 3, said
    assert "the time limit of 1.0 seconds" in said or "the limit of 150 MB of memory" in said


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_has_no_end_is_refused_with_its_place(tmp_path: Path, body: str) -> None:
    code, said = explored(tmp_path, body, "--timeout", "20", "--max-memory", "150MB")
    assert code == 2, said
    assert "Hostile.tla:" in said
    assert "^" in said


def test_memory_alone_is_limit_enough(tmp_path: Path) -> None:
    body = BREAKS_OFF["a sequence that doubles"]
    code, said = explored(tmp_path, body, "--max-memory", "150MB")
    assert code == 3, said
    assert "the limit of 150 MB of memory was reached" in said


def test_simulation_is_broken_off_too(tmp_path: Path) -> None:
    body = "Init == x = 0\nNext == x' = 1 /\\ \\E n, m \\in 1..100000 : n + m < 0"
    code, said = explored(tmp_path, body, "--simulate", "--timeout", "1", "--seed", "1")
    assert code == 3, said
    assert "the time limit of 1.0 seconds was reached after 0 random behaviours" in said


def test_long_module_is_broken_off_while_it_is_read(tmp_path: Path) -> None:
    lines = (f"Op{i}(a, b) == /\\ a = {i}\n /\\ b \\in 1..{i}" for i in range(200_000))
    body = "\n".join(lines) + "\nInit == x = 0" + STAYS
    code, said = explored(tmp_path, body, "--timeout", "1")
    assert code == 3, said
    assert "the time limit of 1.0 seconds was reached while reading Hostile.tla" in said


def test_set_of_a_million_elements_is_read_or_broken_off(tmp_path: Path) -> None:
    body = f"Init == x = {{{', '.join(map(str, range(1_000_000)))}}}" + STAYS
    code, said = explored(tmp_path, body, "--timeout", "5", "--max-memory", "300MB")
    assert code == 3, said
    assert "was reached while reading Hostile.tla" in said


def test_violation_that_was_found_before_is_reported(tmp_path: Path) -> None:
    body = "Init == x = 0\nNext == x >= 0 /\\ (x' = x + 1 \\/ x' = -1)"
    code, said = explored(tmp_path, body, "--timeout", "1", "--continue")
    assert code == 1, said
    assert "deadlock reached" in said
