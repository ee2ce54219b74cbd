"""Each construct gives its node."""

from __future__ import annotations

import pytest

from tests.unit.languages.tlaplus.sketches import expression, module, sketch, unit

EXPRESSIONS = [
    ("12", "Number(12)"),
    (r"\b101", "Number(5)"),
    (r"\o17", "Number(15)"),
    (r"\hFf", "Number(255)"),
    ("1.50", "Decimal(1.50)"),
    (r'"a\"b\\c\td"', 'String(a"b\\c\td)'),
    ("TRUE", "TRUE"),
    ("@", "At()"),
    ("F(a, 1)", "Call(F, [a, Number(1)])"),
    ("F(+, -., - )", "Call(F, [OperatorSymbol(+), OperatorSymbol(-.), OperatorSymbol(-)])"),
    ("F(LAMBDA x, y : x)", "Call(F, [Lambda([x, y], x)])"),
    ("+(1, 2)", "Call(+, [Number(1), Number(2)])"),
    ("M!x", "Path([Segment(M, []), Segment(x, [])])"),
    ("M!F(a)!G(b)", "Path([Segment(M, []), Segment(F, [a]), Segment(G, [b])])"),
    ("F(a)!(b)", "Path([Segment(F, [a]), Segment(, [b])])"),
    (
        "F!1!<<!:!@!>>",
        "Path([Segment(F, []), Segment(1, []), Segment(<<, []), Segment(:, []), "
        "Segment(@, []), Segment(>>, [])])",
    ),
    ("M!+(a, b)", "Path([Segment(M, []), Segment(+, [a, b])])"),
    ("(a)", "Parentheses(a)"),
    ("f[a]", "Application(f, [a])"),
    ("f[a, b]", "Application(f, [a, b])"),
    ("r.a.b", "Field(Field(r, a), b)"),
    ("r.IF", "Field(r, IF)"),
    ("r.VARIABLE.BY", "Field(Field(r, VARIABLE), BY)"),
    ("{}", "SetEnumeration([])"),
    ("{a, b}", "SetEnumeration([a, b])"),
    ("{x \\in S}", "SetEnumeration([Infix(\\in, x, S)])"),
    ("{x \\in S : p}", "SetFilter(Bound([x], False, S), p)"),
    ("{x \\in S : y \\in T}", "SetFilter(Bound([x], False, S), Infix(\\in, y, T))"),
    ("{<<x, y>> \\in S : p}", "SetFilter(Bound([x, y], True, S), p)"),
    (
        "{x + y : x \\in S, y \\in T}",
        "SetMap(Infix(+, x, y), [Bound([x], False, S), Bound([y], False, T)])",
    ),
    ("{x : x, y \\in S}", "SetMap(x, [Bound([x, y], False, S)])"),
    ("{x : <<x, y>> \\in S}", "SetMap(x, [Bound([x, y], True, S)])"),
    ("{(x \\in S) : x \\in T}", "SetMap(Parentheses(Infix(\\in, x, S)), [Bound([x], False, T)])"),
    ("{x \\in S /\\ T : p}", "SetFilter(Bound([x], False, Infix(/\\, S, T)), p)"),
    ("<<>>", "TupleLiteral([])"),
    ("<<a, b>>", "TupleLiteral([a, b])"),
    ("[x \\in S |-> e]", "FunctionLiteral([Bound([x], False, S)], e)"),
    (
        "[x, y \\in S, <<a, b>> \\in T |-> e]",
        "FunctionLiteral([Bound([x, y], False, S), Bound([a, b], True, T)], e)",
    ),
    ("[S -> T]", "FunctionSet(S, T)"),
    ("[a |-> 1, b |-> c]", "RecordLiteral([FieldValue(a, Number(1)), FieldValue(b, c)])"),
    (
        "[IF |-> 1, b |-> 2]",
        "RecordLiteral([FieldValue(IF, Number(1)), FieldValue(b, Number(2))])",
    ),
    ("[a : S, b : T]", "RecordSet([FieldValue(a, S), FieldValue(b, T)])"),
    (
        "[f EXCEPT ![1].a = @, !.b[1, 2] = 3]",
        "Except(f, [Update([IndexSelector([Number(1)]), FieldSelector(a)], At()), "
        "Update([FieldSelector(b), IndexSelector([Number(1), Number(2)])], Number(3))])",
    ),
    ("[A]_v", "ActionBox(A, v)"),
    ("[A]_<<x, y>>", "ActionBox(A, TupleLiteral([x, y]))"),
    ("[A]_M!v", "ActionBox(A, Path([Segment(M, []), Segment(v, [])]))"),
    ("[A]_r.x[1]", "ActionBox(A, Application(Field(r, x), [Number(1)]))"),
    ("<<A>>_v", "ActionDiamond(A, v)"),
    ("[][A]_v", "Prefix([], ActionBox(A, v))"),
    ("[]<><<A>>_v", "Prefix([], Prefix(<>, ActionDiamond(A, v)))"),
    ("WF_v(A)", "Fairness(WF, v, A)"),
    ("SF_<<x, y>>(A)", "Fairness(SF, TupleLiteral([x, y]), A)"),
    ("WF_(v)(A)", "Fairness(WF, Parentheses(v), A)"),
    ("WF_v(x)(A)", "Fairness(WF, Call(v, [x]), A)"),
    ("WF_M!vars(A)", "Fairness(WF, Path([Segment(M, []), Segment(vars, [])]), A)"),
    ("WF_M!f(x)(A)", "Fairness(WF, Path([Segment(M, []), Segment(f, [x])]), A)"),
    ("\\A x \\in S : p", "Quantified(\\A, [Bound([x], False, S)], p)"),
    (
        "\\E x, y \\in S, <<a, b>> \\in T : p",
        "Quantified(\\E, [Bound([x, y], False, S), Bound([a, b], True, T)], p)",
    ),
    ("\\E x, y : p", "UnboundedQuantified(\\E, [x, y], p)"),
    ("\\EE x : p", "UnboundedQuantified(\\EE, [x], p)"),
    ("\\AA x : p", "UnboundedQuantified(\\AA, [x], p)"),
    ("CHOOSE x : p", "Choose([x], False, None, p)"),
    ("CHOOSE x \\in S : p", "Choose([x], False, S, p)"),
    ("CHOOSE <<x, y>> : p", "Choose([x, y], True, None, p)"),
    ("CHOOSE <<x, y>> \\in S : p", "Choose([x, y], True, S, p)"),
    ("IF a THEN b ELSE c", "If(a, b, c)"),
    ("CASE a -> b", "Case([Arm(a, b)], None)"),
    ("CASE a -> b [] c -> d [] OTHER -> e", "Case([Arm(a, b), Arm(c, d)], e)"),
    ("CASE a -> CASE b -> c [] d -> e", "Case([Arm(a, Case([Arm(b, c), Arm(d, e)], None))], None)"),
    ("CASE a -> []b [] c -> d", "Case([Arm(a, Prefix([], b)), Arm(c, d)], None)"),
    ("LET a == 1 IN a", "Let([OperatorDefinition(a, [], Number(1), False)], a)"),
    (
        "LET RECURSIVE f(_) f(x) == x g[y \\in S] == y I == INSTANCE M IN a",
        "Let([Recursive([Declaration(f, 1)]), "
        "OperatorDefinition(f, [Declaration(x, 0)], x, False), "
        "FunctionDefinition(g, [Bound([y], False, S)], y, False), "
        "InstanceDefinition(I, [], M, [], False)], a)",
    ),
    ("l :: a", "Labelled(l, [], a)"),
    ("l(x, y) :: a", "Labelled(l, [x, y], a)"),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expression_gives_its_node(text: str, expected: str) -> None:
    assert sketch(expression(text)) == expected


UNITS = [
    ("--------", "Separator()"),
    ("CONSTANT N", "Constants([Declaration(N, 0)])"),
    (
        "CONSTANTS F(_, _), _+_, -._, _^+, _\\in_, _=_, _ - _",
        "Constants([Declaration(F, 2), Declaration(+, 2), Declaration(-., 1), "
        "Declaration(^+, 1), Declaration(\\in, 2), Declaration(=, 2), Declaration(-, 2)])",
    ),
    ("VARIABLES x, y", "Variables([x, y])"),
    ("RECURSIVE f(_), g", "Recursive([Declaration(f, 1), Declaration(g, 0)])"),
    ("A == 1", "OperatorDefinition(A, [], Number(1), False)"),
    ("LOCAL A == 1", "OperatorDefinition(A, [], Number(1), True)"),
    (
        "A(x, F(_, _), _+_) == 1",
        "OperatorDefinition(A, [Declaration(x, 0), Declaration(F, 2), Declaration(+, 2)], "
        "Number(1), False)",
    ),
    (
        "a \\oplus b == a",
        "OperatorDefinition((+), [Declaration(a, 0), Declaration(b, 0)], a, False)",
    ),
    ("a \\/ b == a", "OperatorDefinition(\\/, [Declaration(a, 0), Declaration(b, 0)], a, False)"),
    ("-. a == 0", "OperatorDefinition(-., [Declaration(a, 0)], Number(0), False)"),
    ("a ^+ == a", "OperatorDefinition(^+, [Declaration(a, 0)], a, False)"),
    (
        "f[x \\in S, y \\in T] == x",
        "FunctionDefinition(f, [Bound([x], False, S), Bound([y], False, T)], x, False)",
    ),
    (
        "f[x \\in [A]_v, y \\in g[1]] == x",
        "FunctionDefinition(f, [Bound([x], False, ActionBox(A, v)), "
        "Bound([y], False, Application(g, [Number(1)]))], x, False)",
    ),
    ("LOCAL f[x \\in S] == x", "FunctionDefinition(f, [Bound([x], False, S)], x, True)"),
    ("INSTANCE M", "Instance(M, [], False)"),
    ("LOCAL INSTANCE M WITH a <- 1", "Instance(M, [Substitution(a, Number(1))], True)"),
    ("I == INSTANCE M", "InstanceDefinition(I, [], M, [], False)"),
    (
        "I(x) == INSTANCE M WITH a <- x, + <- -, F <- LAMBDA y : y, b <- -1",
        "InstanceDefinition(I, [Declaration(x, 0)], M, [Substitution(a, x), "
        "Substitution(+, OperatorSymbol(-)), Substitution(F, Lambda([y], y)), "
        "Substitution(b, Prefix(-., Number(1)))], False)",
    ),
    ("ASSUME a = b", "Assumption(None, Infix(=, a, b))"),
    ("AXIOM A == b", "Assumption(A, b)"),
    ("THEOREM a", "Theorem(None, a, False)"),
    ("LEMMA L == a", "Theorem(L, a, False)"),
    (
        "THEOREM ASSUME a, NEW x \\in S, NEW STATE y, NEW VARIABLE z, NEW F(_), CONSTANT c PROVE b",
        "Theorem(None, AssumeProve([a, New(CONSTANT, Declaration(x, 0), S), "
        "New(STATE, Declaration(y, 0), None), New(VARIABLE, Declaration(z, 0), None), "
        "New(CONSTANT, Declaration(F, 1), None), New(CONSTANT, Declaration(c, 0), None)], b), "
        "False)",
    ),
    (
        "THEOREM ASSUME ASSUME a PROVE b PROVE c",
        "Theorem(None, AssumeProve([AssumeProve([a], b)], c), False)",
    ),
    ("THEOREM []ASSUME a []PROVE b", "Theorem(None, Prefix([], AssumeProve([a], b)), False)"),
    ("USE a, b DEF c", "UseOrHide()"),
    (
        "---- MODULE Inner ----\nEXTENDS A, B\nx == 1\n====",
        "Module(Inner, [A, B], [OperatorDefinition(x, [], Number(1), False)], [])",
    ),
]


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_unit_gives_its_node(text: str, expected: str) -> None:
    assert sketch(unit(text)) == expected


def test_a_module_has_its_name_extensions_and_units_in_order() -> None:
    read = module("EXTENDS Naturals, FiniteSets\n----\nA == 1\nB == 2\n----")
    assert read.name.name == "Sample"
    assert [name.name for name in read.extends] == ["Naturals", "FiniteSets"]
    assert [type(found).__name__ for found in read.units] == [
        "Separator",
        "OperatorDefinition",
        "OperatorDefinition",
        "Separator",
    ]


def test_definitions_need_no_line_of_their_own() -> None:
    assert len(module("A == 1 B == A f[x \\in S] == x C == f").units) == 4


def test_an_outer_module_goes_on_after_an_inner_one() -> None:
    read = module("A == 1\n---- MODULE I ----\nB == 1\n====\nC == 2")
    assert [type(found).__name__ for found in read.units] == [
        "OperatorDefinition",
        "Module",
        "OperatorDefinition",
    ]
