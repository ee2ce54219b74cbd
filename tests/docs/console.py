"""The `console` blocks of a page: what they say is run, and what they show is compared.

A block fenced as ```console holds `$ command` lines, each followed by its output, stdout and stderr
together. `...` on a line of its own stands for any lines, within a line for any text. A block whose
fence names a file, ```yaml file=conform.yaml, is written to that file first. Commands are run
without a shell: `conform` and the few of `_BUILT_IN`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^(`{3,})(\S*)[ ]*(.*?)[ ]*\n(.*?)^\1[ ]*$", re.MULTILINE | re.DOTALL)
_TIMEOUT = 300
"""Seconds after which a command of a page is given up: ten times what the longest one takes."""


@dataclass(frozen=True, slots=True)
class Written:
    """A block that is to be written to a file."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A command of a console block, with the output that the page shows; `line` is 1-based."""

    command: str
    output: str
    line: int


def steps_of(page: str) -> Iterator[Written | Typed]:
    """Yield what the page writes and types, in its order."""
    for match in _FENCE.finditer(page):
        _, language, info, body = match.groups()
        first = page.count("\n", 0, match.start(4)) + 1
        if info.startswith("file="):
            yield Written(info.removeprefix("file="), body)
        elif language == "console":
            yield from _typed(body, first)


def _typed(body: str, first: int) -> Iterator[Typed]:
    command, start, output = "", first, list[str]()
    for number, line in enumerate(body.splitlines(), first):
        if line.startswith("$ "):
            if command:
                yield Typed(command, "\n".join(output), start)
            command, start, output = line[2:], number, []
        elif not command:
            raise ValueError(f"line {number}: a console block begins with `$ command`: {line}")
        else:
            output.append(line)
    if command:
        yield Typed(command, "\n".join(output), start)


def agrees(shown: str, actual: str) -> bool:
    """Whether `actual` is what the page shows, the elisions aside; blanks at line ends are."""
    pattern = "".join(_pattern(line.rstrip()) for line in shown.rstrip().split("\n"))
    text = "".join(f"{line.rstrip()}\n" for line in actual.rstrip().split("\n"))
    return re.fullmatch(pattern, text) is not None


def _pattern(line: str) -> str:
    if line == "...":
        return "(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split("..."))) + "\n"


class Shell:
    """Runs the commands of one page, in a scratch copy of the repository."""

    def __init__(self, folder: Path) -> None:
        """Start in `folder`, which the page may write to."""
        self._folder = folder
        self._code = 0

    def write(self, block: Written) -> None:
        """Write a block to its file, below the current folder."""
        path = self._folder / block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def run(self, command: str) -> str:
        """Run one command and return its output; ValueError for a command that pages do not run."""
        if command == "echo $?":
            return str(self._code)
        name, *arguments = shlex.split(command)
        if name == "conform":
            return self._conform(arguments)
        if name not in _BUILT_IN:
            raise ValueError(f"pages run conform, {', '.join(_BUILT_IN)} and echo $?: {command}")
        return _BUILT_IN[name](self, arguments)

    def _conform(self, arguments: list[str]) -> str:
        # -P: as for the installed script, the working directory is no place to import from.
        done = subprocess.run(
            [sys.executable, "-P", "-m", "conform", *arguments],
            cwd=self._folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT,
            check=False,
        )
        self._code = done.returncode
        return done.stdout.decode("utf-8")

    def change_folder(self, arguments: list[str]) -> str:
        """Do `cd FOLDER`."""
        (name,) = arguments
        self._folder = self._folder / name
        assert self._folder.is_dir()
        return ""

    def make_folder(self, arguments: list[str]) -> str:
        """Do `mkdir FOLDER`."""
        (name,) = arguments
        (self._folder / name).mkdir(parents=True)
        return ""

    def show(self, arguments: list[str]) -> str:
        """Do `cat FILE`."""
        (name,) = arguments
        return (self._folder / name).read_text(encoding="utf-8")


_BUILT_IN: dict[str, Callable[[Shell, list[str]], str]] = {
    "cd": Shell.change_folder,
    "mkdir": Shell.make_folder,
    "cat": Shell.show,
}


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT / "toolkit"),
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }
