"""Functions, records, sequences: made, applied, and changed at a place."""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.states import State
from conform.domain.values import (
    FunctionValue,
    SetValue,
    Value,
    format_value,
    function,
    record,
    sequence,
)
from conform.languages.markdown.formal.evaluation.core import (
    Code,
    Core,
    Env,
    Scope,
    joined,
    within,
)
from conform.languages.markdown.formal.evaluation.sets import bound_values
from conform.languages.markdown.formal.syntax import (
    Binary,
    Except,
    Expression,
    Field,
    FunctionOf,
    Index,
    RecordOf,
    TupleOf,
)
from conform.text import Span


def function_of(core: Core, node: FunctionOf, scope: Scope) -> Code:
    """Compile `[x \\in S |-> e]`; with several names the arguments are tuples."""
    domains, combinations, inner = bound_values(core, node.bounds, scope)
    body = core.code(node.body, inner)
    value, single = body.run, inner.size - scope.size == 1

    def run(s: State, e: Env) -> Value:
        pairs = {
            values[0] if single else sequence(values): value(s, (*e, *values))
            for values in combinations(s, e)
        }
        return function(pairs)

    return within(run, scope, body, *domains)


def record_of(core: Core, node: RecordOf, scope: Scope) -> Code:
    """Compile `[f |-> e]`."""
    names = [name for name, _ in node.fields]
    parts = [core.code(value, scope) for _, value in node.fields]
    runs = [part.run for part in parts]

    def run(s: State, e: Env) -> Value:
        return record(dict(zip(names, [each(s, e) for each in runs], strict=True)))

    return joined(run, *parts)


def index(core: Core, node: Index, scope: Scope) -> Code:
    """Compile `f[a]`."""
    argument: Expression = node.arguments[0]
    if len(node.arguments) > 1:
        argument = TupleOf(node.span, node.arguments)
    one, other = core.code(node.function, scope), core.code(argument, scope)
    base, place, span = one.run, other.run, node.span

    def run(s: State, e: Env) -> Value:
        found, key = base(s, e), place(s, e)
        if type(found) is FunctionValue and type(key) is not bool:
            at = found.domain.index.get(key)
            if at is not None:
                return found.values[at]
        return applied(core, span, found, key)

    return joined(run, one, other)


def field(core: Core, node: Field, scope: Scope) -> Code:
    """Compile `r.f`."""
    code = core.code(node.record, scope)
    base, name, span = code.run, node.name, node.span
    return joined(lambda s, e: applied(core, span, base(s, e), name), code)


def applied(core: Core, span: Span, base: Value, argument: Value) -> Value:
    """Return the value of a function at an argument, or raise EvaluationError outside of it."""
    if not isinstance(base, FunctionValue):
        raise core.wrong_kind(span, base, "a function or a record")
    place = base.domain.place(argument)
    if place is None:
        raise outside(core, span, base, argument)
    return base.values[place]


def outside(core: Core, span: Span, base: FunctionValue, argument: Value) -> Exception:
    """Return the error of an argument that is not in the domain."""
    domain = ", ".join(map(format_value, base.domain.elements[:8]))
    more = ", …" if len(base.domain.elements) > 8 else ""
    return core.error(
        span,
        f"{format_value(argument)[:60]} is outside of the domain",
        expected=f"one of {domain}{more}" if domain else "nothing: the domain is empty",
    )


def changed(
    core: Core, span: Span, base: Value, path: Sequence[Value], value: Value
) -> FunctionValue:
    """Return a function that differs at the end of a path of arguments alone."""
    if not isinstance(base, FunctionValue):
        raise core.wrong_kind(span, base, "a function or a record")
    place = base.domain.place(path[0])
    if place is None:
        raise outside(core, span, base, path[0])
    if len(path) > 1:
        value = changed(core, span, base.values[place], path[1:], value)
    return base.replaced(place, value)


def except_(core: Core, node: Except, scope: Scope) -> Code:
    """Compile EXCEPT: the changes are made one after the other."""
    base = core.code(node.function, scope)
    inner = scope.plus("@")
    paths = [[core.code(step, scope) for step in update.path] for update in node.updates]
    values = [core.code(update.value, inner) for update in node.updates]

    def run(s: State, e: Env) -> Value:
        found = base.run(s, e)
        for update, path, value in zip(node.updates, paths, values, strict=True):
            steps = [step.run(s, e) for step in path]
            old = found
            for step in steps:
                old = applied(core, update.span, old, step)
            found = changed(core, update.span, found, steps, value.run(s, (*e, old)))
        return found

    whole = [within(value.run, scope, value) for value in values]
    return joined(run, base, *whole, *(step for path in paths for step in path))


def domain(core: Core, operand: Expression, scope: Scope) -> Code:
    """Compile DOMAIN."""
    code = core.code(operand, scope)

    def run(s: State, e: Env) -> Value:
        value = code.run(s, e)
        if not isinstance(value, FunctionValue):
            raise core.wrong_kind(operand.span, value, "a function")
        return SetValue(value.domain.elements)

    return joined(run, code)


def pair(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `a :> b` and `f @@ g`."""
    one, other = core.code(node.left, scope), core.code(node.right, scope)
    if node.operator == ":>":
        return joined(lambda s, e: function({one.run(s, e): other.run(s, e)}), one, other)

    def run(s: State, e: Env) -> Value:
        left, right = one.run(s, e), other.run(s, e)
        for operand, value in ((node.left, left), (node.right, right)):
            if not isinstance(value, FunctionValue):
                raise core.wrong_kind(operand.span, value, "a function")
        assert isinstance(left, FunctionValue) and isinstance(right, FunctionValue)
        return function({**dict(right.items()), **dict(left.items())})

    return joined(run, one, other)
