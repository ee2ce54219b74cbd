"""What a formula can depend on, found without evaluating it: its level and the slots it mentions.

Levels are those of "Specifying Systems", chapter 17: 0 constant, 1 state, 2 action, 3 temporal.
Slots are over-approximated: every variable that occurs, in whatever branch, definitions included.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Baked,
    Binding,
    Builtin,
    Definition,
    Local,
    LocalOperator,
    Missing,
    RecursiveFunction,
    Scope,
    VariableSlot,
)

CONSTANT, STATE, ACTION, TEMPORAL = range(4)

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Footprint:
    """Level, slots that occur unprimed (`reads`) and primed (`primed`), purity.

    `swaps_states` when a prime or ENABLED occurs: then arguments must be passed by name.
    `uses_locals` when a name occurs that is bound outside the formula, in the environment.
    """

    level: int = CONSTANT
    reads: frozenset[int] = _NONE
    primed: frozenset[int] = _NONE
    is_pure: bool = True
    swaps_states: bool = False
    uses_locals: bool = False

    def __or__(self, other: Footprint) -> Footprint:
        if other is NOTHING:
            return self
        return Footprint(
            max(self.level, other.level),
            self.reads | other.reads,
            self.primed | other.primed,
            self.is_pure and other.is_pure,
            self.swaps_states or other.swaps_states,
            self.uses_locals or other.uses_locals,
        )

    def mentioned(self) -> frozenset[int]:
        """Return the slots that occur at all."""
        return self.reads | self.primed


NOTHING = Footprint()


@dataclass(frozen=True, slots=True)
class ActionFootprint:
    """What an action does with each slot, over all its branches.

    `reads`: slots on whose value before the step the outcome can depend; `written`: slots assigned
    by something other than UNCHANGED; `copied`: slots under UNCHANGED; `consulted`: slots whose
    value after the step is looked at.
    """

    reads: frozenset[int] = _NONE
    written: frozenset[int] = _NONE
    copied: frozenset[int] = _NONE
    consulted: frozenset[int] = _NONE
    is_pure: bool = True

    def __or__(self, other: ActionFootprint) -> ActionFootprint:
        return ActionFootprint(
            self.reads | other.reads,
            self.written | other.written,
            self.copied | other.copied,
            self.consulted | other.consulted,
            self.is_pure and other.is_pure,
        )


def _union(footprints: list[ActionFootprint]) -> ActionFootprint:
    result = ActionFootprint()
    for footprint in footprints:
        result = result | footprint
    return result


_IMPURE = Footprint(is_pure=False)


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
        footprint = self.of(definition.body, _hidden_parameters(definition))
        self._open.pop()
        self._met_open.discard(definition)
        if not self._met_open:
            self._definitions[definition] = footprint
        return footprint

    def _compute(self, node: syntax.Node, scope: Scope) -> Footprint:
        match node:
            case syntax.Name(name=name):
                return self._of_name(name, scope)
            case syntax.Call(operator=name, arguments=arguments):
                return self._of_name(name, scope) | self._all(arguments, scope)
            case syntax.Prefix(operator=operator, operand=operand):
                return self._of_prefix(operator, operand, scope)
            case syntax.Infix(operator=operator, left=left, right=right):
                both = self.of(left, scope) | self.of(right, scope) | self._of_name(operator, scope)
                temporal = operator in ("~>", "-+->")
                return both | Footprint(level=TEMPORAL) if temporal else both
            case syntax.Postfix(operator="'", operand=operand):
                inner = self.of(operand, scope)
                return replace(
                    inner,
                    level=ACTION,
                    reads=_NONE,
                    primed=inner.mentioned(),
                    swaps_states=True,
                )
            case syntax.ActionBox() | syntax.ActionDiamond():
                inner = self._all((node.action, node.subscript), scope)
                return inner | Footprint(ACTION, primed=inner.reads, swaps_states=True)
            case syntax.Fairness():
                return self._all((node.action, node.subscript), scope) | Footprint(TEMPORAL)
            case _:
                return self._of_binder_or_rest(node, scope)

    def _of_prefix(self, operator: str, operand: syntax.Expression, scope: Scope) -> Footprint:
        inner = self.of(operand, scope)
        match operator:
            case "ENABLED":
                slots = self.of_action(operand, scope).reads
                return replace(inner, level=STATE, reads=slots, primed=_NONE, swaps_states=True)
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
                inner = self._action(body, shadowed(scope, names))
                domains = [self._consulted(bound.domain, scope) for bound in bounds]
                return _union([inner, *domains])
            case syntax.If():
                branches = self._actions((node.consequent, node.alternative), scope)
                return branches | self._consulted(node.condition, scope)
            case syntax.Case(arms=arms, other=other):
                values = tuple(arm.value for arm in arms) + ((other,) if other else ())
                conditions = [self._consulted(arm.condition, scope) for arm in arms]
                return _union([self._actions(values, scope), *conditions])
            case syntax.Let(definitions=definitions, body=body):
                return self._action(body, let_scope(definitions, scope, depth=0))
            case syntax.Name(name=name):
                return self._named_action(node, name, (), scope)
            case syntax.Call(operator=name, arguments=arguments):
                return self._named_action(node, name, arguments, scope)
            case _:
                return self._consulted(node, scope)

    def _named_action(
        self,
        node: syntax.Expression,
        name: str,
        arguments: tuple[syntax.Expression, ...],
        scope: Scope,
    ) -> ActionFootprint:
        binding = scope.find(name)
        if isinstance(binding, Alias) and not arguments:
            return self._action(binding.expression, binding.scope)
        if isinstance(binding, Definition) and not binding.is_recursive:
            names: dict[str, Binding] = {
                parameter.name: Alias(argument, scope)
                for parameter, argument in zip(binding.parameters, arguments, strict=False)
            }
            return self._action(binding.body, binding.scope.with_names(names))
        return self._consulted(node, scope)

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
                if isinstance(binding, Definition) and not binding.parameters:
                    return self._unchanged(binding.body, binding.scope)
        found = self.of(node, scope)
        return ActionFootprint(found.reads, consulted=found.reads, is_pure=found.is_pure)

    def _diamond(
        self, action: ActionFootprint, subscript: syntax.Expression, scope: Scope
    ) -> ActionFootprint:
        """The step must change the subscript: that compares what was written with what was."""
        compared = self.of(subscript, scope).reads - (action.copied - action.written)
        return action | ActionFootprint(compared, consulted=compared)

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
            case Builtin(is_pure=is_pure):
                return NOTHING if is_pure else _IMPURE
            case LocalOperator(index):
                return Footprint(uses_locals=index >= 0)
            case Baked() | Missing():
                return NOTHING
            case _:
                assert_never(binding)


def shadowed(scope: Scope, names: tuple[syntax.Identifier, ...]) -> Scope:
    """Return `scope` with `names` bound to values that depend on nothing."""
    unknown: dict[str, Binding] = {name.name: Local(-1, CONSTANT, _NONE, _NONE) for name in names}
    return scope.with_names(unknown)


def _hidden_parameters(definition: Definition) -> Scope:
    """Return the scope of a definition's body with parameters that depend on nothing."""
    return definition.scope.with_names(
        {
            parameter.name: LocalOperator(-1, parameter.arity)
            if parameter.arity
            else Local(-1, CONSTANT, _NONE, _NONE)
            for parameter in definition.parameters
        }
    )


