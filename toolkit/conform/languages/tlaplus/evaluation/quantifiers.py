"""Quantifiers and CHOOSE: elements are tried in canonical order, until one decides."""

from __future__ import annotations

from typing import Any

from conform.domain.values import sequence
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bounds import Binder
from conform.languages.tlaplus.evaluation.dispatch import Code, Context, Dispatcher
from conform.languages.tlaplus.evaluation.failing import fail, failing
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.recorded_sets import Tried


def quantified(compiler: Dispatcher, node: syntax.Quantified, context: Context) -> Code:
    """Return the code of `\\A` or `\\E` over sets."""
    is_universal = node.quantifier == "\\A"
    binder = Binder(compiler, node.bounds, context, node.body, universal=is_universal)
    body = boolean(compiler, node.body, binder.inner, node.quantifier)
    environments = binder.environments
    if is_universal:

        def for_all(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
            found = environments(s, t, e)
            if type(found) is Tried:
                return not any(found.satisfying(lambda environment: not body(s, t, environment)))
            for environment in found:
                if not body(s, t, environment):
                    return False
            return True

        return for_all

    def exists(s: Any, t: Any, e: tuple[Any, ...]) -> bool:
        found = environments(s, t, e)
        if type(found) is Tried:
            return any(found.satisfying(lambda environment: body(s, t, environment)))
        for environment in found:
            if body(s, t, environment):
                return True
        return False

    return exists


def unbounded(_: Dispatcher, node: syntax.UnboundedQuantified, __: Context) -> Code:
    """Return code that fails as TLC does, when it comes to a quantifier without a set."""
    return failing(
        node.span,
        "a quantifier without a set has no value to compute",
        "say what its names range over: \\E x \\in S : ...",
    )


def choose(compiler: Dispatcher, node: syntax.Choose, context: Context) -> Code:
    """Return the code of CHOOSE over a set: the first element that satisfies the predicate."""
    if node.domain is None:
        return failing(
            node.span,
            "an unbounded CHOOSE has no value to compute",
            "replace the operator in the configuration, as in `Name <- Other` or `Name = v`",
        )
    bound = syntax.Bound(node.span, node.names, node.is_tuple, node.domain)
    binder = Binder(compiler, (bound,), context, node.body)
    body = boolean(compiler, node.body, binder.inner, "CHOOSE")
    depth = context.depth
    span = node.span
    is_tuple = node.is_tuple

    def chosen(s: Any, t: Any, e: tuple[Any, ...]) -> Any:
        found = binder.environments(s, t, e)
        if type(found) is Tried:
            found = found.satisfying(lambda environment: body(s, t, environment))
        for environment in found:
            if body(s, t, environment):
                values = environment[depth:]
                return sequence(values) if is_tuple else values[0]
        fail(span, "CHOOSE has no element to choose: none satisfies the predicate")

    return chosen
