"""`UNION S`: of sets that are written out it is a set like others, of others one that repeats.

As in TLC, `UNION {1..2, 2..3}` goes through one interval after the other (values/impl/
UnionValue.java), and `UNION {{1, 2}, {2, 3}}` is put together at once: what the parts are made by
is looked for in the text, as values do not tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import Binder
from conform.languages.tlaplus.evaluation.definitions import shadowed
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import (
    UnlistedError,
    expect_failure,
    expected_text,
)
from conform.languages.tlaplus.evaluation.inlining import inlined, outcomes
from conform.languages.tlaplus.evaluation.instances import as_use
from conform.languages.tlaplus.evaluation.mismatch import COMPARED_DEEPLY
from conform.languages.tlaplus.evaluation.mixed_sets import MixedSet, written_set
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.repeating_sets import RepeatingSet, repeats
from conform.languages.tlaplus.evaluation.results import elements_of, make_set, settle
from conform.languages.tlaplus.evaluation.scope import Scope
from conform.languages.tlaplus.evaluation.sets import AnySet, Interval, LazySet, contains
from conform.languages.tlaplus.evaluation.unlisted_sets import (
    UnlistedSet,
    UnlistedUnion,
    set_over,
)
from conform.text import Span


class BrokenUnion(MixedSet):
    """UNION of a set of which a member is no set: an error for whoever looks into it."""

    __slots__ = ()

    def contains(self, value: Value) -> bool:
        for member in self.members:
            if not isinstance(member, SetValue):
                raise self.error()
            if contains(member, value):
                return True
        return False

    def describe(self) -> str:
        return f"UNION {super().describe()}"


Members = Callable[[Any, Any, tuple[Any, ...]], list[Any]]
"""(state, after, environment) -> the sets that are united, not all of them settled."""

SPACES = (syntax.FunctionSet, syntax.RecordSet, syntax.Product)


def union(compiler: Dispatcher, node: syntax.Prefix, context: Context) -> Code:
    """Return the code of `UNION S`."""
    members = _written(compiler, node.operand, context)
    span = node.span
    if members is not None:
        order = compiler.order
        return lambda s, t, e: _union_of_members(members(s, t, e), order, span)
    operand = compiler.compile(node.operand, context)
    return lambda s, t, e: union_of(operand(s, t, e), span)


def union_of(sets: Any, span: Span) -> AnySet:
    """Return UNION of a set of sets; raise EvaluationError for what is no set.

    As in TLC, it is asked last whether the members are sets: `{} \\cap UNION {1}` is empty.
    """
    if isinstance(sets, UnlistedSet):
        return _unlisted_union(sets, span)
    if type(sets) is SetValue and type(sets.elements) is frozenset:
        parts = [inner for inner in sets.elements if type(inner) is SetValue]
        kinds = {type(inner.elements) for inner in parts}
        if len(parts) == len(sets.elements) and kinds <= {frozenset}:
            return _united(parts, span)
    members: list[Value] = []
    united: list[AnySet] = []
    inside = elements_of(sets, span, "UNION")
    for inner in inside:
        if not isinstance(inner, SetValue | LazySet):
            return BrokenUnion(inside, expected_text("a set of sets", inner, "UNION"))
        united.append(inner)
        members.extend(elements_of(inner, span, "UNION"))
    whole = written_set(members)
    if isinstance(whole, MixedSet) or isinstance(sets, SetValue | MixedSet):
        return whole
    return RepeatingSet(whole, tuple(united))


def _united(parts: Sequence[SetValue], span: Span) -> SetValue:
    """Return the union of sets that are written out; raise EvaluationError for several kinds.

    One element of each tells its kind, unless it is a model value, which goes with every kind.
    """
    whole = SetValue(frozenset().union(*[part.elements for part in parts]))
    kinds = {type(next(iter(part.elements))) for part in parts if part.elements}
    if kinds <= {int} or kinds <= {str}:
        return whole
    if len(kinds) > 1:
        make_set([part.ordered[-1] for part in parts if part.elements], span)
    if len(whole) <= COMPARED_DEEPLY:
        make_set(whole.ordered, span)
    return whole


def _unlisted_union(sets: UnlistedSet, span: Span) -> UnlistedUnion:
    for inner in sets.members:
        if not isinstance(inner, SetValue | LazySet):
            expect_failure(span, "a set of sets", inner, "UNION")
    return UnlistedUnion(sets.members)


def _union_of_members(members: list[Any], order: ValueOrder, span: Span) -> AnySet:
    try:
        settled = [settle(each, span) for each in members]
    except UnlistedError:
        return union_of(set_over(members, span), span)
    whole = union_of(written_set(settled), span)
    if type(whole) is not SetValue or not any(isinstance(each, LazySet) for each in members):
        return whole
    made: dict[Value, Any] = {}
    for each, member in zip(settled, members, strict=True):
        # TLC compares each with those before it, and has then removed what it repeats
        made.setdefault(each, each if made and repeats(member) else member)
    return RepeatingSet(whole, tuple([made[each] for each in order.arranged(SetValue(settled))]))


# --------------------------------------------------------------------------- what parts are made by


def stays_lazy(node: syntax.Expression, scope: Scope) -> bool:
    """Return whether `node` is a set of sets, written down, of which one may not be written out."""
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return stays_lazy(inner, scope)
        case syntax.SetEnumeration(elements=elements):
            return any(_is_lazy(element, scope) for element in elements)
        case syntax.SetMap(element=element, bounds=bounds):
            names = tuple(name for bound in bounds for name in bound.names)
            return _is_lazy(element, shadowed(scope, names))
        case _ if (use := as_use(node, scope)) is not None:
            called = inlined(use, scope)
            return called is not None and stays_lazy(called.body, called.scope)
        case _:
            return False


def _is_lazy(node: syntax.Expression, scope: Scope) -> bool:
    return any(_one_is_lazy(one, within) for one, within in outcomes(node, scope))


def _one_is_lazy(node: syntax.Expression, scope: Scope) -> bool:
    match node:
        case syntax.Infix(operator="..") | syntax.Prefix(operator="SUBSET" | "UNION" | "DOMAIN"):
            return True
        case syntax.Infix(operator="\\cup" | "\\cap" | "\\", left=left, right=right):
            return _is_lazy(left, scope) or _is_lazy(right, scope)
        case syntax.SetFilter(bound=bound):
            return _is_lazy(bound.domain, scope)
        case _:
            return isinstance(node, SPACES)


def _written(compiler: Dispatcher, node: syntax.Expression, context: Context) -> Members | None:
    """Return code for the sets that are united, None where none of them can repeat anything."""
    if not stays_lazy(node, context.scope):
        return None
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return _written(compiler, inner, context)
        case syntax.SetEnumeration(elements=elements):
            codes = [_member(compiler, element, context) for element in elements]
            return lambda s, t, e: [code(s, t, e) for code in codes]
        case syntax.SetMap(element=element, bounds=bounds):
            binder = Binder(compiler, bounds, context)
            image = _member(compiler, element, binder.inner)
            return lambda s, t, e: [image(s, t, one) for one in binder.environments(s, t, e)]
    use = as_use(node, context.scope)
    called = None if use is None else inlined(use, context.scope, context.depth)
    return None if called is None else _written(compiler, called.body, context.at(called.scope))


def _member(compiler: Dispatcher, node: syntax.Expression, context: Context) -> Code:
    code = compiler.compile(node, context)
    if not _is_domain(node, context.scope):
        return code
    return lambda s, t, e: _as_interval(code(s, t, e))


def _is_domain(node: syntax.Expression, scope: Scope) -> bool:
    if isinstance(node, syntax.Parentheses):
        return _is_domain(node.expression, scope)
    if isinstance(node, syntax.Prefix) and node.operator == "DOMAIN":
        return True
    use = as_use(node, scope)
    called = None if use is None else inlined(use, scope)
    return called is not None and _is_domain(called.body, called.scope)


def _as_interval(domain: Any) -> Any:
    """Return the domain of a sequence, or of a function over an interval, as TLC has it."""
    if type(domain) is not SetValue or {*map(type, domain.elements)} != {int}:
        return domain
    low, high = domain.ordered[0], domain.ordered[-1]
    assert type(low) is type(high) is int
    return Interval(low, high) if high - low + 1 == len(domain) else domain
