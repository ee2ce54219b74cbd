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
from conform.generate.python_source import AND, OR, flat, operator_of, precedence_of

WIDTH = 100
INDENT = 4


def statement(prefix: str, source: str, indent: int, suffix: str = "") -> str:
    """Return `prefix source suffix` as a statement `indent` columns in, over as many lines as
    it takes; `source` is an expression on one line."""
    node = ast.parse(source, mode="eval").body
    head = " " * indent + prefix
    text = flat(node)
    if len(head) + len(text) + len(suffix) <= WIDTH:
        return head + text + suffix
    return "\n".join(_Layout().optional(node, head, indent, suffix))


def argument(prefix: str, source: str, indent: int) -> str:
    """Return `prefix source,` as an argument on a line of its own, within brackets."""
    node = ast.parse(source, mode="eval").body
    head = " " * indent + prefix
    text = flat(node)
    if len(head) + len(text) + 1 <= WIDTH:
        return f"{head}{text},"
    if isinstance(node, ast.IfExp) or (prefix and isinstance(node, ast.BoolOp | ast.Compare)):
        return "\n".join(_Layout().optional(node, head, indent, ","))
    return "\n".join(_Layout().broken(node, head, indent, ","))


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
                if _may_omit_parentheses(node):
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
        """Break at the brackets of the operands alone, the last one's first; None if too wide."""
        match node:
            case ast.BoolOp(values=[left, right]):
                first = _operand(left, node)
            case ast.Compare(left=left, comparators=[right]):
                first = flat(left)
            case _:
                return None
        word = operator_of(node)
        for before in ([f"{head}{first}"], self.broken(left, head, indent, "")):
            start = f"{before[-1]} {word} "
            last = right
            while isinstance(last, ast.UnaryOp) and isinstance(last.op, ast.Not):
                start, last = f"{start}not ", last.operand
            found = [*before[:-1], *self.lines(last, start, indent, tail)]
            if all(len(line) <= WIDTH for line in found):
                return found
        return None

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
                return [
                    *self.lines(body, head, indent, ""),
                    *self.lines(test, f"{start}if ", indent, ""),
                    *self.lines(orelse, f"{start}else ", indent, tail),
                ]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.broken(operand, f"{head}not ", indent, tail)
            case ast.GeneratorExp():
                return self._bracketed(node, "(", ")", head, indent, tail)
            case ast.DictComp() | ast.SetComp():
                return self._bracketed(node, "{", "}", head, indent, tail)
            case ast.Set(elts=elements):
                return self._display(
                    [flat(each) for each in elements], "{", "}", head, indent, tail
                )
            case ast.Tuple(elts=elements):
                return self._display(
                    [flat(each) for each in elements], "(", ")", head, indent, tail
                )
            case ast.Dict():
                return self._dict(node, head, indent, tail)
            case ast.Constant(value=str() as text):
                return self._text(text, head, indent, tail)
            case ast.Lambda(args=arguments, body=body):
                names = ", ".join(each.arg for each in arguments.args)
                return self.broken(body, f"{head}lambda {names}: ", indent, tail)
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
                lines.append(argument(f"{each.arg}=", flat(each.value), inner))
            else:
                lines.append(argument("", flat(each), inner))
        return [start, *"\n".join(lines).split("\n"), end]

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
            lines += self.lines(loop.iter, head, indent, "")
            for condition in loop.ifs:
                lines += self.lines(condition, f"{start}if ", indent, "")
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
        return self.optional(value, head, indent, tail)

    def _display(
        self, texts: Sequence[str], opening: str, closing: str, head: str, indent: int, tail: str
    ) -> list[str]:
        inner = " " * (indent + INDENT)
        lines = "\n".join(argument("", text, indent + INDENT) for text in texts).split("\n")
        assert lines[0].startswith(inner)
        return [f"{head}{opening}", *lines, " " * indent + f"{closing}{tail}"]

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
        inner = self.lines(node, " " * (indent + INDENT), indent + INDENT, "")
        return [f"{head}(", *inner, " " * indent + f"){tail}"]

    def _compare(
        self, operands: list[ast.expr], node: ast.Compare, head: str, indent: int, tail: str
    ) -> list[str]:
        lines = self.lines(operands[0], head, indent, "")
        words = operator_of(node).split("|")
        for place, (word, operand) in enumerate(zip(words, operands[1:], strict=True)):
            end = tail if place == len(words) - 1 else ""
            lines += self.lines(operand, f"{' ' * indent}{word} ", indent, end)
        return lines

    def _binary(self, node: ast.BinOp, head: str, indent: int, tail: str) -> list[str]:
        lines = self.lines(node.left, head, indent, "")
        return lines + self.lines(node.right, f"{' ' * indent}{operator_of(node)} ", indent, tail)


def _flat_argument(node: ast.expr | ast.keyword) -> str:
    return f"{node.arg}={flat(node.value)}" if isinstance(node, ast.keyword) else flat(node)


def _target(node: ast.expr) -> str:
    text = flat(node)
    return text[1:-1] if isinstance(node, ast.Tuple) else text


def _operand(node: ast.expr, inside: ast.BoolOp) -> str:
    level = OR if isinstance(inside.op, ast.Or) else AND
    text = flat(node)
    is_loose = precedence_of(node) <= level or (level == OR and precedence_of(node) == AND)
    return f"({text})" if is_loose else text


def _has_brackets(node: ast.expr) -> bool:
    match node:
        case ast.Call(args=args, keywords=keywords):
            return bool(args or keywords)
        case ast.Set() | ast.Dict() | ast.Tuple() | ast.Subscript() | ast.DictComp():
            return True
        case _:
            return False


def _may_omit_parentheses(node: ast.expr) -> bool:
    """Whether one operator stands between operands of which the last has brackets of its own."""
    match node:
        case ast.BoolOp(values=[left, right]):
            return _is_bracketed(left) or _is_bracketed(right)
        case ast.Compare(left=left, comparators=[right]):
            return _is_bracketed(left) or _is_bracketed(right)
        case _:
            return False


def _is_bracketed(node: ast.expr) -> bool:
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    return _has_brackets(node)