def definition_scope(definition: Definition) -> Scope:
    """Return the scope of a definition's body when its arguments are values in the environment."""
    bindings: dict[str, Binding] = {}
    for index, parameter in enumerate(definition.parameters, start=definition.depth):
        bindings[parameter.name] = (
            LocalOperator(index, parameter.arity)
            if parameter.arity
            else Local(index, CONSTANT, _NONE, _NONE)
        )
    return definition.scope.with_names(bindings)


def let_scope(definitions: tuple[syntax.Unit, ...], scope: Scope, depth: int) -> Scope:
    """Return the scope of the body of a LET whose definitions see `depth` of the environment."""
    inner = Scope(scope)
    recursive = {
        declaration.name
        for unit in definitions
        if isinstance(unit, syntax.Recursive)
        for declaration in unit.declarations
    }
    for unit in definitions:
        definition = defined_by(unit, inner, depth)
        if definition is not None:
            definition.is_recursive = definition.is_recursive or definition.name in recursive
            inner.names[definition.name] = definition
    return inner


def defined_by(unit: syntax.Unit, scope: Scope, depth: int) -> Definition | None:
    """Return the definition that a unit makes, None for other units.

    A function definition is an operator without parameters whose body is a function literal.
    """
    match unit:
        case syntax.OperatorDefinition():
            name = unit.name.name
            return Definition(name, unit.parameters, unit.body, scope, depth, unit.span)
        case syntax.FunctionDefinition():
            body = _function_body(unit)
            return Definition(unit.name.name, (), body, scope, depth, unit.span)
        case _:
            return None


def _function_body(unit: syntax.FunctionDefinition) -> syntax.Expression:
    if mentions(unit.body, unit.name.name):
        return RecursiveFunction(unit.span, unit.name, unit.bounds, unit.body)
    return syntax.FunctionLiteral(unit.span, unit.bounds, unit.body)


def primed_variable(node: syntax.Expression, scope: Scope) -> int | None:
    """Return the slot of `x'` for a variable x (through definitions and arguments), or None."""
    match node:
        case syntax.Parentheses(expression=inner):
            return primed_variable(inner, scope)
        case syntax.Postfix(operator="'", operand=operand):
            return variable_slot(operand, scope)
        case _:
            return None


def variable_slot(node: syntax.Expression, scope: Scope) -> int | None:
    """Return the slot of the variable that `node` stands for, None if it stands for none."""
    match node:
        case syntax.Parentheses(expression=inner):
            return variable_slot(inner, scope)
        case syntax.Name(name=name):
            binding = scope.find(name)
            if isinstance(binding, VariableSlot):
                return binding.index
            if isinstance(binding, Alias):
                return variable_slot(binding.expression, binding.scope)
            if isinstance(binding, Definition) and not binding.parameters:
                return variable_slot(binding.body, binding.scope)
    return None


def mentions(node: syntax.Node, name: str) -> bool:
    """Return whether `name` occurs in `node` (shadowed or not)."""
    if isinstance(node, syntax.Name | syntax.Call):
        used = node.name if isinstance(node, syntax.Name) else node.operator
        if used == name:
            return True
    return any(mentions(child, name) for child in children(node))


def children(node: syntax.Node) -> tuple[syntax.Node, ...]:
    """Return the nodes directly inside `node`, in the order of the text."""
    return tuple(_children(node))


def _children(node: syntax.Node) -> Iterator[syntax.Node]:
    for attribute in dataclasses.fields(node):
        inside = getattr(node, attribute.name)
        if isinstance(inside, syntax.Node):
            yield inside
        elif isinstance(inside, tuple):
            yield from (item for item in inside if isinstance(item, syntax.Node))
