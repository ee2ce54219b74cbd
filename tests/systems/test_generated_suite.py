"""The generated code of the leaderless log, executed: the oracle's states, every planted fault."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.systems.generated_code import copy_code, import_machine, run_suite
from tests.systems.scratch import GENERATED, ROOT

TOOLS = Path(sys.executable).parent

OFFSETS = {
    "max_offset": 3,
    "compact_range_end": 2,
    "compact_range2_start": 3,
    "compact_range2_end": 3,
}
"""Fewer than the small configuration has, on which `conform check` explores the machine."""

STATES, STEPS = 19_314, 99_670
"""TLC 2.18 with these offsets: distinct states; generated ones but for the initial one."""


@pytest.fixture(scope="module")
def generated() -> ModuleType:
    """Import machine.py as it stands in the repository."""
    return import_machine(GENERATED)


def test_machine_has_the_states_and_steps_that_tlc_counts(generated: ModuleType) -> None:
    machine = generated.LeaderlessLog(generated.Constants(**OFFSETS))
    seen = {machine.state}
    queue = [machine.state]
    taken: Counter[str] = Counter()
    for state in queue:
        machine.state = state
        assert machine.violated() == []
        for action, parameters in list(machine.enabled()):
            machine.state = state
            assert machine.perform(action, parameters)
            taken[action] += 1
            for holds in generated.STEP_PROPERTIES.values():
                assert holds(machine, state)
            if machine.state not in seen:
                seen.add(machine.state)
                queue.append(machine.state)
    assert (len(seen), sum(taken.values())) == (STATES, STEPS)
    assert len(taken) == 16


def test_disabled_action_says_which_line_is_false_and_why(generated: ModuleType) -> None:
    machine = generated.LeaderlessLog()
    before = machine.state
    with pytest.raises(generated.NotEnabledError) as caught:
        machine.read_entry("w1", 3)
    assert str(caught.value) == (
        "ReadEntry(w='w1', off=3) is disabled: "
        "off < sequenceCounter is false: off is 3, sequenceCounter is 1"
    )
    assert machine.state == before
    assert not machine.perform("ReadEntry", {"w": "w1", "off": 3})
    with pytest.raises(LookupError, match="there is no action"):
        machine.perform("Compactify", {})


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--check", "--no-cache", "--config", "extend-exclude=[]"],
        ["ruff", "check", "--no-cache", "--config", "extend-exclude=[]"],
        ["mypy", "--strict"],
    ],
    ids=["format", "lint", "types"],
)
def test_generated_code_is_clean(command: list[str]) -> None:
    files = [str(path) for path in sorted((ROOT / "generated").glob("*/*.py"))]
    assert len(files) == 4
    done = subprocess.run(
        [str(TOOLS / command[0]), *command[1:], *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# -------------------------------------------------------------------------------- planted faults

_REPLACE = "self._log.index.replace(self._write_file())"
_DELETE = "self._log.index.delete_between(self.current_range.start, self.current_range.end)"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in the reference implementation; `seen` is a test that must fail because of it."""

    file: str
    swaps: tuple[tuple[str, str], ...]
    seen: str


FAULTS = {
    "deletes before it writes": Fault(
        "compactor.py",
        ((_REPLACE, "FIRST"), (_DELETE, _REPLACE), ("FIRST", _DELETE)),
        "test_scenario[CompactWriteCompactedIndex]",
    ),
    "does not look at the fence": Fault(
        "sequencer.py",
        (
            (
                "            if head.state is LogState.FENCED:\n"
                "                return Outcome.FENCED\n",
                "",
            ),
        ),
        "test_refusal[AssignOffset, guard line 2]",
    ),
    "looks for a greater key": Fault(
        "../coordination_store/memory_store.py",
        (("ceiling = bisect.bisect_left(", "ceiling = bisect.bisect_right("),),
        "test_scenario[ReadEntry]",
    ),
    "looks at the start of a range alone": Fault(
        "compactor.py",
        (
            (
                "return self.start <= entry.start and entry.end <= self.end",
                "return self.start <= entry.start",
            ),
        ),
        "test_refusal[CompactStart, guard line 4]",
    ),
}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the reference implementations and the generated files."""
    copy_code(tmp_path)
    return tmp_path


def test_suite_passes_on_the_reference_implementation(copy: Path) -> None:
    done = run_suite(copy, GENERATED)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_suite_fails_on_a_planted_fault(copy: Path, fault: Fault) -> None:
    path = copy / "reference" / "leaderless_log" / fault.file
    text = path.read_text(encoding="utf-8")
    for old, new in fault.swaps:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    done = run_suite(copy, GENERATED, fault.seen)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"::{fault.seen}" in done.stdout
