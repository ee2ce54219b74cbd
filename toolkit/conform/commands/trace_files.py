"""Traces written to files: one, or a numbered one each in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.domain.trace import Trace
from conform.errors import InputError
from conform.traces.format import format_named


def write_trace(trace: Trace, form: str, path: Path) -> None:
    """Write `trace` in the format of that name; raises InputError where that is not possible."""
    try:
        path.write_text(format_named(form).write(trace), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


@dataclass(slots=True)
class TraceFolder:
    """A folder that takes traces as they come; their files are `NAME-00001.json` and so on."""

    folder: Path
    name: str
    form: str
    count: int = 0

    def __post_init__(self) -> None:
        """Make the folder; raises InputError where that is not possible."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be made: {error.strerror}") from None

    def take(self, trace: Trace) -> None:
        """Write the next trace."""
        self.count += 1
        ending = format_named(self.form).ending
        write_trace(trace, self.form, self.folder / f"{self.name}-{self.count:05}{ending}")
