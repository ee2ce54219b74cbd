"""Words that stand for a whole record: `x[i] := FREE` where each begins as `FREE` with `count = 0`.

In a table of initial values that is how the record with the word looks; a document that writes the
word where a record must stand means that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from conform.languages.markdown.formal.document import FormalVariable
from conform.languages.markdown.formal.syntax import (
    Assign,
    Binary,
    Expression,
    FunctionOf,
    FunctionSet,
    If,
    Index,
    Name,
    RecordOf,
    RecordSet,
    Statement,
)
from conform.languages.markdown.formal.traversal import Node, rewritten

_COMPARES = frozenset({"=", "#"})

_Words: TypeAlias = Mapping[str, RecordOf]


class RecordWords:
    """The words of one document, by variable, and how many indices lead to its records."""

    def __init__(self, variables: Iterable[FormalVariable]) -> None:
        self._words = {name: (depth, words) for name, depth, words in _words(variables)}

    def in_statements(self, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        """Return statements with records where their words stand."""
        if not self._words:
            return statements
        return tuple(rewritten(each, self._turned) for each in statements)

    def _turned(self, node: Node) -> Node:
        match node:
            case Assign(target=target, value=value):
                depth, words = self._words.get(target.variable, (0, {}))
                return replace(node, value=_whole(value, words, depth - len(target.path)))
            case Binary(operator=operator, left=left, right=right) if operator in _COMPARES:
                beside_left, beside_right = self._beside(left), self._beside(right)
                return replace(
                    node, left=_whole(left, beside_right), right=_whole(right, beside_left)
                )
            case _:
                return node

    def _beside(self, node: Expression) -> _Words:
        """Return the words that stand for a record beside this one, none beside anything else."""
        match node:
            case Index(function=Name(name=name), arguments=arguments):
                depth, words = self._words.get(name, (0, {}))
                return words if depth == len(arguments) else {}
            case Name(name=name):
                depth, words = self._words.get(name, (1, {}))
                return words if depth == 0 else {}
            case _:
                return {}


def _whole(node: Expression, words: _Words, functions: int = 0) -> Expression:
    """Return a value in which words stand for records, below so many functions."""
    match node:
        case Name(name=name) if name in words and not functions:
            return replace(words[name], span=node.span)
        case If(consequent=consequent, alternative=alternative):
            return replace(
                node,
                consequent=_whole(consequent, words, functions),
                alternative=_whole(alternative, words, functions),
            )
        case FunctionOf(bounds=bounds, body=body):
            indices = sum(len(bound.names) for bound in bounds)
            return replace(node, body=_whole(body, words, functions - indices))
        case _:
            return node


def _words(variables: Iterable[FormalVariable]) -> Iterator[tuple[str, int, _Words]]:
    for variable in variables:
        depth, type_set, initial = 0, variable.type_set, variable.initial
        while isinstance(type_set, FunctionSet) and isinstance(initial, FunctionOf):
            depth, type_set, initial = depth + 1, type_set.values, initial.body
        if isinstance(type_set, RecordSet) and isinstance(initial, RecordOf):
            names = [value.name for _, value in initial.fields if isinstance(value, Name)]
            yield variable.name, depth, {name: initial for name in names if names.count(name) == 1}
