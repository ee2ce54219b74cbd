"""What a path, `A!B(c)!1`, is where it stands: a reference, a subscript, a label."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from conform.languages.tlaplus import syntax as tree
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span


def join(first: Token | tree.Node, last: Token | tree.Node) -> Span:
    """Return the span from the start of `first` to the end of `last`."""
    begin = first if isinstance(first, Token) else first.span
    end = last if isinstance(last, Token) else last.span
    return Span(begin.path, begin.line, begin.column, end.end_line, end.end_column)


def as_segment(path: tree.Name | tree.Call) -> tree.Segment:
    """Return the segment that a path of one segment becomes in a longer one."""
    if isinstance(path, tree.Name):
        return tree.Segment(path.span, path.name, ())
    return tree.Segment(path.span, path.operator, path.arguments)


def as_reference(path: tree.Expression | list[tree.Segment]) -> tree.Expression:
    """Return the expression that a path is: a Path where it has several segments."""
    return tree.Path(join(path[0], path[-1]), tuple(path)) if isinstance(path, list) else path


def refuse_selectors(subscript: tree.Expression) -> None:
    """Raise ReadingError for a part of a definition, as of `A!1`, that is not in parentheses."""
    root = tree.subscript_root(subscript)
    if isinstance(root, tree.Path):
        for segment in root.segments:
            if not segment.name or segment.name in _SELECTORS or segment.name.isdigit():
                raise ReadingError(
                    "a subscript selects no part of a definition",
                    segment.span,
                    expected="the name of an operator",
                    hint="parentheses allow any expression as a subscript: [A]_(B!1)",
                )


_SELECTORS = frozenset({"<<", ">>", "@", ":"})


def without_arguments(
    path: tree.Call | list[tree.Segment], argument: tree.Expression
) -> tree.Expression:
    """Return what `path` is without the arguments of its last segment."""
    if isinstance(path, tree.Call):
        begin = path.span
        end = begin.column + len(path.operator) - 1
        return tree.Name(replace(begin, end_line=begin.line, end_column=end), path.operator)
    last = path[-1]
    end = last.span.column + len(last.name) - 1
    span = replace(last.span, end_line=last.span.line, end_column=end)
    return as_reference([*path[:-1], tree.Segment(span, last.name, ())])


def label_of(path: Any, colons: Token) -> tuple[tree.Identifier, tuple[tree.Identifier, ...]]:
    """Return the name of a label and its parameters; raise ReadingError for another path."""
    if isinstance(path, tree.Name):
        return tree.Identifier(path.span, path.name), ()
    if isinstance(path, tree.Call):
        names = [
            tree.Identifier(a.span, a.name) for a in path.arguments if isinstance(a, tree.Name)
        ]
        if len(names) == len(path.arguments):
            begin = path.span
            end = begin.column + len(path.operator) - 1
            span = replace(begin, end_line=begin.line, end_column=end)
            return tree.Identifier(span, path.operator), tuple(names)
    raise ReadingError(
        "`::` does not follow a label",
        colons.span,
        expected="name:: or name(x, y):: with plain names as parameters",
    )
