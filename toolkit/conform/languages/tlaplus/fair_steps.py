"""Which steps of the model are the steps of a fairness condition, where the text shows it.

The action of a WF or SF is split as Next is. Where each piece is a piece of Next, word for word and
with the same parameters, the steps of the action are those of these instances.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.fairness import ActionSteps
from conform.domain.states import Slots
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, NamedAction, split
from conform.languages.tlaplus.evaluation.analysis import variable_slot
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher
from conform.languages.tlaplus.evaluation.scope import Alias, Baked, Binding, Definition, Scope


def fair_steps(
    compiler: Dispatcher, formula: Formula, actions: Sequence[NamedAction]
) -> ActionSteps | None:
    """Return the steps of the WF or SF `formula` as instances of `actions`, None if it is unclear.

    `actions` are the instances of Next in the order of their numbers.
    """
    node = formula.node
    assert isinstance(node, syntax.Fairness)
    changing = _slots(node.subscript, formula.scope)
    if changing is None:
        return None
    numbers: set[int] = set()
    for piece in split(compiler, Formula(node.action, formula.scope), ""):
        same = [number for number, action in enumerate(actions) if _is_same(piece, action)]
        if not same:
            return None
        numbers.update(same)
    return ActionSteps(frozenset(numbers), changing)


def _slots(node: syntax.Expression, scope: Scope) -> Slots | None:
    """Return the variables that a subscript is a tuple of, None for any other."""
    slot = variable_slot(node, scope)
    if slot is not None:
        return frozenset({slot})
    match node:
        case syntax.Parentheses(expression=inner):
            return _slots(inner, scope)
        case syntax.TupleLiteral(elements=elements):
            found = [_slots(element, scope) for element in elements]
            known = [slots for slots in found if slots is not None]
            return frozenset().union(*known) if len(known) == len(found) else None
        case syntax.Name(name=name):
            binding = scope.find(name)
            if isinstance(binding, Definition) and not binding.parameters:
                return _slots(binding.body, binding.scope)
            if isinstance(binding, Alias):
                return _slots(binding.expression, binding.scope)
    return None


def _is_same(one: NamedAction, other: NamedAction) -> bool:
    if one.formula.node is not other.formula.node:
        return False
    return _means_the_same(one.formula.scope, other.formula.scope)


def _means_the_same(one: Scope | None, other: Scope | None) -> bool:
    """Whether all names mean the same in two scopes."""
    if one is other:
        return True
    if one is None or other is None or one.names.keys() != other.names.keys():
        return False
    bindings = zip(one.names.values(), map(other.names.__getitem__, one.names), strict=True)
    return all(_is_same_binding(*pair) for pair in bindings) and _means_the_same(
        one.parent, other.parent
    )


def _is_same_binding(one: Binding, other: Binding) -> bool:
    match one, other:
        case Baked(value), Baked(another):
            return type(value) is type(another) and value == another
        case Alias(), Alias():
            is_same_text = one.expression is other.expression
            return is_same_text and _means_the_same(one.scope, other.scope)
        case _:
            return one is other
