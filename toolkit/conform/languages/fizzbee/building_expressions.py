"""From the parser's reductions to nodes: the expressions of `grammar.lark`.

Every method bears the name of a rule or alias and takes the list of its children: tokens, nodes,
lists of either. What Starlark refuses is refused here, at its place.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeAlias

from msgspec.structs import replace

from conform.languages.fizzbee import syntax_expressions as tree
from conform.languages.fizzbee.arguments import check_arguments, check_parameters
from conform.languages.fizzbee.literals import number_of, text_of
from conform.languages.fizzbee.targets import target_of
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span

Parts: TypeAlias = list[Any]
"""Children of a rule, of the types that the grammar says."""


def join(first: Token | tree.Node, last: Token | tree.Node) -> Span:
    """Return the span from the start of `first` to the end of `last`."""
    begin = first if isinstance(first, Token) else first.span
    end = last if isinstance(last, Token) else last.span
    return Span(begin.path, begin.line, begin.column, end.end_line, end.end_column)


def whole(parts: Parts) -> Span:
    """Return the span of parts that begin and end with a token or a node."""
    return join(parts[0], parts[-1])


class _Lists:
    """Rules that only gather or choose."""

    def nothing(self, parts: Parts) -> Parts:
        return parts

    def missing(self, _parts: Parts) -> None:
        return None

    def first(self, parts: Parts) -> Any:
        return parts[0]

    def second(self, parts: Parts) -> Any:
        return parts[1]

    def third(self, parts: Parts) -> Any:
        return parts[2]

    def first_of_list(self, parts: Parts) -> Parts:
        return parts

    def appended(self, parts: Parts) -> Parts:
        parts[0].append(parts[-1])
        return parts[0]  # type: ignore[no-any-return]  # a list, by the grammar

    def operands(self, parts: Parts) -> Parts:
        return [parts[0], parts[2]]

    def separated(self, parts: Parts) -> Parts:
        parts[0] += [parts[1], parts[2]]
        return parts[0]  # type: ignore[no-any-return]  # a list, by the grammar


class _Operators(_Lists):
    """Operators, in the order of their precedence."""

    def conditional(self, parts: Parts) -> tree.Expression:
        then, _, condition, _, otherwise = parts
        return tree.Conditional(whole(parts), condition, then, otherwise)

    def lambda_expression(self, parts: Parts) -> tree.Expression:
        word, parameters, _, body = parts
        check_parameters(parameters)
        return tree.Lambda(join(word, body), tuple(parameters), body)

    def disjunction(self, parts: Parts) -> tree.Expression:
        return _boolean(tree.BooleanOperator.OR, parts[0])

    def conjunction(self, parts: Parts) -> tree.Expression:
        return _boolean(tree.BooleanOperator.AND, parts[0])

    def unary(self, parts: Parts) -> tree.Expression:
        return tree.Unary(whole(parts), tree.UnaryOperator(parts[0].text), parts[1])

    def binary(self, parts: Parts) -> tree.Expression:
        operator = tree.BinaryOperator(parts[1].text)
        return tree.Binary(whole(parts), operator, parts[0], parts[2])

    def comparison(self, parts: Parts) -> tree.Expression:
        operator = tree.ComparisonOperator(parts[1].text)
        return tree.Comparison(whole(parts), operator, parts[0], parts[2])

    def not_in(self, parts: Parts) -> tree.Expression:
        operator = tree.ComparisonOperator.NOT_IN
        return tree.Comparison(whole(parts), operator, parts[0], parts[3])


def _boolean(operator: tree.BooleanOperator, operands: Parts) -> tree.Expression:
    return tree.BooleanOperation(whole(operands), operator, tuple(operands))


class _Primaries(_Operators):
    """What is applied to a value: attributes, indices, calls with their arguments."""

    def attribute(self, parts: Parts) -> tree.Expression:
        return tree.Attribute(whole(parts), parts[0], parts[2].text)

    def index(self, parts: Parts) -> tree.Expression:
        return tree.Index(whole(parts), parts[0], parts[2])

    def slice(self, parts: Parts) -> tree.Expression:
        start, stop, step = parts[2]
        return tree.Slice(whole(parts), parts[0], start, stop, step)

    def slice_parts(self, parts: Parts) -> Parts:
        return [parts[0], parts[2], parts[4] if len(parts) > 3 else None]

    def call(self, parts: Parts) -> tree.Expression:
        check_arguments(parts[2])
        return tree.Call(whole(parts), parts[0], tuple(parts[2]))

    def positional(self, parts: Parts) -> tree.Argument:
        return tree.Positional(parts[0].span, parts[0])

    def keyword(self, parts: Parts) -> tree.Argument:
        return tree.Keyword(whole(parts), parts[0].text, parts[2])

    def spread(self, parts: Parts) -> tree.Argument:
        return tree.Spread(whole(parts), parts[1])

    def keyword_spread(self, parts: Parts) -> tree.Argument:
        return tree.KeywordSpread(whole(parts), parts[1])

    def generator(self, parts: Parts) -> NoReturn:
        raise _generator(join(parts[0], parts[1][-1]))

    def required_parameter(self, parts: Parts) -> tree.Parameter:
        return tree.Parameter(parts[0].span, parts[0].text, tree.ParameterKind.PLAIN, None)

    def optional_parameter(self, parts: Parts) -> tree.Parameter:
        kind = tree.ParameterKind.PLAIN
        return tree.Parameter(whole(parts), parts[0].text, kind, parts[2])

    def rest_parameter(self, parts: Parts) -> tree.Parameter:
        return tree.Parameter(whole(parts), parts[1].text, tree.ParameterKind.REST, None)

    def bare_star(self, parts: Parts) -> tree.Parameter:
        return tree.Parameter(parts[0].span, "", tree.ParameterKind.REST, None)

    def keywords_parameter(self, parts: Parts) -> tree.Parameter:
        return tree.Parameter(whole(parts), parts[1].text, tree.ParameterKind.KEYWORDS, None)


class ExpressionBuilder(_Primaries):
    """Atoms, displays and comprehensions too: the whole of an expression."""

    def interrupted(self, values: Parts) -> None:
        """Nothing waits for more."""

    def name(self, parts: Parts) -> tree.Expression:
        if parts[0].text == "load":
            raise ReadingError(
                "`load` is a reserved word of Starlark",
                parts[0].span,
                hint="a .star file beside the spec is there under its own name without loading",
            )
        return tree.Name(parts[0].span, parts[0].text)

    def number(self, parts: Parts) -> tree.Expression:
        return number_of(parts[0])

    def string(self, parts: Parts) -> tree.Expression:
        return tree.String(parts[0].span, text_of(parts[0]))

    def none(self, parts: Parts) -> tree.Expression:
        return tree.NoneValue(parts[0].span)

    def boolean(self, parts: Parts) -> tree.Expression:
        return tree.Boolean(parts[0].span, parts[0].text == "True")

    def bare_tuple(self, parts: Parts) -> tree.Expression:
        return tree.TupleDisplay(join(parts[0][0], parts[-1]), tuple(parts[0]))

    def bare_pair(self, parts: Parts) -> tree.Expression:
        elements = (*parts[0], parts[2])
        return tree.TupleDisplay(join(elements[0], elements[-1]), elements)

    def empty_tuple(self, parts: Parts) -> tree.Expression:
        return tree.TupleDisplay(whole(parts), ())

    def parenthesised(self, parts: Parts) -> tree.Expression:
        return replace(parts[1], span=whole(parts))  # type: ignore[no-any-return]

    def generator_in_parentheses(self, parts: Parts) -> NoReturn:
        raise _generator(whole(parts))

    def empty_list(self, parts: Parts) -> tree.Expression:
        return tree.ListDisplay(whole(parts), ())

    def list_display(self, parts: Parts) -> tree.Expression:
        return tree.ListDisplay(whole(parts), tuple(parts[1]))

    def list_comprehension(self, parts: Parts) -> tree.Expression:
        return tree.ListComprehension(whole(parts), parts[1], tuple(parts[2]))

    def empty_dict(self, parts: Parts) -> tree.Expression:
        return tree.DictDisplay(whole(parts), ())

    def dict_display(self, parts: Parts) -> tree.Expression:
        return tree.DictDisplay(whole(parts), tuple(parts[1]))

    def dict_comprehension(self, parts: Parts) -> tree.Expression:
        return tree.DictComprehension(whole(parts), parts[1], tuple(parts[2]))

    def set_display(self, parts: Parts) -> NoReturn:
        raise ReadingError(
            "Starlark has no set literals", whole(parts), hint="write set([a, b]) with a list"
        )

    def set_comprehension(self, parts: Parts) -> NoReturn:
        raise ReadingError(
            "Starlark has no set comprehensions",
            whole(parts),
            hint="write set([e for x in s]) with a list",
        )

    def entry(self, parts: Parts) -> tree.DictEntry:
        return tree.DictEntry(whole(parts), parts[0], parts[2])

    def for_clause(self, parts: Parts) -> tree.Clause:
        return tree.ForClause(whole(parts), parts[1], parts[3])

    def if_clause(self, parts: Parts) -> tree.Clause:
        return tree.IfClause(whole(parts), parts[1])

    def targets(self, parts: Parts) -> tree.Target:
        elements = [target_of(part) for part in parts[0] if not isinstance(part, Token)]
        if len(parts[0]) == 1 and len(parts) == 1:
            return elements[0]
        return tree.TargetTuple(join(parts[0][0], parts[0][-1]), tuple(elements))


def _generator(span: Span) -> ReadingError:
    return ReadingError(
        "Starlark has no generator expressions",
        span,
        hint="put the comprehension in brackets: a list takes its place",
    )
