"""Expressions have the shape that Starlark's grammar gives them."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.fizzbee import syntax_expressions as tree
from tests.unit.languages.fizzbee.sketches import expression, grouped, sketch


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a + b * c - d", "((a + (b * c)) - d)"),
        ("a // b % c", "((a // b) % c)"),
        ("(a + b) * c", "((a + b) * c)"),
        ("-a.b[c]", "(- a.b[c])"),
        ("not a == b", "(not (a == b))"),
        ("not a in b", "(not (a in b))"),
        ("a not in b", "(a not in b)"),
        ("a or b and not c", "(a or (b and (not c)))"),
        ("a or b or c", "(a or b or c)"),
        ("(a or b) or c", "((a or b) or c)"),
        ("a and (b and c)", "(a and (b and c))"),
        ("a if b else c if d else e", "(a if b else (c if d else e))"),
        ("a | b ^ c & d << e + f", "(a | (b ^ (c & (d << (e + f)))))"),
        ("a == b | c", "(a == (b | c))"),
        ("a << b >> c", "((a << b) >> c)"),
        ("- - a", "(- (- a))"),
        ("a == (b == c)", "(a == (b == c))"),
    ],
)
def test_operators_bind_as_in_starlark(text: str, shape: str) -> None:
    assert grouped(expression(text)) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("()", "TupleDisplay([])"),
        ("(a)", "a"),
        ("(a,)", "TupleDisplay([a])"),
        ("a, b", "TupleDisplay([a, b])"),
        ("a,", "TupleDisplay([a])"),
        ("[]", "ListDisplay([])"),
        ("[a, b,]", "ListDisplay([a, b])"),
        ("[(a, b)]", "ListDisplay([TupleDisplay([a, b])])"),
        ("{}", "DictDisplay([])"),
        ("{a: b, c: d,}", "DictDisplay([DictEntry(a, b), DictEntry(c, d)])"),
        (
            "[e for x in s if c for y, z in t]",
            "ListComprehension(e, [ForClause(x, s), IfClause(c), "
            "ForClause(TargetTuple([y, z]), t)])",
        ),
        (
            "{k: v for k, in s}",
            "DictComprehension(DictEntry(k, v), [ForClause(TargetTuple([k]), s)])",
        ),
        ("f()", "Call(f, [])"),
        (
            "f(a, k=b, *c, **d,)",
            "Call(f, [Positional(a), Keyword('k', b), Spread(c), KeywordSpread(d)])",
        ),
        ("f(a)(b)", "Call(Call(f, [Positional(a)]), [Positional(b)])"),
        ("a[b, c]", "Index(a, TupleDisplay([b, c]))"),
        ("lambda: a", "Lambda([], a)"),
        ("lambda x, y=1: x", "Lambda([Parameter('x'), Parameter('y', 1)], x)"),
        ("lambda x=any(xs): x", "Lambda([Parameter('x', Call(any, [Positional(xs)]))], x)"),
        ("any(xs)", "Call(any, [Positional(xs)])"),
        ("[None, True, False]", "ListDisplay([NoneValue(), Boolean(True), Boolean(False)])"),
    ],
)
def test_primaries_and_displays_have_their_nodes(text: str, shape: str) -> None:
    assert sketch(expression(text)) == shape


def test_a_slice_keeps_what_is_left_out() -> None:
    plain = expression("a[1:]")
    assert isinstance(plain, tree.Slice)
    assert plain.start is not None and plain.stop is None and plain.step is None
    stepped = expression("a[::2]")
    assert isinstance(stepped, tree.Slice)
    assert stepped.start is None and stepped.stop is None and stepped.step is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a\tb\n"', "a\tb\n"),
        (r"r'a\tb'", r"a\tb"),
        (r'"\x41\101é\U0001F600"', "AAé😀"),
        ('"""one\r\n"two" \\"""three"""', 'one\n"two" """three'),
        ("''", ""),
        ('"a\\\nb"', "ab"),
        (r'"\\\'\""', "\\'\""),
    ],
)
def test_a_string_denotes_what_its_escapes_say(text: str, value: str) -> None:
    node = expression(text)
    assert isinstance(node, tree.String)
    assert node.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("12", 12), ("0x1F", 31), ("0o17", 15), ("0b101", 5), ("000", 0)],
)
def test_an_integer_is_read_in_its_base(text: str, value: int) -> None:
    node = expression(text)
    assert isinstance(node, tree.Integer)
    assert node.value == value


@pytest.mark.parametrize(("text", "value"), [("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("1e3", 1e3)])
def test_a_float_is_a_float(text: str, value: float) -> None:
    node = expression(text)
    assert isinstance(node, tree.Float)
    assert node.value == value


@pytest.mark.parametrize(
    "text", ["1" * 1001, "1e999", "3px", r"'\777'", r"'\xff'", r"'\uD800'", "u'a'", "1.2.3"]
)
def test_a_literal_without_a_value_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        expression(text)
    assert caught.value.span is not None and caught.value.span.column in (1, 4)
