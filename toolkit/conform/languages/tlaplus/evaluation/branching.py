"""Which guards branch: TLC counts a successor once for each way in which its guard is true.

It works through a conjunct of an action alike whether it assigns or not: each true side of
`\\/` and each witness of `\\E` gives the successor again (Tool.java, getNextStates).
"""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import hidden_parameters, let_scope, shadowed
from conform.languages.tlaplus.evaluation.inlining import inlined_target
from conform.languages.tlaplus.evaluation.instances import as_use, target
from conform.languages.tlaplus.evaluation.scope import Definition, Scope


def branches(node: syntax.Expression, scope: Scope) -> bool:
    """Return whether `node`, a conjunct of an action, can be true in more than one way."""
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return branches(inner, scope)
        case syntax.Junction(operator="/\\", items=items):
            return any(branches(item, scope) for item in items)
        case syntax.Infix(operator="/\\", left=left, right=right):
            return branches(left, scope) or branches(right, scope)
        case syntax.Infix(operator="=>", right=right):
            return branches(right, scope)
        case syntax.Junction(items=items):
            return len(items) > 1 or branches(items[0], scope)
        case syntax.Infix(operator="\\/") | syntax.Quantified(quantifier="\\E"):
            return True
        case _:
            return _branches_inside(node, scope)


def _branches_inside(node: syntax.Expression, scope: Scope) -> bool:
    match node:
        case syntax.Quantified(bounds=bounds, body=body):
            names = tuple(name for bound in bounds for name in bound.names)
            return branches(body, shadowed(scope, names))
        case syntax.If(consequent=consequent, alternative=alternative):
            return branches(consequent, scope) or branches(alternative, scope)
        case syntax.Case(arms=arms, other=other):
            values = [arm.value for arm in arms] + ([other] if other else [])
            return any(branches(value, scope) for value in values)
        case syntax.Let(definitions=definitions, body=body):
            return branches(body, let_scope(definitions, scope, depth=0))
        case _ if (named := as_use(node, scope)) is not None:
            use = target(named, scope)
            called = inlined_target(use, scope)
            if called is not None:
                return branches(called.body, called.scope)
            return isinstance(use.binding, Definition) and _recursive_branches(use.binding)
        case _:
            return False


def _recursive_branches(definition: Definition) -> bool:
    """Whether the body of a recursive operator branches, its calls of itself aside."""
    known: bool | None = definition.compiled.get("branches")
    if known is None:
        definition.compiled["branches"] = False
        known = branches(definition.body, hidden_parameters(definition))
        definition.compiled["branches"] = known
    return known
