"""Generated code and closures: the same values, the same successors in the same order, the same
errors, for formulas drawn at random, ill-kinded ones among them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance
from conform.domain.states import State
from conform.domain.values import ModelValue, SetValue, format_value, function, record, sequence
from conform.errors import ConformError
from conform.languages.tlaplus.evaluation.sets import KEPT
from conform.languages.tlaplus.model import TlaModel
from tests.property.examples import EXAMPLES
from tests.unit.languages.tlaplus.modules import model

BEFORE = """CONSTANTS A, B
VARIABLES x, f, r
vars == <<x, f, r>>
Numbers == 0..2
Twice(n) == n + n
Second(a, b) == b
Either(a, b) == a \\/ b
Primed(e) == e'
Sum[i \\in 0..5] == IF i = 0 THEN 0 ELSE i + Sum[i - 1]
RECURSIVE Down(_)
Down(n) == IF n <= 0 THEN 0 ELSE Down(n - 1)
Apply(Op(_), e) == Op(e)
Both(Op(_, _), a, b) == LET again(n) == Op(n, b) IN Op(a, again(a))
Through(Op(_), e) == Both(LAMBDA a, b : <<Op(a), b, Apply(Op, e)>>, Op(e), e)
Only(P(_), S) == CHOOSE e \\in S : P(e) /\\ \\A g \\in S : P(g) => g = e
Odd(n) == n % 2 = 1
Chosen(S, Op(_)) == {s \\in S : Op(s)}
RECURSIVE Count(_)
Count(S) == IF S = {} THEN x ELSE LET e == CHOOSE e \\in S : TRUE IN 1 + Count(S \\ {e})
Init == x = 0 /\\ f = [i \\in 1..2 |-> 0] /\\ r = [a |-> 0, b |-> "s"]
"""
VALUES = st.sampled_from(
    [0, 1, 2, True, False, "s", "t", ModelValue("A"), SetValue([]), SetValue([1, 2])]
)
FUNCTIONS = st.sampled_from(
    [
        sequence([0, 1]),
        sequence([1, 2]),
        sequence([SetValue([1]), SetValue([2])]),
        function({0: 1, 1: 0}),
        function({ModelValue("A"): 1, ModelValue("B"): 2}),
        function({False: 1, True: 0}),
        sequence([True, False]),
    ]
)
RECORDS = st.sampled_from(
    [
        record({"a": 0, "b": "s"}),
        record({"a": 2, "b": "t"}),
        record({"a": True, "b": "s"}),
        record({"a": 1}),
        record({"a": 1, "b": "s", "c": SetValue([0])}),
    ]
)
STATES = st.tuples(st.one_of(st.integers(0, 2), VALUES), FUNCTIONS, RECORDS)

LEAVES = ["x", "f", "r", "0", "1", "2", '"s"', "TRUE", "A", "Numbers", "f[1]", "r.a", "r.b", "{}"]
VALUE_FORMS = [
    "({0} + {1})",
    "({0} - {1})",
    "({0} * {1})",
    "({0} % {1})",
    "(-{0})",
    "({0}..{1})",
    "{{{0}, {1}}}",
    "({0} \\cup {1})",
    "({0} \\ {1})",
    "<<{0}, {1}>>",
    "[a |-> {0}, b |-> {1}]",
    "[i \\in {0} |-> {1}]",
    "[i \\in 1..2 |-> {0}]",
    "f[{0}]",
    "({0})[{1}]",
    "r.a",
    "[f EXCEPT ![{0}] = {1}]",
    "[f EXCEPT ![1] = @ + {0}, ![{1}] = @]",
    "[r EXCEPT !.a = {0}]",
    "[r EXCEPT !.b = {0}, !.a = @]",
    "(IF {2} THEN {0} ELSE {1})",
    "(CASE {2} -> {0} [] {3} -> {1})",
    "(CASE {2} -> {0} [] OTHER -> {1})",
    "(LET v == {0} IN {1})",
    "(LET v == {0} IN IF {2} THEN v ELSE <<v, {1}>>)",
    "(LET v == {0} g(n) == n + v IN g({1}))",
    "(LET v == {0} IN {{n \\in 0..2 : v = n}})",
    "(CHOOSE c \\in {0} : {2})",
    "(CHOOSE c \\in 0..2 : c = {0})",
    "{{c \\in {0} : {2}}}",
    "{{c \\in 0..2 : c < {0}}}",
    "{{<<c, d>> \\in {{<<1, {0}>>, <<2, {1}>>}} : c # d}}",
    "[c \\in {0}, d \\in {{1, 2}} |-> <<c, d, {1}>>]",
    "[<<c, d>> \\in {{<<1, {0}>>, <<2, 1>>}} |-> <<d, {1}>>]",
    "Count({0})",
    "Chosen({0}, LAMBDA n : {2})",
    "Chosen({0}, Odd)",
    "{{<<c, {0}>> : c \\in {1}}}",
    "Twice({0})",
    "Second({0}, {1})",
    "Sum[{0}]",
    "Down({0})",
    "Apply(LAMBDA n : n + {0}, {1})",
    "Apply(Twice, {0})",
    "Both(+, {0}, {1})",
    "Both(\\cup, {0}, {1})",
    "Both(Second, {0}, {1})",
    "Through(LAMBDA n : n + {0}, {1})",
    "(LET v == {0} add(n) == n + v IN Through(add, {1}))",
    "{{Apply(LAMBDA n : <<n, c>>, {0}) : c \\in {1}}}",
    "{{Through(LAMBDA n : c, c) : c \\in {0}}}",
    "Only(LAMBDA n : n = {0}, {1})",
    "{{<<a, b>> \\in {0} : a = b}}",
    "{{<<a, b>> \\in {{<<c, {0}>> : c \\in {1}}} : a = b}}",
    "(CHOOSE <<a, b>> \\in {{<<c, {0}>> : c \\in {1}}} : a = b)",
    "Len({0})",
    "Append({0}, {1})",
    "Cardinality({0})",
    "DOMAIN {0}",
    "SUBSET {0}",
    "UNION {0}",
    "r.c",
    "{{f[i] : i \\in 1..Len(f)}}",
    "{{<<f[i], {0}>> : i \\in {{j \\in 1..Len(f) : f[j] = {1}}}}}",
    "{{<<c, {0}>> : c \\in {{d \\in {1} : d # {0}}}}}",
    "{{c - d : <<c, d>> \\in {{<<d, c>> \\in {{<<{0}, 1>>, <<2, {1}>>}} : c # d}}}}",
    "(CHOOSE i \\in 1..Len(f) : f[i] = {0})",
    "(LET n == Len(f) IN {{i \\in 1..n : f[i] = {0} /\\ n > 1}})",
    "(UNION {{{{{0}}}, {{{1}}}}})",
    "{2}",
]
TEST_FORMS = [
    "({0} = {1})",
    "({0} # {1})",
    "({0} < {1})",
    "({0} >= {1})",
    "({0} \\in {1})",
    "({0} \\notin {1})",
    "({0} \\in 0..x)",
    "(f \\in [1..2 -> Numbers])",
    "(f \\in [{{A, B}} -> 0..5])",
    '({0} \\in [a : Numbers, b : {{"s", "t"}}])',
    "({0} \\in Seq(Numbers))",
    '({0} \\in {{"s", "t"}})',
    "({0} \\in {{A, B}})",
    "({0} \\in BOOLEAN)",
    "({0} \\in Nat)",
    "({0} \\subseteq {1})",
    "({0} = {{}})",
    "({{}} # {0})",
    "({0} \\cap {1} = {{}})",
    "(({0} \\intersect {1}) # {{}})",
    "({{c \\in {0} : c = x}} \\cap {{c \\in {1} : c # x}} = {{}})",
    "(\\E i \\in 1..Len(f) : f[i] = {0} /\\ \\A j \\in 1..Len(f) : f[j] # f[i] => j # {1})",
    "(\\A p \\in {{A, B}} : p = {0} \\/ {1} # p)",
    "({{{{{0}}}, {{{1}}}}} = {{{{x}}}})",
    "({{{0}}} \\in {{{{{1}}}, {{x}}}})",
    "(<<{0}, x>> \\in {{<<{1}, x>>, <<f[1], x>>}})",
    "({2} /\\ {3})",
    "({2} \\/ {3})",
    "({2} => {3})",
    "({2} <=> {3})",
    "(~{2})",
    "(\\A p \\in {0} : {2})",
    "(\\E p \\in {0} : {2})",
    "(\\E p, q \\in Numbers : p = {0} /\\ q # {1})",
    "(\\A p, q \\in {0} : p # q => f[p] # {1})",
    "(\\A p \\in {0} : \\E q \\in {1} : f[p] = {0} \\/ q > f[p] + f[p])",
    "(\\A p, q \\in Numbers : p # q /\\ Sum[p] = {0} => Twice(p) # q /\\ f[p] # {1})",
    "({{[n \\in Numbers |-> Twice(p) + n] : p \\in {0}}} = {1})",
    "(\\E <<p, q>> \\in {{<<1, 2>>, <<2, 1>>}} : p = {0})",
    "Either({2}, {3})",
    "ENABLED (x' = {0} /\\ {2} /\\ UNCHANGED <<f, r>>)",
    "ENABLED (\\E p \\in {0} : x' = p /\\ UNCHANGED <<f, r>>)",
    "{0}",
]
PRIMED_FORMS = [
    "(x' = {0})",
    "(f'[1] = {0})",
    "(Primed(r.a) = {0})",
    "UNCHANGED <<x, f>>",
    "(x' \\in {0})",
]
ASSIGNMENTS = [
    "{v}' = {0}",
    "{v}' \\in {0}",
    "{v}' \\in {{{0}, {1}}}",
    "UNCHANGED {v}",
    "(IF {2} THEN {v}' = {0} ELSE UNCHANGED {v})",
    "({v}' = {0} \\/ ({2} /\\ {v}' = {1}))",
    "(\\E p \\in {0} : {v}' = p)",
    "(CASE {2} -> {v}' = {0} [] OTHER -> UNCHANGED {v})",
    "({2} => {v}' = {0}) /\\ (~{2} => UNCHANGED {v})",
    "(LET v == {0} IN {v}' = v /\\ {2})",
    "(\\A p \\in {0} : \\E q \\in {1} : p = q) /\\ {v}' = {0}",
    "(\\E p \\in {0} : {2}) /\\ UNCHANGED {v}",
    "({2} \\/ {3}) /\\ {v}' = {0}",
    "<<{v}' = {0} \\/ {v}' = {1}>>_{v}",
    "(\\E p \\in {0} : {v}' \\in {{p, {1}}} /\\ \\A q \\in Numbers : Twice({v}') # Twice(p) + q)",
]


def formulas(depth: int, names: tuple[str, ...] = ()) -> tuple[st.SearchStrategy[str], ...]:
    """Return strategies for expressions of any value, and for those that should be tests."""
    leaves = st.sampled_from([*LEAVES, *names])
    if depth == 0:
        return leaves, st.sampled_from(["TRUE", "FALSE", "x = 0", "f[1] = x", 'r.b = "s"'])
    values, tests = formulas(depth - 1, (*names, "p"))
    inner_values, inner_tests = formulas(depth - 1, names)

    def filled(form: str) -> st.SearchStrategy[str]:
        binds = "\\A p" in form or "\\E p" in form
        body = tests if binds else inner_tests
        operands = st.tuples(inner_values, inner_values, body, body)
        return operands.map(lambda drawn: form.format(*drawn))

    value = st.one_of(leaves, st.sampled_from(VALUE_FORMS).flatmap(filled))
    test = st.sampled_from(TEST_FORMS).flatmap(filled)
    del values
    return value, test


ANY, TEST = formulas(2)


@st.composite
def actions(draw: st.DrawFn) -> str:
    """Draw an action that assigns every variable once, with tests around."""
    lines = [draw(TEST) for _ in range(draw(st.integers(0, 2)))]
    for variable in ("x", "f", "r"):
        form = draw(st.sampled_from(ASSIGNMENTS)) if draw(st.booleans()) else "UNCHANGED {v}"
        drawn = (draw(ANY), draw(ANY), draw(TEST), draw(TEST))
        lines.append(form.format(*drawn, v=variable))
    if draw(st.booleans()):
        lines.append(draw(st.sampled_from(PRIMED_FORMS)).format(draw(ANY)))
    return "\n".join(f"  /\\ {line}" for line in lines)


@cache
def built(action: str, test: str) -> TlaModel | None:
    """Build a model of an action and an invariant; None where the front-end refuses it."""
    body = f"{BEFORE}Next ==\n{action}\nInv == {test}\nStep == [][{test} => x' = x]_vars"
    settings = "INIT Init\nNEXT Next\nINVARIANT Inv\nPROPERTY Step\nCONSTANTS A = A B = B"
    try:
        return model(body, settings)
    except ConformError:
        return None


def accelerator(found: TlaModel) -> Accelerator:
    """Return the accelerator of a model, which it has."""
    assert found.accelerator is not None
    return found.accelerator


def plain_steps(found: TlaModel, instance: ActionInstance) -> Callable[[State], list[State]]:
    """Return what gives the successors by the closures."""
    return lambda state: [successor.state for successor in found.successors(instance, state)]


def outcome(compute: Callable[..., Any], *states: State) -> Any:
    """Return what a function gives, exactly, or its error with its place."""
    try:
        found = compute(*states)
    except ConformError as error:
        return str(error)
    if isinstance(found, bool):
        return found
    return [tuple(map(format_value, state)) for state in found]


@settings(deadline=None)
@given(actions(), st.lists(STATES, min_size=1, max_size=3))
def test_successors_are_the_same_in_the_same_order(action: str, states: list[State]) -> None:
    found = built(action, "TRUE")
    if found is None:
        return
    for instance in found.instances:
        quick = accelerator(found).successors(instance)
        slow = plain_steps(found, instance)
        for state in states:
            assert outcome(quick, state) == outcome(slow, state)
    together = accelerator(found).successors_together(found.instances)
    for state in states:
        reached = None if together is None else together(state)
        if reached is not None:
            expected = [
                (instance.number, one.state)
                for instance in found.instances
                for one in found.successors(instance, state)
            ]
            assert [(number, after) for number, _, after in reached] == expected


@settings(deadline=None, max_examples=2 * EXAMPLES)
@given(st.one_of(TEST, TEST, ANY), st.lists(STATES, min_size=2, max_size=4))
def test_predicates_have_the_same_value_or_error(test: str, states: list[State]) -> None:
    found = built("  UNCHANGED vars", test)
    if found is None:
        return
    for predicate in found.invariants:
        quick = accelerator(found).test(predicate)
        for state in states:
            assert outcome(quick, state) == outcome(predicate.holds, state)
    for step in found.action_properties:
        step_test = accelerator(found).step_test(step)
        for before, after in itertools.pairwise(states):
            expected = outcome(step.holds, before, after)
            assert outcome(step_test, before, after) == expected


OWN_NAME = re.compile(
    r"[avstk]\d+|[st]|answer|error|caught|otherwise|reached|misfit|unset|range|tuple"
)
ATTRIBUTES = {
    "call",
    "append",
    "apply",
    "contains",
    "domain",
    "elements",
    "field",
    "index",
    "is_sequence",
    "locate",
    "ordered",
    "place",
    "replaced",
    "values",
    "__class__",
}


SMALL = {*range(100), KEPT}
"""Integers in our own templates: indices of slots, and a bound."""


def code_of(quick: object) -> CodeType | None:
    """Return the code of a generated function, None for a function of ours."""
    assert isinstance(quick, FunctionType) or callable(quick)
    if isinstance(quick, FunctionType) and "generated" in quick.__code__.co_filename:
        return quick.__code__
    return None


def is_ours(constant: object) -> bool:
    """Whether a literal is an index, a flag or a tuple of such, which no input is needed for."""
    if isinstance(constant, tuple):
        return all(map(is_ours, constant))
    return constant is None or type(constant) is bool or constant in SMALL


@settings(deadline=None, max_examples=EXAMPLES // 2)
@given(actions(), TEST)
def test_code_is_made_of_our_own_names_and_small_literals(action: str, test: str) -> None:
    found = built(action, test)
    if found is None:
        return
    made = [accelerator(found).successors(instance) for instance in found.instances]
    together = accelerator(found).successors_together(found.instances)
    tests = map(accelerator(found).test, found.invariants)
    codes = filter(None, map(code_of, [*made, together or made[0], *tests]))
    for code in codes:
        for name in (*code.co_names, *code.co_varnames):
            assert OWN_NAME.fullmatch(name) or name in ATTRIBUTES
        assert all(map(is_ours, code.co_consts))
