"""From a grammar file to the tables that `lalr` runs on.

Lark reads the grammar and finds the LALR(1) states. They are written as JSON with one line a state,
so that a change of the grammar can be read in a diff; JSON, unlike a pickle, can do nothing but be
data. A test keeps the files as fresh as the grammars.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from lark import Lark
from lark.grammar import Rule
from lark.lexer import Lexer

from conform.parsing.lalr import tables_path
from conform.parsing.numbering import state_numbers

Grammars: TypeAlias = dict[Path, tuple[str, ...]]
"""Grammar files, and the rules with which each can start."""


class _NoLexer(Lexer):
    """Stands where Lark wants a lexer."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[Any]:
        return iter(())


def tables_text(grammar: Path, starts: tuple[str, ...]) -> str:
    """Return the text of a grammar's file of tables; the same grammar gives the same bytes."""
    lark = Lark(
        grammar.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=_NoLexer,
        start=list(starts),
        keep_all_tokens=True,
        maybe_placeholders=False,
    )
    table: Any = lark.parser.parser._parse_table
    rules = {rule: number for number, rule in enumerate(sorted(lark.rules, key=_key))}
    states = state_numbers(table.states, [table.start_states[start] for start in starts])
    rows = [_row(table.states[state], rules, states) for state in states]
    ends = {s: [states[table.start_states[s]], states[table.end_states[s]]] for s in starts}
    counts = Counter(_reductions(row) for row in rows)
    shared = [row for row, count in sorted(counts.items()) if row and count > 1]
    indices = {row: index for index, row in enumerate(shared)}
    parts = [
        f'"rules": [\n{_lines(_rule(rule) for rule in rules)}\n]',
        f'"starts": {json.dumps(ends)}',
        f'"reductions": [\n{_lines(dict(row) for row in shared)}\n]',
        f'"rows": [\n{_lines(_shortened(row, indices) for row in rows)}\n]',
    ]
    return "{" + ",\n".join(parts) + "}\n"


def _key(rule: Rule) -> tuple[str, int]:
    return str(rule.origin.name), rule.order


def _row(
    actions: dict[str, tuple[Any, Any]], rules: dict[Rule, int], states: dict[int, int]
) -> dict[str, int]:
    return {
        kind: ~rules[target] if isinstance(target, Rule) else states[target]
        for kind, (_, target) in sorted(actions.items())
    }


def _reductions(row: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, action) for kind, action in row.items() if action < 0)


def _shortened(row: dict[str, int], indices: dict[tuple[tuple[str, int], ...], int]) -> list[Any]:
    """Return the index of the reductions that a row shares with others, and the rest of it."""
    base = indices.get(_reductions(row))
    return [base, row if base is None else {k: a for k, a in row.items() if a >= 0}]


def _rule(rule: Rule) -> list[Any]:
    passes_on = rule.options.expand1 and not rule.alias and len(rule.expansion) == 1
    method = "" if passes_on else rule.alias or rule.origin.name
    return [str(rule.origin.name), len(rule.expansion), str(method)]


def _lines(values: Any) -> str:
    return ",\n".join(json.dumps(value, separators=(",", ":")) for value in values)


def write_tables(grammars: Grammars) -> None:
    """Write the tables of grammars beside them."""
    for grammar, starts in grammars.items():
        tables_path(grammar).write_text(tables_text(grammar, starts), encoding="utf-8")
