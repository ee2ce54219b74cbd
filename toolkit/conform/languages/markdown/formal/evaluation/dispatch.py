"""Which function compiles which node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from msgspec.structs import replace

from conform.languages.markdown.formal.evaluation import (
    arithmetic,
    built_in,
    functions,
    logic,
    membership,
    names,
    sets,
)
from conform.languages.markdown.formal.evaluation.core import Code, Core, Scope
from conform.languages.markdown.formal.syntax import (
    Apply,
    Binary,
    Boxed,
    Case,
    Choice,
    Except,
    Expression,
    Field,
    Filter,
    FunctionOf,
    FunctionSet,
    If,
    Image,
    Index,
    LetIn,
    Literal,
    Name,
    Quantified,
    RecordOf,
    RecordSet,
    SetOf,
    TupleOf,
    Unary,
)

_BINARY: dict[str, Callable[[Core, Binary, Scope], Code]] = {
    "/\\": logic.conjunction,
    "\\/": logic.disjunction,
    "=>": logic.implication,
    "<=>": logic.equivalence,
    "=": logic.equality,
    "#": logic.equality,
    **dict.fromkeys(("<", "<=", ">", ">="), logic.order),
    **dict.fromkeys(("\\in", "\\notin"), membership.membership),
    **dict.fromkeys(("+", "-", "*", "\\div", "%", "^"), arithmetic.arithmetic),
    **dict.fromkeys(("\\cup", "\\cap", "\\", "\\X"), sets.combined),
    "\\subseteq": sets.subset_test,
    "..": arithmetic.between,
    **dict.fromkeys((":>", "@@"), functions.pair),
    "\\o": built_in.concatenation,
}

_UNARY: dict[str, Callable[[Core, Expression, Scope], Code]] = {
    "~": logic.negation,
    "-": arithmetic.negative,
    "DOMAIN": functions.domain,
    "SUBSET": sets.powerset,
    "UNION": sets.union,
}


def _temporal(core: Core, node: Expression, _scope: Scope) -> NoReturn:
    raise core.error(
        node.span, "this speaks of behaviours: it has no value", expected="a value of one state"
    )


def _binary(core: Core, node: Binary, scope: Scope) -> Code:
    return _BINARY.get(node.operator, _temporal)(core, node, scope)


def _unary(core: Core, node: Unary, scope: Scope) -> Code:
    match node.operator:
        case "'":
            return core.code(node.operand, replace(scope, primed=True))
        case "ENABLED":
            return _enabled(core, node, scope)
        case "UNCHANGED":
            return _unchanged(core, node, scope)
        case _:
            compile_operator = _UNARY.get(node.operator)
            if compile_operator is None:
                _temporal(core, node, scope)
            return compile_operator(core, node.operand, scope)


def _unchanged(core: Core, node: Unary, scope: Scope) -> Code:
    after = Unary(node.span, "'", node.operand)
    return core.code(Binary(node.span, "=", after, node.operand), scope)


def _enabled(core: Core, node: Unary, scope: Scope) -> Code:
    operand = node.operand
    if not isinstance(operand, Apply | Name):
        raise core.error(node.span, "this is no action", expected="the name of an action")
    arguments = operand.arguments if isinstance(operand, Apply) else ()
    codes = [core.code(argument, scope) for argument in arguments]
    asked, runs = core.enabled(operand.name, node.span), [code.run for code in codes]
    run = asked.run
    uses = frozenset[int]().union(*(code.uses for code in codes))
    reads = asked.reads.union(*(code.reads for code in codes))
    return Code(lambda s, e: run(s, tuple([each(s, e) for each in runs])), reads, uses)


def _apply(core: Core, node: Apply, scope: Scope) -> Code:
    if node.name not in core.helpers and node.name in built_in.OPERATORS:
        return built_in.applied_built_in(core, node, scope)
    return names.applied(core, node, scope)


TABLE: dict[type, Callable[[Any, Any, Scope], Code]] = {
    Literal: names.literal,
    Name: names.name,
    Apply: _apply,
    Index: functions.index,
    Field: functions.field,
    Unary: _unary,
    Binary: _binary,
    Boxed: _temporal,
    Quantified: logic.quantified,
    Choice: logic.choice,
    If: names.conditional,
    Case: names.cases,
    LetIn: names.let_in,
    SetOf: sets.set_of,
    Filter: sets.filtered,
    Image: sets.image,
    FunctionOf: functions.function_of,
    FunctionSet: sets.function_set,
    RecordOf: functions.record_of,
    RecordSet: sets.record_set,
    TupleOf: sets.tuple_of,
    Except: functions.except_,
}
"""Type of node → the function that compiles it; temporal operators are refused."""
