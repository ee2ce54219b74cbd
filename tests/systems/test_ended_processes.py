"""Processes that are ended from without: quietly, and with all that they have started."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

BEGIN = """
import os, signal
from contextlib import closing
from conform.cli import frame
from conform.commands.reading_pool import ReadingPool

def run(arguments):
    with closing(ReadingPool(workers=2)) as pool:
        pool.submit(("a", "b"), abs, -1)
        assert pool.answer(("a", "b")) == 1
        print("at work", flush=True)
        os.kill(os.getpid(), signal.{signal})

frame.run = run
frame.main()
"""


@pytest.mark.parametrize(
    ("name", "code"), [("SIGTERM", 128 + signal.SIGTERM), ("SIGKILL", -signal.SIGKILL)]
)
def test_nothing_is_left_and_nothing_is_said(name: str, code: int) -> None:
    """Output is read to its end, which comes when the last process that could write has ended."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN.format(signal=name)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "at work\n")
    assert done.stderr == "" or name == "SIGKILL"  # of which Python tells that it left semaphores
