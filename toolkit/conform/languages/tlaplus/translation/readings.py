"""The terms of a conjunct whose values tell a reader why it is false."""

from __future__ import annotations

from collections.abc import Iterator

from conform.errors import ConformError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Definition, VariableSlot
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.translation.context import Context
from conform.languages.tlaplus.translation.fragments import Fragment
from conform.languages.tlaplus.translation.translator import Translator, text_of


def readings(
    translator: Translator, node: syntax.Expression, context: Context
) -> tuple[tuple[str, Fragment], ...]:
    """Return the terms of a conjunct with their texts; only what can be evaluated in any case."""
    found: dict[str, Fragment] = {}
    for term in _terms(translator, node, context):
        try:
            fragment = translator.expression(term, context)
        except ConformError:
            continue
        if fragment.is_total:
            found.setdefault(text_of(term), fragment)
    return tuple(found.items())


def _terms(
    translator: Translator, node: syntax.Expression, context: Context
) -> Iterator[syntax.Expression]:
    """Yield the applications, fields and names in `node` whose values change, outermost first."""
    match node:
        case syntax.Name(name=name):
            local = context.names.get(name)
            is_bound = isinstance(local, Fragment) and local.text in context.taken
            if is_bound or (local is None and _is_state_name(translator, name)):
                yield node
        case syntax.Application() | syntax.Field():
            yield node
        case syntax.Quantified() | syntax.Choose() | syntax.SetFilter() | syntax.SetMap():
            return
        case syntax.FunctionLiteral() | syntax.Let() | syntax.Prefix(operator="ENABLED"):
            return
        case syntax.Call(arguments=arguments):
            for argument in arguments:
                yield from _terms(translator, argument, context)
        case _:
            for child in children(node):
                if isinstance(child, syntax.Expression):
                    yield from _terms(translator, child, context)


def _is_state_name(translator: Translator, name: str) -> bool:
    found = translator.specification.unambiguous(name)
    if isinstance(found, VariableSlot):
        return True
    if not isinstance(found, Definition) or found.parameters:
        return False
    return translator.specification.analysis.of_definition(found).level > 0
