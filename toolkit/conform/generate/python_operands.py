"""Operations as a row of operands and operators: where a line may break inside brackets alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from conform.generate.python_source import (
    AND,
    COMPARISON,
    NOT,
    flat,
    operator_of,
    precedence_of,
)


class InParentheses(Struct, frozen=True):
    """An operand that needs parentheses: these are brackets to break at, too."""

    node: ast.expr


Token: TypeAlias = str | ast.expr | InParentheses


def tokens_of(node: ast.expr) -> Iterator[Token]:
    """Yield the operators and plain operands of an expression, and as nodes those in brackets."""
    match node:
        case ast.BoolOp(values=[first, *others]):
            yield from _operand(first, AND + 1)
            for other in others:
                yield f" {operator_of(node)} "
                yield from _operand(other, AND + 1)
        case ast.Compare(left=left, comparators=comparators):
            yield from _operand(left, COMPARISON + 1)
            for word, other in zip(operator_of(node).split("|"), comparators, strict=True):
                yield f" {word} "
                yield from _operand(other, COMPARISON + 1)
        case ast.BinOp(left=left, right=right):
            yield from _operand(left, precedence_of(node))
            yield f" {operator_of(node)} "
            yield from _operand(right, precedence_of(node) + 1)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not "
            yield from _operand(operand, NOT)
        case _ if _has_brackets(node):
            yield node
        case _:
            yield flat(node)


def _operand(node: ast.expr, precedence: int) -> Iterator[Token]:
    if precedence_of(node) < precedence:
        yield InParentheses(node)
    else:
        yield from tokens_of(node)


def shown(token: Token) -> str:
    """Return a token on one line."""
    if isinstance(token, InParentheses):
        return f"({flat(token.node)})"
    return token if isinstance(token, str) else flat(token)


def up_to_bracket(tokens: Sequence[Token], tail: str) -> str:
    """Return the text that must stay on the line: up to the next opening bracket, or to the end."""
    text = ""
    for token in tokens:
        if not isinstance(token, str):
            return text + re.split(r"(?<=[(\[{])", shown(token), maxsplit=1)[0]
        text += token
    return text + tail


def _has_brackets(node: ast.expr) -> bool:
    match node:
        case ast.Call(args=args, keywords=keywords):
            return bool(args or keywords)
        case ast.Set(elts=elements) | ast.Tuple(elts=elements):
            return bool(elements)
        case ast.Dict() | ast.Subscript() | ast.DictComp() | ast.SetComp():
            return True
        case _:
            return False


def may_omit_parentheses(node: ast.expr) -> bool:
    """Whether the loosest operator occurs once, and the first or last operand has brackets."""
    match node:
        case ast.BoolOp(values=values):
            is_single = len(values) == 2
        case ast.Compare(ops=ops):
            is_single = len(ops) == 1
        case ast.BinOp(left=left):
            is_single = precedence_of(left) != precedence_of(node)
        case _:
            return False
    tokens = list(tokens_of(node))
    ends = [token for token in (tokens[0], tokens[-1]) if not isinstance(token, str)]
    if tokens[0] == "not " and not isinstance(tokens[1], str):
        ends.append(tokens[1])
    return is_single and bool(ends)
