"""Operators on sequences that are asked so often that they are written out."""

from __future__ import annotations

from conform.domain.values import FunctionValue
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.emitter import Emitter
from conform.languages.tlaplus.evaluation.source.operands import Operand, Place
from conform.languages.tlaplus.evaluation.standard.sequences import SEQUENCES


def length(
    emitter: Emitter, builtin: Builtin, arguments: tuple[syntax.Expression, ...], place: Place
) -> Operand | None:
    """Emit `Len(s)`; None for any other operator, of which nothing is emitted."""
    if builtin != SEQUENCES["Len"]:
        return None
    found = emitter.value(arguments[0], place)
    return emitter.shared((found.name, "Len"), lambda: _length(emitter, builtin, found, arguments))


def _length(
    emitter: Emitter, builtin: Builtin, found: Operand, arguments: tuple[syntax.Expression, ...]
) -> Operand:
    value = py.load(found.name)
    is_sequence = py.both(
        py.same(py.class_of(value), emitter.object(FunctionValue)),
        py.attribute(py.attribute(value, "domain"), "is_sequence"),
    )
    quick = py.call(emitter.object(len), py.attribute(value, "values"))
    asked = py.call(emitter.object(builtin.apply), emitter.object(arguments[0].span), value)
    counted = emitter.let(py.choice(is_sequence, quick, asked), int)
    emitter.lengths[counted.name] = found
    return counted
