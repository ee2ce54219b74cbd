"""Small documents for the tests of the Markdown front-end, and short views of what they say."""

from __future__ import annotations

from pathlib import Path

from conform.domain.spec import (
    Absent,
    Action,
    ConstructReference,
    MappingRow,
    RangeReference,
    Reference,
    SameNames,
    Spec,
    SymbolReference,
)
from conform.languages.markdown.reading import read_document
from conform.text import Source, Span, read_source

DOCUMENTS = Path(__file__).parent / "documents"


def page(text: str) -> Spec:
    """Return what a document says that is given as text, under the path page.md."""
    return read_document(Source("page.md", text))


def document(name: str) -> Spec:
    """Return what a document of this folder says."""
    return read_document(read_source(DOCUMENTS / name, shown_as=name))


def mapping_row(subject: str, *cells: str, before: str = "") -> MappingRow:
    """Return the one row of a mapping table; its row stands in the last line of the document."""
    columns = ["TLA+ Construct", "Python Reference", "Rust Reference"][: len(cells)]
    lines = [
        f"| {' | '.join(['Spec Section', *columns])} |",
        f"|{'---|' * (len(cells) + 1)}",
        f"| {' | '.join([subject, *cells])} |",
    ]
    return page(before + "\n".join(lines)).mapping[0].rows[0]


def references(cell: str) -> tuple[Reference, ...]:
    """Return what a cell of a mapping table refers to."""
    return mapping_row("State: `x`", cell).cells[0].references


def shown(reference: Reference) -> str:
    """Return a reference in one line: its type where that is not clear, its parts, its columns."""
    place = f"{reference.span.column}-{reference.span.end_column}"
    match reference:
        case ConstructReference(name, parameters, keyword, note):
            arguments = "" if parameters is None else f"({'|'.join(parameters)})"
            parts = [keyword, name + arguments, note and f"[{note}]", place]
            return " ".join(filter(None, parts))
        case RangeReference(first, last):
            return f"{shown(first)} .. {shown(last)}"
        case SymbolReference(symbol, target, line):
            return f"symbol {symbol or '-'} {target} {line} {place}"
        case SameNames():
            return f"same {place}"
        case Absent(reason):
            return f"absent [{reason}] {place}"


def outline_of(actions: tuple[Action, ...]) -> list[str]:
    """Return number, name and parameters of each action, outcomes behind their action."""
    lines: list[str] = []
    for action in actions:
        lines.append(f"{action.number}:{action.name}({','.join(action.parameters)})")
        lines += [f"  {line}" for line in outline_of(action.outcomes)]
    return lines


def place(span: Span) -> tuple[int, int, int, int]:
    """Return the line and columns of a span, both ends."""
    return span.line, span.column, span.end_line, span.end_column
