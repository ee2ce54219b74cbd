"""The files in which reports are kept, one for each protocol and way of asking.

A file is its digest, a line break, and one JSON object. It is written beside its place and moved
there, so that a reader finds the whole of it or none. One that is damaged, or of another version of
the tool, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from conform.cache.recording import Kind, look
from conform.cache.report_data import from_data, to_data
from conform.domain.report import ProtocolReport

FOLDER = Path(".conform") / "cache"
"""Where the files are, below the project's folder."""

MAX_BYTES = 64 * 2**20
"""A larger file is not read, and no larger one is written."""


class Sighting(Struct, frozen=True):
    """What was seen at `path`, absolute, when it was looked at as `kind` says."""

    kind: Kind
    path: str
    what: str

    @property
    def still_holds(self) -> bool:
        """Whether the same is seen there now."""
        return look(self.kind, self.path) == self.what


class Kept(Struct, frozen=True):
    """A report, and all that it rests on: if each of these still holds, so does the report."""

    fingerprint: str
    sightings: tuple[Sighting, ...]
    report: ProtocolReport


class Store(Struct, frozen=True):
    """The kept reports of the project in `root`, absolute."""

    root: Path

    def read(self, key: str) -> Kept | None:
        """Return what is kept under `key`; None where that is nothing, or damaged."""
        try:
            path = self._path(key)
            if path.stat().st_size > MAX_BYTES:
                return None
            digest, _, text = path.read_bytes().partition(b"\n")
            if digest.decode("ascii") != hashlib.sha256(text).hexdigest():
                return None
            return self._kept(json.loads(text))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def write(self, key: str, kept: Kept) -> None:
        """Keep a report under `key`, in place of what was there; a folder may refuse it."""
        with suppress(OSError, RecursionError):
            text = json.dumps(self._data(kept), separators=(",", ":")).encode("ascii")
            if len(text) <= MAX_BYTES:
                self._put(self._path(key), hashlib.sha256(text).hexdigest().encode(), text)

    def _path(self, key: str) -> Path:
        return self.root / FOLDER / f"{key}.json"

    def _put(self, path: Path, digest: bytes, text: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        ignored = self.root / FOLDER.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="ascii")
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(digest + b"\n" + text)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def _data(self, kept: Kept) -> dict[str, Any]:
        places = [[each.kind, self._shown(each.path), each.what] for each in kept.sightings]
        report = to_data(kept.report)
        return {"fingerprint": kept.fingerprint, "sightings": places, "report": report}

    def _kept(self, data: Any) -> Kept:
        places = tuple(
            Sighting(kind, os.path.normpath(self.root / shown), what)
            for kind, shown, what in data["sightings"]
        )
        return Kept(data["fingerprint"], places, from_data(data["report"]))

    def _shown(self, path: str) -> str:
        """Return a path below the project relative to it: a project may be moved."""
        return os.path.relpath(path, self.root) if Path(path).is_relative_to(self.root) else path
