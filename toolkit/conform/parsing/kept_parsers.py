"""Parsers that Lark makes of a grammar, kept as data beside it: starting constructs no tables.

For grammars whose tokens Lark finds, too. `make tables` writes Lark's own serialization as JSON,
which, unlike a pickle, can do nothing but be data. Another version of Lark than the one that wrote
it may take it otherwise, and makes its parser of the grammar.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef
from msgspec import Struct

from conform.parsing.lalr import tables_path
from conform.parsing.numbering import state_numbers


class Grammar(Struct, frozen=True):
    """A grammar file, the rules with which it can start, and which of Lark's lexers it takes."""

    path: Path
    starts: tuple[str, ...]
    lexer: Literal["basic", "contextual"]


def kept_parser(grammar: Grammar, **options: Any) -> Lark:
    """Return the parser of a grammar; `options` are those that Lark allows for a kept one."""
    text = tables_path(grammar.path).read_text(encoding="utf-8")
    kept = json.loads(text, object_hook=_with_numbers)
    if kept["lark"] != lark.__version__:
        return _made(grammar, **options)
    kept["data"]["parser"]["parser"]["states"] = kept["states"]
    load: Callable[..., Lark] = Lark._load_from_dict  # what Lark's standalone parsers begin with
    return load(kept["data"], kept["memo"], **options)


def kept_text(grammar: Grammar) -> str:
    """Return the text of the file that keeps a parser; the same grammar gives the same bytes."""
    parser: Any = _made(grammar)
    inner = parser.parser.parser
    inner._parse_table = _in_order(inner._parse_table, grammar.starts)
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    states = data["parser"]["parser"].pop("states")
    parts = [
        f'"lark": {json.dumps(lark.__version__)}',
        f'"data": {json.dumps(data)}',
        f'"memo": {_lines(memo)}',
        f'"states": {_lines(states)}',
    ]
    return "{" + ",\n".join(parts) + "}\n"


def write_kept(grammar: Grammar) -> None:
    """Write the file that keeps the parser of a grammar beside it."""
    tables_path(grammar.path).write_text(kept_text(grammar), encoding="utf-8")


def _made(grammar: Grammar, **options: Any) -> Lark:
    return Lark(
        grammar.path.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=grammar.lexer,
        start=list(grammar.starts),
        propagate_positions=True,
        maybe_placeholders=False,
        **options,
    )


def _in_order(table: Any, starts: tuple[str, ...]) -> Any:
    """Return Lark's table with its states numbered as they are reached, and all of it in order."""
    numbers = state_numbers(table.states, [table.start_states[start] for start in starts])
    rows = {
        numbers[state]: {
            kind: (action, target if isinstance(target, Rule) else numbers[target])
            for kind, (action, target) in sorted(table.states[state].items())
        }
        for state in numbers
    }
    first = {start: numbers[table.start_states[start]] for start in starts}
    last = {start: numbers[table.end_states[start]] for start in starts}
    return type(table)(rows, first, last)


def _lines(table: dict[int, Any]) -> str:
    rows = (f'"{key}": {json.dumps(row, separators=(",", ":"))}' for key, row in table.items())
    return "{\n" + ",\n".join(rows) + "\n}"


def _with_numbers(table: dict[str, Any]) -> dict[str | int, Any]:
    """Return a table whose keys that JSON had to write as strings are numbers again."""
    return {int(key) if key.isdigit() else key: value for key, value in table.items()}
