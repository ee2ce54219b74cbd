"""Operators of the standard modules, as Python has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.translation.context import Chosen, Context
from conform.languages.tlaplus.translation.fragments import (
    FALSE,
    OR,
    POWER,
    PRODUCT,
    SUM,
    TRUE,
    UNION,
    Fragment,
    binary,
    call,
    comparison,
)
from conform.languages.tlaplus.translation.translator import (
    Operation,
    Translator,
    text_of,
    unsupported,
)
from conform.languages.tlaplus.translation.types import (
    BOOLEAN,
    INTEGER,
    UNKNOWN,
    FunctionOf,
    SequenceOf,
    SetOf,
    Text,
    TupleOf,
    Type,
    element_of,
    join,
)


def stored(fragment: Fragment) -> Fragment:
    """Return the fragment as a value that can be kept and compared: a range becomes a set."""
    if not isinstance(fragment.type, SetOf) or not fragment.type.is_range:
        return fragment
    kind = SetOf(fragment.type.element)
    return Fragment(f"frozenset({fragment.text})", kind, is_total=fragment.is_total)


def is_literal_number(text: str) -> bool:
    """Whether `text` is the literal of a natural number."""
    return text.isdigit()


def successor(fragment: Fragment) -> str:
    """Return the text of `fragment + 1`."""
    if is_literal_number(fragment.text):
        return str(int(fragment.text) + 1)
    if fragment.text.endswith(" - 1") and fragment.precedence == SUM:
        return fragment.text[: -len(" - 1")]
    return f"{fragment.at(SUM)} + 1"


def sequence_operand(
    translator: Translator, node: syntax.Expression, context: Context, where: str
) -> Fragment:
    """Return a sequence or a string; raise UnsupportedError for what is not known to be one."""
    found = translator.expression(node, context)
    if isinstance(found.type, SequenceOf | TupleOf | Text) or not translator.is_settled:
        return found
    raise unsupported(
        f"{where} needs a sequence, and `{text_of(node)[:60]}` is not known to be one",
        node.span,
        "say `\\in Seq(...)` of the variable in the type invariant",
    )


def _element(sequence: Fragment) -> Type:
    return element_of(sequence.type) if isinstance(sequence.type, SequenceOf | TupleOf) else UNKNOWN


# --------------------------------------------------------------------------------------- infix


def infix_builtin(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    """Return the translation of an infix operator that no module redefines."""
    operation = translator.operations.get(node.operator)
    if operation is None:
        raise unsupported(f"`{node.operator}` is not translated", node.span)
    return operation(translator, node, context)


def _numbers(translator: Translator, node: syntax.Infix, context: Context) -> list[Fragment]:
    sides = (node.left, node.right)
    return [translator.hinted(translator.expression(side, context), INTEGER) for side in sides]


def _arithmetic(operator: str, precedence: int) -> Operation:
    def translate(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
        left, right = _numbers(translator, node, context)
        if operator == "+" and right.precedence == SUM:  # a + (b - c) is a + b - c
            text, total = f"{left.at(SUM)} + {right.text}", left.is_total and right.is_total
            return Fragment(text, INTEGER, SUM, total)
        return binary(operator, precedence, left, right, INTEGER)

    return translate


def _compared(operator: str) -> Operation:
    def translate(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
        left, right = _numbers(translator, node, context)
        return comparison(operator, left, right)

    return translate


def _guarded(operator: str, support: str, precedence: int) -> Operation:
    """An operator of Python where the right side is a fit literal, else a checking function."""

    def translate(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
        left, right = _numbers(translator, node, context)
        if is_literal_number(right.text) and int(right.text) > 0:
            if precedence == POWER:
                text = f"{left.at(POWER + 1)} {operator} {right.text}"
                return Fragment(text, INTEGER, POWER, left.is_total)
            return binary(operator, precedence, left, right, INTEGER)
        translator.support.add(support)
        return call(support, [left, right], INTEGER, is_total=False)

    return translate


def _interval(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    low, high = _numbers(translator, node, context)
    total = low.is_total and high.is_total
    text = f"range({low.text}, {successor(high)})"
    return Fragment(text, SetOf(INTEGER, is_range=True), is_total=total)


def _concatenation(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    left = sequence_operand(translator, node.left, context, "`\\o`")
    right = sequence_operand(translator, node.right, context, "`\\o`")
    if isinstance(left.type, Text):
        return binary("+", SUM, left, right, Text())
    kind = SequenceOf(join(_element(left), _element(right)))
    total = left.is_total and right.is_total
    if isinstance(node.right, syntax.TupleLiteral) or isinstance(node.left, syntax.TupleLiteral):
        parts = [_spliced(side) for side in (left, right)]
        inner = ", ".join(part for part in parts if part)
        text = f"({inner},)" if sum(map(bool, parts)) == 1 else f"({inner})"
        return Fragment(text, kind, is_total=total)
    return Fragment(f"{left.at(SUM)} + {right.at(SUM)}", kind, SUM, total)


def _spliced(sequence: Fragment) -> str:
    """Return what stands for a sequence inside the parentheses of a longer one."""
    if sequence.text == "()":
        return ""
    if isinstance(sequence.type, TupleOf) and sequence.text.startswith("("):
        inner = sequence.text[1:-1]
        return inner if len(sequence.type.elements) > 1 else inner.removesuffix(",")
    return f"*{sequence.at(UNION)}"


def _pair(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    key = stored(translator.expression(node.left, context))
    value = stored(translator.expression(node.right, context))
    text = f"FrozenMapping({{{key.text}: {value.text}}})"
    return Fragment(
        text, FunctionOf(key.type, value.type), is_total=key.is_total and value.is_total
    )


def _combination(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    left = translator.expression(node.left, context)
    right = translator.expression(node.right, context)
    if translator.is_settled:
        for side, part in ((node.left, left), (node.right, right)):
            if not isinstance(part.type, FunctionOf):
                raise unsupported("`@@` needs what is known to be a function", side.span)
    text = f"FrozenMapping({{**{right.at(UNION)}, **{left.at(UNION)}}})"
    return Fragment(text, join(left.type, right.type), is_total=left.is_total and right.is_total)


ARITHMETIC: dict[str, Operation] = {
    "+": _arithmetic("+", SUM),
    "-": _arithmetic("-", SUM),
    "*": _arithmetic("*", PRODUCT),
    "\\div": _guarded("//", "quotient", PRODUCT),
    "%": _guarded("%", "modulo", PRODUCT),
    "^": _guarded("**", "power", POWER),
    "<": _compared("<"),
    ">": _compared(">"),
    "<=": _compared("<="),
    ">=": _compared(">="),
    "..": _interval,
    "\\o": _concatenation,
    ":>": _pair,
    "@@": _combination,
}
"""The infix operators of Naturals, Sequences and TLC."""


# -------------------------------------------------------------------------------- named operators

Builder: TypeAlias = Callable[
    [Translator, tuple[syntax.Expression, ...], syntax.Expression, Context], Fragment
]


def call_builtin(
    translator: Translator,
    operator: Builtin,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    """Return the use of an operator of a standard module by its name."""
    if operator.arity != len(arguments):
        raise InputError(f"`{operator.name}` takes {operator.arity} arguments", span=node.span)
    if operator.arity == 2 and operator.name in translator.operations:
        as_infix = syntax.Infix(node.span, operator.name, arguments[0], arguments[1], node.span)
        return infix_builtin(translator, as_infix, context)
    build = BUILTINS.get(operator.name)
    if build is None:
        raise unsupported(f"`{operator.name}` has no translation here", node.span)
    return build(translator, arguments, node, context)


def _constant(fragment: Fragment) -> Builder:
    return lambda _translator, _arguments, _node, _context: fragment


def _size(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    _node: syntax.Expression,
    context: Context,
) -> Fragment:
    return call("len", [translator.expression(arguments[0], context)], INTEGER, is_total=True)


def _length(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    _node: syntax.Expression,
    context: Context,
) -> Fragment:
    sequence = sequence_operand(translator, arguments[0], context, "Len")
    return call("len", [sequence], INTEGER, is_total=True)


def _head(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    _node: syntax.Expression,
    context: Context,
) -> Fragment:
    sequence = sequence_operand(translator, arguments[0], context, "Head")
    return Fragment(f"{sequence.at(13)}[0]", _element(sequence), is_total=False)


def _tail(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    _node: syntax.Expression,
    context: Context,
) -> Fragment:
    sequence = sequence_operand(translator, arguments[0], context, "Tail")
    translator.support.add("tail")
    return call("tail", [sequence], SequenceOf(_element(sequence)), is_total=False)


def _append(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    _node: syntax.Expression,
    context: Context,
) -> Fragment:
    sequence = sequence_operand(translator, arguments[0], context, "Append")
    last = stored(translator.expression(arguments[1], context))
    kind = SequenceOf(join(_element(sequence), last.type))
    total = sequence.is_total and last.is_total
    return Fragment(f"(*{sequence.at(UNION)}, {last.text})", kind, is_total=total)


def _subsequence(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    _node: syntax.Expression,
    context: Context,
) -> Fragment:
    sequence = sequence_operand(translator, arguments[0], context, "SubSeq")
    ends = [
        translator.hinted(translator.expression(each, context), INTEGER) for each in arguments[1:]
    ]
    translator.support.add("subsequence")
    kind = SequenceOf(_element(sequence))
    return call("subsequence", [sequence, *ends], kind, is_total=False)


def _selection(
    translator: Translator,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    sequence = sequence_operand(translator, arguments[0], context, "SelectSeq")
    identifier, inner = context.bind("element", _element(sequence), identifier="")
    inner = inner.with_names({"$test": Chosen(arguments[1], context)})
    standing = syntax.Name(node.span, "element")
    test = translator.expression(syntax.Call(node.span, "$test", (standing,)), inner)
    text = f"tuple({identifier} for {identifier} in {sequence.at(OR)} if {test.at(OR)})"
    kind = SequenceOf(_element(sequence))
    return Fragment(text, kind, is_total=sequence.is_total and test.is_total)


BUILTINS: dict[str, Builder] = {
    "TRUE": _constant(TRUE),
    "FALSE": _constant(FALSE),
    "BOOLEAN": _constant(Fragment("frozenset({False, True})", SetOf(BOOLEAN))),
    "Cardinality": _size,
    "IsFiniteSet": _constant(TRUE),
    "Len": _length,
    "Head": _head,
    "Tail": _tail,
    "Append": _append,
    "SubSeq": _subsequence,
    "SelectSeq": _selection,
    "TLCEval": lambda translator, arguments, _node, context: translator.expression(
        arguments[0], context
    ),
}
