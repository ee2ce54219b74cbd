"""What is printed of FizzBee reads back as the same tree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conform.errors import ConformError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee import syntax_expressions as expressions
from conform.languages.fizzbee.printing import print_module, print_statement
from conform.languages.fizzbee.printing_expressions import print_expression
from conform.languages.fizzbee.reading import parse_expression, parse_module
from conform.text import Source
from tests.property import fizzbee_trees
from tests.property.examples import EXAMPLES
from tests.unit.languages.fizzbee.mistakes import MISTAKES, Mistake
from tests.unit.languages.fizzbee.sketches import nodes, unplaced

SLOW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(fizzbee_trees.expressions())
def test_a_printed_expression_reads_as_itself(expression: expressions.Expression) -> None:
    line = print_expression(expression)
    assert "\n" not in line
    assert unplaced(parse_expression(Source("a.fizz", line))) == unplaced(expression)


@settings(SLOW, max_examples=2 * EXAMPLES)
@given(fizzbee_trees.operations())
def test_operators_keep_their_operands(expression: expressions.Expression) -> None:
    line = print_expression(expression)
    assert unplaced(parse_expression(Source("a.fizz", line))) == unplaced(expression)


@SLOW
@given(fizzbee_trees.choices())
def test_a_choice_stays_a_choice_and_a_name_a_name(statement: syntax.Statement) -> None:
    (line,) = print_statement(statement)
    (action,) = parse_module(Source("a.fizz", f"atomic action A:\n    {line}\n")).actions
    assert unplaced(action.body.statements) == (unplaced(statement),)


@SLOW
@given(fizzbee_trees.modules())
def test_a_printed_file_reads_as_itself(module: syntax.Module) -> None:
    text = print_module(module)
    read = parse_module(Source("a.fizz", text))
    assert unplaced(read) == unplaced(module)
    assert print_module(read) == text


@SLOW
@given(fizzbee_trees.modules())
def test_spans_lie_in_the_text_and_inside_those_around_them(module: syntax.Module) -> None:
    text = print_module(module)
    lines = text.split("\n")
    for node in nodes(parse_module(Source("a.fizz", text)).members):
        span = node.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1])
        assert 1 <= span.end_column <= len(lines[span.end_line - 1])
        assert (span.line, span.column) <= (span.end_line, span.end_column)


PIECES = st.sampled_from(
    [
        *("action ", "Init", "A", ":", "\n", "    ", "\t", "x", " = ", "1", "(", ")", "[", "]"),
        *("{", "}", "oneof ", "any ", " in ", "if ", "else", "fair", "<strong>", "`l`", "---\n"),
        *("def f", "return ", "not ", ",", ".", "\\", "#", ";", "lambda ", "for ", "==", "\r"),
        *("require ", "always ", "assertion ", "role ", "atomic ", "é", "\x00", "0x", "1e9", "@"),
        *("'", '"'),
    ]
)


@SLOW
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_refused_at_a_place(text: str) -> None:
    try:
        parse_module(Source("a.fizz", text))
    except ConformError as error:
        assert error.span is not None
        assert 1 <= error.span.line <= len(text.splitlines()) + 1


@SLOW
@given(st.sampled_from(MISTAKES), st.data())
def test_a_broken_file_is_read_or_refused_at_a_place(mistake: Mistake, data: st.DataObject) -> None:
    text = mistake.text
    cut = data.draw(st.integers(0, len(text)))
    try:
        parse_module(Source("a.fizz", text[:cut] + text[cut + 1 :]))
    except ConformError as error:
        assert error.span is not None
