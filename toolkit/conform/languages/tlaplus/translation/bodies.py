"""Bodies of definitions taken apart: conjuncts, cases, the action of an action property."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.machine import Arm
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.specification import Specification
from conform.languages.tlaplus.translation.context import Context
from conform.languages.tlaplus.translation.expressions import failure_of, truth
from conform.languages.tlaplus.translation.fragments import Fragment, conjunction
from conform.languages.tlaplus.translation.standard import stored
from conform.languages.tlaplus.translation.translator import Translator
from conform.languages.tlaplus.translation.types import BOOLEAN


def arm_of(arm: tuple[str, Fragment | None, str], *, keeps_range: bool) -> Arm:
    condition, value, failure = arm
    if value is None:
        return Arm(condition, "", failure)
    return Arm(condition, value.text if keeps_range else stored(value).text)


def arms_of(
    node: syntax.Expression, translator: Translator, context: Context
) -> Iterator[tuple[str, Fragment | None, str]]:
    """Yield the cases of a definition's body: (condition, value, failure)."""
    match node:
        case syntax.Parentheses(expression=inner):
            yield from arms_of(inner, translator, context)
        case syntax.If() if not _is_boolean(node, translator, context):
            condition = truth(translator, node.condition, context)
            yield condition.text, translator.expression(node.consequent, context), ""
            yield from arms_of(node.alternative, translator, context)
        case syntax.Case() if not _is_boolean(node, translator, context):
            for arm in node.arms:
                condition = truth(translator, arm.condition, context)
                yield condition.text, translator.expression(arm.value, context), ""
            if node.other is not None:
                yield from arms_of(node.other, translator, context)
            else:
                yield "", None, failure_of(node)
        case syntax.Junction(operator="/\\", items=items):
            parts = [truth(translator, item, context) for item in items]
            yield "", conjunction(parts), ""
        case _:
            yield "", translator.expression(node, context), ""


def _is_boolean(node: syntax.If | syntax.Case, translator: Translator, context: Context) -> bool:
    value = node.consequent if isinstance(node, syntax.If) else node.arms[0].value
    return translator.expression(value, context).type == BOOLEAN


def conjuncts_of(
    node: syntax.Expression, specification: Specification, *, unfold: bool = True
) -> Iterator[syntax.Expression]:
    match node:
        case syntax.Parentheses(expression=inner):
            yield from conjuncts_of(inner, specification, unfold=unfold)
        case syntax.Junction(operator="/\\", items=items):
            for item in items:
                yield from conjuncts_of(item, specification, unfold=unfold)
        case syntax.Infix(operator="/\\", left=left, right=right):
            yield from conjuncts_of(left, specification, unfold=unfold)
            yield from conjuncts_of(right, specification, unfold=unfold)
        case syntax.Name(name=name) if unfold:
            found = specification.unambiguous(name)
            if isinstance(found, Definition) and not found.parameters and not found.is_recursive:
                level = specification.analysis.of_definition(found).level
                if level < ACTION and found.body is not node:
                    yield from conjuncts_of(found.body, specification)
                    return
            yield node
        case _:
            yield node


def boxed_action(node: syntax.Expression) -> syntax.ActionBox | None:
    while isinstance(node, syntax.Parentheses):
        node = node.expression
    if not isinstance(node, syntax.Prefix) or node.operator != "[]":
        return None
    inner = node.operand
    while isinstance(inner, syntax.Parentheses):
        inner = inner.expression
    return inner if isinstance(inner, syntax.ActionBox) else None


def is_whole_state(node: syntax.Expression, specification: Specification) -> bool:
    """Whether an expression lists all variables, as `vars` does."""
    names: set[str] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case syntax.TupleLiteral(elements=parts):
                waiting.extend(parts)
            case syntax.Parentheses(expression=inner):
                waiting.append(inner)
            case syntax.Name(name=name):
                found = specification.unambiguous(name)
                if isinstance(found, Definition) and not found.parameters:
                    waiting.append(found.body)
                else:
                    names.add(name)
            case _:
                return False
    return names == {variable.name for variable in specification.variables}
