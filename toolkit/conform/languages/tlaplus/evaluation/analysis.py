"""What a formula can depend on, found without evaluating it: its level and the slots it mentions.

Slots are over-approximated: every variable that occurs, in whatever branch, definitions included.
"""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import (
    hidden_parameters,
    let_scope,
    shadowed,
)
from conform.languages.tlaplus.evaluation.footprints import (
    ACTION,
    CONSTANT,
    NO_SLOTS,
    NOTHING,
    STATE,
    TEMPORAL,
    ActionFootprint,
    Footprint,
)
from conform.languages.tlaplus.evaluation.inlining import inlined, inlined_target
from conform.languages.tlaplus.evaluation.instances import Target, as_use, target
from conform.languages.tlaplus.evaluation.operator_paths import operator_path
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Baked,
    Binding,
    Builtin,
    Definition,
    Instance,
    Local,
    LocalOperator,
    Missing,
    RecursiveFunction,
    Scope,
    VariableSlot,
)
from conform.languages.tlaplus.evaluation.stack import too_deep
from conform.languages.tlaplus.evaluation.trees import children


def _union(footprints: list[ActionFootprint]) -> ActionFootprint:
    result = ActionFootprint()
    for footprint in footprints:
        result = result | footprint
    return result


def _choosing(footprint: ActionFootprint) -> ActionFootprint:
    """Return the footprint of an action that chooses values; those of a mere guard are none."""
    return replace(footprint, chooses=True)


