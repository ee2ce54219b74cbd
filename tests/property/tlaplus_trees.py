"""Random syntax trees of TLA+, such as the reader could have made: parentheses where they must be.

What is not tight enough for its place is put in parentheses, as a writer would; lists, and what
stretches to the right, stand bare only where nothing follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from hypothesis import strategies as st

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.operators import INFIX, POSTFIX, PREFIX
from conform.languages.tlaplus.printing import print_expression, print_module
from conform.text import Span

T = TypeVar("T")

HERE = Span("", 1, 1, 1, 1)

NAMES = st.sampled_from(["a", "b", "xs", "Op", "_v", "n1", "TRUE", "WF", "x_y"])
FIELDS = st.sampled_from(["a", "b", "type", "IF", "DOMAIN", "LAMBDA"])
TEXTS = st.text(st.sampled_from('ab \\"*(\t\n'), max_size=4)
ATOMIC = (
    tree.Name,
    tree.Number,
    tree.String,
    tree.At,
    tree.Call,
    tree.Path,
    tree.Parentheses,
    tree.SetEnumeration,
    tree.SetFilter,
    tree.SetMap,
    tree.TupleLiteral,
    tree.FunctionLiteral,
    tree.FunctionSet,
    tree.RecordLiteral,
    tree.RecordSet,
    tree.Except,
    tree.Application,
    tree.Field,
    tree.Fairness,
)


PASSED_ON = [*(operator for operator in INFIX if operator != "\\X"), *POSTFIX, "-.", "~"]
"""Operators that may be arguments."""


def identifiers(least: int = 1) -> st.SearchStrategy[tuple[tree.Identifier, ...]]:
    one = st.sampled_from(["p", "q", "r1", "_s"]).map(lambda name: tree.Identifier(HERE, name))
    return st.lists(one, min_size=least, max_size=3).map(tuple)


def tight(node: tree.Expression) -> tree.Expression:
    """Return a node that may have operators on either side."""
    return node if isinstance(node, ATOMIC) else tree.Parentheses(HERE, node)


def several(
    inner: st.SearchStrategy[tree.Expression], least: int = 1
) -> st.SearchStrategy[tuple[tree.Expression, ...]]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def bound(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Bound]:
    plain = st.builds(tree.Bound, st.just(HERE), identifiers(), st.just(False), inner)
    pattern = st.builds(tree.Bound, st.just(HERE), identifiers(), st.just(True), inner)
    return plain | pattern


def single_bound(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Bound]:
    """Return what a filter may have: one name or one pattern."""
    one = identifiers().map(lambda names: names[:1])
    plain = st.builds(tree.Bound, st.just(HERE), one, st.just(False), inner)
    pattern = st.builds(tree.Bound, st.just(HERE), identifiers(), st.just(True), inner)
    return plain | pattern


def bounds(
    inner: st.SearchStrategy[tree.Expression],
) -> st.SearchStrategy[tuple[tree.Bound, ...]]:
    return st.lists(bound(inner), min_size=1, max_size=2).map(tuple)


def leaves() -> st.SearchStrategy[tree.Expression]:
    return st.one_of(
        st.builds(tree.Name, st.just(HERE), NAMES),
        st.builds(tree.Number, st.just(HERE), st.integers(0, 10**6)),
        st.builds(tree.String, st.just(HERE), TEXTS),
        st.just(tree.At(HERE)),
        st.just(tree.TupleLiteral(HERE, ())),
        st.just(tree.SetEnumeration(HERE, ())),
    )


def bracketed(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    """Return what brackets enclose, and what may have operators on either side."""
    here = st.just(HERE)
    first = st.builds(tree.FieldValue, here, FIELDS, inner)
    later = st.lists(st.builds(tree.FieldValue, here, st.just("c"), inner), max_size=1)
    field_values = st.builds(lambda field, fields: [field, *fields], first, later)
    plain_fields = st.lists(
        st.builds(tree.FieldValue, here, st.just("a"), inner), min_size=1, max_size=2
    )
    selectors = st.one_of(
        st.builds(tree.IndexSelector, here, several(inner)),
        st.builds(tree.FieldSelector, here, FIELDS),
    )
    updates = st.builds(
        tree.Update, here, st.lists(selectors, min_size=1, max_size=2).map(tuple), inner
    )
    arguments = st.one_of(
        inner,
        st.builds(tree.OperatorSymbol, here, st.sampled_from(PASSED_ON)),
        st.builds(tree.Lambda, here, identifiers(), inner),
    )
    call = st.builds(
        tree.Call, here, st.sampled_from(["F", "Op"]), st.lists(arguments, min_size=1).map(tuple)
    )
    elements = several(inner).filter(lambda found: not _is_membership(found[0]))
    return st.one_of(
        call,
        st.builds(tree.Parentheses, here, inner),
        st.builds(tree.SetEnumeration, here, elements),
        st.builds(tree.SetFilter, here, single_bound(inner), inner),
        st.builds(tree.SetMap, here, inner.map(_plain_element), bounds(inner)),
        st.builds(tree.TupleLiteral, here, several(inner)),
        st.builds(tree.FunctionLiteral, here, bounds(inner), inner),
        st.builds(tree.FunctionSet, here, inner, inner),
        st.builds(tree.RecordLiteral, here, field_values.map(tuple)),
        st.builds(tree.RecordSet, here, plain_fields.map(tuple)),
        st.builds(tree.Except, here, inner, st.lists(updates, min_size=1, max_size=2).map(tuple)),
        st.builds(tree.Application, here, inner.map(tight), several(inner)),
        st.builds(tree.Field, here, inner.map(tight), FIELDS),
        st.builds(tree.Path, here, segments(inner)),
        st.builds(tree.Fairness, here, st.sampled_from(["WF", "SF"]), subscripts(inner), inner),
    )


def _is_membership(node: tree.Expression) -> bool:
    return isinstance(node, tree.Infix) and node.operator == "\\in"


def _plain_element(node: tree.Expression) -> tree.Expression:
    """Return a node that does not look like a bound."""
    return tree.Parentheses(HERE, node) if isinstance(node, tree.Infix) else node


def segments(
    inner: st.SearchStrategy[tree.Expression],
) -> st.SearchStrategy[tuple[tree.Segment, ...]]:
    here = st.just(HERE)
    words = st.sampled_from(["M", "Inner"])
    first = st.builds(tree.Segment, here, words, st.just(()) | several(inner))
    bare = st.sampled_from(["1", "@", ":", "<<", ">>", "x", "+", "\\cup", "!!"])
    later = st.one_of(
        first,
        st.builds(tree.Segment, here, bare, st.just(())),
        st.builds(tree.Segment, here, st.just(""), several(inner)),
    )
    rest = st.lists(later, min_size=1, max_size=3)
    return st.tuples(first, rest).map(lambda parts: (parts[0], *parts[1]))


def subscripts(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    here = st.just(HERE)
    return st.one_of(
        st.builds(tree.Name, here, st.just("vars")),
        st.builds(tree.TupleLiteral, here, several(inner)),
        st.builds(tree.Parentheses, here, inner),
    )


def operators(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    here = st.just(HERE)
    operand = inner.map(tight)
    infix = st.sampled_from([operator for operator in INFIX if operator != "\\X"])
    return st.one_of(
        st.builds(tree.Infix, here, infix, operand, operand, here),
        st.builds(_sum, operand, operand, operand),
        st.builds(_series, st.sampled_from(["+", "\\cup", "\\o"]), st.integers(65, 70), operand),
        st.builds(tree.Infix, here, st.just("="), inner.map(tight), inner.map(_last), here),
        st.builds(tree.Prefix, here, st.sampled_from(list(PREFIX)), operand),
        st.builds(tree.Postfix, here, st.sampled_from(list(POSTFIX)), operand),
        st.builds(tree.Product, here, st.lists(operand, min_size=2, max_size=3).map(tuple)),
        st.builds(tree.ActionBox, here, inner, subscripts(inner)),
        st.builds(tree.ActionDiamond, here, inner, subscripts(inner)),
    )


def _sum(a: tree.Expression, b: tree.Expression, c: tree.Expression) -> tree.Expression:
    """`a + b * c = a`: three levels without parentheses."""
    product = tree.Infix(HERE, "*", b, c, HERE)
    return tree.Infix(HERE, "=", tree.Infix(HERE, "+", a, product, HERE), a, HERE)


def _series(operator: str, length: int, operand: tree.Expression) -> tree.Expression:
    """One operand repeated, more often than Infix nodes are nested."""
    return tree.Series(HERE, operator, (operand,) * length)


def _last(node: tree.Expression) -> tree.Expression:
    """Return a node that may stand right of an operator, at the end: a list or an open form too."""
    is_open = isinstance(node, tree.Junction | tree.If | tree.Quantified | tree.Let | tree.Choose)
    return node if is_open else tight(node)


def open_forms(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    here = st.just(HERE)
    one = identifiers().map(lambda names: names[:1])
    no_domain: st.SearchStrategy[tree.Expression | None] = st.none()
    arm = st.builds(tree.Arm, here, inner, inner.map(_closed))
    arms = st.lists(arm, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(tree.If, here, inner, inner, inner),
        st.builds(tree.Case, here, arms, no_domain | inner),
        st.builds(tree.Let, here, st.lists(definitions(inner), min_size=1).map(tuple), inner),
        st.builds(tree.Quantified, here, st.sampled_from(["\\A", "\\E"]), bounds(inner), inner),
        st.builds(
            tree.UnboundedQuantified,
            here,
            st.sampled_from(["\\A", "\\E", "\\AA", "\\EE"]),
            identifiers(),
            inner,
        ),
        st.builds(tree.Choose, here, one, st.just(False), no_domain | inner, inner),
        st.builds(tree.Choose, here, identifiers(), st.just(True), no_domain | inner, inner),
        st.builds(
            tree.Labelled, here, one.map(lambda names: names[0]), identifiers(least=0), inner
        ),
    )


def _closed(node: tree.Expression) -> tree.Expression:
    """Return the value of an arm that does not swallow the next arm, however deep its end."""
    return tight(node)


def lists(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    signs = st.sampled_from(["/\\", "\\/"])
    return st.builds(tree.Junction, st.just(HERE), signs, several(inner))


@cache
def trees() -> st.SearchStrategy[tree.Expression]:
    """Return expressions of every kind."""
    return st.recursive(
        leaves(),
        lambda inner: st.one_of(
            bracketed(inner), operators(inner), open_forms(inner), lists(inner), lists(inner)
        ),
        max_leaves=8,
    )


def declarations(least: int = 0) -> st.SearchStrategy[tuple[tree.Declaration, ...]]:
    here = st.just(HERE)
    named = st.builds(tree.Declaration, here, st.sampled_from(["c", "G"]), st.integers(0, 2))
    infix = st.builds(tree.Declaration, here, st.sampled_from([*INFIX]), st.just(2))
    other = st.sampled_from(["-.", "~", *POSTFIX])
    return st.lists(
        st.one_of(named, infix, st.builds(tree.Declaration, here, other, st.just(1))),
        min_size=least,
        max_size=3,
    ).map(tuple)


def definitions(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Unit]:
    """Return what may stand in a LET."""
    here = st.just(HERE)
    name = st.builds(tree.Identifier, here, st.sampled_from(["D", "E2", "_f"]))
    no = st.just(False)
    plain = st.builds(tree.Declaration, here, st.sampled_from(["u", "w"]), st.just(0))
    infix_name = st.builds(tree.Identifier, here, st.sampled_from(list(INFIX)))
    substitution = st.builds(
        tree.Substitution,
        here,
        st.sampled_from(["N", "+"]),
        inner | st.builds(tree.OperatorSymbol, here, st.sampled_from(["+", "-", "\\/", "~"])),
    )
    substitutions = st.lists(substitution, max_size=2).map(tuple)
    return st.one_of(
        st.builds(tree.OperatorDefinition, here, name, declarations(), inner, no),
        st.builds(tree.OperatorDefinition, here, infix_name, st.tuples(plain, plain), inner, no),
        st.builds(tree.FunctionDefinition, here, name, bounds(inner), inner, no),
        st.builds(tree.InstanceDefinition, here, name, declarations(), name, substitutions, no),
        st.builds(tree.Recursive, here, declarations(least=1)),
    )


def _theorem(
    name: tree.Identifier | None, statement: tree.Expression, has_proof: bool
) -> tree.Theorem:
    """Hypothesis asks a class for the types of its fields; that of `proof` is of another module."""
    return tree.Theorem(HERE, name, statement, has_proof)


@cache
def units() -> st.SearchStrategy[tree.Unit]:
    """Return units of every kind but nested modules."""
    here, inner = st.just(HERE), trees()
    name = st.none() | st.builds(tree.Identifier, here, st.just("Named"))
    declared = st.builds(tree.Declaration, here, st.just("y"), st.integers(0, 2))
    plain = st.builds(tree.Declaration, here, st.just("y"), st.just(0))
    kinds = st.sampled_from(["STATE", "ACTION", "TEMPORAL"])
    new = st.one_of(
        st.builds(tree.New, here, kinds, declared, st.none()),
        st.builds(tree.New, here, st.just("VARIABLE"), plain, st.none()),
        st.builds(tree.New, here, st.just("CONSTANT"), declared, st.none()),
        st.builds(tree.New, here, st.just("CONSTANT"), plain, inner),
    )
    assumed = st.lists(inner | new, min_size=1, max_size=2).map(tuple)
    statement = inner | st.builds(tree.AssumeProve, here, assumed, inner)
    return st.one_of(
        definitions(inner),
        st.just(tree.Separator(HERE)),
        st.builds(tree.Constants, here, declarations(least=1)),
        st.builds(tree.Variables, here, identifiers()),
        st.builds(tree.Assumption, here, name, inner),
        st.builds(_theorem, name, statement, st.booleans()),
        st.just(tree.UseOrHide(HERE)),
    )


@dataclass(frozen=True)
class Sample(Generic[T]):
    """A tree that Hypothesis reports as text: its own way to show nested builds takes forever."""

    tree: T

    def __repr__(self) -> str:
        if isinstance(self.tree, tree.Module):
            return print_module(self.tree)
        assert isinstance(self.tree, tree.Expression)
        return print_expression(self.tree)


@st.composite
def sample_modules(draw: st.DrawFn) -> Sample[tree.Module]:
    return Sample(draw(modules()))


@st.composite
def sample_expressions(draw: st.DrawFn) -> Sample[tree.Expression]:
    return Sample(draw(trees()))


@cache
def modules() -> st.SearchStrategy[tree.Module]:
    """Return modules, some with one more inside."""
    here = st.just(HERE)
    name = st.builds(tree.Identifier, here, st.just("Sample"))
    extends = identifiers(least=0)
    inner = st.builds(tree.Module, here, name, extends, st.lists(units(), max_size=2).map(tuple))
    every = st.lists(units(), max_size=4).map(tuple)
    nested = st.tuples(units(), inner, units())
    return st.builds(tree.Module, here, name, extends, every | nested)
