"""The folder of a checkpoint: a file of moves that only grows, and a manifest that is replaced.

The manifest tells how much of the file counts. It is written beside its place and moved there once
the moves are on the disk, so a break at any moment leaves the checkpoint before, whole.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from conform.errors import InputError
from conform.explore.checkpoints.manifest import Manifest, Standing, Subject, manifest_from

MANIFEST = "checkpoint"
MOVES = "moves.bin"

_PART = 1 << 20
"""Bytes that are read at once."""


class CheckpointFolder:
    """The checkpoint of one search in `path`; either `begin` or `read` comes first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest({}, None)
        self._size = 0
        self._digest = hashlib.sha256()

    def begin(self, subject: Subject) -> None:
        """Begin the checkpoint of a search that has found nothing yet.

        Raises InputError where there is a checkpoint already, or none can be written.
        """
        if self._manifest.exists():
            raise InputError(
                f"{self.path} holds a checkpoint already",
                hint=f"go on from it with --resume {self.path}, or remove it",
            )
        self.manifest = Manifest(subject, None)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._moves.write_bytes(b"")
            self._replace_manifest()
        except OSError as error:
            raise InputError(
                f"no checkpoint can be written in {self.path}: {error.strerror}"
            ) from error

    def read(self) -> Manifest:
        """Return what the checkpoint says; raise InputError where there is none, or a damaged one.

        A file of moves that is longer than was noted was being written when the search broke off.
        """
        try:
            self.manifest = manifest_from(self._manifest.read_text(encoding="utf-8"))
            standing = self.manifest.standing
            if standing is not None:
                self._read_moves(standing)
        except FileNotFoundError as error:
            raise InputError(
                f"there is no checkpoint in {self.path}: {Path(error.filename).name} is missing",
                hint="--checkpoint FOLDER begins one",
            ) from error
        except (OSError, ValueError) as error:
            raise InputError(
                f"the checkpoint in {self.path} cannot be read: {error}",
                hint="remove it, and begin anew with --checkpoint",
            ) from error
        return self.manifest

    def _read_moves(self, standing: Standing) -> None:
        left = standing.size
        with self._moves.open("rb") as file:
            while left and (part := file.read(min(left, _PART))):
                self._digest.update(part)
                left -= len(part)
        if left or self._digest.hexdigest() != standing.digest:
            raise ValueError(f"{MOVES} is not what was written")
        self._size = standing.size

    def open_moves(self) -> IO[bytes]:
        """Open the file of moves that was read."""
        return self._moves.open("rb")

    def append(self, subject: Subject, standing: Standing, moves: bytes) -> None:
        """Note where the search stands, and the moves since; size and digest are filled in here.

        Raises OSError where the disk refuses it; then what was noted before still holds.
        """
        with self._moves.open("r+b") as file:
            file.seek(self._size)
            file.write(moves)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        digest = self._digest.copy()
        digest.update(moves)
        size = self._size + len(moves)
        before = self.manifest
        noted = replace(standing, size=size, digest=digest.hexdigest())
        self.manifest = Manifest(subject, noted)
        try:
            self._replace_manifest()
        except BaseException:
            self.manifest = before
            raise
        self._size, self._digest = size, digest

    def remove(self) -> None:
        """Remove the checkpoint, and the folder if nothing else is in it."""
        self._manifest.unlink(missing_ok=True)
        self._moves.unlink(missing_ok=True)
        if not any(self.path.iterdir()):
            self.path.rmdir()

    def _replace_manifest(self) -> None:
        beside = self.path / f".{MANIFEST}.new"
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(self.manifest.text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._manifest)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    @property
    def _manifest(self) -> Path:
        return self.path / MANIFEST

    @property
    def _moves(self) -> Path:
        return self.path / MOVES