class Analysis:
    """Footprints of expressions in their scopes, each computed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[syntax.Node, Scope, Footprint]] = {}
        self._definitions: dict[Definition, Footprint] = {}
        self._open: list[Definition] = []
        self._met_open: set[Definition] = set()

    def of(self, node: syntax.Node, scope: Scope) -> Footprint:
        """Return the footprint of `node`, whose names mean what they mean in `scope`."""
        key = (id(node), id(scope))
        known = self._known.get(key)
        if known is not None:
            return known[2]
        footprint = self._compute(node, scope)
        if not self._met_open:
            self._known[key] = (node, scope, footprint)
        return footprint

    def of_definition(self, definition: Definition) -> Footprint:
        """Return the footprint of a definition's body; its parameters count as constants."""
        known = self._definitions.get(definition)
        if known is not None:
            return known
        if definition in self._open:
            self._met_open.add(definition)
            return NOTHING
        self._open.append(definition)
        try:
            footprint = self.of(definition.body, hidden_parameters(definition))
        except RecursionError as error:
            raise too_deep(error, definition.span) from None
        finally:
            self._open.pop()
        self._met_open.discard(definition)
        if not self._met_open:
            self._definitions[definition] = footprint
        return footprint

    def _compute(self, node: syntax.Node, scope: Scope) -> Footprint:
        match node:
            case syntax.Name(name=name):
                return self._of_name(name, scope)
            case syntax.Path() if (operator_node := operator_path(node, scope, 0)) is not None:
                return self.of(operator_node, scope)
            case syntax.Call() | syntax.Path():
                return self._of_use(target(node, scope), scope)
            case syntax.At():
                return self._of_name("@", scope)
            case syntax.Prefix(operator=operator, operand=operand):
                return self._of_prefix(operator, operand, scope)
            case syntax.Infix(operator=operator, left=left, right=right):
                both = self.of(left, scope) | self.of(right, scope) | self._of_name(operator, scope)
                temporal = operator in ("~>", "-+->")
                return both | Footprint(level=TEMPORAL) if temporal else both
            case syntax.Series(operator=operator, operands=operands):
                return self._all(operands, scope) | self._of_name(operator, scope)
            case syntax.Postfix(operator="'", operand=operand):
                inner = self.of(operand, scope)
                return replace(
                    inner,
                    level=ACTION,
                    reads=NO_SLOTS,
                    primed=inner.mentioned(),
                    swaps_states=True,
                )
            case syntax.Postfix(operator=operator, operand=operand):
                return self.of(operand, scope) | self._of_name(operator, scope)
            case syntax.ActionBox() | syntax.ActionDiamond():
                inner = self._all((node.action, node.subscript), scope)
                return inner | Footprint(ACTION, primed=inner.reads, swaps_states=True)
            case syntax.Fairness():
                return self._all((node.action, node.subscript), scope) | Footprint(TEMPORAL)
            case _:
                return self._of_binder_or_rest(node, scope)

    def _of_use(self, use: Target, scope: Scope) -> Footprint:
        if use.selectors:
            part = inlined_target(use, scope)
            return NOTHING if part is None else self.of(part.body, part.scope)
        operator = NOTHING if use.binding is None else self.of_binding(use.binding)
        both = operator | self._all(use.arguments, scope)
        if both.swaps_states and use.arguments:
            called = inlined_target(use, scope)
            if called is not None:  # what a prime or ENABLED does to the arguments
                return self.of(called.body, called.scope) | replace(
                    both, level=CONSTANT, primed=NO_SLOTS
                )
        return both

    def _of_prefix(self, operator: str, operand: syntax.Expression, scope: Scope) -> Footprint:
        inner = self.of(operand, scope)
        match operator:
            case "ENABLED":
                slots = self.of_action(operand, scope).reads
                return replace(inner, level=STATE, reads=slots, primed=NO_SLOTS, swaps_states=True)
            case "UNCHANGED":
                slots = inner.mentioned()
                return replace(inner, level=ACTION, reads=slots, primed=slots, swaps_states=True)
            case "[]" | "<>":
                return inner | Footprint(TEMPORAL)
            case _:
                return inner | self._of_name(operator, scope)

    def _of_binder_or_rest(self, node: syntax.Node, scope: Scope) -> Footprint:
        match node:
            case syntax.Let(definitions=definitions, body=body):
                inner = let_scope(definitions, scope, depth=0)
                return self.of(body, inner)
            case syntax.Lambda(parameters=parameters, body=body):
                return self.of(body, shadowed(scope, parameters))
            case RecursiveFunction():
                return self._under(node.bounds, (node.body,), shadowed(scope, (node.name,)))
            case syntax.Quantified() | syntax.FunctionLiteral():
                return self._under(node.bounds, (node.body,), scope)
            case syntax.SetMap():
                return self._under(node.bounds, (node.element,), scope)
            case syntax.SetFilter():
                return self._under((node.bound,), (node.predicate,), scope)
            case syntax.Choose():
                domain = self.of(node.domain, scope) if node.domain else NOTHING
                return domain | self.of(node.body, shadowed(scope, node.names))
            case syntax.UnboundedQuantified():
                return self.of(node.body, shadowed(scope, node.names))
            case _:
                return self._all(children(node), scope)

    def _under(
        self,
        bounds: tuple[syntax.Bound, ...],
        bodies: tuple[syntax.Expression, ...],
        scope: Scope,
    ) -> Footprint:
        names = tuple(name for bound in bounds for name in bound.names)
        domains = self._all(tuple(bound.domain for bound in bounds), scope)
        return domains | self._all(bodies, shadowed(scope, names))

    def of_action(self, node: syntax.Expression, scope: Scope) -> ActionFootprint:
        """Return what the completions by `node`, an action, can depend on and what they change."""
        found = self._action(node, scope)
        revealed = found.written | (found.consulted & found.copied)
        return replace(found, reads=found.reads | (revealed & found.copied))

    def _action(self, node: syntax.Expression, scope: Scope) -> ActionFootprint:
        match node:
            case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
                return self._action(inner, scope)
            case syntax.Junction(items=items):
                return self._actions(items, scope)
            case syntax.Infix(operator="/\\" | "\\/", left=left, right=right):
                return self._actions((left, right), scope)
            case syntax.Infix(operator="=>", left=left, right=right):
                return self._consulted(left, scope) | self._action(right, scope)
            case syntax.Infix(operator="=" | "\\in" | "\\subseteq", left=left, right=right):
                slot = primed_variable(left, scope)
                if slot is None:
                    return self._consulted(node, scope)
                return self._consulted(right, scope) | ActionFootprint(written=frozenset({slot}))
            case syntax.Prefix(operator="UNCHANGED", operand=operand):
                return self._unchanged(operand, scope)
            case syntax.ActionBox(action=action, subscript=subscript):
                return self._action(action, scope) | self._unchanged(subscript, scope)
            case syntax.ActionDiamond(action=action, subscript=subscript):
                return self._diamond(self._action(action, scope), subscript, scope)
            case _:
                return self._action_inside(node, scope)

    def _action_inside(self, node: syntax.Expression, scope: Scope) -> ActionFootprint:
        match node:
            case syntax.Quantified(bounds=bounds, body=body):
                names = tuple(name for bound in bounds for name in bound.names)
                inside = shadowed(scope, names)
                inner = self._action(body, inside)
                domains = [self._consulted(bound.domain, scope) for bound in bounds]
                found = _union([inner, *domains])
                return found if self.of(body, inside).level < ACTION else _choosing(found)
            case syntax.If():
                branches = self._actions((node.consequent, node.alternative), scope)
                return branches | self._consulted(node.condition, scope)
            case syntax.Case(arms=arms, other=other):
                values = tuple(arm.value for arm in arms) + ((other,) if other else ())
                conditions = [self._consulted(arm.condition, scope) for arm in arms]
                return _union([self._actions(values, scope), *conditions])
            case syntax.Let(definitions=definitions, body=body):
                return self._action(body, let_scope(definitions, scope, depth=0))
            case _ if (use := as_use(node, scope)) is not None:
                called = inlined(use, scope)
                if called is not None:
                    return self._action(called.body, called.scope)
                return self._recursive_action(node, scope)
            case _:
                return self._consulted(node, scope)

    def _recursive_action(self, node: syntax.Expression, scope: Scope) -> ActionFootprint:
        """What has no body to look into may read, write and look at all it mentions, and choose."""
        found = self.of(node, scope)
        slots = (found.mentioned(), found.primed)
        return ActionFootprint(*slots, consulted=found.primed, is_pure=found.is_pure, chooses=True)

    def _actions(self, nodes: tuple[syntax.Expression, ...], scope: Scope) -> ActionFootprint:
        return _union([self._action(node, scope) for node in nodes])

    def _consulted(self, node: syntax.Expression, scope: Scope) -> ActionFootprint:
        found = self.of(node, scope)
        return ActionFootprint(found.reads, consulted=found.primed, is_pure=found.is_pure)

    def _unchanged(self, node: syntax.Expression, scope: Scope) -> ActionFootprint:
        match node:
            case syntax.Parentheses(expression=inner):
                return self._unchanged(inner, scope)
            case syntax.TupleLiteral(elements=elements):
                return _union([self._unchanged(element, scope) for element in elements])
            case syntax.Name(name=name):
                binding = scope.find(name)
                if isinstance(binding, VariableSlot):
                    return ActionFootprint(copied=frozenset({binding.index}))
                if isinstance(binding, Alias):
                    return self._unchanged(binding.expression, binding.scope)
                if isinstance(binding, Definition) and is_transparent(binding):
                    return self._unchanged(binding.body, binding.scope)
        found = self.of(node, scope)
        return ActionFootprint(found.reads, consulted=found.reads, is_pure=found.is_pure)

    def _diamond(
        self, action: ActionFootprint, subscript: syntax.Expression, scope: Scope
    ) -> ActionFootprint:
        """The step must change the subscript: that compares what was written with what was.

        A variable that is only copied is known to be equal, and need not be read for that.
        """
        kept = self._unchanged(subscript, scope)
        compared = kept.reads | (kept.copied - (action.copied - action.written))
        return action | ActionFootprint(compared, consulted=compared, is_pure=kept.is_pure)

    def _all(self, nodes: tuple[syntax.Node, ...], scope: Scope) -> Footprint:
        footprint = NOTHING
        for node in nodes:
            footprint = footprint | self.of(node, scope)
        return footprint

    def _of_name(self, name: str, scope: Scope) -> Footprint:
        binding = scope.find(name)
        return NOTHING if binding is None else self.of_binding(binding)

    def of_binding(self, binding: Binding) -> Footprint:
        """Return the footprint of using a name that is bound so."""
        match binding:
            case VariableSlot(index):
                return Footprint(STATE, frozenset({index}))
            case Local():
                outside = binding.index >= 0
                return Footprint(binding.level, binding.reads, binding.primed, uses_locals=outside)
            case Alias(expression, scope):
                return self.of(expression, scope)
            case Definition():
                return self.of_definition(binding)
            case Builtin(is_pure=is_pure, asks_run=asks_run):
                return NOTHING if is_pure else Footprint(is_pure=False, asks_run=asks_run)
            case LocalOperator(index):
                return Footprint(uses_locals=index >= 0)
            case Baked() | Missing() | Instance():
                return NOTHING
            case _:
                assert_never(binding)


