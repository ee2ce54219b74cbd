"""Source files, places in them, and the one drawing of a caret.

Lines and columns are 1-based. A column counts characters (code points); a tab advances to the next
column of the form 8k + 1, as in SANY's character stream.
"""

from __future__ import annotations

import difflib
import re
import stat
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from conform.errors import InputError

TAB_WIDTH = 8
"""Columns between tab stops; SANY's SimpleCharStream uses the same."""

MAX_SOURCE_BYTES = 64 * 1024 * 1024
"""Larger inputs are refused before they are read: no specification comes near it."""

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_DESCRIPTORS = (("/", "dev"), ("/", "proc"))
"""Where a pipe is one that the caller has opened, as `/dev/stdin` is."""

PRESENCE_EVENT = "conform.text.presence"
"""The audit event (PEP 578) of asking whether something is there, with the path asked about."""

_LINE_END = re.compile(r"\r\n|\r|\n")

EXCERPT_WIDTH = 100
"""Characters of a source line that an excerpt shows; the rest is elided on either side."""


class Span(Struct, frozen=True, order=True):
    """A stretch of a source: from its first character to its last, both inclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def through(self, last: Span) -> Span:
        """Return the span from the start of this one to the end of `last`."""
        return Span(self.path, self.line, self.column, last.end_line, last.end_column)


@lru_cache(maxsize=16)  # rules ask for one line of a file after the other
def _lines(text: str) -> tuple[str, ...]:
    return tuple(_LINE_END.split(text))


class Source(Struct, frozen=True):
    """The text of one input, under the path that its user knows it by."""

    path: str
    text: str

    def line(self, number: int) -> str:
        """Return line `number` (1-based) with its tabs expanded; empty outside the text."""
        lines = self.lines()
        return lines[number - 1].expandtabs(TAB_WIDTH) if 1 <= number <= len(lines) else ""

    def lines(self) -> tuple[str, ...]:
        """Return the lines without their ends: LF, CR LF or CR, and nothing else, ends a line."""
        return _lines(self.text)

    def excerpt(self, span: Span) -> str:
        """Return the line where `span` begins with a caret under it; empty for an empty line."""
        return draw_caret(self.line(span.line), span)

    def whole(self) -> Span:
        """Return the span of the first line: where a finding about the whole file points."""
        return Span(self.path, 1, 1, 1, max(1, len(self.line(1))))


def read_source(path: Path, shown_as: str | None = None, *, replaces_bytes: bool = False) -> Source:
    """Read a UTF-8 text file, or raise InputError that says where it is unreadable.

    A named pipe is refused: reading it would wait for a writer. A descriptor of the process is not.
    With `replaces_bytes` each byte that is no UTF-8 becomes U+FFFD, as where Java reads a file, so
    that an old name in a comment does no harm; a file in UTF-16 is refused all the same.
    """
    name = shown_as or str(path)
    try:
        if stat.S_ISFIFO(path.stat().st_mode) and path.parts[:2] not in _DESCRIPTORS:
            raise InputError(f"{name}: a pipe, and no file", hint="name a file that has the text")
        with path.open("rb") as file:
            data = file.read(MAX_SOURCE_BYTES + 1)
        if len(data) > MAX_SOURCE_BYTES:
            raise InputError(
                f"{name}: the file is larger than {MAX_SOURCE_BYTES // 2**20} MiB",
                hint="split it, or check that this is the file you meant",
            )
    except FileNotFoundError:
        raise InputError(f"{name}: no such file", hint=_near_files(path)) from None
    except IsADirectoryError:
        raise InputError(f"{name}: a folder, and no file", hint="name a file in it") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from None
    try:
        return Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if replaces_bytes and not data.startswith(_UTF_16_MARKS):
            return Source(name, data.decode("utf-8-sig", "replace"))
        raise _not_utf8(name, data, error) from None


def is_there(path: Path) -> bool:
    """Whether `path` is a file; no file has a name that is longer than the system allows."""
    sys.audit(PRESENCE_EVENT, str(path))
    try:
        return path.is_file()
    except OSError:
        return False


def exists(path: Path) -> bool:
    """Whether anything is at `path`; nothing has a name that is longer than the system allows."""
    sys.audit(PRESENCE_EVENT, str(path))
    try:
        return path.exists()
    except OSError:
        return False


def draw_caret(line: str, span: Span) -> str:
    """Return `line` and, below it, carets under the part of it that `span` covers."""
    if not line.strip():
        return ""
    start = span.column - 1
    end = span.end_column if span.end_line == span.line else len(line)
    end = max(end, start + 1)
    left = max(0, start - EXCERPT_WIDTH // 2)
    shown = line[left : left + EXCERPT_WIDTH]
    width = max(1, min(end, left + EXCERPT_WIDTH) - start)
    gutter = f"{span.line} | "
    margin = " " * (len(gutter) - 2)
    return f"{gutter}{shown.rstrip()}\n{margin}| {' ' * (start - left)}{'^' * width}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` most likely misspells, or None when none is close."""
    matches = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def _near_files(path: Path) -> str:
    if path.is_symlink():
        return f"it is a link to {path.readlink()}"
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "check the path"
    close = nearest(path.name, names)
    return f"did you mean {path.parent / close}?" if close else "check the path"


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> InputError:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return InputError(
        f"not UTF-8: byte 0x{data[error.start]:02X} cannot stand here",
        span=Span(name, line, column, line, column),
        hint="save the file as UTF-8",
    )
