"""Starlark's values and expressions: what each is worth, and how it fails."""

from __future__ import annotations

import pytest

from conform.errors import EvaluationError, InputError
from conform.languages.fizzbee.evaluation.builtins import BUILTINS, LATE
from conform.languages.fizzbee.evaluation.conversions import representation
from conform.languages.fizzbee.evaluation.expressions import Compiler
from conform.languages.fizzbee.evaluation.scopes import Names, Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.reading import parse_expression
from conform.text import Source
from tests.unit.languages.fizzbee.fizz_models import model_of


def value_of(text: str, **variables: Datum) -> Datum:
    source = Source("e.fizz", text)
    compiler = Compiler(source, Names({}, BUILTINS, LATE))
    return compiler.expression(parse_expression(source))(Scope(dict(variables), {}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1 + 2 * 3", "7"),
        ("-7 // 2", "-4"),
        ("-7 % 3", "2"),
        ("7 / 2", "3.5"),
        ("1 << 4", "16"),
        ("6 & 3", "2"),
        ("6 | 3", "7"),
        ("6 ^ 3", "5"),
        ("~5", "-6"),
        ("1 == True", "False"),
        ("1 == 1.0", "True"),
        ("0 == False", "False"),
        ("[1] == [True]", "False"),
        ("(1, 2) == [1, 2]", "False"),
        ("None == None", "True"),
        ("True and 0", "0"),
        ("[] or 'x'", '"x"'),
        ("not []", "True"),
        ("1 if [] else 2", "2"),
        ("'a' + 'b' * 2", '"abb"'),
        ("'%s is %d' % ('x', 3)", '"x is 3"'),
        (
            "[999999.5, 1000000.0, 1234567.5, 0.0001, 1.5e-5, -0.0]",
            "[999999.5, 1e+06, 1.2345675e+06, 0.0001, 1.5e-05, -0.0]",
        ),
        ("'%c%c %d %x %g' % (65, 'b', -3.9, 255, 3)", '"Ab -3 ff 3.0"'),
        ("[hash(''), hash('abc'), hash('polygenelubricants')]", "[0, 96354, -2147483648]"),
        ("'{} {b}'.format(1, b=2)", '"1 2"'),
        ("'a,b'.split(',')", '["a", "b"]'),
        ("'-'.join(['a', 'b'])", '"a-b"'),
        ("'abc'[1]", '"b"'),
        ("'abc'[-1]", '"c"'),
        ("[1, 2, 3, 4][1:3]", "[2, 3]"),
        ("[1, 2, 3, 4][::-1]", "[4, 3, 2, 1]"),
        ("(1,)", "(1,)"),
        ("()", "()"),
        ("{'b': 1, 'a': 2}", '{"b": 1, "a": 2}'),
        ("{1: 'i', True: 'b'}", '{1: "i", True: "b"}'),
        ("{'a': 1}['a']", "1"),
        ("{'a': 1}.get('b', 5)", "5"),
        ("{'a': 1}.items()", '[("a", 1)]'),
        ("{'a': 1} | {'b': 2}", '{"a": 1, "b": 2}'),
        ("'a' in {'a': 1}", "True"),
        ("True in [1]", "False"),
        ("2 in range(0, 10, 2)", "True"),
        ("set([3, 1, 3])", "set([3, 1])"),
        ("set([1, 2]) | set([3])", "set([1, 2, 3])"),
        ("set([1, 2]) - set([2])", "set([1])"),
        ("set([1]) == set([True])", "False"),
        ("set([1]) < set([1, 2])", "True"),
        ("len(set([1, True, 1.0]))", "2"),
        ("[x * y for x in [1, 2] for y in [3, 4] if x < y - 1]", "[3, 4, 8]"),
        ("{k: v for k, v in [('a', 1)]}", '{"a": 1}'),
        ("[a for a, b in zip([1, 2], [3, 4])]", "[1, 2]"),
        ("sorted([3, 1, 2], reverse=True)", "[3, 2, 1]"),
        ("sorted(['bb', 'a'], key=len)", '["a", "bb"]'),
        ("max([1, 5, 3])", "5"),
        ("min('b', 'a')", '"a"'),
        ("max(['aa', 'b'], key=lambda s: len(s))", '"aa"'),
        ("sum([1, 2, 3])", "6"),
        ("any([0, 1])", "True"),
        ("all([])", "True"),
        ("list(enumerate(['a']))", '[(0, "a")]'),
        ("reversed([1, 2])", "[2, 1]"),
        ("int('12')", "12"),
        ("int(True)", "1"),
        ("str([1, 'a'])", '"[1, \\"a\\"]"'),
        ("type({})", '"dict"'),
        ("type(range(3))", '"range"'),
        ("hasattr(struct(a=1), 'a')", "True"),
        ("getattr(struct(a=1), 'b', 7)", "7"),
        ("struct(a=1) == struct(a=1)", "True"),
        ("enum('A', 'B').A", '"A"'),
        ("record(a=1).a", "1"),
        ("genericset([[1], [1], [2]])", "genericset([[1], [2]])"),
        ("bag([1, 2, 1]) == bag([2, 1, 1])", "True"),
        ("deepcopy([1, [2]])", "[1, [2]]"),
        ("math.floor(3.7)", "3"),
        ("itertools.combinations([1, 2, 3], 2)", "[(1, 2), (1, 3), (2, 3)]"),
        ("list(itertools.product([1], [2, 3]))", "[(1, 2), (1, 3)]"),
        ("(lambda a, b=2: a + b)(1)", "3"),
        ("abs(-3)", "3"),
        ("1000000000000000000000 + 1", "1000000000000000000001"),
    ],
)
def test_an_expression_is_worth(text: str, shown: str) -> None:
    assert representation(value_of(text)) == shown


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("1 + 'a'", 'unknown operation: int + string (1 + "a")', 1),
        ("True + 1", "unknown operation: bool + int", 1),
        ("[1][5]", "index 5 out of range", 1),
        ("{'a': 1}['b']", 'key "b" not in dict', 1),
        ("1 // 0", "floored division by zero", 1),
        ("1 < 'a'", "int < string is not implemented", 1),
        ("len(5)", "not iterable", 1),
        ("{[1]: 2}", "unhashable type: list", 1),
        ("{1: 2, 'a': 3, 1.0: 4}", "two entries of the dict have the same key", 1),
        ("set([{}])", "unhashable type: dict", 1),
        ("missing", "undefined: missing", 1),
        ("[1, 2].add(3)", "a value of type list has no attribute add", 1),
        ("(1)(2)", "a value of type int cannot be called", 1),
        ("[x for x in 5]", "not iterable", 13),
        ("min([])", "the argument is empty", 1),
        ("int('x')", "cannot convert", 1),
        ("'a'.__class__", "no attribute __class__", 1),
        ("getattr('a', '__class__')", "no attribute __class__", 1),
        ("'{0.__class__}'.format(1)", "the format asks for", 1),
        ("1 << 1000", "a shift by 1000 places", 1),
        ("'%d' % float('inf')", "%d cannot format +inf", 1),
        ("'a' * 10000000", "too large", 1),
        ("[0] * 10000000", "too large", 1),
        ("list(range(10000000))", "too large", 1),
        ("list(range(99999999999999999999))", "out of range", 6),
        ("len(range(-99999999999999999999, 0))", "out of range", 5),
        ("1.5 * int('9' * 400)", "too large for what is done with it", 1),
        ("sum([1.5, int('9' * 400)])", "too large for what is done with it", 1),
        ("'a'.replace('a', 'b', int('9' * 30))", "too large for what is done with it", 1),
        ("itertools.permutations([1], int('9' * 30))", "too large for what", 1),
    ],
)
def test_an_expression_without_a_value_says_why(text: str, message: str, column: int) -> None:
    with pytest.raises(EvaluationError) as raised:
        value_of(text)
    assert message in raised.value.message
    assert raised.value.span is not None
    assert raised.value.span.column == column
    assert "^" in raised.value.excerpt


def test_an_attribute_is_suggested() -> None:
    with pytest.raises(EvaluationError) as raised:
        value_of("[1].apend(2)")
    assert raised.value.hint == "did you mean append?"


def test_a_collection_cannot_be_changed_while_a_comprehension_goes_over_it() -> None:
    numbers = value_of("[1, 2]")
    with pytest.raises(EvaluationError, match="during iteration"):
        value_of("[numbers.append(x) for x in numbers]", numbers=numbers)
    value_of("numbers.append(3)", numbers=numbers)
    assert representation(numbers) == "[1, 2, 3]"


def test_the_variables_of_a_comprehension_are_its_own() -> None:
    assert representation(value_of("[x, [x for x in [5]], x]", x=1)) == "[1, [5], 1]"


def test_a_def_that_calls_itself_is_told_that_there_is_no_recursion() -> None:
    text = "def down(n):\n    return 0 if n == 0 else down(n - 1)\naction Init:\n    x = down(2)\n"
    with pytest.raises(InputError, match="undefined: down") as caught:
        model_of(text)
    assert caught.value.hint == (
        "Starlark has no recursion: write a loop over a list of what is left to do"
    )
