"""Sets as something to go through, and as something to be a member of.

Types (`[S -> T]`, `[f : S]`, Nat, SUBSET S) are asked whether they have an element without being
listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conform.domain.states import State
from conform.domain.values import FunctionValue, SetValue, Value
from conform.languages.markdown.formal.evaluation.core import (
    MAX_ELEMENTS,
    NOTHING,
    Code,
    Core,
    Env,
    Scope,
    constant,
    joined,
)
from conform.languages.markdown.formal.syntax import (
    Apply,
    Binary,
    Expression,
    FunctionSet,
    Name,
    RecordSet,
    Unary,
)
from conform.text import Span

Elements = Callable[[State, Env], Sequence[Value]]
Has = Callable[[Value, State, Env], bool]

NATURALS = ("Nat", "ℕ")
INTEGERS = ("Int", "ℤ")
STRINGS = ("STRING", "String")
INFINITE = frozenset((*NATURALS, *INTEGERS, *STRINGS, "Seq"))
"""Sets that can be asked, and not gone through."""


def elements_of(core: Core, node: Expression, scope: Scope) -> tuple[Code, Elements]:
    """Return the code of a set, and its elements in canonical order."""
    code = core.code(node, scope)
    run, span = code.run, node.span
    if code.is_known:
        value = run((), ())
        if isinstance(value, SetValue):
            ordered = value.ordered
            return code, lambda _s, _e: ordered

    def elements(s: State, e: Env) -> Sequence[Value]:
        return as_set(core, span, run(s, e)).ordered

    if isinstance(node, Binary) and node.operator == "..":
        return code, _between(core, node, scope)
    return code, elements


def _between(core: Core, node: Binary, scope: Scope) -> Elements:
    low, high = core.code(node.left, scope).run, core.code(node.right, scope).run

    def elements(s: State, e: Env) -> Sequence[Value]:
        return interval(core, node, low(s, e), high(s, e))

    return elements


def interval(core: Core, node: Binary, low: Value, high: Value) -> range:
    """Return `low..high`, empty where high is less."""
    for value, operand in ((low, node.left), (high, node.right)):
        if type(value) is not int:
            raise core.wrong_kind(operand.span, value, "an integer")
    assert isinstance(low, int) and isinstance(high, int)
    if high - low >= MAX_ELEMENTS:
        raise core.error(node.span, f"the set has more than {MAX_ELEMENTS:,} elements")
    return range(low, high + 1)


def as_set(core: Core, span: Span, value: Value) -> SetValue:
    """Return a value that is a set; raise EvaluationError for any other."""
    if isinstance(value, SetValue):
        return value
    raise core.wrong_kind(span, value, "a set")


def membership(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile `\\in` and `\\notin`."""
    element = core.code(node.left, scope)
    domain, has = has_of(core, node.right, scope)
    run = element.run
    if node.operator == "\\in":
        return joined(lambda s, e: has(run(s, e), s, e), element, domain)
    return joined(lambda s, e: not has(run(s, e), s, e), element, domain)


def has_of(core: Core, node: Expression, scope: Scope) -> tuple[Code, Has]:
    """Return what a set needs, and the test whether it has a value."""
    match node:
        case Name(name=name) if name in INFINITE and not scope.has(name):
            return constant(name), _BUILT_IN[name]
        case Name(name=name) if name in core.helpers and not scope.has(name):
            return _helper(core, name, scope)
        case FunctionSet():
            return _functions(core, node, scope)
        case RecordSet():
            return _records(core, node, scope)
        case Binary(operator="\\cup" | "\\cap" | "\\" | "\\X" | ".."):
            return _combined(core, node, scope)
        case Unary(operator="SUBSET", operand=operand):
            return _subsets(core, operand, scope)
        case Apply(name="Seq", arguments=(elements,)):
            code, has = has_of(core, elements, scope)
            return code, lambda v, s, e: _is_sequence(v) and all(has(x, s, e) for x in v.values)
        case _:
            code = core.code(node, scope)
            run, span = code.run, node.span
            return code, lambda v, s, e: v in as_set(core, span, run(s, e))


def _is_sequence(value: Value) -> bool:
    return isinstance(value, FunctionValue) and value.is_sequence


_BUILT_IN: dict[str, Has] = {
    **dict.fromkeys(NATURALS, lambda v, _s, _e: type(v) is int and v >= 0),
    **dict.fromkeys(INTEGERS, lambda v, _s, _e: type(v) is int),
    **dict.fromkeys(STRINGS, lambda v, _s, _e: type(v) is str),
    "Seq": lambda v, _s, _e: _is_sequence(v),
}


def _helper(core: Core, name: str, scope: Scope) -> tuple[Code, Has]:
    """Look through a helper without parameters: it may stand for a type."""
    code, has = has_of(core, core.helpers[name].body, Scope(primed=scope.primed))
    return Code(code.run, code.reads, NOTHING), lambda v, s, _e: has(v, s, ())


def _functions(core: Core, node: FunctionSet, scope: Scope) -> tuple[Code, Has]:
    domain, elements = elements_of(core, node.domain, scope)
    values, has = has_of(core, node.values, scope)

    def test(value: Value, s: State, e: Env) -> bool:
        return (
            isinstance(value, FunctionValue)
            and value.domain.elements == tuple(elements(s, e))
            and all(has(each, s, e) for each in value.values)
        )

    return joined(domain.run, domain, values), test


def _records(core: Core, node: RecordSet, scope: Scope) -> tuple[Code, Has]:
    parts = {name: has_of(core, values, scope) for name, values in node.fields}
    fields = tuple(sorted(parts))
    tests = [parts[name][1] for name in fields]

    def test(value: Value, s: State, e: Env) -> bool:
        return (
            isinstance(value, FunctionValue)
            and value.domain.elements == fields
            and all(has(x, s, e) for has, x in zip(tests, value.values, strict=True))
        )

    codes = [code for code, _ in parts.values()]
    return joined(codes[0].run, *codes), test


def _combined(core: Core, node: Binary, scope: Scope) -> tuple[Code, Has]:
    if node.operator == "..":
        low, high = core.code(node.left, scope), core.code(node.right, scope)

        def between(value: Value, s: State, e: Env) -> bool:
            found = interval(core, node, low.run(s, e), high.run(s, e))
            return type(value) is int and value in found

        return joined(low.run, low, high), between
    (one, left), (other, right) = has_of(core, node.left, scope), has_of(core, node.right, scope)
    tests: dict[str, Has] = {
        "\\cup": lambda v, s, e: left(v, s, e) or right(v, s, e),
        "\\cap": lambda v, s, e: left(v, s, e) and right(v, s, e),
        "\\": lambda v, s, e: left(v, s, e) and not right(v, s, e),
        "\\X": lambda v, s, e: (
            isinstance(v, FunctionValue)
            and v.is_sequence
            and len(v) == 2
            and left(v.values[0], s, e)
            and right(v.values[1], s, e)
        ),
    }
    return joined(one.run, one, other), tests[node.operator]


def _subsets(core: Core, operand: Expression, scope: Scope) -> tuple[Code, Has]:
    code, has = has_of(core, operand, scope)

    def test(value: Value, s: State, e: Env) -> bool:
        return isinstance(value, SetValue) and all(has(x, s, e) for x in value)

    return code, test
