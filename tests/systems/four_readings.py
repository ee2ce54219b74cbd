"""Scratch copies in which four readings of a protocol stand side by side under few constants.

They are the document, the TLA+ module, the FizzBee module and the generated machine. There is no
implementation: what one does is not what these tests are about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from conform.commands import artefacts, protocol_check
from conform.commands.artefacts import Artefacts
from conform.commands.fizz_artefact import FizzArtefact, load_fizz_artefact
from conform.commands.machine_artefact import MachineArtefact, machine_of
from conform.commands.stages import verdicts
from conform.commands.tla_artefact import load_tla_artefact
from conform.domain.model import Model
from conform.explore.options import ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from tests.systems.scratch import (
    LEADERLESS_LOG,
    PAIR,
    ROOT,
    TASK_CLAIMING,
    TINY,
    Protocol,
    Scratch,
    copy_project,
    entry_of,
)

FIZZBEE: Mapping[Protocol, str] = {
    LEADERLESS_LOG: "fizzbee/LeaderlessLog.fizz",
    TASK_CLAIMING: "fizzbee/TaskClaiming.fizz",
}
"""The FizzBee module of each protocol."""

CONSTANTS: Mapping[Protocol, Mapping[str, str]] = {LEADERLESS_LOG: TINY, TASK_CLAIMING: PAIR}
"""The constants of each, as a configuration writes them."""

_ABSENT: Mapping[Protocol, str] = {LEADERLESS_LOG: "W2", TASK_CLAIMING: "(?:W3|T2)"}
"""How the assertions of FizzBee end that are about an element which these constants lack."""


def lay_out(folder: Path, protocol: Protocol, capsys: pytest.CaptureFixture[str]) -> None:
    """Write the four readings of a protocol into a folder, and generate its files."""
    copy_project(folder, protocol)
    project = Scratch(folder, capsys, protocol)
    project.configure(CONSTANTS[protocol])
    entry = entry_of(protocol, with_fizzbee=True)
    project.write("conform.yaml", entry.partition("    implementations:\n")[0])
    absent = rf" / `always eventually assertion \w+{_ABSENT[protocol]}`"
    project.write(protocol.spec, _removed(absent, project.read(protocol.spec)))
    (folder / "fizzbee").mkdir()
    project.write(FIZZBEE[protocol], _fizzbee_text(protocol))
    made = project.run("generate", "--config", str(folder / "conform.yaml"))
    assert made.code == 0, made.err


def _fizzbee_text(protocol: Protocol) -> str:
    """Return the FizzBee module under the constants, without assertions about who is absent."""
    text = (ROOT / FIZZBEE[protocol]).read_text(encoding="utf-8")
    for name, value in CONSTANTS[protocol].items():
        listed = re.sub(r"\w+", r'"\g<0>"', value[1:-1])
        bound = f"[{listed}]" if value.startswith("{") else value
        text, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {bound}", text)
        assert count == 1, name
    return _removed(rf"(?m)^always.*{_ABSENT[protocol]}:\n(?:(?: .*)?\n?)*", text)


def _removed(pattern: str, text: str) -> str:
    """Return a text without what matches: two places, in both protocols."""
    text, count = re.subn(pattern, "", text)
    assert count == 2
    return text


class Sharing:
    """What the checks of one process have in common, so that many of them take little time.

    A module that is as it was is read once, and its model explored once; likewise the machine. In
    a user's hands, a check does all of that anew.
    """

    def __init__(self) -> None:
        self._load_tla = lru_cache(maxsize=None)(load_tla_artefact)
        self._fizz: dict[tuple[str, str], FizzArtefact] = {}
        self._machines: dict[tuple[object, ...], tuple[Artefacts, MachineArtefact | None]] = {}
        self._explored: dict[tuple[int, ExploreOptions], tuple[Model, ExplorationResult]] = {}

    def begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let checks share until the test ends."""
        monkeypatch.setattr(artefacts, "load_tla_artefact", self._load_tla)
        monkeypatch.setattr(artefacts, "load_fizz_artefact", self._load_fizz)
        monkeypatch.setattr(protocol_check, "machine_of", self._machine_of)
        monkeypatch.setattr(verdicts, "explore", self._explore)

    def _load_fizz(self, path: Path, shown_as: str) -> FizzArtefact:
        key = (shown_as, path.read_text(encoding="utf-8"))
        if key not in self._fizz:
            self._fizz[key] = load_fizz_artefact(path, shown_as)
        return self._fizz[key]

    def _machine_of(self, found: Artefacts) -> MachineArtefact | None:
        document = found.sources[found.document.path]
        assert found.entry.generated is not None
        machine = found.entry.generated.path / "machine.py"
        key = (id(found.tlaplus), document, machine.read_text(encoding="utf-8"))
        if key not in self._machines:
            self._machines[key] = (found, machine_of(found))
        return self._machines[key][1]

    def _explore(
        self, model: Model, options: ExploreOptions, progress: ProgressCallback | None
    ) -> ExplorationResult:
        key = (id(model), options)
        if key not in self._explored:
            self._explored[key] = (model, explore(model, options, progress))
        return self._explored[key][1]
