"""What a TLA+ module and its configuration SAY, as a Spec."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.fairness import FairnessCondition, FairnessKind
from conform.domain.model import PropertyKind
from conform.domain.spec import (
    Action,
    Constant,
    FairnessStatement,
    Helper,
    Property,
    Spec,
    Variable,
)
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.evaluation.footprints import STATE
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.model import TlaModel


def describe(model: TlaModel, configuration: Configuration) -> Spec:
    """Return the constants, variables, actions, helpers, properties and fairness of a model.

    Actions are the definitions that Next is made of; properties what the configuration checks;
    helpers the other operators that these use, tuples of variables apart. All are in the order of
    the text, so that a range of a mapping row can be resolved.
    """
    specification = model.specification
    return Spec(
        specification.module.span.path,
        specification.module.name.name,
        constants=tuple(
            Constant(declaration.name, "", declaration.span)
            for declaration in specification.constants
        ),
        variables=tuple(Variable(name.name, "", "", name.span) for name in specification.variables),
        actions=tuple(_actions(model)),
        helpers=tuple(_helpers(model, configuration)),
        properties=tuple(_properties(model, configuration)),
        fairness=tuple(_fairness(model)),
    )


def _actions(model: TlaModel) -> Iterator[Action]:
    found = {
        action.definition.name: action.definition for action in model.actions if action.definition
    }
    for definition in sorted(found.values(), key=lambda definition: definition.span):
        parameters = tuple(parameter.name for parameter in definition.parameters)
        yield Action(definition.name, parameters, "", "", (), (), (), definition.span)


def _properties(model: TlaModel, configuration: Configuration) -> Iterator[Property]:
    kinds = dict(_kinds(model))
    for name in (*configuration.invariants, *configuration.properties):
        definition = model.specification.definitions.get(name.name)
        span = definition.span if definition else name.span  # a constant, TRUE
        kind = kinds.get(name.name, PropertyKind.LIVENESS)
        yield Property(name.name, "", str(kind), "", "", None, span)


def _kinds(model: TlaModel) -> Iterator[tuple[str, PropertyKind]]:
    for predicate in model.invariants:
        yield predicate.name, PropertyKind.INVARIANT
    for predicate in model.initial_properties:
        yield predicate.name, PropertyKind.INITIAL
    for step in model.action_properties:
        yield step.name, PropertyKind.ACTION
    for leads_to in model.liveness:
        yield leads_to.property_name, PropertyKind.LIVENESS


def _helpers(model: TlaModel, configuration: Configuration) -> Iterator[Helper]:
    specification = model.specification
    taken = {action.definition.name for action in model.actions if action.definition}
    taken |= {name.name for name in (*configuration.invariants, *configuration.properties)}
    used = _used_by(model, taken)
    for name, definition in specification.definitions.items():
        if name in taken or name not in used or _is_variable_tuple(definition, model):
            continue
        if specification.analysis.of_definition(definition).level <= STATE:
            parameters = tuple(parameter.name for parameter in definition.parameters)
            yield Helper(name, parameters, "", definition.span)


def _used_by(model: TlaModel, roots: set[str]) -> set[str]:
    """Return the names that the definitions in `roots` use, directly or not."""
    definitions = model.specification.definitions
    used: set[str] = set()
    waiting = [definitions[name] for name in sorted(roots) if name in definitions]
    while waiting:
        for name in _names(waiting.pop().body):
            if name in definitions and name not in used:
                used.add(name)
                waiting.append(definitions[name])
    return used


def _names(node: syntax.Node) -> Iterator[str]:
    waiting: list[syntax.Node] = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, syntax.Name):
            yield current.name
        elif isinstance(current, syntax.Call):
            yield current.operator
        waiting.extend(children(current))


def _is_variable_tuple(definition: Definition, model: TlaModel) -> bool:
    """Whether a definition is only a list of variables, as `vars` is."""
    variables = {name.name for name in model.specification.variables}
    names = set(_names(definition.body))
    return isinstance(definition.body, syntax.TupleLiteral) and names <= variables


def _fairness(model: TlaModel) -> Iterator[FairnessStatement]:
    """Yield a statement for each action of each fairness condition, once for all its instances."""
    seen = set()
    for condition in model.fairness:
        kind = "weak" if condition.kind is FairnessKind.WEAK else "strong"
        names = tuple(name for name, _value in condition.parameters)
        actions = _fair_actions(model, condition)
        for action in actions:
            found = FairnessStatement(action, names, kind, condition.span, len(actions) > 1)
            if found not in seen:
                seen.add(found)
                yield found


def _fair_actions(model: TlaModel, condition: FairnessCondition) -> tuple[str, ...]:
    """Return the actions of the model that a condition is about, its own name if it tells none.

    `WF_v(A)` of an action A is about A alone, one of a disjunction or of Next about each of them.
    """
    known = {instance.action for instance in model.instances}
    if condition.action in known or condition.steps is None:
        return (condition.action,)
    taken = sorted({model.instances[index].action for index in condition.steps.instances})
    return tuple(taken) or (condition.action,)
