"""From trees of the grammar to the statements of an effect.

An effect is written with `:=`, or as a relation between the state and the next one, which is taken
for assignments where it has their form: `x' = e`, `x' \\in S`, UNCHANGED, joined by conjunctions,
`\\A` and IF. `x = e` without a prime says in an effect what `x := e` says.
"""

from __future__ import annotations

from lark import Token, Tree

from conform.errors import InputError
from conform.languages.markdown.formal.building import Builder, Node, argument, as_value
from conform.languages.markdown.formal.syntax import (
    Assign,
    AssignSome,
    Binary,
    Choose,
    Expression,
    Field,
    ForEach,
    If,
    Index,
    Let,
    LetIn,
    Literal,
    Name,
    Otherwise,
    Quantified,
    Statement,
    Target,
    TupleOf,
    Unary,
    Unchanged,
    When,
)
from conform.languages.markdown.manuscript import Fragment
from conform.text import Span

_FORMS = "an assignment such as `x := e`, `v[i].f := e`, `∀ i ∈ S : v[i] := e` or `x' = e`"


class StatementBuilder:
    """Builds the statements of one text."""

    def __init__(self, text: Fragment) -> None:
        self._text = text
        self._builder = Builder(text)

    def statements(self, tree: Tree[Token]) -> tuple[Statement, ...]:
        """Return the statements of an `effect_line`."""
        built = [self._statement(child) for child in tree.children]
        if len(built) > 1 and any(isinstance(each[0], When) for each in built[:-1]):
            raise self._builder.refuse(
                tree,
                "an IF with further assignments behind it can be read in two ways",
                expected="one line for each, or parentheses around what belongs to the IF",
            )
        return tuple(statement for each in built for statement in each)

    def _statement(self, node: Node) -> tuple[Statement, ...]:
        assert isinstance(node, Tree)
        match node.data:
            case "assign":
                target, _sign, value = node.children
                place = self._target(self._builder.expression(target))
                built = as_value(self._builder.expression(value))
                return (Assign(self._builder.span(node), place, built),)
            case "adjust":
                return (self._adjusted(node),)
            case "otherwise":
                return (Otherwise(self._builder.span(node), self._branch(node.children[-1])),)
            case "assign_some":
                target, _sign, values = node.children
                place = self._target(self._builder.expression(target))
                built = self._builder.expression(values)
                return (AssignSome(self._builder.span(node), place, built),)
            case "for_each":
                _sign, bounds, *_, body = node.children
                found = self._builder.bounds(bounds)
                return (ForEach(self._builder.span(node), found, self._branch(body)),)
            case "for_each_such":
                _sign, bounds, _such, condition, *_, body = node.children
                found, span = self._builder.bounds(bounds), self._builder.span(node)
                test = self._builder.expression(condition)
                return (ForEach(span, found, (When(span, test, self._branch(body), ()),)),)
            case "when":
                return (self._when(node),)
            case "relation":
                return self._relation(self._builder.expression(node.children[0]))
            case _:
                return self._relation(self._builder.expression(node))

    def _adjusted(self, node: Tree[Token]) -> Assign:
        """Build `x += e` as `x := x + e`."""
        target, sign, value = node.children
        old = self._builder.expression(target)
        span, operator = self._builder.span(node), str(sign)[0]
        new = Binary(span, operator, old, self._builder.expression(value))
        return Assign(span, self._target(old), new)

    def _when(self, node: Tree[Token]) -> When:
        condition, consequent, *alternative = [c for c in node.children if isinstance(c, Tree)]
        return When(
            self._builder.span(node),
            self._builder.expression(condition),
            self._branch(consequent),
            self._branch(alternative[0]) if alternative else (),
        )

    def _branch(self, node: Node) -> tuple[Statement, ...]:
        assert isinstance(node, Tree)
        if node.data == "group_of":
            parts = [child for child in node.children if isinstance(child, Tree)]
            return tuple(statement for part in parts for statement in self._statement(part))
        return self._statement(node)

    # ------------------------------------------------------------------------------- relations

    def _relation(self, found: Expression) -> tuple[Statement, ...]:
        """Return the assignments that a formula makes; raise InputError for any other formula."""
        match found:
            case Binary(operator="/\\", left=left, right=right):
                return self._relation(left) + self._relation(right)
            case Binary(operator="=", left=left, right=right):
                return (Assign(found.span, self._target(left), as_value(right)),)
            case Binary(operator="\\in", left=left, right=right) if _is_primed(left):
                return (AssignSome(found.span, self._target(left), right),)
            case Quantified(quantifier="\\A", bounds=bounds, body=body):
                return (ForEach(found.span, bounds, self._relation(body)),)
            case Quantified(bounds=bounds, body=body):
                return (Choose(found.span, bounds), *self._relation(body))
            case LetIn(definitions=definitions, body=body):
                return (Let(found.span, definitions), *self._relation(body))
            case If(condition=condition, consequent=one, alternative=other):
                branches = (self._relation(one), self._relation(other))
                return (When(found.span, condition, *branches),)
            case Binary(operator="=>", left=left, right=right):
                return (When(found.span, left, self._relation(right), ()),)
            case Unary(operator="UNCHANGED", operand=operand):
                return (Unchanged(found.span, self._variables(operand)),)
            case _:
                raise self._refuse(found.span, "this formula assigns nothing")

    def _variables(self, operand: Expression) -> tuple[Name, ...]:
        match operand:
            case Name():
                return (operand,)
            case TupleOf(elements=elements):
                return tuple(name for element in elements for name in self._variables(element))
            case _:
                raise self._refuse(operand.span, "UNCHANGED speaks of variables")

    def _target(self, place: Expression) -> Target:
        """Return the place that an expression names; a prime may stand anywhere in it."""
        path: list[Expression] = []
        inner = place
        while not isinstance(inner, Name):
            match inner:
                case Unary(operator="'", operand=operand):
                    inner = operand
                case Index(function=function, arguments=arguments):
                    path.append(argument(inner.span, arguments))
                    inner = function
                case Field(span=span, record=record, name=name):
                    path.append(Literal(span, name))
                    inner = record
                case _:
                    raise self._refuse(place.span, "nothing can be assigned to this")
        return Target(place.span, inner.name, tuple(reversed(path)))

    def _refuse(self, span: Span, message: str) -> InputError:
        return InputError(
            message,
            span=span,
            excerpt=self._text.manuscript.source.excerpt(span),
            expected=_FORMS,
            hint="write it so, or as prose: docs/reference/document-notation.md",
        )


def _is_primed(place: Expression) -> bool:
    """Whether a prime stands somewhere in what could be a target."""
    match place:
        case Unary(operator="'"):
            return True
        case Index(function=inner) | Field(record=inner):
            return _is_primed(inner)
        case _:
            return False
