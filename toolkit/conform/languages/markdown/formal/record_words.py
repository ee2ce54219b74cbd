"""Words that stand for a whole record: `x[i] := FREE` where each begins as `FREE` with `count = 0`.

In a table of initial values that is how the record with the word looks; a document that writes the
word where a record must stand means that one. So do values alone, in the order of the fields:
`x[i] := (FREE, 0)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.markdown.formal.document import FormalVariable
from conform.languages.markdown.formal.initial_values import by_position
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
    SetOf,
    Statement,
    TupleOf,
)
from conform.languages.markdown.formal.traversal import Node, rewritten

_COMPARES = frozenset({"=", "#"})

_Words: TypeAlias = Mapping[str, RecordOf]


class _Record(Struct, frozen=True):
    """The records of a variable: how many indices lead to one, its fields, and words for it."""

    depth: int
    fields: tuple[str, ...]
    words: _Words

    def below(self, indices: int) -> _Record:
        """Return the same from a place that has some indices already."""
        return replace(self, depth=self.depth - indices)


_NONE = _Record(0, (), {})


class RecordWords:
    """The words of one document, by variable, and how many indices lead to its records."""

    def __init__(self, variables: Iterable[FormalVariable]) -> None:
        self._records = {name: record for name, record in map(_record, variables) if record.fields}

    def in_statements(self, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        """Return statements with records where their words stand."""
        if not self._records:
            return statements
        return tuple(rewritten(each, self._turned) for each in statements)

    def _turned(self, node: Node) -> Node:
        match node:
            case Assign(target=target, value=value):
                record = self._records.get(target.variable, _NONE).below(len(target.path))
                return replace(node, value=_whole(value, record))
            case Binary(operator=operator, left=left, right=right) if operator in _COMPARES:
                beside_left, beside_right = self._beside(left), self._beside(right)
                return replace(
                    node, left=_whole(left, beside_right), right=_whole(right, beside_left)
                )
            case _:
                return node

    def _beside(self, node: Expression) -> _Record:
        """Return the record that this is, without fields if it is none."""
        match node:
            case Index(function=Name(name=name), arguments=arguments):
                record = self._records.get(name, _NONE).below(len(arguments))
            case Name(name=name):
                record = self._records.get(name, _NONE)
            case _:
                return _NONE
        return record if record.depth == 0 else _NONE


def _whole(node: Expression, record: _Record) -> Expression:
    """Return a value in which words, and values by their order, stand for records."""
    match node:
        case Name(name=name) if name in record.words and not record.depth:
            return replace(record.words[name], span=node.span)
        case TupleOf() | SetOf() if not record.depth:
            return by_position(node, record.fields)
        case If(consequent=consequent, alternative=alternative):
            return replace(
                node,
                consequent=_whole(consequent, record),
                alternative=_whole(alternative, record),
            )
        case FunctionOf(bounds=bounds, body=body):
            indices = sum(len(bound.names) for bound in bounds)
            return replace(node, body=_whole(body, record.below(indices)))
        case _:
            return node


def _record(variable: FormalVariable) -> tuple[str, _Record]:
    depth, type_set, initial = 0, variable.type_set, variable.initial
    while isinstance(type_set, FunctionSet):
        initial = initial.body if isinstance(initial, FunctionOf) else None
        depth, type_set = depth + 1, type_set.values
    if not isinstance(type_set, RecordSet | RecordOf):
        return variable.name, _NONE
    words: dict[str, RecordOf] = {}
    if isinstance(initial, RecordOf):
        names = [value.name for _, value in initial.fields if isinstance(value, Name)]
        words = {name: initial for name in names if names.count(name) == 1}
    return variable.name, _Record(depth, tuple(name for name, _ in type_set.fields), words)
