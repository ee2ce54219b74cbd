"""A mapping row links to a file or a symbol that does not exist.

What it means
    A cell links to a file of an implementation that is not there, leads out of the project or past
    the end of a file, or names a symbol that the file does not define. The map between spec and
    code has rotted.

Example
    [`Writer.begin`](../src/writer.py), where writer.py has no `Writer.begin`.

What to do
    Correct the link. Symbols of Python files are classes, functions, methods and attributes, as in
    `Writer.start`; in files of other languages the last part of the symbol must occur as a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.symbols import symbols_of
from conform.domain.finding import Code, Finding
from conform.domain.spec import SymbolReference
from conform.text import Source, exists, nearest, read_source

CODE = Code("CF206", "broken link to an implementation")


def broken_links(context: Context) -> Iterator[Finding]:
    """Yield a finding for each link whose file or symbol cannot be found."""
    for _row, cell, _column in context.cells(*Role):
        for reference in cell.references:
            if isinstance(reference, SymbolReference) and not _is_remote(reference.target):
                yield from _check(context, reference)


def _is_remote(target: str) -> bool:
    return "://" in target or target.startswith(("#", "mailto:"))


def _check(context: Context, reference: SymbolReference) -> Iterator[Finding]:
    # A link is relative to the document that it stands in, which may be one named under `mapping`.
    folder = (context.root / reference.span.path).parent
    path = Path(os.path.normpath(folder / reference.target.partition("#")[0]))
    if not path.is_relative_to(context.root):
        yield _finding(context, reference, f"`{reference.target}` leads out of the project")
    elif not exists(path):
        yield _finding(context, reference, f"there is no file `{reference.target}`")
    elif path.is_file() and (reference.symbol or reference.line):
        source = read_source(path, shown_as=str(path.relative_to(context.root)))
        yield from _inside(context, reference, source)


def _inside(context: Context, reference: SymbolReference, source: Source) -> Iterator[Finding]:
    last = len(source.text.splitlines())
    if reference.line is not None and reference.line > last:
        message = f"`{reference.target}` has no line {reference.line}: its last is {last}"
        yield _finding(context, reference, message)
    elif reference.symbol:
        known = symbols_of(source)
        if reference.symbol not in known:
            close = nearest(reference.symbol, known.names)
            message = f"`{reference.target}` has no `{reference.symbol}`"
            yield _finding(context, reference, message, close)


def _finding(
    context: Context, reference: SymbolReference, message: str, close: str | None = None
) -> Finding:
    return CODE.finding(
        message,
        reference.span,
        excerpt=context.excerpt(reference.span),
        hint=f"did you mean `{close}`?" if close else "correct the link, or the code",
    )
