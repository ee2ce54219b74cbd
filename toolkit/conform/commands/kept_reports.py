"""The reports of earlier checks: found again while nothing they rest on has changed, and kept.

A report rests on every file that was opened, every folder that was listed and every path that was
asked about while it was made, on the tool and the Python that made it, and on what the user asked.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from conform.cache.fingerprint import fingerprint
from conform.cache.recording import Recorder, Sight, look, project_modules
from conform.cache.store import Kept, Sighting, Store
from conform.check.files.project_files import ProjectFiles
from conform.commands.check_options import CheckOptions
from conform.config import Project, ProtocolEntry
from conform.domain.exploration import Engine
from conform.domain.report import ProtocolReport


@dataclass(slots=True)
class KeptReports:
    """The reports kept of one project, and what this run looks at to make others.

    Where they are not used, none is found and none is kept.
    """

    project: Project
    options: CheckOptions
    is_used: bool
    _fingerprint: str
    _recorder: Recorder = field(default_factory=Recorder)
    _sights: dict[str, set[Sight]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, options: CheckOptions) -> KeptReports:
        """Return those of a project.

        They are not used with TLC, whose files are nobody's here, nor in a process that has
        imported code of the project before: what it was when it was imported cannot be told.
        """
        is_used = (
            options.cache
            and options.engine is Engine.EMBEDDED
            and not project_modules(project.root)
        )
        return cls(project, options, is_used, fingerprint() if is_used else "")

    def report_on(self, entry: ProtocolEntry) -> ProtocolReport | None:
        """Return the report on a protocol if everything is as it was when it was made."""
        kept = self._store.read(self._key(entry)) if self.is_used else None
        if kept is None or kept.fingerprint != self._fingerprint:
            return None
        if not all(sighting.still_holds for sighting in kept.sightings):
            return None
        return replace(kept.report, from_cache=True)

    @contextmanager
    def recording(self, entry: ProtocolEntry) -> Iterator[None]:
        """Record what is looked at meanwhile as what the report on this protocol rests on."""
        if not self.is_used:
            yield
            return
        with self._recorder.into(self._sights.setdefault(entry.name, set())):
            _ = ProjectFiles(self.project.root).paths  # rules ask for names: all of them count
            yield

    def keep(self, entry: ProtocolEntry, report: ProtocolReport) -> None:
        """Keep a report that is whole, unless something has changed since it was begun."""
        if not self.is_used or not report.is_whole:
            return
        sightings = self._sightings(entry)
        if sightings is not None and fingerprint() == self._fingerprint:
            self._store.write(self._key(entry), Kept(self._fingerprint, sightings, report))

    def _sightings(self, entry: ProtocolEntry) -> tuple[Sighting, ...] | None:
        """Return what was seen, None if it has changed or cannot be told.

        A module that another protocol's check had imported already was not opened again.
        """
        sights = set(self._sights[entry.name])
        sights.update(("content", path) for path in project_modules(self.project.root))
        found: list[Sighting] = []
        for kind, path in sorted(sights):
            now = look(kind, path)
            if now is None or self._recorder.seen.get((kind, path)) != now:
                return None
            found.append(Sighting(kind, path, now))
        return tuple(found)

    @property
    def _store(self) -> Store:
        return Store(self.project.root)

    def _key(self, entry: ProtocolEntry) -> str:
        """Return the name of the file: the protocol's, and a digest of all that was said of it."""
        root = self.project.root
        said = {
            "entry": entry,
            "protocols": [(each.name, each.spec.path) for each in self.project.protocols],
            "options": (self.options.model_config, self.options.max_states, self.options.cover),
            "from": Path.cwd(),
        }

        def plain(part: Struct | Path) -> object:
            return asdict(part) if isinstance(part, Struct) else os.path.relpath(part, root)

        text = json.dumps(said, sort_keys=True, default=plain)
        return f"{entry.name}-{hashlib.sha256(text.encode()).hexdigest()[:32]}"
