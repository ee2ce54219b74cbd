"""An assertion that cannot say what it seems to.

What it means
    The body of an assertion is run on a copy of the state. One that returns no value is false in
    every state: what is compared in a line of its own goes nowhere. And one that assigns to a
    state variable asks about the value that it has just given, not about the one that the actions
    left there.

Example
    always assertion Small:
        count = 0
        return count < 3

What to do
    Begin the comparison with `return`, and write `==` where `=` stands for it. A value that the
    assertion needs for itself goes into a name that is no state variable.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from conform.domain.finding import Code, Finding, Severity
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.specification import Specification
from conform.languages.fizzbee.syntax_expressions import Name
from conform.languages.fizzbee.walking import descendants
from conform.text import Span

CODE = Code("CF377", "assertion that returns nothing or changes the state", Severity.WARNING)


def idle_assertions(specification: Specification, variables: Container[str]) -> Iterator[Finding]:
    """Yield a warning for each assertion without a value, and each that assigns to `variables`."""
    for assertion in specification.module.assertions:
        name, parts = assertion.name.name, list(descendants(assertion.body))
        if not any(isinstance(part, tree.Return) and part.value is not None for part in parts):
            yield _found(
                specification,
                assertion.name.span,
                f"{name} returns no value, and so is false in every state",
                "write `return` before what is to hold",
            )
        for target in (part.target for part in parts if isinstance(part, _ASSIGNING)):
            if isinstance(target, Name) and target.name in variables:
                yield _found(
                    specification,
                    target.span,
                    f"{name} assigns to {target.name}, and asks about its own value of it",
                    "write `==` to compare, or assign to another name",
                )


_ASSIGNING = (tree.Assign, tree.AugmentedAssign, tree.ChoiceAssignment)


def _found(specification: Specification, span: Span, message: str, hint: str) -> Finding:
    return CODE.finding(message, span, excerpt=specification.excerpt(span), hint=hint)
