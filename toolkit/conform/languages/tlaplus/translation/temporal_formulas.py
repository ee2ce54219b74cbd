"""Temporal formulas: operators around what is true of the present state.

The operators are those of `temporal`; quantifiers over constant sets become conjunctions and
disjunctions of formulas, in the order of the values. What speaks of steps has no translation.
"""

from __future__ import annotations

from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.translation.calling import passed
from conform.languages.tlaplus.translation.context import (
    Chosen,
    Context,
    Delayed,
    LocalDefinition,
)
from conform.languages.tlaplus.translation.expressions import truth
from conform.languages.tlaplus.translation.sets import elements, in_order
from conform.languages.tlaplus.translation.translator import (
    Translator,
    local_definitions,
    parts_of,
    text_of,
    unsupported,
)

_PREFIXES = {"~": "not", "[]": "always", "<>": "eventually"}
_INFIXES = {"/\\": "and", "\\/": "or", "=>": "implies", "~>": "leads to"}

_ALWAYS_SO = {"True": 'Formula("and", ())', "False": 'Formula("or", ())'}
"""What holds in every state or in none is no leaf: from the form alone, more can be said."""


def temporal_text(translator: Translator, node: syntax.Expression, context: Context) -> str:
    """Return an expression of Python for a temporal formula: a truth value, or a Formula.

    Raises UnsupportedError for what speaks of steps, and for other forms.
    """
    if not _is_temporal(translator, node, context):
        text = truth(translator, node, context).text
        return _ALWAYS_SO.get(text, text)
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return temporal_text(translator, inner, context)
        case syntax.Junction(operator=operator, items=items):
            return _joined(translator, _INFIXES[operator], items, context)
        case syntax.Infix(operator=operator, left=left, right=right) if operator in _INFIXES:
            return _joined(translator, _INFIXES[operator], (left, right), context)
        case syntax.Infix(operator="<=>" | "\\equiv", left=left, right=right):
            one, other = (temporal_text(translator, side, context) for side in (left, right))
            return _formula("and", _formula("implies", one, other), _formula("implies", other, one))
        case syntax.If(condition=condition, consequent=consequent, alternative=alternative):
            parts = (condition, consequent, alternative)
            test, one, other = (temporal_text(translator, part, context) for part in parts)
            return _formula("and", _formula("implies", test, one), _formula("or", test, other))
        case syntax.Prefix(operator=operator, operand=operand) if operator in _PREFIXES:
            return _joined(translator, _PREFIXES[operator], (operand,), context)
        case syntax.Quantified():
            return _quantified(translator, node, context)
        case syntax.Let(definitions=definitions, body=body):
            within = context.with_names(local_definitions(definitions, context))
            return temporal_text(translator, body, within)
        case syntax.Name(name=name) | syntax.Call(operator=name):
            arguments = node.arguments if isinstance(node, syntax.Call) else ()
            return _named(translator, name, arguments, node, context)
        case _:
            raise _refused(node)


def _refused(node: syntax.Expression) -> UnsupportedError:
    return unsupported(f"`{text_of(node)[:60]}` is not translated as a temporal formula", node.span)


def _joined(
    translator: Translator, word: str, parts: tuple[syntax.Expression, ...], context: Context
) -> str:
    return _formula(word, *(temporal_text(translator, part, context) for part in parts))


def _formula(word: str, *texts: str) -> str:
    comma = "," if len(texts) == 1 else ""
    return f'Formula("{word}", ({", ".join(texts)}{comma}))'


def _quantified(translator: Translator, node: syntax.Quantified, context: Context) -> str:
    clauses = []
    for bound in node.bounds:
        over = elements(translator, bound.domain, context)
        if bound.is_tuple or not over.domain:
            raise unsupported("a quantifier around `[]` or `<>` needs a constant set", bound.span)
        for name in bound.names:
            identifier, context = context.bind(name.name, over.type, over.domain)
            clauses.append(f"for {identifier} in {in_order(translator, over)}")
    word = "and" if node.quantifier == "\\A" else "or"
    body = temporal_text(translator, node.body, context)
    return f'Formula("{word}", tuple({body} {" ".join(clauses)}))'


def _named(
    translator: Translator,
    name: str,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> str:
    """Return a temporal formula that has a name, unfolded."""
    match context.names.get(name) or translator.resolve(name, node.span):
        case Delayed(expression, outer):
            return temporal_text(translator, expression, context.of_body(outer.names, node.span))
        case LocalDefinition(parameters, body, outer):
            names = {**outer.names, **passed(parameters, arguments, node, context)}
        case Definition(parameters=parameters, body=body):
            names = dict(passed(parameters, arguments, node, context))
        case _:
            raise _refused(node)
    return temporal_text(translator, body, context.of_body(names, node.span))


def _is_temporal(translator: Translator, node: syntax.Expression, context: Context) -> bool:
    """Whether a formula speaks of more than one state."""
    match node:
        case syntax.Prefix(operator="[]" | "<>") | syntax.Infix(operator="~>" | "-+->"):
            return True
        case syntax.Fairness():
            return True
        case syntax.Let(definitions=definitions, body=body):
            inner = context.with_names(local_definitions(definitions, context))
            return _is_temporal(translator, body, inner)
        case syntax.Name(name=name) | syntax.Call(operator=name):
            arguments = node.arguments if isinstance(node, syntax.Call) else ()
            if any(_is_temporal(translator, each, context) for each in arguments):
                return True
            return _is_name_temporal(translator, name, context)
        case _:
            return any(_is_temporal(translator, part, context) for part in parts_of(node))


def _is_name_temporal(translator: Translator, name: str, context: Context) -> bool:
    match context.names.get(name):
        case Delayed(node, outer) | Chosen(node, outer):
            return _is_temporal(translator, node, outer)
        case LocalDefinition(_, body, outer):
            return _is_temporal(translator, body, outer)
        case None:
            found = translator.specification.unambiguous(name)
            if isinstance(found, Definition):
                return translator.specification.analysis.of_definition(found).level > ACTION
    return False
