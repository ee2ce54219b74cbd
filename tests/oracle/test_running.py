"""TLC as a child process: it is read while it runs, ended in time, and never taken on trust."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.errors import InputError
from conform.tlc.reporting import Asked, report_of, status_of
from conform.tlc.running import TlcOptions, TlcRun, run_tlc
from conform.tlc.tool_output import Counts
from tests.oracle.stand_in import FIXTURES, Tools

TOOLKIT = Path(__file__).parents[2] / "toolkit"
ASKED = Asked("Flip.tla", "Flip.cfg", (), 0.2)


def run(options: TlcOptions | None = None) -> TlcRun:
    module = FIXTURES / "Flip.tla"
    return run_tlc(Path("some.jar"), module, module, options or TlcOptions(timeout=60))


def test_success_needs_the_exit_code_and_the_word(tools: Tools) -> None:
    tools.provide_tlc("success", 0)
    assert status_of(run()) is ExplorationStatus.NO_ERROR
    tools.provide_tlc("success", 1)
    assert status_of(run()) is ExplorationStatus.ERROR
    tools.provide("java", "exit 0")
    report = report_of(run(), ASKED)
    assert report.status is ExplorationStatus.ERROR
    assert report.message == "TLC ended with exit code 0 and did not say why"


def test_violation_counts_whatever_the_exit_code(tools: Tools) -> None:
    tools.provide_tlc("invariant", 0)
    assert status_of(run()) is ExplorationStatus.VIOLATION_FOUND


def test_run_is_ended_when_its_time_is_over(tools: Tools) -> None:
    tools.provide("java", "sleep 60 & sleep 60")
    ended = run(TlcOptions(timeout=0.2))
    assert ended.is_timed_out
    assert ended.exit_code is None
    assert ended.seconds < 30
    report = report_of(ended, ASKED)
    assert report.status is ExplorationStatus.INCOMPLETE
    assert report.message == "the time limit of 0.2 seconds was reached"


def test_child_ends_with_us_when_we_are_told_to_end(tools: Tools, tmp_path: Path) -> None:
    """`java` tells its number and then ends its parent; it must be gone before the parent is."""
    number = tmp_path / "number"
    tools.provide("java", f"echo $$ > {number}; kill -TERM $PPID; exec sleep 60")
    module = FIXTURES / "Flip.tla"
    script = (
        "from pathlib import Path; from conform.tlc.running import *; "
        f"run_tlc(Path('x.jar'), Path({str(module)!r}), Path({str(module)!r}), TlcOptions())"
    )
    environment = {**os.environ, "PYTHONPATH": str(TOOLKIT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, check=False)
    assert done.returncode == -signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text(encoding="utf-8")), 0)


def test_progress_is_told_while_it_runs(tools: Tools) -> None:
    tools.provide_tlc("success", 0)
    told: list[Counts] = []
    module = FIXTURES / "Flip.tla"
    run_tlc(Path("some.jar"), module, module, TlcOptions(timeout=60), told.append)
    assert told[0] == Counts(1, 1, 1, 1)
    assert told[-1] == Counts(9, 6, 4, 0)


def test_missing_java_is_said(tools: Tools) -> None:
    tools.hide()
    with pytest.raises(InputError, match="there is no `java` on the PATH"):
        run()


def test_old_java_is_said(tools: Tools) -> None:
    tools.provide("java", "echo java.lang.UnsupportedClassVersionError: tlc2/TLC >&2; exit 1")
    with pytest.raises(InputError, match="too old for TLC"):
        run()


def test_complaint_of_java_is_shown(tools: Tools) -> None:
    tools.provide("java", "echo Error: Could not reserve enough space >&2; exit 1")
    assert report_of(run(), ASKED).message.endswith("Error: Could not reserve enough space")


def test_jar_that_is_anothers_is_said(tools: Tools) -> None:
    tools.provide("java", "echo java.lang.ClassNotFoundException: tlc2.TLC >&2; exit 1")
    with pytest.raises(InputError, match=r"some.jar holds no TLC"):
        run()


def test_options_become_words(tools: Tools, tmp_path: Path) -> None:
    said = tmp_path / "said"
    tools.provide("java", f'echo "$@" > {said}')
    options = TlcOptions(workers=3, heap=512, check_deadlock=False, stop_at_first=False, timeout=60)
    run(options)
    words = said.read_text(encoding="utf-8").split()
    assert {"-tool", "-deadlock", "-continue", "-Xmx512m"} <= set(words)
    assert words[words.index("-workers") + 1] == "3"
    scratch = Path(words[words.index("-metadir") + 1])
    assert f"-Djava.io.tmpdir={scratch}" in words
    assert not scratch.exists()
