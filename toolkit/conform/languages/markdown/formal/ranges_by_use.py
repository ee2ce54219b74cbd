"""The ranges of parameters, and of names bound without a set, that no words give: by their use.

A parameter ranges over the domain of the first variable that it indexes; else over the set or the
bounds that the guard gives it, `off ∈ S` or `1 ≤ off < next`, where a variable stands for the
greatest number of its type. The name of a quantifier without a set, `∀ o1, o2: …`, ranges over what
it is an index of; else over what the document binds that name to, or the same without a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from conform.languages.markdown.formal.document import FormalLine, FormalVariable
from conform.languages.markdown.formal.lines import formulas_of
from conform.languages.markdown.formal.syntax import (
    Binary,
    Bound,
    Expression,
    FunctionOf,
    FunctionSet,
    Literal,
    Name,
    Quantified,
    Statement,
)
from conform.languages.markdown.formal.traversal import Node, indexings, rewritten, walk

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def range_by_use(
    name: str, lines: Sequence[FormalLine], variables: Sequence[FormalVariable]
) -> Expression | None:
    """Return the set that a parameter ranges over by its use; None where its use tells none."""
    domains = {variable.name: _domain_of(variable) for variable in variables}
    for line in lines:
        for function, argument in indexings(line.statements):
            if argument == name and (domain := domains.get(function)) is not None:
                return domain
    return _bounded(name, lines, {variable.name: variable for variable in variables})


class RangesByUse:
    """The sets of names that quantifiers of one document bind without one."""

    def __init__(self, variables: Sequence[FormalVariable], sets: Mapping[str, str]) -> None:
        self._domains = {variable.name: _domain_of(variable) for variable in variables}
        self._sets = sets

    def in_statements(self, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        """Return statements with the sets of such names, where they are known."""
        return tuple(rewritten(each, self._turned) for each in statements)

    def _turned(self, node: Node) -> Node:
        if not isinstance(node, Quantified) or not any(map(_is_open, node.bounds)):
            return node
        return replace(node, bounds=tuple(self._bound(each, node.body) for each in node.bounds))

    def _bound(self, bound: Bound, body: Expression) -> Bound:
        if not _is_open(bound):
            return bound
        name = bound.names[0]
        used = [self._domains.get(each) for each, index in indexings([body]) if index == name]
        if domain := next(filter(None, used), None):
            return replace(bound, domain=domain)
        given = self._sets.get(name) or self._sets.get(name.rstrip("0123456789"))
        return replace(bound, domain=Name(bound.span, given)) if given else bound


def _is_open(bound: Bound) -> bool:
    """Say whether a name is bound without a set."""
    return bound.domain == Name(bound.span, f"range of {bound.names[0]}")


def _domain_of(variable: FormalVariable) -> Expression | None:
    """Return the domain that the type, or else the initial value, of a variable gives it."""
    match variable.type_set, variable.initial:
        case FunctionSet(domain=domain), _:
            return domain
        case _, FunctionOf(bounds=(Bound(names=(_,), domain=domain),)):
            return domain
        case _:
            return None


def _bounded(
    name: str, lines: Iterable[FormalLine], variables: Mapping[str, FormalVariable]
) -> Expression | None:
    lower: Expression | None = None
    upper: Expression | None = None
    for formula in _conjuncts(f for line in lines for f in formulas_of(line.statements)):
        match formula:
            case Binary(operator="\\in", left=Name(name=found), right=right) if found == name:
                if not _mentions(right, variables):
                    return right
            case Binary(operator=operator) if operator in _MIRRORED:
                sign, bound = _comparison(formula, name)
                if sign in (">", ">="):
                    lower = lower or bound
                elif sign in ("<", "<="):
                    upper = upper or bound
            case _:
                pass
    least, greatest = _end(lower, variables, 0), _end(upper, variables, 1)
    if least is None or greatest is None:
        return None
    return Binary(least.span.through(greatest.span), "..", least, greatest)


def _conjuncts(formulas: Iterable[Expression]) -> Iterator[Expression]:
    for formula in formulas:
        match formula:
            case Binary(operator="/\\", left=left, right=right):
                yield from _conjuncts((left, right))
            case _:
                yield formula


def _comparison(formula: Binary, name: str) -> tuple[str, Expression | None]:
    """Return how a parameter compares, and with what; an empty sign for other comparisons."""
    match formula.left, formula.right:
        case Name(name=found), other if found == name:
            return formula.operator, other
        case other, Name(name=found) if found == name:
            return _MIRRORED[formula.operator], other
        case _:
            return "", None


def _end(
    bound: Expression | None, variables: Mapping[str, FormalVariable], side: int
) -> Expression | None:
    """Return a bound that is the same in every state: that of a variable's type, or its own."""
    match bound:
        case Name(name=name) if name in variables:
            match variables[name].type_set:
                case Binary(operator="..", left=left, right=right):
                    return (left, right)[side]
                case _:
                    return None
        case Binary(span=span, operator="+" | "-" as operator, left=left, right=right):
            least = _end(left, variables, side)
            other = _end(right, variables, side if operator == "+" else 1 - side)
            return Binary(span, operator, least, other) if least and other else None
        case None:
            return None
        case Literal() | Name():
            return bound
        case _:
            return None if _mentions(bound, variables) else bound


def _mentions(node: Expression, variables: Mapping[str, FormalVariable]) -> bool:
    return any(isinstance(each, Name) and each.name in variables for each in walk(node))
