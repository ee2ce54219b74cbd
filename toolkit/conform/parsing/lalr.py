"""LALR parsing over tokens made by hand; nodes are built as the parser reduces.

The tables are made ahead of time from a grammar file (`tables.py`) and lie beside it, so that
starting needs neither Lark nor its construction of tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from msgspec import Struct

from conform.parsing.tokens import FaultToken, ReadingError, Token

Row: TypeAlias = dict[str, int]
"""What a state does: the next state for a terminal or a rule's name, `~rule` to reduce."""


class Rule(Struct, frozen=True):
    """One production: the name it makes, how many parts it takes, the builder's method.

    Without a method the rule passes its only part on.
    """

    name: str
    length: int
    method: str


class Tables(Struct, frozen=True):
    """The tables of a grammar; `starts` gives the first and the last state of a start rule."""

    rules: tuple[Rule, ...]
    rows: tuple[Row, ...]
    starts: dict[str, tuple[int, int]]


class UnexpectedTokenError(Exception):
    """A token that cannot continue the text: its index, and the types of what could."""

    def __init__(self, tokens: Sequence[Token], index: int, accepted: frozenset[str]) -> None:
        super().__init__(index)
        self.tokens = tokens
        self.index = index
        self.accepted = accepted

    @property
    def token(self) -> Token:
        """The token itself."""
        return self.tokens[self.index]


def tables_path(grammar: Path) -> Path:
    """Return where the tables of a grammar file lie."""
    return grammar.with_suffix(".tables.json")


@cache
def load_tables(grammar: Path) -> Tables:
    """Return the tables of a grammar file, as `make tables` wrote them."""
    data = json.loads(tables_path(grammar).read_text(encoding="utf-8"))
    shared: list[Row] = data["reductions"]
    rows = [row if base is None else shared[base] | row for base, row in data["rows"]]
    starts = {name: (first, last) for name, (first, last) in data["starts"].items()}
    return Tables(tuple(Rule(*rule) for rule in data["rules"]), tuple(rows), starts)


class Interruptible(Protocol):
    """A builder, beside a method for each rule."""

    def interrupted(self, values: list[Any]) -> None:
        """Raise what is wrong with the values that wait for more at a fault behind them."""


def run(tables: Tables, tokens: Sequence[Token], start: str, builder: Interruptible) -> Any:
    """Return what the builder makes of tokens that end with `$END`.

    Raises UnexpectedTokenError where the grammar does not go on, and what a FaultToken carries.
    """
    rows = tables.rows
    methods = [_method(builder, rule) for rule in tables.rules]
    state, last = tables.starts[start]
    states: list[int] = [state]
    values: list[Any] = []
    try:
        for index, token in enumerate(tokens):
            kind = token.type
            while True:
                action = rows[state].get(kind)
                if action is None:
                    builder.interrupted(values)
                    raise _unexpected(tables, tokens, index, tables.starts[start][0])
                if action >= 0:
                    states.append(action)
                    values.append(token)
                    state = action
                    break
                name, length, method = methods[~action]
                if length:
                    parts: list[Any] = values[-length:]
                    del states[-length:], values[-length:]
                else:
                    parts = []
                values.append(method(parts))
                state = rows[states[-1]][name]
                states.append(state)
                if state == last and kind == "$END":
                    return values[-1]
    except ReadingError:
        builder.interrupted(values)  # what stands before comes first
        raise
    raise AssertionError("tokens without $END")


_Reduction: TypeAlias = tuple[str, int, Callable[[list[Any]], Any]]


def _method(builder: object, rule: Rule) -> _Reduction:
    method = getattr(builder, rule.method) if rule.method else _only
    return rule.name, rule.length, method


def _only(parts: list[Any]) -> Any:
    return parts[0]


def _unexpected(tables: Tables, tokens: Sequence[Token], index: int, first: int) -> Exception:
    token = tokens[index]
    if isinstance(token, FaultToken):
        return token.fault
    states = _states_before(tables, tokens[:index], first)
    row = tables.rows[states[-1]]
    names = {rule.name for rule in tables.rules}
    accepted = {kind for kind in row if kind not in names and _accepts(tables, states, kind)}
    return UnexpectedTokenError(tokens, index, frozenset(accepted))


def _states_before(tables: Tables, tokens: Sequence[Token], state: int) -> list[int]:
    """Return the states after `tokens`, nothing reduced yet for the sake of what follows.

    A token that does not fit may have made the parser reduce first, and forget what else would.
    """
    states = [state]
    for token in tokens:
        while (action := tables.rows[states[-1]][token.type]) < 0:
            _reduce(tables, states, ~action)
        states.append(action)
    return states


def _reduce(tables: Tables, states: list[int], number: int) -> None:
    rule = tables.rules[number]
    if rule.length:
        del states[-rule.length :]
    states.append(tables.rows[states[-1]][rule.name])


def _accepts(tables: Tables, states: list[int], kind: str) -> bool:
    """Return whether a token of a type is shifted in the end, whatever is reduced before."""
    states = states.copy()
    while True:
        action = tables.rows[states[-1]].get(kind)
        if action is None:
            return False
        if action >= 0:
            return True
        _reduce(tables, states, ~action)
        if kind == "$END" and any(states[-1] == last for _, last in tables.starts.values()):
            return True
