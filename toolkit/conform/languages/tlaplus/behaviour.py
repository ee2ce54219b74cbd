"""The shape of a specification: Init, Next split into action instances, fairness.

Source followed: SpecProcessor.java and Tool.java (getActions) of TLC. A temporal formula is
unfolded through definitions, conjunctions and `\\A` over constant sets; Next is split at
disjunctions and at `\\E` over constant sets, through calls of operators, down to the first formula
of another form.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.values import Bindings, FunctionValue, Value
from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.actions import arguments_by_value
from conform.languages.tlaplus.evaluation.bounds import combinations
from conform.languages.tlaplus.evaluation.definitions import let_scope as let_names
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import UnlistedError
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, STATE, TEMPORAL
from conform.languages.tlaplus.evaluation.inlining import inlined
from conform.languages.tlaplus.evaluation.instances import Use, as_use, target
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.scope import Alias, Baked, Binding, Definition, Scope
from conform.languages.tlaplus.evaluation.stack import evaluated
from conform.text import Span


class Formula(Struct, frozen=True):
    """A formula, the scope that gives its names their meaning, and the constants quantified."""

    node: syntax.Expression
    scope: Scope
    bindings: Bindings = ()


class NamedAction(Struct, frozen=True):
    """An action instance before it is compiled: its name, parameters, and formula.

    `definition` is the definition that the name comes from, None for Next itself.
    """

    name: str
    parameters: Bindings
    formula: Formula
    span: Span
    definition: Definition | None


class Behaviours(Struct, frozen=True):
    """Init as conjuncts, the next-state action (None without one), and what is assumed.

    `fairness` are WF and SF conditions, `assumptions` temporal formulas of other forms.
    """

    initial: tuple[Formula, ...]
    next_action: Formula | None
    fairness: tuple[Formula, ...]
    assumptions: tuple[Formula, ...]


def behaviours(compiler: Dispatcher, formula: Formula) -> Behaviours:
    """Return the parts of a SPECIFICATION formula, or raise a located error for other shapes."""
    initial: list[Formula] = []
    actions: list[Formula] = []
    fairness: list[Formula] = []
    assumptions: list[Formula] = []
    for part in conjuncts(compiler, formula):
        node = _bare(part.node)
        level = compiler.analysis.of(node, part.scope).level
        if level <= STATE:
            initial.append(part)
        elif level == ACTION:
            raise InputError(
                "this conjunct of the specification is an action",
                span=node.span,
                expected="an initial predicate, [][Next]_vars, or a temporal formula",
            )
        elif _is_box_of_action(compiler, node, part.scope):
            actions.append(replace(part, node=_boxed_action(node)))
        elif isinstance(node, syntax.Fairness):
            fairness.append(replace(part, node=node))
        elif compiler.analysis.of(node, part.scope).level == ACTION:
            raise InputError(
                "this conjunct of the specification is an action",
                span=node.span,
                hint="write [][A]_vars: each step is one of A or changes nothing",
            )
        else:
            assumptions.append(part)
    if len(actions) != 1:
        raise InputError(
            f"the specification has {len(actions)} conjuncts of the form [][Next]_vars",
            span=formula.node.span,
            expected="exactly one",
        )
    return Behaviours(tuple(initial), actions[0], tuple(fairness), tuple(assumptions))


def _is_box_of_action(compiler: Dispatcher, node: syntax.Expression, scope: Scope) -> bool:
    """Whether a formula is `[]` of what is no temporal formula itself."""
    if not isinstance(node, syntax.Prefix) or node.operator != "[]":
        return False
    return compiler.analysis.of(node.operand, scope).level <= ACTION


def _boxed_action(node: syntax.Expression) -> syntax.Expression:
    operand = _bare(node.operand) if isinstance(node, syntax.Prefix) else node
    if not isinstance(operand, syntax.ActionBox):
        raise InputError(
            "`[]` of a formula that is no [Next]_vars cannot be part of a specification",
            span=node.span,
            hint="check it as an invariant or a property instead",
        )
    return operand.action


def conjuncts(compiler: Dispatcher, formula: Formula) -> Iterator[Formula]:
    """Yield the conjuncts of a formula, unfolding definitions above the level of actions."""
    node, scope = formula.node, formula.scope
    if compiler.analysis.of(node, scope).level <= ACTION:
        yield formula
        return
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            yield from conjuncts(compiler, replace(formula, node=inner))
        case syntax.Junction(operator="/\\", items=items):
            for item in items:
                yield from conjuncts(compiler, replace(formula, node=item))
        case syntax.Infix(operator="/\\", left=left, right=right):
            yield from conjuncts(compiler, replace(formula, node=left))
            yield from conjuncts(compiler, replace(formula, node=right))
        case syntax.Quantified(quantifier="\\A") if over_constants(compiler, node, scope):
            for names, bindings in bound_values(compiler, node.bounds, scope):
                within = scope.with_names(names)
                found = (*formula.bindings, *bindings)
                yield from conjuncts(compiler, Formula(node.body, within, found))
        case syntax.Let(definitions=definitions, body=body):
            within = let_names(definitions, scope, depth=0)
            yield from conjuncts(compiler, replace(formula, node=body, scope=within))
        case _ if (use := as_use(node, scope)) is not None:
            unfolded = unfold(use, scope)
            if unfolded is None:
                yield formula
            else:
                body, within, _definition = unfolded
                yield from conjuncts(compiler, replace(formula, node=body, scope=within))
        case _:
            yield formula


def state_conjuncts(formula: Formula) -> Iterator[Formula]:
    """Yield the conjuncts of a state-level formula, through definitions, from left to right."""
    inner = bare(formula)
    match inner.node:
        case syntax.Junction(operator="/\\", items=items):
            for item in items:
                yield from state_conjuncts(replace(inner, node=item))
        case syntax.Infix(operator="/\\", left=left, right=right):
            yield from state_conjuncts(replace(inner, node=left))
            yield from state_conjuncts(replace(inner, node=right))
        case _:
            yield formula


def for_each_element(compiler: Dispatcher, formula: Formula, most: int) -> Sequence[Formula]:
    """Return the conjuncts of `\\A x \\in S : P` for each x of a constant S, in order.

    Those of `A => \\A x \\in S : P` are `A => P` for each x: A is asked first in each. Nothing for
    other formulas, and where there are more than `most`.
    """
    inner = bare(formula)
    node, scope = inner.node, inner.scope
    quantified = node
    if isinstance(node, syntax.Infix) and node.operator == "=>":
        quantified = _bare(node.right)
    if not isinstance(quantified, syntax.Quantified) or quantified.quantifier != "\\A":
        return ()
    if not over_constants(compiler, quantified, scope):
        return ()
    body = quantified.body
    if isinstance(node, syntax.Infix):
        body = replace(node, right=body)
    found: list[Formula] = []
    for names, bindings in bound_values(compiler, quantified.bounds, scope):
        within = scope.with_names(names)
        found += state_conjuncts(Formula(body, within, (*formula.bindings, *bindings)))
        if len(found) > most:
            return ()
    return found


def unfold(node: Use, scope: Scope) -> tuple[syntax.Expression, Scope, Definition | None] | None:
    """Return body, scope and definition of the operator that `node` calls, None for others."""
    called = inlined(node, scope)
    return None if called is None else (called.body, called.scope, called.definition)


def bare(formula: Formula) -> Formula:
    """Return the formula without parentheses and labels, its definitions unfolded."""
    node, scope = formula.node, formula.scope
    while True:
        match node:
            case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
                node = inner
            case _ if (use := as_use(node, scope)) is not None:
                unfolded = unfold(use, scope)
                if unfolded is None:
                    return replace(formula, node=node, scope=scope)
                node, scope, _definition = unfolded
            case _:
                return replace(formula, node=node, scope=scope)


def _bare(node: syntax.Expression) -> syntax.Expression:
    while isinstance(node, syntax.Parentheses):
        node = node.expression
    return node


# ---------------------------------------------------------------------------- splitting of Next


def split(compiler: Dispatcher, formula: Formula, name: str) -> Iterator[NamedAction]:
    """Yield the action instances of a next-state action, in the order of the text."""
    start = NamedAction(name, (), formula, formula.node.span, None)
    yield from _split(compiler, start)


def _split(compiler: Dispatcher, action: NamedAction) -> Iterator[NamedAction]:
    node, scope = action.formula.node, action.formula.scope
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            yield from _split(compiler, _at(action, inner))
        case syntax.Junction(operator="\\/", items=items):
            for item in items:
                yield from _split(compiler, _at(action, item))
        case syntax.Infix(operator="\\/", left=left, right=right):
            yield from _split(compiler, _at(action, left))
            yield from _split(compiler, _at(action, right))
        case syntax.Quantified(quantifier="\\E", bounds=bounds, body=body):
            if not over_constants(compiler, node, scope):
                yield _named_after_body(compiler, action, body)
                return
            try:
                found = list(bound_values(compiler, bounds, scope, for_steps=True))
            except UnlistedError:
                yield action  # infinite sets are no parameters
                return
            for names, bindings in found:
                within = scope.with_names(names)
                yield from _split(compiler, _bound(action, Formula(body, within), bindings))
        case _ if (use := as_use(node, scope)) is not None:
            yield from _split_call(compiler, action, use)
        case _:
            yield action


def _split_call(compiler: Dispatcher, action: NamedAction, node: Use) -> Iterator[NamedAction]:
    called = unfold(node, action.formula.scope)
    if called is None or compiler.analysis.of(node, action.formula.scope).level >= TEMPORAL:
        yield action
        return
    if arguments_by_value(
        compiler, target(node, action.formula.scope), Context(action.formula.scope)
    ):
        yield _named_after_body(compiler, action, node)
        return
    body, inner, definition = called
    if definition is None:
        yield from _split(compiler, replace(action, formula=Formula(body, inner)))
        return
    parameters = (
        *_instance_parameters(compiler, node, action.formula.scope),
        *_bake_constants(compiler, inner, definition),
    )
    yield from _split(
        compiler,
        NamedAction(definition.name, parameters, Formula(body, inner), definition.span, definition),
    )


def _instance_parameters(compiler: Dispatcher, node: Use, scope: Scope) -> Bindings:
    """Return the parameters of the instances on a path that have constant values."""
    return tuple(
        (parameter.name, value)
        for instance, arguments in target(node, scope).opened
        for parameter, argument in zip(instance.unit.parameters, arguments, strict=True)
        if not parameter.arity and _is_constant(compiler, argument, scope)
        if (value := _parameter_value(compiler, Formula(argument, scope))) is not None
    )


def _parameter_value(compiler: Dispatcher, formula: Formula) -> Value | None:
    """Return the value of a constant formula, None where infinite sets are in it."""
    try:
        return constant_value(compiler, formula)
    except UnlistedError:
        return None


def _is_constant(compiler: Dispatcher, node: syntax.Expression, scope: Scope) -> bool:
    found = compiler.analysis.of(node, scope)
    return found.level == CONSTANT and found.is_pure


def _bake_constants(compiler: Dispatcher, scope: Scope, definition: Definition) -> Bindings:
    """Replace arguments that are constants by their values; return these as parameters."""
    parameters: list[tuple[str, Value]] = []
    for parameter in definition.parameters:
        argument = scope.names[parameter.name]
        if parameter.arity or not isinstance(argument, Alias):
            continue
        if _is_constant(compiler, argument.expression, argument.scope):
            value = _parameter_value(compiler, Formula(argument.expression, argument.scope))
            if value is not None:
                scope.names[parameter.name] = Baked(value)
                parameters.append((parameter.name, value))
    return tuple(parameters)


def _named_after_body(
    compiler: Dispatcher, action: NamedAction, body: syntax.Expression
) -> NamedAction:
    """Name `\\E m \\in msgs : Receive(m)` after the action in it, though the set is no constant."""
    node = _bare(body)
    if isinstance(node, syntax.Name | syntax.Call | syntax.Path):
        called = unfold(node, action.formula.scope)
        if called is not None and called[2] is not None:
            definition = called[2]
            if compiler.analysis.of_definition(definition).level == ACTION:
                return replace(
                    action, name=definition.name, span=definition.span, definition=definition
                )
    return action


def _at(action: NamedAction, node: syntax.Expression) -> NamedAction:
    return replace(action, formula=replace(action.formula, node=node))


def _bound(action: NamedAction, formula: Formula, bindings: Bindings) -> NamedAction:
    return replace(action, formula=formula, parameters=(*action.parameters, *bindings))


# ------------------------------------------------------------------------------------ constants


def over_constants(compiler: Dispatcher, node: syntax.Quantified, scope: Scope) -> bool:
    """Whether the sets that a quantifier ranges over are constants."""
    return all(_is_constant(compiler, bound.domain, scope) for bound in node.bounds)


def bound_values(
    compiler: Dispatcher,
    bounds: tuple[syntax.Bound, ...],
    scope: Scope,
    *,
    for_steps: bool = False,
) -> Iterator[tuple[dict[str, Binding], Bindings]]:
    """Yield each way to bind the names of `bounds`, over constant sets, in the order of TLC.

    What steps are looked for in may yield one way twice, as some sets of TLC do.
    """
    choices: list[list[Bindings]] = []
    for bound in bounds:
        code = compiler.compile(bound.domain, Context(scope))
        span = bound.domain.span
        found = evaluated(partial(_bound_elements, compiler, code, span, for_steps), span)
        if bound.is_tuple:
            choices.append([_destructured(bound, element) for element in found])
        else:
            choices.extend([((name.name, element),) for element in found] for name in bound.names)
    for combination in combinations(choices):
        bindings = tuple(itertools.chain.from_iterable(combination))
        yield {name: Baked(value) for name, value in bindings}, bindings


def _bound_elements(
    compiler: Dispatcher, code: Code, span: Span, for_steps: bool
) -> tuple[Value, ...]:
    elements_of = compiler.order.tried if for_steps else compiler.order.elements_of
    return tuple(elements_of(code((), None, ()), span, "a bound"))


def _destructured(bound: syntax.Bound, element: Value) -> Bindings:
    if not isinstance(element, FunctionValue) or len(element) != len(bound.names):
        raise InputError("this pattern does not fit the elements of the set", span=bound.span)
    names = [name.name for name in bound.names]
    return tuple(zip(names, element.values, strict=True))


def constant_value(compiler: Dispatcher, formula: Formula) -> Value:
    """Return the value of a constant formula; raise EvaluationError if it has none."""
    code = compiler.compile(formula.node, Context(formula.scope))
    span = formula.node.span
    return evaluated(lambda: settle(code((), None, ()), span), span)
