"""Whether the generated files on disk are those that would be generated now."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from conform.domain.finding import Finding
from conform.generate.cf401_missing_file import missing_file
from conform.generate.cf402_stale_file import stale_file
from conform.generate.cf403_edited_file import edited_file
from conform.generate.cf405_extra_file import extra_file
from conform.generate.generating import GeneratedFile
from conform.generate.header import SourceHash, read_header
from conform.text import exists, is_there

MAX_DIFFERENCE = 20
"""Lines of a difference that a finding shows."""


def compare(files: Sequence[GeneratedFile], folder: Path, shown: str = "") -> tuple[Finding, ...]:
    """Return what is wrong with the generated files in `folder`; nothing if all are fresh.

    `shown` is the folder as messages name it. Files are missing, stale, edited by hand, or extra;
    caches of Python and hidden files are passed over.
    """
    name = shown or str(folder)
    found = [finding for file in files for finding in _of_file(file, folder, name)]
    found.extend(_extra(files, folder, name))
    return tuple(found)


def _of_file(file: GeneratedFile, folder: Path, shown: str) -> Iterator[Finding]:
    path, name = folder / file.path, f"{shown}/{file.path}"
    if not is_there(path):
        yield missing_file(name)
        return
    actual = _text(path)
    if actual == file.text:
        return
    header = read_header(actual)
    line, details = _difference(actual, file.text)
    if header is None or not header.is_intact:
        yield edited_file(name, line, details, has_header=header is not None)
    else:
        wanted = read_header(file.text)
        changed = _changed(header.sources, wanted.sources if wanted else ())
        yield stale_file(name, line, changed, details)


def standing_text(path: Path, generated: str) -> str | None:
    """Return the text of a file that stands for itself beside what would be generated now.

    None where there is no such file, or where it is known to be out of date: other sources than
    those of today are named in its header, and nobody has edited it since.
    """
    if not is_there(path):
        return None
    text = _text(path)
    header, wanted = read_header(text), read_header(generated)
    if header and wanted and header.is_intact and header.sources != wanted.sources:
        return None
    return text


def is_ours(path: Path) -> bool:
    """Whether a file may be overwritten: it is as conform wrote it, or is not there."""
    if not path.exists():
        return True
    header = read_header(_text(path)) if path.is_file() else None
    return header is not None and header.is_intact


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def _changed(before: Sequence[SourceHash], now: Sequence[SourceHash]) -> list[str]:
    known = {source.path: source.hash for source in before}
    current = {source.path: source.hash for source in now}
    return [path for path in {**known, **current} if known.get(path) != current.get(path)]


def _difference(actual: str, wanted: str) -> tuple[int, list[str]]:
    """Return the first line (from 1) of `actual` that differs, and what would change it."""
    have, want = actual.splitlines(), wanted.splitlines()
    pairs = enumerate(zip(have, want, strict=False), start=1)
    first = next((place for place, (one, two) in pairs if one != two), min(len(have), len(want)))
    lines = difflib.unified_diff(have, want, "on disk", "generated", n=1, lineterm="")
    shown = list(islice(lines, MAX_DIFFERENCE + 1))
    if len(shown) > MAX_DIFFERENCE:
        shown[-1] = "…"
    return max(1, first), shown


def _extra(files: Sequence[GeneratedFile], folder: Path, shown: str) -> Iterator[Finding]:
    if not exists(folder) or not folder.is_dir():
        return
    expected = {file.path for file in files}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") or part == "__pycache__" for part in relative.parts):
            continue
        if path.is_file() and relative.as_posix() not in expected:
            has_header = read_header(_text(path)) is not None
            yield extra_file(f"{shown}/{relative.as_posix()}", has_header=has_header)
