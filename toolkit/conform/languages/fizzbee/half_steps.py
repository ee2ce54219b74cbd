"""The half-done states that FizzBee compares inside one step: those at its choices.

FizzBee forks at each choice, and a transition assertion compares each fork with the one before it.
So a step from `b` to `a` that chooses twice, in the states `m` and `n`, is asked about as `b` to
`m`, `m` to `n` and `n` to `a`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct, field

from conform.domain.states import Slots, State
from conform.domain.values import Value
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.predicates import TransitionPredicate, same
from conform.languages.fizzbee.steps import Steps
from conform.languages.fizzbee.syntax_expressions import Expression, Name, Node
from conform.languages.fizzbee.walking import chooses, descendants, is_choice
from conform.text import Span


class HalfSteps:
    """What the steps of some instances pass between their beginning and their end."""

    def __init__(self, steps: Steps, ways: Sequence[FizzInstance]) -> None:
        self._steps = steps
        self._ways = ways
        self._last: tuple[State, list[tuple[State, ...]]] | None = None

    def pairs(self, before: State, after: State) -> list[tuple[State, State]]:
        """Return what is compared inside the steps from `before` to `after` that choose."""
        return [
            pair
            for stages in self._stages(before)
            if len(stages) > 2 and same(stages[-1], after)
            for pair in pairwise(stages)
        ]

    def _stages(self, before: State) -> list[tuple[State, ...]]:
        """Return the stages of all steps from a state; those of the last state are kept."""
        if self._last is None or not same(self._last[0], before):
            found = [each for way in self._ways for each in self._steps.stages(way.code, before)]
            self._last = (before, found)
        return self._last[1]


class HalfStepPredicate(Struct, frozen=True, eq=False):
    """A transition assertion over the half-done steps inside a step.

    Where no choice comes late, all of them but the last stay in the state that the step began in.
    What the assertion says of staying is kept in `standing`, by what it reads.
    """

    transition: TransitionPredicate
    halves: HalfSteps
    is_late: bool
    reads: Slots | None
    standing: dict[tuple[tuple[bool, Value], ...], bool] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The assertion's name."""
        return self.transition.name

    @property
    def span(self) -> Span:
        """Where the assertion is declared."""
        return self.transition.span

    def holds(self, before: State, after: State) -> bool:
        """Return whether the assertion holds between the stages of each step to `after`."""
        transition = self.transition
        if not self.is_late and self._holds_standing(before):
            return True
        return all(transition.holds(*pair) for pair in self.halves.pairs(before, after))

    def _holds_standing(self, state: State) -> bool:
        read = (state[place] for place in sorted(self.transition.reads))
        key = tuple([(type(value) is bool, value) for value in read])
        known = self.standing.get(key)
        if known is None:
            known = self.standing[key] = self.transition.holds(state, state)
        return known


def chooses_late(module: tree.Module, variables: Iterable[str]) -> bool:
    """Whether an action or `func` of a file may choose after something it did to the state.

    Where none does, the states at the choices of a step are the one that it began in.
    """
    routines: list[tree.Action | tree.Function] = [*module.actions, *module.functions]
    for role in module.roles:
        routines += [*role.actions, *role.functions]
    choosing = {each.name.name for each in routines if chooses(each.body)}
    state = frozenset(variables)
    return any(
        _chooses_among_loops(routine.body) or _Order(state, choosing).is_late(routine.body)
        for routine in routines
    )


def _chooses_among_loops(body: Node) -> bool:
    """Whether there are loops, and blocks whose choice of a statement those inside inherit."""
    found = list(descendants(body))
    is_free = any(isinstance(node, tree.Block | tree.For) and is_choice(node) for node in found)
    return is_free and any(isinstance(node, tree.For | tree.While) for node in found)


class _Order:
    """Goes through a routine in the order in which its statements may run."""

    def __init__(self, state: frozenset[str], choosing: set[str]) -> None:
        self._state = state
        self._choosing = choosing
        self._has_effect = False

    def is_late(self, node: Node) -> bool:
        """Whether something is chosen after an effect, in a node or what came before it."""
        if self._has_effect and (is_choice(node) or self._calls_choosing(node)):
            return True
        rounds = 2 if _repeats(node) else 1
        for _ in range(rounds):
            if any(self.is_late(child) for child in _statements(node)):
                return True
        self._has_effect = self._has_effect or self._is_effect(node)
        return False

    def _calls_choosing(self, node: Node) -> bool:
        return isinstance(node, tree.CallStatement) and node.function in self._choosing

    def _is_effect(self, node: Node) -> bool:
        match node:
            case (
                tree.Assign(target=Name(name=name)) | tree.ChoiceAssignment(target=Name(name=name))
            ):
                return name in self._state
            case tree.Assign() | tree.AugmentedAssign() | tree.ChoiceAssignment():
                return True
            case tree.CallStatement() | tree.ExpressionStatement():
                return True
            case _:
                return False


def _repeats(node: Node) -> bool:
    """Whether what is below a node may run again, or in any order."""
    if isinstance(node, tree.Block):
        return node.flow is tree.Flow.PARALLEL
    return isinstance(node, tree.For | tree.While)


def _statements(node: Node) -> Sequence[Node]:
    return [child for child in children(node) if not isinstance(child, Expression)]
