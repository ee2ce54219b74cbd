"""Actions and Init as generators of states: what TLC's getNextStates does.

A formula in action position compiles to `code(state, after, environment)` that yields every way of
completing `after`: a tuple with one entry for each slot, UNBOUND where nothing is said yet, and at
its end the values chosen by `\\E` on the way. Conjuncts work from left to right; `x' = e` binds x'
the first time and compares afterwards; `\\/`, `\\E` and `x' \\in S` branch. A formula that assigns
nothing is a guard. In Init, unprimed variables take the part of primed ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.assignments import (
    ActionCode,
    After,
    assigned_slot,
    assignment,
    kept_parts,
    sequenced,
    unchanged,
)
from conform.languages.tlaplus.evaluation.bodies import body_context
from conform.languages.tlaplus.evaluation.bounds import Binder, local
from conform.languages.tlaplus.evaluation.branching import branches
from conform.languages.tlaplus.evaluation.calls import delayed, operands
from conform.languages.tlaplus.evaluation.dispatch import (
    UNBOUND,
    Code,
    Context,
    Dispatcher,
    Mode,
)
from conform.languages.tlaplus.evaluation.failing import failing
from conform.languages.tlaplus.evaluation.footprints import ACTION, STATE
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.inlining import inlined_target
from conform.languages.tlaplus.evaluation.instances import Target, Use, as_use
from conform.languages.tlaplus.evaluation.lets import bind_delayed, open_let
from conform.languages.tlaplus.evaluation.recorded_sets import Tried
from conform.languages.tlaplus.evaluation.repetition import repeats_elements
from conform.languages.tlaplus.evaluation.results import values_equal
from conform.languages.tlaplus.evaluation.scope import Binding, Definition
from conform.languages.tlaplus.evaluation.stack import too_deep


def compile_action(compiler: Dispatcher, node: syntax.Expression, context: Context) -> ActionCode:
    """Return the code that yields the completions of `after` by the action `node`."""
    footprint = compiler.footprint(node, context)
    is_guard = footprint.level < _assigning_level(context)
    if is_guard and not branches(node, context.scope):
        return _guard(compiler, node, context)
    match node:
        case syntax.Parentheses() | syntax.Labelled():
            return compile_action(compiler, node.expression, context)
        case syntax.Junction(operator="/\\"):
            return _all(compiler, node.items, context)
        case syntax.Junction(operator="\\/"):
            return _once_assigned(compiler, node, context, _any(compiler, node.items, context))
        case syntax.Infix():
            return _infix(compiler, node, context)
        case syntax.Prefix(operator="UNCHANGED"):
            return kept_parts(compiler, node.operand, context)
        case syntax.Quantified():
            return _once_assigned(compiler, node, context, _quantified(compiler, node, context))
        case syntax.If():
            return _if(compiler, node, context)
        case syntax.Case():
            return _case(compiler, node, context)
        case syntax.Let():
            return _let(compiler, node, context)
        case syntax.ActionBox() | syntax.ActionDiamond():
            return _subscripted(compiler, node, context)
        case _:
            return _named_or_guard(compiler, node, context)


def _assigning_level(context: Context) -> int:
    """The lowest level at which a formula can assign: in Init, unprimed variables do."""
    return ACTION if context.mode is Mode.UNPRIMED else STATE


def _guard(compiler: Dispatcher, node: syntax.Expression, context: Context) -> ActionCode:
    test = boolean(compiler, node, context, "an action")
    return lambda s, t, e: (t,) if test(s, t, e) else ()


# ---------------------------------------------------------------------------------- connectives


def _all(
    compiler: Dispatcher, items: tuple[syntax.Expression, ...], context: Context
) -> ActionCode:
    return sequenced([compile_action(compiler, item, context) for item in items])


def _any(
    compiler: Dispatcher, items: tuple[syntax.Expression, ...], context: Context
) -> ActionCode:
    parts = [compile_action(compiler, item, context) for item in items]

    def disjunction(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        for part in parts:
            yield from part(s, t, e)

    return disjunction


def _infix(compiler: Dispatcher, node: syntax.Infix, context: Context) -> ActionCode:
    match node.operator:
        case "/\\":
            return _all(compiler, (node.left, node.right), context)
        case "\\/":
            branching = _any(compiler, (node.left, node.right), context)
            return _once_assigned(compiler, node, context, branching)
        case "=>":
            return _implies(compiler, node, context)
        case "=" | "\\in" | "\\subseteq":
            slot = assigned_slot(node.left, context)
            if slot is None:
                return _guard(compiler, node, context)
            return assignment(compiler, node, slot, context)
        case "\\cdot":
            return failing(node.span, "`\\cdot` has no value to compute, as in TLC")
        case _:
            return _named_or_guard(compiler, node, context)


def _implies(compiler: Dispatcher, node: syntax.Infix, context: Context) -> ActionCode:
    left = boolean(compiler, node.left, context, "=>")
    right = compile_action(compiler, node.right, context)
    return lambda s, t, e: right(s, t, e) if left(s, t, e) else (t,)


# ------------------------------------------------------------------------------------ branching


def _once_assigned(
    compiler: Dispatcher, node: syntax.Expression, context: Context, branching: ActionCode
) -> ActionCode:
    """Return the code of a branching formula that is a mere test where all variables are assigned.

    So does TLC (Tool.java, getNextStatesAllAssigned), and its counts show it.
    """
    compiled: list[Code] = []

    def code(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        if UNBOUND in t:
            return branching(s, t, e)
        if not compiled:
            compiled.append(boolean(compiler, node, context, "an action"))
        return (t,) if compiled[0](s, t, e) else ()

    return code


def _quantified(compiler: Dispatcher, node: syntax.Quantified, context: Context) -> ActionCode:
    sifted = node.body if node.quantifier == "\\E" else None
    binder = Binder(compiler, node.bounds, context, sifted, for_steps=True)
    body = compile_action(compiler, node.body, binder.inner)
    names = tuple(name.name for bound in node.bounds for name in bound.names)
    depth = context.depth
    if node.quantifier == "\\A":
        return _for_all(binder, body)

    if compiler.footprint(node.body, binder.inner).level < _assigning_level(context):
        return _through(binder, body)  # the witnesses of a guard are no choices of the step

    def one(s: Any, t: After, environment: tuple[Any, ...]) -> Iterable[After]:
        chosen = (*t[-1], *zip(names, environment[depth:], strict=True))
        return body(s, (*t[:-1], chosen), environment)

    return _through(binder, one)


def _through(binder: Binder, body: ActionCode) -> ActionCode:
    """Return the code of `\\E`: all that `body` gives for each element."""

    def through(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        found = binder.environments(s, t, e)
        if type(found) is Tried:
            for _, steps in found.giving(lambda environment: tuple(body(s, t, environment))):
                yield from steps
        else:
            for environment in found:
                yield from body(s, t, environment)

    return through


def _for_all(binder: Binder, body: ActionCode) -> ActionCode:
    def through(s: Any, t: After, environments: list[tuple[Any, ...]]) -> Iterable[After]:
        for number, environment in enumerate(environments):
            found = body(s, t, environment)
            if type(found) is not tuple:
                return _branched(s, found, environments[number + 1 :])
            if not found:
                return ()
            t = found[0]
        return (t,)

    def _branched(s: Any, found: Iterable[After], rest: list[tuple[Any, ...]]) -> Iterator[After]:
        for after in found:
            yield from through(s, after, rest)

    return lambda s, t, e: through(s, t, list(binder.environments(s, t, e)))


def _if(compiler: Dispatcher, node: syntax.If, context: Context) -> ActionCode:
    condition = boolean(compiler, node.condition, context, "IF")
    consequent = compile_action(compiler, node.consequent, context)
    alternative = compile_action(compiler, node.alternative, context)
    return lambda s, t, e: consequent(s, t, e) if condition(s, t, e) else alternative(s, t, e)


def _case(compiler: Dispatcher, node: syntax.Case, context: Context) -> ActionCode:
    """The first arm that is true is taken, as in TLC; overlapping arms do not branch."""
    arms = [
        (
            boolean(compiler, arm.condition, context, "CASE"),
            compile_action(compiler, arm.value, context),
        )
        for arm in node.arms
    ]
    other = compile_action(compiler, node.other, context) if node.other else None
    value = compiler.compile(node, context)

    def case(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        for condition, action in arms:
            if condition(s, t, e):
                return action(s, t, e)
        if other is not None:
            return other(s, t, e)
        value(s, t, e)  # fails: no arm is true
        return ()

    return case


def _let(compiler: Dispatcher, node: syntax.Let, context: Context) -> ActionCode:
    inner, delayed = open_let(compiler, node, context, in_action=True)
    body = compile_action(compiler, node.body, inner)
    if not delayed:
        return body
    return lambda s, t, e: body(s, t, bind_delayed(delayed, s, t, e))


def _named_or_guard(compiler: Dispatcher, node: syntax.Expression, context: Context) -> ActionCode:
    use = as_use(node, context.scope)
    return _guard(compiler, node, context) if use is None else _named(compiler, use, context)


def _named(compiler: Dispatcher, node: Use, context: Context) -> ActionCode:
    use = compiler.target(node, context)
    if given := arguments_by_value(compiler, use, context):
        return _called_by_value(compiler, use, given, context)
    called = inlined_target(use, context.scope, context.depth)
    if called is not None:
        return compile_action(compiler, called.body, context.at(called.scope))
    if isinstance(use.binding, Definition) and use.binding.is_recursive:
        return _recursive(compiler, use.binding, use.arguments, context)
    return _guard(compiler, node, context)


def arguments_by_value(compiler: Dispatcher, use: Target, context: Context) -> list[int]:
    """Return which arguments of an action are passed by value.

    Those that draw at random or print; and sets that may repeat elements, which no use repeats once
    one has counted them.
    """
    if not isinstance(use.binding, Definition) or use.binding.is_recursive:
        return []
    return [
        number
        for number, argument in enumerate(use.arguments)
        if not use.binding.parameters[number].arity and _is_by_value(compiler, argument, context)
    ]


def _is_by_value(compiler: Dispatcher, argument: syntax.Expression, context: Context) -> bool:
    footprint = compiler.footprint(argument, context)
    if not footprint.is_pure:
        return True
    return footprint.level == STATE and repeats_elements(argument, context.scope)


def _called_by_value(
    compiler: Dispatcher, use: Target, given: list[int], context: Context
) -> ActionCode:
    """Return the code of an action some of whose arguments are passed by value.

    What cannot show when it is computed is computed when it is wanted.
    """
    arguments = list(use.arguments)
    names: dict[str, Binding] = {}
    codes: list[Code] = []
    for depth, number in enumerate(given, context.depth):
        name = f"argument {number}"  # no name of the language
        footprint = compiler.footprint(arguments[number], context)
        code = compiler.compile(arguments[number], context)
        codes.append(delayed(code) if footprint.is_pure else code)
        names[name] = replace(local(depth, footprint), is_lazy=footprint.is_pure)
        arguments[number] = syntax.Name(arguments[number].span, name)
    inner = context.inside(names, len(given))
    called = inlined_target(replace(use, arguments=tuple(arguments)), inner.scope, inner.depth)
    assert called is not None  # neither recursive nor of the language
    body = compile_action(compiler, called.body, inner.at(called.scope))
    return lambda s, t, e: body(s, t, (*e, *[code(s, t, e) for code in codes]))


def _recursive(
    compiler: Dispatcher,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    context: Context,
) -> ActionCode:
    """Return the code of a recursive action: its arguments are passed by value."""
    codes, lazy = operands(compiler, definition, arguments, context)
    body = _recursive_body(compiler, definition, lazy, context.mode)
    depth = definition.depth
    return lambda s, t, e: body(s, t, (*e[:depth], *[code(s, t, e) for code in codes]))


def _recursive_body(
    compiler: Dispatcher, definition: Definition, lazy: tuple[bool, ...], mode: Mode
) -> ActionCode:
    key = ("action", lazy, mode)
    known: ActionCode | None = definition.compiled.get(key)
    if known is not None:
        return known
    cell: list[ActionCode] = []

    def itself(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        try:
            yield from cell[0](s, t, e)
        except RecursionError as error:
            raise too_deep(error, definition.span) from None

    definition.compiled[key] = itself
    code = compile_action(compiler, definition.body, body_context(definition, lazy, mode))
    cell.append(code)
    definition.compiled[key] = code
    return code


def _subscripted(
    compiler: Dispatcher, node: syntax.ActionBox | syntax.ActionDiamond, context: Context
) -> ActionCode:
    action = compile_action(compiler, node.action, context)
    if isinstance(node, syntax.ActionDiamond):
        return sequenced([action, _changes(compiler, node.subscript, context)])
    kept = kept_parts(compiler, node.subscript, context)

    def box(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        yield from action(s, t, e)
        yield from kept(s, t, e)

    return box


def _changes(compiler: Dispatcher, subscript: syntax.Expression, context: Context) -> ActionCode:
    before = compiler.compile(subscript, context)
    after = compiler.compile(subscript, context.primed())
    span = subscript.span

    def changes(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        return () if values_equal(after(s, t, e), before(s, t, e), span) else (t,)

    return changes


def subscripted_value(
    compiler: Dispatcher, node: syntax.ActionBox | syntax.ActionDiamond, context: Context
) -> Code:
    """Return the code of `[A]_v` or `<<A>>_v` as a truth value of a step."""
    action = boolean(compiler, node.action, context, "an action")
    kept = unchanged(compiler, node.subscript, context)
    if isinstance(node, syntax.ActionBox):
        return lambda s, t, e: action(s, t, e) or kept(s, t, e)
    return lambda s, t, e: action(s, t, e) and not kept(s, t, e)
