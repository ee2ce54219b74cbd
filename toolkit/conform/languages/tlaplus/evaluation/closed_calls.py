"""Calls that depend on nothing, as `BoundedSeq(Value, 3)`: what they give is computed once.

TLC computes it at each use. That shows where a set tells its elements once more than it has them,
until it is counted (`repeating_sets`): such a set is handed out anew each time.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.repeating_sets import for_each_use
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.trees import children

_QUICK = (syntax.Name, syntax.Number, syntax.String, syntax.Parentheses, syntax.If)
_QUICK_OPERATORS = frozenset(("+", "-", "*", "=", "#", "<", ">", "<=", ">=", "/\\", "\\/", "~"))
"""What takes no longer than to look up what it gives."""


def computed_once(
    compiler: Dispatcher, node: syntax.Call | syntax.Path, context: Context, code: Code
) -> Code:
    """Return `code` of a call, computed when first wanted if it is closed, unless it fails."""
    if not compiler.footprint(node, context).is_closed:
        return code
    found: list[Any] = []

    def value(_s: Any, _t: Any, e: tuple[Any, ...]) -> Any:
        return for_each_use(found, partial(code, (), None, e))

    return value


def is_quick(definition: Definition) -> bool:
    """Return whether it takes no longer to apply an operator than to look up what it gives."""
    return not definition.is_recursive and _is_quick(definition.body)


def _is_quick(node: syntax.Node) -> bool:
    if isinstance(node, syntax.Infix | syntax.Prefix):
        if node.operator not in _QUICK_OPERATORS:
            return False
    elif not isinstance(node, _QUICK):
        return False
    return all(map(_is_quick, children(node)))
