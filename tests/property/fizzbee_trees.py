"""Random syntax trees of FizzBee, such as the reader could have made."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from conform.domain.fairness import FairnessKind
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee import syntax_expressions as ex
from conform.languages.fizzbee.syntax import Flow
from conform.text import Span

HERE = Span("", 1, 1, 1, 1)

WORDS = st.sampled_from(["a", "b", "xs", "self", "_v", "n1", "anyone", "é"])
NAMES = WORDS.map(lambda word: ex.Name(HERE, word))
IDENTIFIERS = WORDS.map(lambda word: ex.Identifier(HERE, word))
LABELS = st.sampled_from(["", "", "", "here", "a b"])
TEXTS = st.text(st.sampled_from("ab \\\"'\n\t\r%é\x00😀\u2028"), max_size=4)


def several(
    inner: st.SearchStrategy[ex.Expression], least: int = 0
) -> st.SearchStrategy[tuple[ex.Expression, ...]]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def literals() -> st.SearchStrategy[ex.Expression]:
    return st.one_of(
        NAMES,
        st.just(ex.Name(HERE, "any")),
        st.just(ex.NoneValue(HERE)),
        st.booleans().map(lambda value: ex.Boolean(HERE, value)),
        st.integers(0, 10**20).map(lambda value: ex.Integer(HERE, value)),
        st.floats(0, 1e300, allow_nan=False).map(lambda value: ex.Float(HERE, abs(value))),
        TEXTS.map(lambda text: ex.String(HERE, text)),
    )


def places(
    inner: st.SearchStrategy[ex.Expression],
) -> st.SearchStrategy[ex.Name | ex.Attribute | ex.Index]:
    """Return single places that can be assigned to."""
    attribute = st.builds(ex.Attribute, st.just(HERE), inner, WORDS)
    index = st.builds(ex.Index, st.just(HERE), inner, inner)
    return NAMES | attribute | index


def targets(inner: st.SearchStrategy[ex.Expression]) -> st.SearchStrategy[ex.Target]:
    one: st.SearchStrategy[ex.Target] = places(inner)

    def tuples(below: st.SearchStrategy[ex.Target]) -> st.SearchStrategy[ex.Target]:
        elements = st.lists(below, min_size=1, max_size=2).map(tuple)
        return elements.map(lambda each: ex.TargetTuple(HERE, each))

    return one | tuples(one) | tuples(tuples(one))


def clauses(
    inner: st.SearchStrategy[ex.Expression],
) -> st.SearchStrategy[tuple[ex.Clause, ...]]:
    first = st.builds(ex.ForClause, st.just(HERE), targets(NAMES), inner)
    other = st.builds(ex.IfClause, st.just(HERE), inner)
    rest: st.SearchStrategy[list[ex.Clause]] = st.lists(first | other, max_size=2)
    return st.tuples(first, rest).map(lambda both: (both[0], *both[1]))


def arguments(
    inner: st.SearchStrategy[ex.Expression],
) -> st.SearchStrategy[tuple[ex.Argument, ...]]:
    plain = st.lists(st.builds(ex.Positional, st.just(HERE), inner), max_size=2)
    keyword = st.lists(
        st.builds(ex.Keyword, st.just(HERE), WORDS, inner),
        max_size=2,
        unique_by=lambda each: each.name,
    )
    spread = st.lists(st.builds(ex.Spread, st.just(HERE), inner), max_size=1)
    spreads = st.lists(st.builds(ex.KeywordSpread, st.just(HERE), inner), max_size=1)
    return st.tuples(plain, keyword, spread, spreads).map(
        lambda parts: tuple(each for part in parts for each in part)
    )


def parameters(
    inner: st.SearchStrategy[ex.Expression], *, is_plain: bool = False
) -> st.SearchStrategy[tuple[ex.Parameter, ...]]:
    """Return required ones, optional ones, and perhaps `*rest` and `**more`."""

    def build(
        names: list[str], defaults: list[ex.Expression], stars: bool
    ) -> tuple[ex.Parameter, ...]:
        first = len(names) - len(defaults)
        plain = [
            ex.Parameter(
                HERE,
                name,
                ex.ParameterKind.PLAIN,
                defaults[index - first] if index >= first else None,
            )
            for index, name in enumerate(names)
        ]
        if stars and not is_plain:
            plain.append(ex.Parameter(HERE, "rest", ex.ParameterKind.REST, None))
            plain.append(ex.Parameter(HERE, "more", ex.ParameterKind.KEYWORDS, None))
        return tuple(plain)

    names = st.lists(WORDS, max_size=3, unique=True)
    return names.flatmap(
        lambda chosen: st.builds(
            build, st.just(chosen), st.lists(inner, max_size=len(chosen)), st.booleans()
        )
    )


def _composed(inner: st.SearchStrategy[ex.Expression]) -> st.SearchStrategy[ex.Expression]:
    maybe = st.none() | inner
    entry = st.builds(ex.DictEntry, st.just(HERE), inner, inner)
    entries = st.lists(entry, max_size=2).map(tuple)
    here = st.just(HERE)
    return st.one_of(
        several(inner).map(lambda each: ex.ListDisplay(HERE, each)),
        several(inner).map(lambda each: ex.TupleDisplay(HERE, each)),
        entries.map(lambda each: ex.DictDisplay(HERE, each)),
        st.builds(ex.ListComprehension, here, inner, clauses(inner)),
        st.builds(ex.DictComprehension, here, entry, clauses(inner)),
        st.builds(ex.Unary, here, st.sampled_from(ex.UnaryOperator), inner),
        st.builds(ex.Binary, here, st.sampled_from(ex.BinaryOperator), inner, inner),
        st.builds(ex.Comparison, here, st.sampled_from(ex.ComparisonOperator), inner, inner),
        st.builds(
            ex.BooleanOperation, here, st.sampled_from(ex.BooleanOperator), several(inner, 2)
        ),
        st.builds(ex.Conditional, here, inner, inner, inner),
        st.builds(ex.Attribute, here, inner, WORDS),
        st.builds(ex.Index, here, inner, inner),
        st.builds(ex.Slice, here, inner, maybe, maybe, maybe),
        st.builds(ex.Call, here, inner, arguments(inner)),
        st.builds(ex.Lambda, here, parameters(inner), inner),
    )


@cache
def expressions() -> st.SearchStrategy[ex.Expression]:
    return st.recursive(literals(), _composed, max_leaves=6)


def _operated(inner: st.SearchStrategy[ex.Expression]) -> st.SearchStrategy[ex.Expression]:
    here = st.just(HERE)
    return st.one_of(
        st.builds(ex.Unary, here, st.sampled_from(ex.UnaryOperator), inner),
        st.builds(ex.Binary, here, st.sampled_from(ex.BinaryOperator), inner, inner),
        st.builds(ex.Comparison, here, st.sampled_from(ex.ComparisonOperator), inner, inner),
        st.builds(
            ex.BooleanOperation, here, st.sampled_from(ex.BooleanOperator), several(inner, 2)
        ),
        st.builds(ex.Conditional, here, inner, inner, inner),
        st.builds(ex.Lambda, here, st.just(()), inner),
        st.builds(ex.Attribute, here, inner, WORDS),
        st.builds(ex.Call, here, inner, st.just(())),
    )


@cache
def operations() -> st.SearchStrategy[ex.Expression]:
    """Return expressions of operators alone, in which precedence matters."""
    atoms = st.sampled_from([ex.Name(HERE, "a"), ex.Integer(HERE, 1)])
    return _operated(st.recursive(atoms, _operated, max_leaves=6))


@cache
def choices() -> st.SearchStrategy[tree.Statement]:
    """Return statements in which an `any` may be a name or a choice."""
    any_name = ex.Name(HERE, "any")
    values = st.recursive(st.just(any_name), _operated, max_leaves=2)
    plain = values.filter(lambda each: not _is_call_of_names(each))
    here, target = st.just(HERE), st.just(ex.Name(HERE, "x"))
    call = st.just(ex.Call(HERE, any_name, (ex.Positional(HERE, any_name),)))
    called: st.SearchStrategy[ex.Name | None] = st.none() | target
    return st.one_of(
        st.builds(tree.Assign, here, target, plain),
        st.builds(tree.CallStatement, here, called, call),
        st.builds(tree.ChoiceAssignment, here, target, st.none(), values, st.none() | values),
        st.builds(tree.ExpressionStatement, here, plain),
    )


# ----------------------------------------------------------------------------------- statements


def _is_call_of_names(expression: ex.Expression) -> bool:
    if not isinstance(expression, ex.Call):
        return False
    function = expression.function
    return isinstance(function, ex.Name) or (
        isinstance(function, ex.Attribute) and isinstance(function.value, ex.Name)
    )


def calls_of_names() -> st.SearchStrategy[ex.Call]:
    method = st.builds(ex.Attribute, st.just(HERE), NAMES, WORDS)
    called: st.SearchStrategy[ex.Expression] = NAMES | method | st.just(ex.Name(HERE, "any"))
    return st.builds(ex.Call, st.just(HERE), called, arguments(expressions()))


def _is_kept(expression: ex.Expression) -> bool:
    return not isinstance(expression, ex.String)


@cache
def shared_statements() -> st.SearchStrategy[tree.Statement]:
    """Return simple statements that FizzBee and a def have in common, without labels."""
    here = st.just(HERE)
    operators = st.sampled_from(ex.BinaryOperator)
    return st.one_of(
        st.builds(tree.AugmentedAssign, here, places(expressions()), operators, expressions()),
        st.just(tree.Pass(HERE)),
        st.builds(tree.Return, here, st.none() | expressions()),
    )


@cache
def starlark_statements() -> st.SearchStrategy[tree.Statement]:
    here = st.just(HERE)
    return st.one_of(
        st.builds(tree.Assign, here, targets(expressions()), expressions()),
        st.builds(tree.ExpressionStatement, here, expressions().filter(_is_kept)),
    )


@cache
def simple_statements() -> st.SearchStrategy[tree.Statement]:
    """Return simple statements outside of a def."""
    here = st.just(HERE)
    plain = expressions().filter(lambda each: not _is_call_of_names(each))
    fairness = st.none() | st.sampled_from(FairnessKind)
    maybe = st.none() | expressions()
    labels = {"label": LABELS}
    called = st.none() | NAMES
    return st.one_of(
        shared_statements(),
        st.builds(tree.Assign, here, targets(expressions()), plain, **labels),
        st.builds(tree.ExpressionStatement, here, plain.filter(_is_kept), **labels),
        st.builds(tree.CallStatement, here, called, calls_of_names(), **labels),
        st.builds(
            tree.ChoiceAssignment, here, places(expressions()), fairness, expressions(), maybe
        ),
        st.builds(tree.Require, here, expressions(), **labels),
    )


def blocks(
    inner: st.SearchStrategy[tree.Statement], flow: st.SearchStrategy[Flow | None]
) -> st.SearchStrategy[tree.Block]:
    """Return suites; one that would be replaced by its only flow block is that block."""

    def build(chosen: Flow | None, statements: list[tree.Statement]) -> tree.Block:
        if chosen is None and len(statements) == 1 and isinstance(statements[0], tree.Block):
            return statements[0]
        return tree.Block(HERE, chosen, tuple(statements))

    return st.builds(build, flow, st.lists(inner, max_size=3))


def conditionals(bodies: st.SearchStrategy[tree.Block]) -> st.SearchStrategy[tree.Statement]:
    branch = st.builds(tree.Branch, st.just(HERE), expressions(), bodies)
    branches = st.lists(branch, min_size=1, max_size=3).map(tuple)
    return st.builds(tree.If, st.just(HERE), branches, st.none() | bodies)


def _compound(inner: st.SearchStrategy[tree.Statement]) -> st.SearchStrategy[tree.Statement]:
    here = st.just(HERE)
    bodies = blocks(inner, st.none())
    loops = st.sampled_from([None, Flow.ATOMIC, Flow.SERIAL, Flow.PARALLEL])
    whiles = st.sampled_from([None, Flow.ATOMIC, Flow.SERIAL])
    in_loop = blocks(inner | st.sampled_from([tree.Break(HERE), tree.Continue(HERE)]), st.none())
    labels = {"label": LABELS}
    return st.one_of(
        blocks(inner, st.sampled_from(Flow)),
        conditionals(bodies),
        st.builds(tree.For, here, loops, NAMES, expressions(), in_loop, **labels),
        st.builds(tree.While, here, whiles, expressions(), in_loop, **labels),
        st.builds(tree.ChoiceBlock, here, NAMES, expressions(), bodies, **labels),
    )


@cache
def statements() -> st.SearchStrategy[tree.Statement]:
    return st.recursive(simple_statements(), _compound, max_leaves=4)


@cache
def definitions() -> st.SearchStrategy[tree.Definition]:
    def compound(inner: st.SearchStrategy[tree.Statement]) -> st.SearchStrategy[tree.Statement]:
        bodies = blocks(inner, st.none())
        here = st.just(HERE)
        return st.one_of(
            conditionals(bodies),
            st.builds(tree.For, here, st.none(), targets(expressions()), expressions(), bodies),
            st.builds(tree.Definition, here, IDENTIFIERS, parameters(expressions()), bodies),
        )

    simple = shared_statements() | starlark_statements()
    inner = st.recursive(simple, compound, max_leaves=3)
    return st.builds(
        tree.Definition,
        st.just(HERE),
        IDENTIFIERS,
        parameters(expressions()),
        blocks(inner, st.none()),
    )


# ------------------------------------------------------------------------------------ the file


def _filled(flow: Flow, body: tree.Block) -> tree.Block:
    return body if body.flow else tree.Block(HERE, flow, body.statements, label=body.label)


def actions() -> st.SearchStrategy[tree.Action]:
    def build(
        flow: Flow, fairness: FairnessKind | None, name: ex.Identifier, body: tree.Block
    ) -> tree.Action:
        return tree.Action(HERE, flow, fairness, name, _filled(flow, body))

    def initial(body: tree.Block) -> tree.Action:
        if body.flow is Flow.SERIAL:
            body = tree.Block(HERE, Flow.ATOMIC, body.statements, label=body.label)
        name = ex.Identifier(HERE, "Init")
        strong = FairnessKind.STRONG
        return tree.Action(HERE, Flow.ATOMIC, strong, name, _filled(Flow.ATOMIC, body))

    bodies = blocks(statements(), st.none())
    kinds = st.none() | st.sampled_from(FairnessKind)
    plain = st.builds(build, st.sampled_from(Flow), kinds, IDENTIFIERS, bodies)
    return plain | bodies.map(initial)


def functions() -> st.SearchStrategy[tree.Function]:
    def build(
        flow: Flow, name: ex.Identifier, taken: tuple[ex.Parameter, ...], body: tree.Block
    ) -> tree.Function:
        return tree.Function(HERE, flow, name, taken, _filled(flow, body))

    taken = parameters(expressions(), is_plain=True)
    bodies = blocks(statements(), st.none())
    return st.builds(build, st.sampled_from(Flow), IDENTIFIERS, taken, bodies)


def assertions() -> st.SearchStrategy[tree.Assertion]:
    def build(kind: tree.AssertionKind, name: ex.Identifier, body: tree.Block) -> tree.Assertion:
        is_step = kind is tree.AssertionKind.TRANSITION
        states = tuple(ex.Identifier(HERE, word) for word in ("old", "new")) if is_step else ()
        return tree.Assertion(HERE, kind, name, states, body)

    bodies = blocks(statements(), st.none())
    return st.builds(build, st.sampled_from(tree.AssertionKind), IDENTIFIERS, bodies)


def _top_statements() -> st.SearchStrategy[tree.Statement]:
    assign = st.builds(
        tree.Assign, st.just(HERE), targets(expressions()), expressions(), label=LABELS
    )
    return assign | definitions()


def roles() -> st.SearchStrategy[tree.Role]:
    members = st.lists(_top_statements() | actions() | functions(), max_size=3).map(tuple)
    decorators = st.lists(expressions(), max_size=1).map(tuple)
    return st.builds(tree.Role, st.just(HERE), decorators, st.booleans(), IDENTIFIERS, members)


def modules() -> st.SearchStrategy[tree.Module]:
    front = st.sampled_from([None, tree.FrontMatter(HERE, "options:\n  max_actions: 3\n")])
    member = st.one_of(_top_statements(), actions(), functions(), assertions(), roles())
    members = st.lists(member, max_size=4).map(tuple)
    return st.builds(tree.Module, st.just(HERE), front, members)
