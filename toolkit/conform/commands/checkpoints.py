"""The checkpoints of `conform explore`: of which search one is, and what keeps it up to date.

A search rests on every file that was opened while its model was read and explored, on the tool and
the Python that run it, and on what was asked of it. A checkpoint names all of these; limits are no
part of it, so that a search may go on with others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from conform.cache.fingerprint import fingerprint
from conform.cache.recording import Kind, Recorder, Sight, look
from conform.errors import InputError
from conform.explore.checkpoints.folder import CheckpointFolder
from conform.explore.checkpoints.keeping import SECONDS, Checkpoints
from conform.explore.checkpoints.manifest import Subject

Read = TypeVar("Read")

_KINDS: tuple[Kind, ...] = ("content", "names", "presence")

TOOL = "this version of conform and Python"


class CheckpointWords(Struct, frozen=True):
    """What the user said of checkpoints: one folder to begin in, or one to go on from."""

    begin: Path | None
    resume: Path | None
    seconds: float | None


@contextmanager
def resumable(
    words: CheckpointWords, read: Callable[[], Read], asked: Subject
) -> Iterator[tuple[Read, Checkpoints | None]]:
    """Give what was read, and the checkpoints of a search that rests on it and is made within.

    `asked` is what was asked of the search, by name. Raises InputError where a folder has no
    checkpoint to go on from, or one of another search.
    """
    path = words.begin or words.resume
    if path is None:
        yield read(), None
        return
    recorder, sights = Recorder(), set[Sight]()
    tool = fingerprint()
    with recorder.into(sights):
        found = read()

        def subject() -> Subject:
            seen = {f"{kind} of {each}": recorder.seen[kind, each] or "" for kind, each in sights}
            own = str(path.resolve())
            files = {name: seen[name] for name in sorted(seen) if own not in name}
            return {TOOL: tool, **asked, **files}

        folder = CheckpointFolder(path)
        if words.begin is not None:
            folder.begin(subject())
        else:
            _compare(path, folder.read().subject, subject())
        yield found, Checkpoints(folder, subject, words.seconds or SECONDS)


def _compare(path: Path, before: Subject, now: Subject) -> None:
    """Raise InputError, which names what differs, unless both are the same.

    What the search before looked at after its model was read is looked at again.
    """
    for name in {**now, **before}:
        if before.get(name) != (now[name] if name in now else _seen_now(name)):
            raise InputError(
                f"the checkpoint in {path} is of another search: {name} was not the same",
                hint="give it what it was begun with, or begin anew with --checkpoint",
            )


def _seen_now(name: str) -> str | None:
    for kind in _KINDS:
        if name.startswith(f"{kind} of "):
            return look(kind, name.removeprefix(f"{kind} of ")) or ""
    return None


def told(checkpoints: Checkpoints, *, asks_for_liveness: bool) -> str:
    """Return in words what is kept of a search that did not come to its end."""
    path, kept = checkpoints.folder.path, checkpoints.kept
    how = f"--resume {path} goes on from {kept:,} states"
    if not kept:
        why = "nothing is worth keeping yet"
        if asks_for_liveness:
            why = "with temporal properties nothing is kept, with --no-liveness it is"
        how = f"--resume {path} begins anew: {why}"
    if checkpoints.trouble:
        return f"{path} cannot be written: {checkpoints.trouble}; {how}"
    return how
