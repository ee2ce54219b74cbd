"""What makes two runs of the tool the same: its own files, and the Python that runs them."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from conform import __version__

_TOOL = Path(__file__).resolve().parents[1]


def fingerprint() -> str:
    """Return the digest of the tool's files, of Python's version and options, and its packages.

    Packages count by name and version, as their installers record them.
    """
    digest = hashlib.sha256()
    for part in (__version__, *_python(), *_packages()):
        digest.update(f"{part}\0".encode())
    for path in _files(str(_TOOL)):
        digest.update(f"{path}\0".encode())
        with Path(path).open("rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def _python() -> Iterator[str]:
    yield sys.version
    yield platform.platform()
    yield sys.prefix
    yield str(sys.flags.optimize)
    yield os.environ.get("PYTHONPATH", "")


def _packages() -> Iterator[str]:
    """Yield the folders in which installers say what they installed, each `name-version.…`."""
    for place in sys.path:
        try:
            names = os.listdir(place)  # noqa: PTH208  # a place may be no folder at all
        except OSError:
            continue
        yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir():
            yield from _files(entry.path) if entry.name != "__pycache__" else ()
        else:
            yield entry.path
