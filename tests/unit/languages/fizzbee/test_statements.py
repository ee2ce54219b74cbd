"""Statements and declarations have the nodes that FizzBee's grammar and tree builder give them."""

from __future__ import annotations

import pytest

from conform.domain.fairness import FairnessKind
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.syntax import AssertionKind, Flow
from tests.unit.languages.fizzbee.sketches import body, module, sketch, statement


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("x = 1", "Assign(x, 1)"),
        ("x.y[0] = 1", "Assign(Index(Attribute(x, 'y'), 0), 1)"),
        ("x, (y, z) = a, 2", "Assign(TargetTuple([x, TargetTuple([y, z])]), TupleDisplay([a, 2]))"),
        ("x += 1", "AugmentedAssign(x, +, 1)"),
        ("x //= 2", "AugmentedAssign(x, //, 2)"),
        ("f(1)", "CallStatement(Call(f, [Positional(1)]))"),
        ("x = r.f()", "CallStatement(x, Call(Attribute(r, 'f'), []))"),
        ("self.x = r.f()", "Assign(Attribute(self, 'x'), Call(Attribute(r, 'f'), []))"),
        ("rs[0].f()", "ExpressionStatement(Call(Attribute(Index(rs, 0), 'f'), []))"),
        ("a.b.c()", "ExpressionStatement(Call(Attribute(Attribute(a, 'b'), 'c'), []))"),
        ("x", "ExpressionStatement(x)"),
        ("x = oneof s", "ChoiceAssignment(x, s)"),
        ("x = any [1]", "ChoiceAssignment(x, ListDisplay([1]))"),
        ("x = any (s)", "ChoiceAssignment(x, s)"),
        ("x = fair oneof s", "ChoiceAssignment(x, weak, s)"),
        ("x = fair<strong> any s", "ChoiceAssignment(x, strong, s)"),
        ("x = oneof s if x", "ChoiceAssignment(x, s, x)"),
        ("x = oneof s : x", "ChoiceAssignment(x, s, x)"),
        ("x = oneof a if b else c", "ChoiceAssignment(x, Conditional(b, a, c))"),
        ("x = oneof s if a if b else c", "ChoiceAssignment(x, s, Conditional(b, a, c))"),
        ("x = any", "Assign(x, any)"),
        ("x = f(k=any)", "CallStatement(x, Call(f, [Keyword('k', any)]))"),
        ("require x", "Require(x)"),
        ("pass", "Pass()"),
        ("return", "Return()"),
        ("return 1, 2", "Return(TupleDisplay([1, 2]))"),
        ("`here` x = 1", "Assign('here', x, 1)"),
        ("`here`\nx = 1", "Assign('here', x, 1)"),
        ("x = 1;", "Assign(x, 1)"),
        ("if a: x = 1", "If([Branch(a, Block([Assign(x, 1)]))])"),
        ("for i in s:\n    pass", "For(i, s, Block([Pass()]))"),
        ("parallel for i in s:\n    pass", "For(parallel, i, s, Block([Pass()]))"),
        ("while a:\n    break", "While(a, Block([Break()]))"),
        ("serial while a:\n    continue", "While(serial, a, Block([Continue()]))"),
        ("oneof i in s:\n    pass", "ChoiceBlock(i, s, Block([Pass()]))"),
        ("any i in s:\n    pass", "ChoiceBlock(i, s, Block([Pass()]))"),
        ("`l`\noneof i in s:\n    pass", "ChoiceBlock('l', i, s, Block([Pass()]))"),
        ("if a:\n    atomic:\n        pass", "If([Branch(a, Block(atomic, [Pass()]))])"),
        ("x = [1,\n\n  # comment\n2]", "Assign(x, ListDisplay([1, 2]))"),
        ("x = 1 + \\\n  2", "Assign(x, Binary(+, 1, 2))"),
    ],
)
def test_a_statement_has_its_node(text: str, shape: str) -> None:
    assert sketch(statement(text)) == shape


def test_branches_stand_side_by_side() -> None:
    node = statement("if a:\n    pass\nelif b:\n    pass\nelif c: pass\nelse:\n    x = 1")
    assert isinstance(node, tree.If)
    assert [sketch(branch.condition) for branch in node.branches] == ["a", "b", "c"]
    assert sketch(node.otherwise) == "Block([Assign(x, 1)])"


def test_a_flow_block_beside_others_is_a_statement() -> None:
    first, second = body("parallel:\n    x = 1\n    y = 2\npass")
    assert sketch(first) == "Block(parallel, [Assign(x, 1), Assign(y, 2)])"
    assert sketch(second) == "Pass()"


def test_docstrings_are_dropped() -> None:
    assert body('"""says what it does"""\nx = 1\n"""and more"""') == body("\nx = 1")
    assert module('"""a spec"""\nN = 3\n').members == module("\nN = 3\n").members


