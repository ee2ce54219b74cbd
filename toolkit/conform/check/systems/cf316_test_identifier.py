"""A test of the specification's matrix has no counterpart in the tests, or a test is none of it.

What it means
    A table gives tests identifiers, and the sources of the tests name most of them, in comments or
    in names: one that no test names is not tested, and one that the table does not have is of an
    earlier version, or mistyped.

Example
    | T-C3 | acknowledging again is harmless |     and no test with `T-C3`.

What to do
    Write the test, or correct the table or the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.files.project_files import ProjectFiles
from conform.check.systems.page_tables import tables_of
from conform.check.systems.system import MAX_SOURCES, systems_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Prose
from conform.errors import InputError
from conform.text import Source, Span, nearest, read_source

CODE = Code("CF316", "test and matrix do not name each other")

_HEADER = r"(?:test |case )?(?:ids?|identifiers?|#|no\.?|numbers?)|tests?"
_IDENTIFIER = re.compile(r"(?P<stem>[A-Z]{1,5}[-_]?(?:[A-Z]{1,5}[-_]?)?)\d{1,3}")
_LEAST = 4


def tests_of_the_matrix(context: Context) -> Iterator[Finding]:
    """Yield a finding for each identifier of a test that only the table or only the tests have."""
    for system in systems_of(context):
        listed = {name: span for page in system.pages for name, span in _listed(page)}
        if len(listed) < _LEAST:
            continue
        stems = {match["stem"] for name in listed if (match := _IDENTIFIER.fullmatch(name))}
        named: dict[str, tuple[Source, Span]] = {}
        for source in _sources(context, system.folder):
            for name, span in _named(source, stems):
                named.setdefault(name, (source, span))
        known = {_plain(name): name for name in listed}
        if 3 * len(known.keys() & named.keys()) < 2 * len(known):
            continue
        for plain, name in known.items():
            if plain not in named:
                yield CODE.finding(
                    f"no test names `{name}`",
                    listed[name],
                    excerpt=context.excerpt(listed[name]),
                    hint="write the test, or take it out of the table",
                )
        for plain, (source, span) in named.items():
            if plain not in known:
                close = nearest(plain, known)
                yield CODE.finding(
                    f"`{source.line(span.line)[span.column - 1 : span.end_column]}` is in no "
                    "table of tests",
                    span,
                    excerpt=source.excerpt(span),
                    hint=f"did you mean `{known[close]}`?" if close else "add it to the table",
                )


def _listed(page: Prose) -> Iterator[tuple[str, Span]]:
    for rows in tables_of(page):
        cells = [cell for row in rows if (cell := row.under(_HEADER))]
        if len(cells) == len(rows) and all(_IDENTIFIER.fullmatch(c.text.strip()) for c in cells):
            yield from ((cell.text.strip(), cell.span()) for cell in cells)


def _plain(name: str) -> str:
    return re.sub(r"[-_]", "", name).lower()


def _sources(context: Context, folder: str) -> Iterator[Source]:
    """Yield the sources in a folder and below that hold tests, in the order of their paths."""
    paths = sorted(path for path in ProjectFiles(context.root).paths if path.endswith(".rs"))
    within = [path for path in paths if PurePosixPath(path).is_relative_to(folder)]
    for path in within[:MAX_SOURCES]:
        try:
            text = read_source(context.root / path).text
        except InputError:
            continue
        if "#[test]" in text or "::test]" in text or "::test(" in text:
            yield Source(path, text)


def _named(source: Source, stems: set[str]) -> Iterator[tuple[str, Span]]:
    """Yield the identifiers with one of the stems, without what their notation adds."""
    plain = "|".join(sorted({r"[-_]?".join(re.findall(r"[A-Z]+", stem)) for stem in stems}))
    pattern = re.compile(
        rf"(?<![A-Za-z0-9])(?:{plain})[-_]?\d{{1,3}}(?![A-Za-z0-9])", re.IGNORECASE
    )
    for number, line in enumerate(source.text.splitlines(), start=1):
        if "//" in line or re.search(r"\bfn\b", line):
            for match in pattern.finditer(line):
                span = Span(source.path, number, match.start() + 1, number, match.end())
                yield _plain(match[0]), span
