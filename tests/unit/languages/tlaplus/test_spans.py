"""Every node knows exactly where it stands."""

from __future__ import annotations

import pytest

from conform.languages.tlaplus import syntax
from conform.text import Span
from tests.unit.languages.tlaplus.sketches import expression, module, nodes

TEXT = """\
EXTENDS Naturals
CONSTANTS N, F(_, _), _ + _
VARIABLE x
A(y, G(_)) == /\\ y' = [x EXCEPT ![1].a = @ + 1]
              /\\ \\E z \\in 1 .. N : z # -y
-. a == 0
f[i \\in S, <<j, k>> \\in T] == CASE i -> "a\\"b" [] OTHER -> {1, {}}
LOCAL I(p) == INSTANCE M WITH q <- p, r <- +
THEOREM T == []P => WF_<<x, y>>(A!B(1)!2)
BY DEF P
"""


def shown(source: str, span: Span) -> str:
    """Return the text that a span covers, lines joined by a space."""
    lines = source.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column - 1 :]
    return " ".join(line.strip() for line in lines)


PLACES = [
    ("Constants", "CONSTANTS N, F(_, _), _ + _"),
    ("Declaration", "N"),
    ("Declaration", "F(_, _)"),
    ("Declaration", "_ + _"),
    ("Declaration", "G(_)"),
    ("Identifier", "Naturals"),
    ("Postfix", "y'"),
    ("Except", "[x EXCEPT ![1].a = @ + 1]"),
    ("Update", "![1].a = @ + 1"),
    ("IndexSelector", "[1]"),
    ("FieldSelector", ".a"),
    ("Quantified", "\\E z \\in 1 .. N : z # -y"),
    ("Bound", "z \\in 1 .. N"),
    ("Bound", "<<j, k>> \\in T"),
    ("Prefix", "-y"),
    ("OperatorDefinition", "-. a == 0"),
    ("Identifier", "-."),
    ("Case", 'CASE i -> "a\\"b" [] OTHER -> {1, {}}'),
    ("Arm", 'i -> "a\\"b"'),
    ("String", '"a\\"b"'),
    ("SetEnumeration", "{1, {}}"),
    ("SetEnumeration", "{}"),
    ("InstanceDefinition", "LOCAL I(p) == INSTANCE M WITH q <- p, r <- +"),
    ("Substitution", "r <- +"),
    ("OperatorSymbol", "+"),
    ("Theorem", "THEOREM T == []P => WF_<<x, y>>(A!B(1)!2) BY DEF P"),
    ("Fairness", "WF_<<x, y>>(A!B(1)!2)"),
    ("TupleLiteral", "<<x, y>>"),
    ("Path", "A!B(1)!2"),
    ("Segment", "B(1)"),
    ("Junction", "/\\ y' = [x EXCEPT ![1].a = @ + 1] /\\ \\E z \\in 1 .. N : z # -y"),
]


@pytest.mark.parametrize(("kind", "text"), PLACES)
def test_a_span_runs_from_the_first_token_to_the_last(kind: str, text: str) -> None:
    source = f"---- MODULE Sample ----\n{TEXT}\n====\n"
    found = [shown(source, n.span) for n in nodes(module(TEXT)) if type(n).__name__ == kind]
    assert text in found


def test_no_node_reaches_beyond_its_parent() -> None:
    def check(node: syntax.Node) -> None:
        for child in nodes(node)[1:]:
            assert (node.span.line, node.span.column) <= (child.span.line, child.span.column)
            end = (node.span.end_line, node.span.end_column)
            assert (child.span.end_line, child.span.end_column) <= end

    for node in nodes(module(TEXT)):
        check(node)


def test_a_module_spans_from_its_dashes_to_its_closing_line() -> None:
    assert module("A == 1").span == Span("Sample.tla", 1, 1, 3, 4)


def test_an_infix_knows_where_its_operator_stands() -> None:
    read = expression("a\n  \\cup  b")
    assert isinstance(read, syntax.Infix)
    assert read.operator_span == Span("Sample.tla", 2, 3, 2, 6)


def test_subscripts_and_labels_have_their_own_places() -> None:
    fairness = expression("WF_vars(Next)")
    assert isinstance(fairness, syntax.Fairness)
    assert fairness.subscript.span == Span("Sample.tla", 1, 4, 1, 7)
    labelled = expression("lab(x) :: P")
    assert isinstance(labelled, syntax.Labelled)
    assert labelled.label.span == Span("Sample.tla", 1, 1, 1, 3)


def test_columns_count_characters_and_tabs_to_eight() -> None:
    read = module("A ==\t\u2203 x \u2208 S : x")
    definition = read.units[0]
    assert isinstance(definition, syntax.OperatorDefinition)
    assert definition.body.span == Span("Sample.tla", 2, 9, 2, 19)
