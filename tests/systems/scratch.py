"""A scratch copy of this repository's project, to plant faults in, and runs of `conform` on it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conform.cli.frame import run

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Protocol:
    """A protocol of this repository: its entry in conform.yaml, and its paths."""

    entry: str
    spec: str
    module: str
    cfg: str
    reference: str
    generated: str


LEADERLESS_LOG = Protocol(
    "leaderless-log",
    "specs/1-leaderless-log-protocol.md",
    "tlaplus/LeaderlessLog.tla",
    "tlaplus/LeaderlessLog.cfg",
    "reference/leaderless_log",
    "generated/leaderless_log",
)

TASK_CLAIMING = Protocol(
    "task-claiming",
    "specs/2-coordination-delegated-task-claiming.md",
    "tlaplus/TaskClaiming.tla",
    "tlaplus/TaskClaiming.cfg",
    "reference/task_claiming",
    "generated/task_claiming",
)

SPEC = LEADERLESS_LOG.spec
MODULE = LEADERLESS_LOG.module
CFG = LEADERLESS_LOG.cfg
REFERENCE = LEADERLESS_LOG.reference
GENERATED = LEADERLESS_LOG.generated

_COPIED = ("specs", "tlaplus", "reference", "generated", "tests/reference")
_TIMEOUT = 300
"""Seconds after which a process is given up: ten times what the longest one takes."""

TINY: Mapping[str, str] = {
    "Writers": "{w1}",
    "MaxOffset": "3",
    "CompactRangeStart": "1",
    "CompactRangeEnd": "2",
    "CompactRange2Start": "3",
    "CompactRange2End": "3",
    "MaxBatch": "2",
}
"""The fewest constants under which a batch can stick out of a range."""

DENSE: Mapping[str, str] = {
    **TINY,
    "MaxOffset": "2",
    "CompactRangeEnd": "1",
    "CompactRange2Start": "2",
    "CompactRange2End": "2",
    "MaxBatch": "1",
}
"""The fewest under which every action can be taken; enough for what needs no batches."""

PAIR: Mapping[str, str] = {
    "Workers": "{w1, w2}",
    "Tasks": "{t1}",
    "MaxFailures": "2",
    "MaxLockVersion": "3",
}
"""The fewest constants of Task Claiming under which workers meet and a task outlives a failure."""


_COUNTS = re.compile(r"[\d,]+ distinct states, (?:of [\d,]+ generated, and the )?depth (?:is )?\d+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: its exit code, stdout and stderr. No run may show a traceback."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        """Stdout, read as JSON."""
        return json.loads(self.out)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of all protocols of a report."""
        return [found for protocol in self.report["protocols"] for found in protocol["findings"]]

    @property
    def failed(self) -> dict[str, Any]:
        """The properties that an exploration found violated, each with its trace.

        Code and status have to say the same.
        """
        failed = {
            row["name"]: row["trace"]
            for row in self.report["property_details"]
            if row["verdict"] != "PASS"
        }
        assert self.code == (1 if failed else 0)
        assert self.report["status"] == ("VIOLATION_FOUND" if failed else "NO_ERROR")
        return failed

    def errors(self) -> list[dict[str, Any]]:
        """Return the findings that are no warnings."""
        return [found for found in self.findings if found["severity"] != "warning"]

    def verdicts_of(self, artefact: str) -> dict[str, dict[str, Any]]:
        """Return the rows of the properties that an artefact has, by name."""
        rows = self.report["protocols"][0]["properties"]
        return {row["name"]: row for row in rows if row["artefact"] == artefact}

    def found(self, code: str) -> dict[str, Any]:
        """Return the finding with a code: the first reading's, and one at most in each file."""
        found = [each for each in self.findings if each["code"] == code]
        assert found, f"no {code} among {[each['code'] for each in self.findings]}"
        assert len({each["path"] for each in found}) == len(found), found
        first: dict[str, Any] = found[0]
        return first


