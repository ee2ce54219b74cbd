"""A mapping row links to a file, a symbol or a line that is not there.

What it means
    A cell links to a file of an implementation that is not there, leads out of the project or past
    the end of a file, or names a symbol that the file does not define. Or it leads to a line of a
    model at which the construct that it names is not, nor the comment above it. The map between
    spec and code has rotted.

Example
    [`Writer.begin`](../src/writer.py), where writer.py has no `Writer.begin`.

What to do
    Correct the link. Symbols of Python files are classes, functions, methods and attributes, as in
    `Writer.start`; in files of other languages the last part of the symbol must occur as a word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.files.symbols import symbols_of
from conform.domain.finding import Code, Finding
from conform.domain.spec import SymbolReference
from conform.text import Source, Span, exists, nearest, read_source

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
        elif reference.line is not None and (place := _moved(context, reference, source)):
            message = f"`{reference.symbol}` is at line {place}, and the link leads elsewhere"
            yield _finding(context, reference, message)


def _moved(context: Context, reference: SymbolReference, source: Source) -> int:
    """Return the line of a model's construct where a link to it leads past it; 0 for none.

    A construct begins with the comment above it.
    """
    for artefact in context.formal.values():
        found = artefact.definitions.get(reference.symbol)
        if found is None or found.span.path != source.path or reference.line is None:
            continue
        first = found.span.line
        while first > 1 and _is_comment(source.line(first - 1)):
            first -= 1
        word = rf"(?<!\w){re.escape(reference.symbol)}(?!\w)"
        named = re.search(word, source.line(reference.line))
        is_below = found.span == _last_above(artefact, source.path, reference.line)
        if not (first <= reference.line <= found.span.line or is_below or named):
            return found.span.line
    return 0


def _last_above(artefact: FormalArtefact, path: str, line: int) -> Span | None:
    """Return the place of the last construct of a file that begins at a line or above it."""
    spans = (each.span for each in artefact.definitions.values() if each.span.path == path)
    above = (span for span in spans if span.line <= line)
    return max(above, key=lambda span: span.line, default=None)


def _is_comment(line: str) -> bool:
    return line.strip().startswith(("\\*", "(*", "*", "#"))


def _finding(
    context: Context, reference: SymbolReference, message: str, close: str | None = None
) -> Finding:
    return CODE.finding(
        message,
        reference.span,
        excerpt=context.excerpt(reference.span),
        hint=f"did you mean `{close}`?" if close else "correct the link, or the code",
    )
