"""Expressions laid out over lines, as ruff's formatter would.

Generated code is to pass the formatter of whoever keeps it, and this package does not come with
one. Source followed: ruff_python_formatter (expression/mod.rs, binary_like.rs, `can_omit_optional_
parentheses`), for the forms that the translation of a specification makes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from conform.domain.machine import python_literal
from conform.generate.python_operands import (
    InParentheses,
    may_omit_parentheses,
    shown,
    tokens_of,
    up_to_bracket,
)
from conform.generate.python_source import (
    COMPARISON,
    CONDITIONAL,
    OR,
    UNION,
    flat,
    operator_of,
    precedence_of,
)

WIDTH = 100
INDENT = 4


def statement(prefix: str, source: str, indent: int, suffix: str = "") -> str:
    """Return `prefix source suffix` as a statement on as many lines as it takes.

    It begins `indent` columns in; `source` is an expression on one line.
    """
    node = ast.parse(source, mode="eval").body
    head = " " * indent + prefix
    text = flat(node)
    if len(head) + len(text) + len(suffix) <= WIDTH:
        return head + text + suffix
    return _unchanged(_Layout().optional(node, head, indent, suffix), node, head, suffix)


def argument(prefix: str, source: str, indent: int) -> str:
    """Return `prefix source,` as an argument on a line of its own, within brackets."""
    node = ast.parse(source, mode="eval").body
    head = " " * indent + prefix
    text = flat(node)
    if len(head) + len(text) + 1 <= WIDTH:
        return f"{head}{text},"
    if isinstance(node, ast.IfExp):
        lines = _Layout().optional(node, head, indent, ",")
    else:
        lines = _Layout().broken(node, head, indent, ",")
    return _unchanged(lines, node, head, ",")


def _unchanged(lines: list[str], node: ast.expr, head: str, tail: str) -> str:
    """Return the lines as text, or all on one line should they mean something else."""
    text = "\n".join(lines)
    inner = text[len(head) : len(text) - len(tail)]
    try:
        same = ast.dump(ast.parse(f"({inner})", mode="eval").body) == ast.dump(node)
    except SyntaxError:
        same = False
    return text if same else f"{head}{flat(node)}{tail}"


class _Layout:
    """Each method returns lines: the first one begins with `head`, the last ends with `tail`."""

    def lines(self, node: ast.expr, head: str, indent: int, tail: str) -> list[str]:
        """Lay out a node within brackets: flat if it fits."""
        text = f"{head}{flat(node)}{tail}"
        return [text] if len(text) <= WIDTH else self.broken(node, head, indent, tail)

    def optional(self, node: ast.expr, head: str, indent: int, tail: str) -> list[str]:
        """Lay out a node outside brackets: in parentheses unless it has brackets to break at."""
        match node:
            case ast.BoolOp() | ast.Compare() | ast.BinOp() | ast.IfExp():
                if may_omit_parentheses(node):
                    found = self._by_brackets(node, head, indent, tail)
                    if found is not None:
                        return found
                inner = " " * (indent + INDENT)
                return [
                    f"{head}(",
                    *self.lines(node, inner, indent + INDENT, ""),
                    " " * indent + f"){tail}",
                ]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.optional(operand, f"{head}not ", indent, tail)
            case _:
                return self.broken(node, head, indent, tail)

    def _by_brackets(self, node: ast.expr, head: str, indent: int, tail: str) -> list[str] | None:
        """Break inside brackets alone, where a line does not fit; None if one still does not."""
        tokens = list(tokens_of(node))
        lines = [head]
        for place, token in enumerate(tokens):
            if isinstance(token, str):
                lines[-1] += token
                continue
            text = shown(token)
            if len(lines[-1]) + len(text) + len(up_to_bracket(tokens[place + 1 :], tail)) <= WIDTH:
                lines[-1] += text
            elif isinstance(token, InParentheses):
                lines += self._opened(token.node, lines.pop(), indent)
            else:
                lines += self.broken(token, lines.pop(), indent, "")
        lines[-1] += tail
        return lines if all(len(line) <= WIDTH for line in lines) else None

    def broken(self, node: ast.expr, head: str, indent: int, tail: str) -> list[str]:
        """Lay out a node that does not fit, inside brackets."""
        match node:
            case ast.Call():
                return self._call(node, head, indent, tail)
            case ast.BoolOp(values=values):
                return self._chain(values, f"{operator_of(node)} ", node, head, indent, tail)
            case ast.Compare(left=left, comparators=comparators):
                operands = [left, *comparators]
                return self._compare(operands, node, head, indent, tail)
            case ast.BinOp():
                return self._binary(node, head, indent, tail)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                start = " " * indent
                end = self.broken if isinstance(orelse, ast.IfExp) else self.lines
                return [
                    *self._at(body, CONDITIONAL + 1, head, indent, ""),
                    *self._at(test, CONDITIONAL + 1, f"{start}if ", indent, ""),
                    *end(orelse, f"{start}else ", indent, tail),
                ]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.broken(operand, f"{head}not ", indent, tail)
            case ast.GeneratorExp():
                return self._bracketed(node, "(", ")", head, indent, tail)
            case ast.DictComp() | ast.SetComp():
                return self._bracketed(node, "{", "}", head, indent, tail)
            case ast.Set(elts=elements):
                return self._display(elements, ("{", "}"), head, indent, tail)
            case ast.Tuple(elts=elements):
                return self._display(elements, ("(", ")"), head, indent, tail)
            case ast.Dict():
                return self._dict(node, head, indent, tail)
            case ast.Constant(value=str() as text):
                return self._text(text, head, indent, tail)
            case ast.Lambda(args=arguments, body=body):
                names = ", ".join(each.arg for each in arguments.args)
                start = f"{head}lambda {names}: "
                if isinstance(body, ast.BoolOp | ast.Compare | ast.BinOp | ast.IfExp):
                    return self._parenthesized(body, start, indent, tail)
                return self.broken(body, start, indent, tail)
            case ast.Attribute() | ast.Subscript() if isinstance(node.value, ast.Call):
                rest = flat(node)[len(flat(node.value)) :]
                return self.broken(node.value, head, indent, rest + tail)
            case _:
                return [f"{head}{flat(node)}{tail}"]

    def _text(self, text: str, head: str, indent: int, tail: str) -> list[str]:
        """Lay out a string: in parts, one on each line, where it stands alone in brackets."""
        parts: list[str] = []
        for word in re.findall(r"\S*\s*", text)[:-1]:
            longer = python_literal((parts[-1] if parts else "") + word)
            if parts and indent + len(longer) + len(tail) <= WIDTH:
                parts[-1] += word
            else:
                parts.append(word)
        lines = [" " * indent + python_literal(part) for part in parts or [text]]
        lines[0] = head + lines[0].lstrip()
        lines[-1] += tail
        return lines

    # -------------------------------------------------------------------------------- brackets

    def _call(self, node: ast.Call, head: str, indent: int, tail: str) -> list[str]:
        inner = indent + INDENT
        start = f"{head}{flat(node.func)}("
        arguments: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        end = " " * indent + f"){tail}"
        if not arguments:
            return [f"{start}){tail}"]
        if len(arguments) == 1 and isinstance(arguments[0], ast.GeneratorExp):
            return [start, *self._comprehension(arguments[0], inner), end]
        text = ", ".join(map(_flat_argument, arguments))
        if inner + len(text) <= WIDTH:
            return [start, " " * inner + text, end]
        lines = []
        for each in arguments:
            if isinstance(each, ast.keyword):
                lines += argument(f"{each.arg}=", flat(each.value), inner).split("\n")
            else:
                lines += self._item(each, inner)
        return [start, *lines, end]

    def _bracketed(
        self, node: ast.expr, opening: str, closing: str, head: str, indent: int, tail: str
    ) -> list[str]:
        inner = self._comprehension(node, indent + INDENT)
        return [f"{head}{opening}", *inner, " " * indent + f"{closing}{tail}"]

    def _comprehension(self, node: ast.expr, indent: int) -> list[str]:
        """Lay out what stands between the brackets of a comprehension."""
        assert isinstance(node, ast.GeneratorExp | ast.DictComp | ast.SetComp)
        text = flat(node)[1:-1]
        start = " " * indent
        if indent + len(text) <= WIDTH:
            return [start + text]
        if isinstance(node, ast.DictComp):
            lines = self._pair(node.key, node.value, start, indent, "")
        else:
            lines = self._element(node.elt, start, indent)
        for loop in node.generators:
            head = f"{start}for {_target(loop.target)} in "
            lines += self._at(loop.iter, OR, head, indent, "")
            for condition in loop.ifs:
                lines += self._at(condition, OR, f"{start}if ", indent, "")
        return lines

    def _element(self, node: ast.expr, start: str, indent: int) -> list[str]:
        if isinstance(node, ast.IfExp) and len(start) + len(flat(node)) > WIDTH:
            return self.optional(node, start, indent, "")
        return self.lines(node, start, indent, "")

    def _pair(
        self, key: ast.expr, value: ast.expr, start: str, indent: int, tail: str
    ) -> list[str]:
        head = f"{start}{flat(key)}: "
        if len(head) + len(flat(value)) + len(tail) <= WIDTH:
            return [f"{head}{flat(value)}{tail}"]
        if isinstance(value, ast.IfExp):
            return self.optional(value, head, indent, tail)
        return self.broken(value, head, indent, tail)

    def _display(
        self,
        elements: Sequence[ast.expr],
        brackets: tuple[str, str],
        head: str,
        indent: int,
        tail: str,
    ) -> list[str]:
        opening, closing = brackets
        lines = [line for each in elements for line in self._item(each, indent + INDENT)]
        return [f"{head}{opening}", *lines, " " * indent + f"{closing}{tail}"]

    def _item(self, node: ast.expr, indent: int) -> list[str]:
        """Lay out an element of a display or an argument, on lines of its own."""
        if isinstance(node, ast.Starred):
            return self._at(node.value, UNION, " " * indent + "*", indent, ",")
        return argument("", flat(node), indent).split("\n")

    def _dict(self, node: ast.Dict, head: str, indent: int, tail: str) -> list[str]:
        start = " " * (indent + INDENT)
        lines = [f"{head}{{"]
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                lines += self.lines(value, f"{start}**", indent + INDENT, ",")
            else:
                lines += self._pair(key, value, start, indent + INDENT, ",")
        return [*lines, " " * indent + f"}}{tail}"]

    # ------------------------------------------------------------------------------- operators

    def _chain(
        self,
        values: Sequence[ast.expr],
        word: str,
        node: ast.BoolOp,
        head: str,
        indent: int,
        tail: str,
    ) -> list[str]:
        lines: list[str] = []
        for place, value in enumerate(values):
            start = head if place == 0 else " " * indent + word
            end = tail if place == len(values) - 1 else ""
            if isinstance(value, ast.BoolOp | ast.IfExp):
                lines += self._parenthesized(value, start, indent, end)
            else:
                lines += self.lines(value, start, indent, end)
        return lines

    def _parenthesized(self, node: ast.expr, head: str, indent: int, tail: str) -> list[str]:
        text = f"{head}({flat(node)}){tail}"
        if len(text) <= WIDTH:
            return [text]
        *first, last = self._opened(node, head, indent)
        return [*first, last + tail]

    def _opened(self, node: ast.expr, head: str, indent: int) -> list[str]:
        inner = self.lines(node, " " * (indent + INDENT), indent + INDENT, "")
        return [f"{head}(", *inner, " " * indent + ")"]

    def _compare(
        self, operands: list[ast.expr], node: ast.Compare, head: str, indent: int, tail: str
    ) -> list[str]:
        words = operator_of(node).split("|")
        return self._operands(operands, words, COMPARISON + 1, head, indent, tail)

    def _binary(self, node: ast.BinOp, head: str, indent: int, tail: str) -> list[str]:
        """Lay out a chain of operators that bind equally tightly, one on each line."""
        level = precedence_of(node)
        operands, words = [node.right], [operator_of(node)]
        left = node.left
        while isinstance(left, ast.BinOp) and precedence_of(left) == level:
            operands.append(left.right)
            words.append(operator_of(left))
            left = left.left
        operands.append(left)
        return self._operands(operands[::-1], words[::-1], level + 1, head, indent, tail)

    def _operands(
        self,
        operands: Sequence[ast.expr],
        words: Sequence[str],
        precedence: int,
        head: str,
        indent: int,
        tail: str,
    ) -> list[str]:
        lines: list[str] = []
        for place, operand in enumerate(operands):
            start = " " * indent + f"{words[place - 1]} " if place else head
            end = tail if place == len(operands) - 1 else ""
            lines += self._at(operand, precedence, start, indent, end)
        return lines

    def _at(self, node: ast.expr, precedence: int, head: str, indent: int, tail: str) -> list[str]:
        """Lay out an operand, in parentheses if it binds less tightly than `precedence`."""
        if precedence_of(node) < precedence:
            return self._parenthesized(node, head, indent, tail)
        return self.lines(node, head, indent, tail)


def _flat_argument(node: ast.expr | ast.keyword) -> str:
    return f"{node.arg}={flat(node.value)}" if isinstance(node, ast.keyword) else flat(node)


def _target(node: ast.expr) -> str:
    text = flat(node)
    return text[1:-1] if isinstance(node, ast.Tuple) else text