def primed_variable(node: syntax.Expression, scope: Scope) -> int | None:
    """Return the slot of `x'` for a variable x, None if `node` stands for no such thing.

    It is sought through definitions and arguments, as the variable itself is.
    """
    node, scope = _behind(node, scope)
    if isinstance(node, syntax.Postfix) and node.operator == "'":
        return variable_slot(node.operand, scope)
    return None


def variable_slot(node: syntax.Expression, scope: Scope) -> int | None:
    """Return the slot of the variable that `node` stands for, None if it stands for none.

    It is sought through definitions and arguments, and not through the operators of an instance:
    TLC assigns nothing by these.
    """
    node, scope = _behind(node, scope)
    binding = scope.find(node.name) if isinstance(node, syntax.Name) else None
    return binding.index if isinstance(binding, VariableSlot) else None


def _behind(node: syntax.Expression, scope: Scope) -> tuple[syntax.Expression, Scope]:
    """Return what a name stands for as an argument or by a definition without parameters."""
    while True:
        match node:
            case syntax.Parentheses(expression=inner):
                node = inner
            case syntax.Name(name=name):
                binding = scope.find(name)
                if isinstance(binding, Alias):
                    node, scope = binding.expression, binding.scope
                elif isinstance(binding, Definition) and is_transparent(binding):
                    node, scope = binding.body, binding.scope
                else:
                    return node, scope
            case _:
                return node, scope


def is_transparent(definition: Definition) -> bool:
    """Whether a name that is used alone stands for the variables in its definition."""
    return not (definition.parameters or definition.is_copy or definition.is_recursive)