@pytest.mark.parametrize(
    ("head", "flow", "own"),
    [
        ("action A:\n    x = 1", Flow.SERIAL, Flow.SERIAL),
        ("atomic action A:\n    x = 1", Flow.ATOMIC, Flow.ATOMIC),
        ("action A:\n    oneof:\n        x = 1", Flow.ONEOF, Flow.ONEOF),
        ("atomic action A:\n    oneof:\n        x = 1", Flow.ATOMIC, Flow.ONEOF),
        ("action A:\n    x = 1\n    oneof:\n        x = 1", Flow.SERIAL, Flow.SERIAL),
        ("action Init:\n    x = 1", Flow.ATOMIC, Flow.ATOMIC),
        ("serial action Init:\n    x = 1", Flow.ATOMIC, Flow.ATOMIC),
        ("action Init:\n    serial:\n        x = 1", Flow.ATOMIC, Flow.ATOMIC),
        ("action Init:\n    oneof:\n        x = 1", Flow.ATOMIC, Flow.ONEOF),
        ("func F():\n    x = 1", Flow.SERIAL, Flow.SERIAL),
        ("parallel func F():\n    x = 1", Flow.PARALLEL, Flow.PARALLEL),
    ],
)
def test_flows_are_filled_in(head: str, flow: Flow, own: Flow) -> None:
    (member,) = module(head + "\n").members
    assert isinstance(member, tree.Action | tree.Function)
    assert (member.flow, member.body.flow) == (flow, own)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("action A", None),
        ("fair action A", FairnessKind.WEAK),
        ("fair<weak> action A", FairnessKind.WEAK),
        ("atomic fair<strong> action A", FairnessKind.STRONG),
        ("action Init", FairnessKind.STRONG),
    ],
)
def test_fairness_is_read(words: str, kind: FairnessKind | None) -> None:
    (action,) = module(f"{words}:\n    x = 1\n").members
    assert isinstance(action, tree.Action)
    assert action.fairness is kind


@pytest.mark.parametrize("kind", [kind for kind in AssertionKind if kind != "transition"])
def test_an_assertion_has_its_kind(kind: AssertionKind) -> None:
    (assertion,) = module(f"{kind} assertion P:\n    return True\n").assertions
    assert (assertion.kind, assertion.parameters) == (kind, ())


def test_the_states_of_a_transition_have_names() -> None:
    plain, named = module(
        "transition assertion P:\n    return True\n"
        "transition assertion Q(old, new):\n    return True\n"
    ).assertions
    assert sketch(plain.parameters) == "[before, after]"
    assert sketch(named.parameters) == "[old, new]"


def test_a_role_keeps_its_members_apart() -> None:
    (role,) = module(
        '@state(durable=["log"])\nsymmetric role Node:\n'
        "    LIMIT = 3\n"
        "    action Init:\n        self.log = []\n"
        "    atomic fair action Send:\n        pass\n"
        "    func f(a, b=1):\n        return a\n"
        "    def g(x):\n        return x\n"
    ).roles
    assert role.is_symmetric and len(role.decorators) == 1
    assert role.init is not None and [action.name.name for action in role.actions] == ["Send"]
    assert [function.name.name for function in role.functions] == ["f"]
    assert [type(each) for each in role.statements] == [tree.Assign, tree.Definition]


def test_a_def_holds_starlark() -> None:
    (definition,) = module(
        "def f(a, b=1, *rest, **more):\n"
        '    """adds"""\n'
        "    for k, v in a:\n"
        "        if k: return v\n"
        "        else: continue\n"
        "    x = g(a)\n"
        "    def h():\n"
        "        pass\n"
    ).members
    assert isinstance(definition, tree.Definition)
    assert [type(each) for each in definition.body.statements] == [
        tree.For,
        tree.Assign,
        tree.Definition,
    ]


def test_top_level_calls_are_starlark() -> None:
    (constant,) = module('M = enum("A", "B")\n').members
    assert isinstance(constant, tree.Assign)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(newline: str) -> None:
    text = "---\noptions:\n  max_actions: 3\n---\naction A:\n\tx = 1\n\n    # note\n    y = 2\n"
    read = module(text.replace("\n", newline))
    assert read.front_matter is not None
    assert read.front_matter.text == "options:\n  max_actions: 3\n"
    assert [each.span.line for each in read.actions[0].body.statements] == [6, 9]


def test_front_matter_is_found_further_down() -> None:
    read = module("N = 1\n  ---\nliveness: strict\n---\nM = 2\n")
    assert read.front_matter is not None and read.front_matter.span.line == 2
    assert [member.span.line for member in read.members[:2]] == [1, 5]


def test_spans_run_from_the_first_token_to_the_last() -> None:
    (action,) = module("atomic fair action A:\n    x = f(\n        1)\n").actions
    assert str(action.span) == "Sample.fizz:1:1"
    assert (action.span.end_line, action.span.end_column) == (3, 10)
    assert action.body.span.line == 2
