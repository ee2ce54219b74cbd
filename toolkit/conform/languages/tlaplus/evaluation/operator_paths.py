"""Paths that are passed as operators: `A!@` of `A == \\A m \\in S : P(m)` is LAMBDA m : A!(m).

Such a path has no arguments. Its parameters are those of the instances, the operator and the labels
on it, and for each `!@` the names bound there, in the order of the path, as in SANY.
"""

from __future__ import annotations

from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import language_operator
from conform.languages.tlaplus.evaluation.instances import members
from conform.languages.tlaplus.evaluation.scope import Definition, Instance, Scope
from conform.languages.tlaplus.evaluation.subexpressions import filled
from conform.text import Span


def passed_operator(node: syntax.Expression, scope: Scope, depth: int) -> syntax.Expression:
    """Return an argument as a LAMBDA if it is an operator that no other node stands for.

    That is an operator of the language, or a path with parameters of its own. Raises
    UnsupportedError for a path with parameters that are operators themselves.
    """
    if isinstance(node, syntax.Path):
        return operator_path(node, scope, depth) or node
    return language_operator(node) or node


def operator_path(node: syntax.Path, scope: Scope, depth: int) -> syntax.Lambda | None:
    """Return a path that stands for an operator as a LAMBDA, None for other paths.

    A path to an operator of instances without parameters is none: it needs no LAMBDA.
    """
    if any(segment.arguments for segment in node.segments):
        return None
    values = _Values(node.span)
    segment, *rest = node.segments
    binding = scope.find(segment.name)
    done: list[syntax.Segment] = []
    while isinstance(binding, Instance) and rest:
        done.append(values.given_to(segment, binding.unit.parameters))
        given = members(binding, done[-1].arguments, scope, depth)
        segment = rest.pop(0)
        binding = given.get(segment.name)
    if not isinstance(binding, Definition) or not (rest or values.names):
        return None
    done.append(values.given_to(segment, binding.parameters))
    done.extend(filled(binding.body, tuple(rest), values.more))
    if not values.names:
        return None
    return syntax.Lambda(node.span, tuple(values.names), syntax.Path(node.span, tuple(done)))


class _Values:
    """The parameters of the LAMBDA: names that no text can have."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.names: list[syntax.Identifier] = []

    def given_to(
        self, segment: syntax.Segment, parameters: tuple[syntax.Declaration, ...]
    ) -> syntax.Segment:
        """Return a segment with a value for each of its parameters."""
        if any(parameter.arity for parameter in parameters):
            raise UnsupportedError(
                f"`{segment.name}` is passed on with parameters that are operators",
                span=segment.span,
                hint="write a LAMBDA",
            )
        return syntax.Segment(segment.span, segment.name, self.more(len(parameters)))

    def more(self, count: int) -> tuple[syntax.Expression, ...]:
        """Return as many new parameters as are wanted."""
        names = [f" value {len(self.names) + each}" for each in range(count)]
        self.names.extend(syntax.Identifier(self.span, name) for name in names)
        return tuple(syntax.Name(self.span, name) for name in names)
