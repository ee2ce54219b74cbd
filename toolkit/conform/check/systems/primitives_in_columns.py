"""Columns of primitives in a page that carries out a pattern: names that it does not define."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from conform.check.cf237_primitive import CODE
from conform.check.context import Context
from conform.check.systems.page_tables import Row, code_alone, tables_of
from conform.domain.finding import Finding
from conform.domain.prose import Prose
from conform.text import nearest

_NAME = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]*)*")
_WORD = re.compile(r"\w+")
_LEAST = 3


def columns_of_primitives(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name in a column of primitives that stands nowhere else.

    A column is one where most cells are names in the first table of primitives of another page.
    """
    tables = {page.path: list(tables_of(page)) for page in context.pages}
    patterns = {path: _defined(found) for path, found in tables.items()}
    pattern = max(patterns, key=lambda path: len(patterns[path]), default="")
    defined = patterns.get(pattern, frozenset())
    if len(defined) < _LEAST:
        return
    words = _words(context.pages)
    for path, found in tables.items():
        for rows in found if path != pattern else ():
            for header in rows[0].cells:
                cells = [cell for row in rows if (cell := row.cells.get(header))]
                named = [cell for cell in cells if _NAME.fullmatch(code_alone(cell))]
                unknown = [cell for cell in named if code_alone(cell) not in defined]
                few = len(named) - len(unknown) >= _LEAST and 2 * len(unknown) < len(named)
                for cell in unknown if few and len(named) == len(cells) else ():
                    name = code_alone(cell)
                    if words[name] == 1:
                        close = nearest(name, defined)
                        yield CODE.finding(
                            f"{pattern} defines no primitive `{name}`",
                            cell.span(),
                            excerpt=context.excerpt(cell.span()),
                            hint=f"did you mean `{close}`?" if close else "name one that it has",
                        )


def _defined(tables: list[tuple[Row, ...]]) -> frozenset[str]:
    """Return the names in the first column of the first table of primitives, if there is one."""
    for rows in tables:
        if re.fullmatch(r"(?:\w+ )?primitives?", next(iter(rows[0].cells))):
            names = (re.sub(r"\(.*\)", "", code_alone(row.first())) for row in rows)
            return frozenset(name for name in names if _NAME.fullmatch(name))
    return frozenset()


def _words(pages: tuple[Prose, ...]) -> Counter[str]:
    return Counter(
        word for page in pages for passage in page.passages for word in _WORD.findall(passage.text)
    )
