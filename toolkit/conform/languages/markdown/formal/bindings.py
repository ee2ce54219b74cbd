"""The values of constants: from a table of parameters, in which names are model values.

In `{w1, w2}` the names `w1` and `w2` are declared nowhere, so that each is a model value, as in a
configuration of TLC. Words in capitals are strings, as everywhere in a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn

from conform.domain.values import FunctionValue, ModelValue, SetValue, Value
from conform.errors import EvaluationError, InputError
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.evaluation.core import Core, Scope
from conform.languages.markdown.formal.evaluation.dispatch import TABLE
from conform.languages.markdown.formal.evaluation.membership import INFINITE
from conform.languages.markdown.formal.evaluation.names import LITERAL_WORD, TRUE_SETS
from conform.languages.markdown.formal.parsing import parse_text
from conform.languages.markdown.formal.syntax import Expression, Name
from conform.languages.markdown.formal.traversal import walk
from conform.text import Span, nearest


def parameter_bindings(
    document: FormalDocument, configuration: str | None = None
) -> dict[str, Value]:
    """Return the values that the table of parameters gives; None asks for its first column.

    `configuration` is the header of a column, in any case of letters. Raises InputError for a
    column that is not there, and for a cell that is no value.
    """
    found: dict[str, Value] = {}
    for row in document.parameters:
        columns = {header.lower(): text for header, text in row.values}
        wanted = next(iter(columns), None) if configuration is None else configuration.lower()
        if wanted is None or wanted not in columns:
            close = nearest(wanted or "", columns)
            raise InputError(
                f"constant `{row.name}` has no value in a column {configuration}",
                span=row.span,
                excerpt=document.source.excerpt(row.span),
                expected=", ".join(header for header, _ in row.values),
                hint=f"did you mean {close}?" if close else "",
            )
        node = parse_text(columns[wanted], document.source, row.span)
        try:
            found[row.name] = _value(document, node, found)
        except EvaluationError as error:
            raise InputError(
                f"the value of `{row.name}`, `{columns[wanted]}`: {error.message}",
                span=row.span,
                excerpt=document.source.excerpt(row.span),
                expected="a number, a word, or a set such as {w1, w2}",
            ) from None
    return found


def _value(document: FormalDocument, node: Expression, known: Mapping[str, Value]) -> Value:
    names = {each.name for each in walk(node) if isinstance(each, Name)}
    models = {
        name: ModelValue(name)
        for name in names
        if not (name in known or name in INFINITE or name in TRUE_SETS)
        and not LITERAL_WORD.fullmatch(name)
    }
    core = Core(document.source, known, {}, {}, {}, models, TABLE, _refuse_enabled)
    return core.code(node, Scope()).run((), ())


def _refuse_enabled(_name: str, span: Span) -> NoReturn:
    raise InputError("ENABLED has no place among parameters", span=span)


def model_values_of(values: Iterable[Value]) -> dict[str, Value]:
    """Return the model values in some values, at any depth, by their names."""
    found: dict[str, Value] = {}
    for value in values:
        match value:
            case ModelValue(name):
                found[name] = value
            case SetValue():
                found |= model_values_of(value)
            case FunctionValue(domain=domain, values=images):
                found |= model_values_of((*domain.elements, *images))
            case _:
                pass
    return found
