"""Reading TLA+: from a source to its syntax tree.

The road: `scanning` (characters to tokens), `heads` (where definitions begin), `junctions` (lists
by column), `parsing` with `grammar.lark` and `building` (tokens to nodes, operators by `folding`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.advice import explain, no_header
from conform.languages.tlaplus.broken_bounds import first_break
from conform.languages.tlaplus.building import Builder
from conform.languages.tlaplus.depth import check_depth
from conform.languages.tlaplus.heads import mark_heads
from conform.languages.tlaplus.junctions import arrange
from conform.languages.tlaplus.scanning import Scanner, find_header
from conform.parsing.lalr import UnexpectedTokenError, load_tables, run
from conform.parsing.tokens import FaultToken, ReadingError, Token
from conform.text import Source

GRAMMAR = Path(__file__).with_name("grammar.lark")


def parse_module(source: Source) -> syntax.Module:
    """Return the first module of a source, whose other text is not read.

    Raises InputError, with its place, where the text is not TLA+. Names are not resolved.
    """
    begin = find_header(source.text)
    if begin < 0:
        raise no_header(source).located_in(source)
    module: syntax.Module = _parse(source, Scanner(source, begin).module(), "module")
    return module


def parse_expression(source: Source) -> syntax.Expression:
    """Return the expression that the whole of a source is, or raise InputError."""
    expression: syntax.Expression = _parse(source, Scanner(source).everything(), "formula")
    return expression


def _parse(source: Source, tokens: list[Token], start: str) -> Any:
    mark_heads(tokens)
    builder = Builder()
    try:
        node = run(load_tables(GRAMMAR), arrange(tokens), start, builder)
        for fault in builder.late():
            raise fault
        check_depth(node)
        return node
    except ReadingError as fault:
        raise _first(fault, tokens).located_in(source) from None
    except UnexpectedTokenError as unexpected:
        raise _first(explain(unexpected), tokens).located_in(source) from None


def _first(fault: ReadingError, tokens: list[Token]) -> ReadingError:
    """Return what SANY finds wrong first, where that is not `fault`."""
    return _or_unreadable(first_break(tokens, fault.span) or fault, tokens)


_SCANNED_TO = frozenset({"DEFINES", "THEOREM", "ASSUMPTION", "END_MODULE"})


def _or_unreadable(fault: ReadingError, tokens: list[Token]) -> ReadingError:
    """Return the fault, or that of characters that are no token and stand not far behind it.

    SANY scans to the next `==`, theorem or end of module before it parses.
    """
    last = tokens[-1]
    if not isinstance(last, FaultToken):
        return fault
    place = (fault.span.line, fault.span.column)
    for token in reversed(tokens[:-2]):
        if (token.line, token.column) < place:
            return last.fault
        if token.type in _SCANNED_TO:
            return fault
    return last.fault
