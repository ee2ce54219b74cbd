"""Fragments of Python source with what is needed to put them together: precedence, type, totality.

A fragment is one line. It is total when its evaluation cannot fail; only what is total may be
evaluated where TLA+ would not look at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.tlaplus.translation.types import BOOLEAN, Type, join

LAMBDA, CONDITIONAL, OR, AND, NOT, COMPARISON, UNION, XOR, INTERSECTION = range(9)
SUM, PRODUCT, SIGN, POWER, ATOM = range(9, 14)
"""Precedences of Python, loosest first."""


class Fragment(Struct, frozen=True):
    """An expression; `negation` is the text of its negation where that is more than `not`."""

    text: str
    type: Type
    precedence: int = ATOM
    is_total: bool = True
    negation: str = ""
    negation_precedence: int = COMPARISON
    domain: str = ""
    """For a bound name: the TLA+ text of the set that it ranges over."""

    def at(self, precedence: int) -> str:
        """Return the text as an operand of something that binds as tightly as `precedence`."""
        return self.text if self.precedence >= precedence else f"({self.text})"

    def of_type(self, kind: Type) -> Fragment:
        """Return the same fragment under another type."""
        return replace(self, type=kind)


def all_total(parts: Sequence[Fragment]) -> bool:
    """Whether every one of `parts` is total."""
    return all(part.is_total for part in parts)


def binary(operator: str, precedence: int, left: Fragment, right: Fragment, of: Type) -> Fragment:
    """Return `left operator right`, left-associative."""
    text = f"{left.at(precedence)} {operator} {right.at(precedence + 1)}"
    return Fragment(text, of, precedence, left.is_total and right.is_total)


_OPPOSITES = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
    "in": "not in", "not in": "in",
}  # fmt: skip
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def comparison(
    operator: str, left: Fragment, right: Fragment, *, is_ordered: bool = True
) -> Fragment:
    """Return `left operator right`; a literal on the left changes sides.

    `is_ordered` False: the operator is a partial order, whose negation is not the opposite one.
    """
    if operator in _MIRRORED and _is_literal(left.text) and not _is_literal(right.text):
        left, right, operator = right, left, _MIRRORED[operator]
    one, two = left.at(COMPARISON + 1), right.at(COMPARISON + 1)
    opposite = _OPPOSITES.get(operator) if is_ordered else None
    negation = f"{one} {opposite} {two}" if opposite else ""
    total = left.is_total and right.is_total
    return Fragment(f"{one} {operator} {two}", BOOLEAN, COMPARISON, total, negation)


def _is_literal(text: str) -> bool:
    return text.lstrip("-").isdigit() or text[:1] in "\"'" or text in ("True", "False")


def negated(of: Fragment) -> Fragment:
    """Return the negation."""
    if of.negation:
        return replace(
            of,
            text=of.negation,
            precedence=of.negation_precedence,
            negation=of.text,
            negation_precedence=of.precedence,
        )
    text = f"not {of.at(NOT)}"
    return Fragment(text, BOOLEAN, NOT, of.is_total, of.text, of.precedence)


TRUE = Fragment("True", BOOLEAN, negation="False", negation_precedence=ATOM)
FALSE = negated(TRUE)


def conjunction(items: Sequence[Fragment]) -> Fragment:
    """Return the conjunction; TRUE for none."""
    return _chain("and", AND, TRUE, items)


def disjunction(items: Sequence[Fragment]) -> Fragment:
    """Return the disjunction; FALSE for none."""
    return _chain("or", OR, FALSE, items)


def _chain(word: str, precedence: int, neutral: Fragment, items: Sequence[Fragment]) -> Fragment:
    left = [item for item in items if item.text != neutral.text]
    if not left:
        return neutral
    if len(left) == 1:
        return left[0]
    # An `and` inside an `or` has parentheses, as ruff's RUF021 asks for.
    inner = AND + 1 if precedence == OR else AND
    texts = [item.text if item.precedence == precedence else item.at(inner) for item in left]
    return Fragment(f" {word} ".join(texts), BOOLEAN, precedence, all_total(left))


def implication(left: Fragment, right: Fragment) -> Fragment:
    """Return `left => right`."""
    return disjunction([negated(left), right])


def conditional(condition: Fragment, then: Fragment, otherwise: Fragment) -> Fragment:
    """Return `then if condition else otherwise`."""
    text = (
        f"{then.at(CONDITIONAL + 1)} if {condition.at(CONDITIONAL + 1)} "
        f"else {otherwise.at(CONDITIONAL)}"
    )
    total = all_total([condition, then, otherwise])
    return Fragment(text, join(then.type, otherwise.type), CONDITIONAL, total)


def call(function: str, arguments: Sequence[Fragment], of: Type, *, is_total: bool) -> Fragment:
    """Return a call; it is total only if its arguments are too."""
    text = f"{function}({', '.join(argument.text for argument in arguments)})"
    return Fragment(text, of, ATOM, is_total and all_total(arguments))