@dataclass(frozen=True, slots=True)
class Scratch:
    """A copy of the project in `folder`, which is the working directory, with one protocol."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    protocol: Protocol = LEADERLESS_LOG

    def read(self, path: str) -> str:
        """Return the text of a file of the copy."""
        return (self.folder / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file of the copy."""
        (self.folder / path).write_text(text, encoding="utf-8", newline="\n")

    def replace(self, path: str, old: str, new: str, count: int = -1) -> None:
        """Replace a text that must be there."""
        text = self.read(path)
        assert old in text, f"{path} has changed: the fault cannot be planted"
        self.write(path, text.replace(old, new, count))

    def line_of(self, path: str, text: str) -> int:
        """Return the number of the first line that holds `text`."""
        lines = self.read(path).splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def line_after(self, path: str, first: str, text: str) -> int:
        """Return the number of the first line with `text` at or after the first with `first`."""
        start = self.line_of(path, first)
        lines = self.read(path).splitlines()[start - 1 :]
        return next(number for number, line in enumerate(lines, start=start) if text in line)

    def configure(self, constants: Mapping[str, str]) -> None:
        """Bind the constants of the first configuration anew, and in the document's table too.

        The numbers of states that both state are those of other constants, and are taken out.
        """
        places = (
            (self.protocol.cfg, r"(?m)^( +{} += ).*$"),
            (self.protocol.spec, r"(?m)^(\| `{}` \| `)[^`\n]*"),
        )
        for path, pattern in places:
            text = self.read(path)
            for name, value in constants.items():
                text, count = re.subn(pattern.format(name), rf"\g<1>{value}", text)
                assert count == 1, name
            self.write(path, _COUNTS.sub("other counts", text))

    def name_generated_files(self) -> None:
        """Let conform.yaml name the folder of generated files again, as the original does."""
        self.write("conform.yaml", entry_of(self.protocol))

    def run(self, *words: str) -> Outcome:
        """Run `conform` in this process."""
        self.capsys.readouterr()
        code = run(words)
        outcome = Outcome(code, *self.capsys.readouterr())
        assert "Traceback" not in outcome.out, outcome.out
        assert "Traceback" not in outcome.err, outcome.err
        return outcome

    def check(self, *words: str) -> Outcome:
        """Run `conform check --format json`, in this process alone unless words say otherwise."""
        return self.run("check", "--format", "json", "--workers", "1", *words)

    def explore(self, *words: str) -> Outcome:
        """Run `conform explore --format json` on the module in this process."""
        files = (self.protocol.module, "-c", self.protocol.cfg)
        return self.run("explore", *files, "--format", "json", *words)

    def command(self, *words: str, hash_seed: str = "random") -> Outcome:
        """Run the installed command `conform` in a process of its own."""
        executable = Path(sys.executable).with_name("conform")
        assert executable.is_file(), "conform is not installed: make setup"
        done = subprocess.run(
            [str(executable), *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
        outcome = Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in outcome.out, outcome.out
        assert "Traceback" not in outcome.err, outcome.err
        return outcome


def copy_project(folder: Path, protocol: Protocol) -> None:
    """Copy the project into `folder`, with one protocol and without its generated files."""
    for name in _COPIED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    text = entry_of(protocol)
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("generated:")]
    (folder / "conform.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")


def entry_of(protocol: Protocol, *, with_fizzbee: bool = False) -> str:
    """Return this repository's conform.yaml with the entry of one protocol.

    Its FizzBee module is left out where `configure` is all that binds constants: it has its own.
    """
    text = (ROOT / "conform.yaml").read_text(encoding="utf-8")
    head, *entries = re.split(r"(?m)^(?=  \S)", text)
    (entry,) = [entry for entry in entries if entry.startswith(f"  {protocol.entry}:\n")]
    lines = entry.splitlines()
    kept = [line for line in lines if with_fizzbee or not line.lstrip().startswith("fizzbee:")]
    return head + "\n".join(kept) + "\n"
