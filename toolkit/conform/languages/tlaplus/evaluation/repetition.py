"""Whether a formula may try an element of a set more than once, told from its text.

Whether it does hangs on which sets were counted before, each for itself (repeating_sets.py). So
code that computes one set for several places leaves such a formula to the closures.
"""

from __future__ import annotations

from collections.abc import Hashable

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import let_scope
from conform.languages.tlaplus.evaluation.inlining import inlined, outcomes
from conform.languages.tlaplus.evaluation.instances import as_use, target
from conform.languages.tlaplus.evaluation.scope import Definition, Scope
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.evaluation.unions import SPACES, stays_lazy


def may_repeat(node: syntax.Expression, scope: Scope) -> bool:
    r"""Return whether what a `\E` ranges over, or stands behind an `\in`, may repeat elements."""
    seen: set[Hashable] = set()
    waiting: list[tuple[syntax.Node, Scope]] = [(node, scope)]
    while waiting:
        each, within = waiting.pop()
        match each:
            case syntax.Quantified(bounds=bounds):
                if any(repeats_elements(bound.domain, within) for bound in bounds):
                    return True
            case syntax.Infix(operator="\\in", right=right):
                if repeats_elements(right, within):
                    return True
            case syntax.Let(definitions=definitions, body=body):
                waiting.append((body, let_scope(definitions, within, depth=0)))
                continue
            case syntax.Expression() if (use := as_use(each, within)) is not None:
                called = target(use, within)
                if isinstance(called.binding, Definition):
                    # A body says the same wherever the arguments are of the same make.
                    make = tuple(
                        [
                            (repeats_elements(one, within), _stays_apart(one, within))
                            for one in called.arguments
                        ]
                    )
                    found = inlined(use, within)
                    if found is not None and (id(found.body), make) not in seen:
                        seen.add((id(found.body), make))
                        waiting.append((found.body, found.scope))
        waiting.extend((child, within) for child in children(each))
    return False


def repeats_elements(node: syntax.Expression, scope: Scope) -> bool:
    """Return whether a set may have elements that are tried repeatedly."""
    return any(_one_repeats(one, within) for one, within in outcomes(node, scope))


def _one_repeats(node: syntax.Expression, scope: Scope) -> bool:
    match node:
        case syntax.Prefix(operator="UNION", operand=operand):
            return stays_lazy(operand, scope) or _stays_apart(operand, scope)
        case syntax.Infix(operator="\\cup", left=left, right=right):
            return _stays_apart(left, scope) or _stays_apart(right, scope)
        case syntax.Infix(operator="\\cap" | "\\", left=left):
            return repeats_elements(left, scope)
        case syntax.SetFilter(bound=bound):
            return repeats_elements(bound.domain, scope)
        case syntax.FunctionSet(codomain=codomain):
            return repeats_elements(codomain, scope)
        case syntax.RecordSet(fields=fields):
            return any(repeats_elements(each.value, scope) for each in fields)
        case syntax.Product(factors=factors):
            return any(repeats_elements(each, scope) for each in factors)
        case _:
            return False


def _stays_apart(node: syntax.Expression, scope: Scope) -> bool:
    """Return whether a set is of those that TLC does not put together with another one at once."""
    return any(_one_stays_apart(one, within) for one, within in outcomes(node, scope))


def _one_stays_apart(node: syntax.Expression, scope: Scope) -> bool:
    match node:
        case syntax.Prefix(operator="SUBSET"):
            return True
        case syntax.Infix(operator="\\cap" | "\\", left=left, right=right):
            return _stays_apart(left, scope) or _stays_apart(right, scope)
        case syntax.SetFilter(bound=bound):
            return _stays_apart(bound.domain, scope)
        case _:
            return isinstance(node, SPACES) or _one_repeats(node, scope)
