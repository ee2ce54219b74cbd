"""What a fair choice can be from in any state, for a condition on each value."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.states import State
from conform.domain.values import Value
from conform.errors import ConformError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.encoding import Typed, TypedSet
from conform.languages.fizzbee.evaluation.builtins import BUILTINS
from conform.languages.fizzbee.evaluation.conversions import elements_of
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    is_member,
    key_of,
)
from conform.languages.fizzbee.execution.code import AnyValue, Program
from conform.languages.fizzbee.instances import constant_elements
from conform.languages.fizzbee.layout import Layout
from conform.languages.fizzbee.steps import Steps
from conform.languages.fizzbee.syntax_expressions import (
    Call,
    Comparison,
    Expression,
    ForClause,
    Identifier,
    IfClause,
    Index,
    ListComprehension,
    Name,
    Node,
    Parameter,
    Positional,
)
from conform.languages.fizzbee.walking import descendants

MAX_STATES = 64
"""Initial states looked at for the values of variables that never change."""

_READING = ("len", "list", "set", "tuple", "range", "enumerate", "min", "max", "any", "all", "sum")
"""Builtins that leave the collection they are given as it is, and do not hold on to it."""


class FairCandidates:
    """The candidates of the choices of one model.

    A candidate that no state offers does no harm: nothing is due to it. So those are enough that a
    filter lets through or not, and of a variable that never changes those of its first values.
    """

    def __init__(
        self, module: syntax.Module, program: Program, layout: Layout, steps: Steps
    ) -> None:
        self._module = module
        self._program = program
        self._layout = layout
        self._steps = steps
        self._known: dict[int, list[Datum]] = {}
        self._initial: list[State] | None = None

    def of(self, choice: AnyValue) -> list[Datum]:
        """Return all values that a choice can be from, each once; empty where they are not told."""
        known = self._known.get(id(choice))
        if known is None:
            known = constant_elements(choice, set(self._program.variables))
            known = self._known[id(choice)] = known or self._of(_unfiltered(choice.domain_node))
        return known

    def _of(self, domain: Expression) -> list[Datum]:
        names = {part.name for part in descendants(domain) if isinstance(part, Name)}
        variables = names & set(self._program.variables)
        if names - variables - self._program.constants.keys() - BUILTINS.keys():
            return []
        if not all(map(self._is_kept, variables)):
            return []
        found: list[Datum] = []
        try:
            for state in self._initial_states():
                if any(_is_shared(state[self._layout.places[name]]) for name in variables):
                    return []
                for value in self._elements(domain, state):
                    key_of(value)  # what can be a key is what nothing changes
                    if not is_member(value, found):
                        found.append(value)
        except (FaultError, ConformError):
            return []
        return found

    def _initial_states(self) -> list[State]:
        if self._initial is None:
            self._initial = []
            for state in self._steps.initial_states():
                self._initial.append(state)
                if len(self._initial) > MAX_STATES:
                    raise FaultError("too many initial states to look at")
        return self._initial

    def _elements(self, domain: Expression, state: State) -> list[Datum]:
        span = domain.span
        block = syntax.Block(span, None, (syntax.Return(span, domain),))
        kind = syntax.AssertionKind.ALWAYS
        name = Identifier(span, "candidates")
        routine = self._program.compile_assertion(syntax.Assertion(span, kind, name, (), block))
        return elements_of(self._steps.evaluate(routine, self._layout.decode(state), {}))

    def _is_kept(self, variable: str) -> bool:
        """Whether all that is done with a variable after Init is to read it where it stands."""
        return all(
            is_reading
            for member in self._module.members
            if member is not self._module.init
            for name, is_reading in _uses(member)
            if name == variable
        )


def _unfiltered(domain: Expression) -> Expression:
    """Return what the elements of a filter are taken from."""
    match domain:
        case ListComprehension(
            element=Name(name=element),
            clauses=(ForClause(target=Name(name=target), iterable=iterable), *conditions),
        ) if element == target and all(isinstance(each, IfClause) for each in conditions):
            return _unfiltered(iterable)
    return domain


def _uses(node: Node) -> Iterator[tuple[str, bool]]:
    """Yield the names below a node, and whether the use neither changes nor hands on the object."""
    if isinstance(node, Parameter):
        yield node.name, False
    reading = _reading_places(node)
    for child in children(node):
        if isinstance(child, Name):
            yield child.name, any(child is place for place in reading)
        else:
            yield from _uses(child)


def _reading_places(node: Node) -> list[Node]:
    match node:
        case syntax.For(iterable=place) | ForClause(iterable=place) | Index(value=place):
            return [place]
        case syntax.ChoiceBlock(domain=place) | syntax.ChoiceAssignment(domain=place):
            return [place]
        case Comparison(left=left, right=right):
            return [left, right]
        case Call(function=Name(name=name), arguments=arguments) if name in _READING:
            return [each.value for each in arguments if isinstance(each, Positional)]
    return []


def _is_shared(value: Value) -> bool:
    return isinstance(value, Typed | TypedSet) and value.mark > 0
