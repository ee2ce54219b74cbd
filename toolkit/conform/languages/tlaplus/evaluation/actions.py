"""Actions and Init as generators of states: what TLC's getNextStates does.

A formula in action position compiles to `code(state, after, environment)` that yields every way of
completing `after`: a tuple with one entry for each slot, UNBOUND where nothing is said yet, and at
its end the values chosen by `\\E` on the way. Conjuncts work from left to right; `x' = e` binds x'
the first time and compares afterwards; `\\/`, `\\E` and `x' \\in S` branch. A formula that assigns
nothing is a guard. In Init, unprimed variables take the part of primed ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from conform.domain.values import SetValue, Value
from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.analysis import (
    ACTION,
    STATE,
    primed_variable,
    variable_slot,
)
from conform.languages.tlaplus.evaluation.compiler import (
    UNBOUND,
    Code,
    Compiler,
    Context,
    Mode,
    bind_delayed,
    construct,
    inlined,
    open_let,
)
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.formulas import Binder, boolean
from conform.languages.tlaplus.evaluation.results import elements_of, settle, values_equal
from conform.languages.tlaplus.evaluation.scope import Alias, Definition
from conform.languages.tlaplus.evaluation.sets import LazySet, PowerSet
from conform.text import Span

After: TypeAlias = tuple[Any, ...]
"""Values of the slots after the step, and at the end the choices made."""

ActionCode: TypeAlias = Callable[[Any, After, tuple[Any, ...]], Iterable[After]]


def compile_action(compiler: Compiler, node: syntax.Expression, context: Context) -> ActionCode:
    """Return the code that yields the completions of `after` by the action `node`."""
    footprint = compiler.footprint(node, context)
    if footprint.level < _assigning_level(context):
        return _guard(compiler, node, context)
    match node:
        case syntax.Parentheses() | syntax.Labelled():
            return compile_action(compiler, node.expression, context)
        case syntax.Junction(operator="/\\"):
            return _all(compiler, node.items, context)
        case syntax.Junction(operator="\\/"):
            return _any(compiler, node.items, context)
        case syntax.Infix():
            return _infix(compiler, node, context)
        case syntax.Prefix(operator="UNCHANGED"):
            return _unchanged(compiler, node.operand, context)
        case syntax.Quantified():
            return _quantified(compiler, node, context)
        case syntax.If():
            return _if(compiler, node, context)
        case syntax.Case():
            return _case(compiler, node, context)
        case syntax.Let():
            return _let(compiler, node, context)
        case syntax.Name() | syntax.Call():
            return _named(compiler, node, context)
        case syntax.ActionBox() | syntax.ActionDiamond():
            return _subscripted(compiler, node, context)
        case _:
            return _guard(compiler, node, context)


def _assigning_level(context: Context) -> int:
    """The lowest level at which a formula can assign: in Init, unprimed variables do."""
    return ACTION if context.mode is Mode.UNPRIMED else STATE


def _guard(compiler: Compiler, node: syntax.Expression, context: Context) -> ActionCode:
    test = boolean(compiler, node, context, "an action")
    return lambda s, t, e: (t,) if test(s, t, e) else ()


# ---------------------------------------------------------------------------------- connectives


def _all(compiler: Compiler, items: tuple[syntax.Expression, ...], context: Context) -> ActionCode:
    return sequenced([compile_action(compiler, item, context) for item in items])


def sequenced(parts: list[ActionCode]) -> ActionCode:
    """Return the conjunction of `parts`, worked through from left to right."""
    if len(parts) == 1:
        return parts[0]
    first, rest = parts[0], sequenced(parts[1:])

    def conjunction(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        found = first(s, t, e)
        if type(found) is tuple:  # a guard or an assignment: no branching, no generator
            return rest(s, found[0], e) if found else ()
        return _followed(found, rest, s, e)

    return conjunction


def _followed(
    found: Iterable[After], rest: ActionCode, s: Any, e: tuple[Any, ...]
) -> Iterator[After]:
    for after in found:
        yield from rest(s, after, e)


def _any(compiler: Compiler, items: tuple[syntax.Expression, ...], context: Context) -> ActionCode:
    parts = [compile_action(compiler, item, context) for item in items]

    def disjunction(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        for part in parts:
            yield from part(s, t, e)

    return disjunction


def _infix(compiler: Compiler, node: syntax.Infix, context: Context) -> ActionCode:
    match node.operator:
        case "/\\":
            return _all(compiler, (node.left, node.right), context)
        case "\\/":
            return _any(compiler, (node.left, node.right), context)
        case "=>":
            return _implies(compiler, node, context)
        case "=" | "\\in" | "\\subseteq":
            return _assignment(compiler, node, context)
        case "\\cdot":
            raise UnsupportedError("`\\cdot` is not evaluated, as in TLC", span=node.span)
        case _:
            return _guard(compiler, node, context)


def _implies(compiler: Compiler, node: syntax.Infix, context: Context) -> ActionCode:
    left = boolean(compiler, node.left, context, "=>")
    right = compile_action(compiler, node.right, context)
    return lambda s, t, e: right(s, t, e) if left(s, t, e) else (t,)


# ---------------------------------------------------------------------------------- assignments


def _assignment(compiler: Compiler, node: syntax.Infix, context: Context) -> ActionCode:
    slot = assigned_slot(node.left, context)
    if slot is None:
        return _guard(compiler, node, context)
    value = compiler.compile(node.right, context)
    match node.operator:
        case "=":
            return _bind(slot, value, node.span)
        case "\\in":
            return _bind_one_of(slot, value, node.span)
        case _:
            return _bind_one_of(slot, _subsets(value, node.span), node.span)


def assigned_slot(node: syntax.Expression, context: Context) -> int | None:
    """Return the slot that `node` stands for as the left side of an assignment, None otherwise."""
    if context.mode is Mode.PRIMED:
        return variable_slot(node, context.scope)
    return primed_variable(node, context.scope)


def _bind(slot: int, value: Code, span: Span) -> ActionCode:
    following = slot + 1

    def bind(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        result = settle(value(s, t, e), span)
        bound = t[slot]
        if bound is UNBOUND:
            return ((*t[:slot], result, *t[following:]),)
        return (t,) if values_equal(bound, result, span) else ()

    return bind


def _bind_one_of(slot: int, choices: Code, span: Span) -> ActionCode:
    following = slot + 1

    def bind(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        bound = t[slot]
        found = choices(s, t, e)
        if bound is not UNBOUND:
            member = any(values_equal(bound, value, span) for value in _members(found, span))
            return (t,) if member else ()
        return [(*t[:slot], value, *t[following:]) for value in _members(found, span)]

    return bind


def _members(found: Any, span: Span) -> tuple[Value, ...]:
    return elements_of(found, span, "an assignment by `\\in`")


def _subsets(code: Code, span: Span) -> Code:
    def subsets(s: Any, t: After, e: tuple[Any, ...]) -> PowerSet:
        base = code(s, t, e)
        if not isinstance(base, SetValue | LazySet):
            expect_failure(span, "a set on its right", base, "`\\subseteq`")
        return PowerSet(base)

    return subsets


def _unchanged(compiler: Compiler, operand: syntax.Expression, context: Context) -> ActionCode:
    return sequenced(
        [_kept(compiler, part, at) for part, at in unchanged_parts(operand, context)]
        or [lambda _s, t, _e: (t,)]
    )


def unchanged_parts(
    node: syntax.Expression, context: Context
) -> Iterator[tuple[syntax.Expression, Context]]:
    """Yield the expressions that UNCHANGED `node` keeps, tuples and definitions taken apart."""
    match node:
        case syntax.Parentheses(expression=inner):
            yield from unchanged_parts(inner, context)
        case syntax.TupleLiteral(elements=elements):
            for element in elements:
                yield from unchanged_parts(element, context)
        case syntax.Name(name=name):
            binding = context.scope.find(name)
            if isinstance(binding, Definition) and not binding.parameters:
                yield from unchanged_parts(binding.body, context.at(binding.scope))
            elif isinstance(binding, Alias):
                yield from unchanged_parts(binding.expression, context.at(binding.scope))
            else:
                yield node, context
        case _:
            yield node, context


def _kept(compiler: Compiler, node: syntax.Expression, context: Context) -> ActionCode:
    slot = variable_slot(node, context.scope)
    span = node.span
    if slot is not None:
        return _bind(slot, _copy(slot), span)
    before = compiler.compile(node, context)
    after = compiler.compile(node, context.primed())

    def kept(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        return (t,) if values_equal(after(s, t, e), before(s, t, e), span) else ()

    return kept


def _copy(slot: int) -> Code:
    """Read a slot only to keep it; a state that records its reads is told so."""
    return lambda s, _t, _e: s[slot] if type(s) is tuple else s.copied(slot)


# ------------------------------------------------------------------------------------ branching


def _quantified(compiler: Compiler, node: syntax.Quantified, context: Context) -> ActionCode:
    binder = Binder(compiler, node.bounds, context)
    body = compile_action(compiler, node.body, binder.inner)
    names = tuple(name.name for bound in node.bounds for name in bound.names)
    depth = context.depth
    if node.quantifier == "\\A":
        return _for_all(binder, body)

    def exists(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        for environment in binder.environments(s, t, e):
            chosen = (*t[-1], *zip(names, environment[depth:], strict=True))
            yield from body(s, (*t[:-1], chosen), environment)

    return exists


def _for_all(binder: Binder, body: ActionCode) -> ActionCode:
    def through(s: Any, t: After, environments: list[tuple[Any, ...]]) -> Iterator[After]:
        if not environments:
            yield t
            return
        for after in body(s, t, environments[0]):
            yield from through(s, after, environments[1:])

    return lambda s, t, e: through(s, t, list(binder.environments(s, t, e)))


def _if(compiler: Compiler, node: syntax.If, context: Context) -> ActionCode:
    condition = boolean(compiler, node.condition, context, "IF")
    consequent = compile_action(compiler, node.consequent, context)
    alternative = compile_action(compiler, node.alternative, context)
    return lambda s, t, e: consequent(s, t, e) if condition(s, t, e) else alternative(s, t, e)


def _case(compiler: Compiler, node: syntax.Case, context: Context) -> ActionCode:
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


def _let(compiler: Compiler, node: syntax.Let, context: Context) -> ActionCode:
    inner, delayed = open_let(compiler, node, context)
    body = compile_action(compiler, node.body, inner)
    if not delayed:
        return body
    return lambda s, t, e: body(s, t, bind_delayed(delayed, s, t, e))


def _named(compiler: Compiler, node: syntax.Name | syntax.Call, context: Context) -> ActionCode:
    name = node.name if isinstance(node, syntax.Name) else node.operator
    arguments = node.arguments if isinstance(node, syntax.Call) else ()
    binding = compiler.resolve(name, node.span, context)
    if isinstance(binding, Alias) and not arguments:
        return compile_action(compiler, binding.expression, context.at(binding.scope))
    if isinstance(binding, Definition) and len(binding.parameters) == len(arguments):
        if not binding.is_recursive:
            inner = inlined(binding, arguments, context)
            return compile_action(compiler, binding.body, inner)
        raise UnsupportedError(
            f"`{name}` is recursive and assigns variables; that is not evaluated yet",
            span=node.span,
        )
    return _guard(compiler, node, context)


def _subscripted(
    compiler: Compiler, node: syntax.ActionBox | syntax.ActionDiamond, context: Context
) -> ActionCode:
    action = compile_action(compiler, node.action, context)
    if isinstance(node, syntax.ActionDiamond):
        return sequenced([action, _changes(compiler, node.subscript, context)])
    kept = _unchanged(compiler, node.subscript, context)

    def box(s: Any, t: After, e: tuple[Any, ...]) -> Iterator[After]:
        yield from action(s, t, e)
        yield from kept(s, t, e)

    return box


def _changes(compiler: Compiler, subscript: syntax.Expression, context: Context) -> ActionCode:
    before = compiler.compile(subscript, context)
    after = compiler.compile(subscript, context.primed())
    span = subscript.span

    def changes(s: Any, t: After, e: tuple[Any, ...]) -> Iterable[After]:
        return () if values_equal(after(s, t, e), before(s, t, e), span) else (t,)

    return changes


# ----------------------------------------------------------- the same constructs as truth values


@construct(syntax.ActionBox, syntax.ActionDiamond)
def _subscripted_value(
    compiler: Compiler, node: syntax.ActionBox | syntax.ActionDiamond, context: Context
) -> Code:
    action = boolean(compiler, node.action, context, "an action")
    kept = unchanged(compiler, node.subscript, context)
    if isinstance(node, syntax.ActionBox):
        return lambda s, t, e: action(s, t, e) or kept(s, t, e)
    return lambda s, t, e: action(s, t, e) and not kept(s, t, e)


def unchanged(compiler: Compiler, operand: syntax.Expression, context: Context) -> Code:
    """Return the code of UNCHANGED as a truth value: every part is equal before and after."""
    parts = [
        (compiler.compile(part, at.primed()), compiler.compile(part, at), part.span)
        for part, at in unchanged_parts(operand, context)
    ]

    def holds(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        return all(
            values_equal(after(s, t, e), before(s, t, e), span) for after, before, span in parts
        )

    return holds


def enabled(compiler: Compiler, operand: syntax.Expression, context: Context) -> Code:
    """Return the code of ENABLED: some completion of an empty `after` exists."""
    inner = Context(context.scope, context.depth, Mode.UNPRIMED)
    action = compile_action(compiler, operand, inner)
    nothing: After = (*(UNBOUND,) * len(compiler.slots), ())
    under_prime = context.mode is Mode.PRIMED

    def is_enabled(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        return any(True for _ in action(t if under_prime else s, nothing, e))

    return is_enabled
