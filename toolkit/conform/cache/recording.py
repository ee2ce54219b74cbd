"""What a process looks at among files, recorded while it does so, with what it saw there.

Python tells of every file opened and every folder listed (audit events, PEP 578), whoever does it:
our own rules, an implementation that is replayed, the import system. Whether a file is there can be
asked without such an event, so `conform.text` raises one of its own. A hook stays for the life of a
process; this one does nothing while nobody records.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import source_from_cache
from pathlib import Path
from typing import Literal, TypeAlias

from conform.text import PRESENCE_EVENT

Kind: TypeAlias = Literal["content", "names", "presence"]
"""What was looked at: a file's bytes, the names in a folder, or what is at a path, if anything."""

Sight: TypeAlias = tuple[Kind, str]
"""One look at an absolute path."""

MAX_BYTES = 256 * 2**20
"""A larger file is not digested: what rests on one is not kept."""

_KINDS: dict[str, Kind] = {
    "open": "content",
    "os.listdir": "names",
    "os.scandir": "names",
    PRESENCE_EVENT: "presence",
}

_PASSED_OVER = frozenset(
    (
        "__pycache__",
        ".conform",
        ".git",
        ".hypothesis",
        ".import_linter_cache",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
    )
)
"""What tools write beside the work; no rule looks into these."""

_TOOL = Path(__file__).resolve().parents[1]


def _places_of_python() -> tuple[str, ...]:
    """Return the folders of the interpreter's library and packages, and those of the system."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    places = {os.path.realpath(sysconfig.get_path(name)) for name in names}
    places |= {sysconfig.get_path(name) for name in names}
    places |= {str(_TOOL), "/proc", "/sys", "/dev"}
    return tuple(f"{place}{os.sep}" for place in sorted(places))


_ELSEWHERE = _places_of_python()
"""What lies below these is no input: `fingerprint` answers for the tool and its packages."""


@dataclass(slots=True)
class Recorder:
    """All that a process has looked at so far: each sight with what was seen the first time.

    What was seen is None where it cannot be told, as of a file that is too large.
    """

    seen: dict[Sight, str | None] = field(default_factory=dict)
    _raw: set[tuple[str, str]] = field(default_factory=set)
    _sights: set[Sight] | None = None
    _is_looking: bool = False

    @contextmanager
    def into(self, sights: set[Sight]) -> Iterator[None]:
        """Record into `sights` what is looked at meanwhile, but for what is recorded elsewhere.

        One may be inside another: what is looked at then is the inner one's alone.
        """
        _add_hook()
        before, self._sights = self._sights, sights
        self._raw.clear()
        _ACTIVE.append(self)
        try:
            yield
        finally:
            _ACTIVE.remove(self)
            self._sights = before
            self._raw.clear()

    def saw(self, event: str, argument: object) -> None:
        """Take note of an audit event; never raises what the looking gives."""
        if self._is_looking or not isinstance(argument, str | bytes | os.PathLike):
            return
        self._is_looking = True
        try:
            self._note(event, os.fsdecode(argument))
        finally:
            self._is_looking = False

    def _note(self, event: str, written: str) -> None:
        if self._sights is None or (event, written) in self._raw:
            return
        path = _source(os.path.normpath(Path.cwd() / written))
        if not path.startswith(_ELSEWHERE):
            sight = (_KINDS[event], path)
            if sight not in self.seen:
                self.seen[sight] = look(*sight)
            self._sights.add(sight)
        if Path(written).is_absolute():
            self._raw.add((event, written))


def _source(path: str) -> str:
    """Return the Python file that a file of bytecode was made from; any other path as it is."""
    if path.endswith(".pyc") and "__pycache__" in path:
        with suppress(ValueError):
            return source_from_cache(path)
    return path


def look(kind: Kind, path: str) -> str | None:
    """Return what is seen at a path: a digest, or a word; None where it cannot be told."""
    try:
        if kind == "content":
            return _content(path)
        return _names(path) if kind == "names" else _presence(path)
    except ValueError:  # a NUL in the path: nothing can be there
        return "nothing"


def _content(path: str) -> str | None:
    try:
        found = Path(path).stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            return None if stat.S_ISREG(found.st_mode) else _presence(path)
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return type(error).__name__


def _names(path: str) -> str | None:
    try:
        with os.scandir(path) as entries:
            found = sorted(
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in entries
                if entry.name not in _PASSED_OVER
            )
    except OSError as error:
        return type(error).__name__
    return hashlib.sha256("\0".join(found).encode("utf-8", "surrogateescape")).hexdigest()


def _presence(path: str) -> str:
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return "nothing"
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


_ACTIVE: list[Recorder] = []
_HOOKS: list[object] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _ACTIVE and event in _KINDS:
        for recorder in _ACTIVE:
            recorder.saw(event, arguments[0])


def _add_hook() -> None:
    """Add the hook, once in a process: it cannot be taken away again."""
    if not _HOOKS:
        _HOOKS.append(_hook)
        sys.addaudithook(_hook)


def project_modules(root: Path) -> set[str]:
    """Return the files below `root` of the modules that this process has imported.

    The program that was started is none of them, under whatever name: `multiprocessing` gives it
    a second one.
    """
    place = f"{root}{os.sep}"
    program = sys.modules.get("__main__")
    modules = [module for module in sys.modules.values() if module is not program]
    files = (getattr(module, "__file__", None) for module in modules)
    return {
        file
        for file in files
        if isinstance(file, str) and file.startswith(place) and not file.startswith(_ELSEWHERE)
    }
