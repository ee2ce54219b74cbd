"""What can be assigned to: an expression left of `=`, or after `for`, read as a target."""

from __future__ import annotations

from conform.languages.fizzbee import syntax_expressions as tree
from conform.parsing.tokens import ReadingError

_KINDS: dict[type[tree.Expression], str] = {
    tree.Call: "the result of a call",
    tree.Comparison: "a comparison",
    tree.Slice: "a slice",
    tree.String: "a string",
    tree.Integer: "a number",
    tree.Float: "a number",
    tree.NoneValue: "None",
}


def target_of(expression: tree.Expression) -> tree.Target:
    """Return the target that an expression is, or raise ReadingError where it is none."""
    match expression:
        case tree.Name() | tree.Attribute() | tree.Index():
            return expression
        case tree.TupleDisplay(elements=elements) | tree.ListDisplay(elements=elements) if elements:
            return tree.TargetTuple(expression.span, tuple(map(target_of, elements)))
    raise _no_target(expression)


def single_target(
    expression: tree.Expression, what: str
) -> tree.Name | tree.Attribute | tree.Index:
    """Return the one place that an expression is; `what` is what needs a single one."""
    target = target_of(expression)
    if isinstance(target, tree.TargetTuple):
        raise ReadingError(
            f"{what} assigns to one variable", expression.span, hint="take the value apart after it"
        )
    return target


def single_name(target: tree.Target, what: str) -> tree.Name:
    """Return the one name that a target is; `what` is what needs it."""
    if isinstance(target, tree.Name):
        return target
    hint = "take the element apart in the first statement of the block"
    if isinstance(target, tree.TargetTuple):
        raise ReadingError(f"{what} has one variable", target.span, hint=hint)
    raise ReadingError(f"the variable of {what} is a name", target.span, hint=hint)


def _no_target(expression: tree.Expression) -> ReadingError:
    what = _KINDS.get(type(expression), "an expression")
    if isinstance(expression, tree.Boolean):
        what = str(expression.value)
    hint = "equality is written `==`" if isinstance(expression, tree.Comparison) else ""
    return ReadingError(
        f"{what} cannot be assigned to",
        expression.span,
        expected="a name, an attribute, an index, or several of them with commas between",
        hint=hint,
    )
