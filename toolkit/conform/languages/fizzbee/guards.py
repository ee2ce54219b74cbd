"""What must hold for an action to begin, asked before anything of it is run.

Most actions are not enabled in most states. Their first requirements only read the state, and so
they are evaluated on objects that are kept from state to state, without a run of the action.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from conform.domain.states import State
from conform.errors import EvaluationError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.evaluation.conversions import truth
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.scopes import Code, Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.code import (
    AnyBlock,
    AnyValue,
    BlockCode,
    Choose,
    Demand,
    Routine,
)
from conform.languages.fizzbee.execution.code import Guard as Condition
from conform.languages.fizzbee.footprints import Footprints
from conform.languages.fizzbee.layout import Layout
from conform.languages.fizzbee.syntax import Flow
from conform.languages.fizzbee.syntax_expressions import Expression, Name


class Guard(Struct, frozen=True, eq=False):
    """The first requirements of an action instance, `names` being what it has chosen before.

    `statements` are the identities of those that need not be tested again where all are met.
    """

    names: dict[str, Datum]
    tests: tuple[Code, ...]
    statements: frozenset[int]

    def holds(self, layout: Layout, state: State) -> bool | None:
        """Return whether all requirements are met in a state; None where one has no value."""
        scope = Scope(dict(self.names), layout.reading(state))
        try:
            return all(truth(test(scope)) for test in self.tests)
        except (FaultError, EvaluationError):
            return None  # the run of the action meets it again, and tells


class GuardFinder:
    """Finds the guards of the actions of one file; `variables` are those of the state."""

    def __init__(self, footprints: Footprints, variables: Iterable[str]) -> None:
        self._footprints = footprints
        self._variables = frozenset(variables)

    def guard(self, node: syntax.Action, routine: Routine, chosen: Sequence[Datum]) -> Guard | None:
        """Return the guard of an instance, None without one; `chosen` is in order of the choices.

        `routine` is the code of the action.
        """
        beginning = _Beginning(self._footprints, self._variables, list(chosen))
        beginning.follow(node.body, routine.body, node.body.flow or node.flow, is_end=True)
        if not beginning.tests:
            return None
        tested = frozenset(map(id, beginning.statements))
        return Guard(beginning.names, tuple(beginning.tests), tested)


class _Beginning:
    """Gathers the tests at the beginning of an action, up to what could change anything."""

    def __init__(
        self, footprints: Footprints, variables: frozenset[str], chosen: list[Datum]
    ) -> None:
        self.names: dict[str, Datum] = {}
        self.tests: list[Code] = []
        self.statements: list[Demand | Choose] = []
        self._footprints = footprints
        self._variables = variables
        self._chosen = chosen
        self._counts = False

    def follow(self, body: syntax.Block, block: BlockCode, flow: Flow, *, is_end: bool) -> None:
        """Go through a block and those that it begins with; nothing comes after it at its end."""
        flow = body.flow or flow
        if flow not in (Flow.ATOMIC, Flow.SERIAL):
            return
        pairs = list(zip(body.statements, block.statements, strict=True))
        for place, (node, code) in enumerate(pairs):
            is_last = is_end and place == len(pairs) - 1
            match node, code:
                case syntax.Require(condition=condition), Demand():
                    if not self._test(condition, code.condition):
                        return
                    self.statements.append(code)
                case syntax.ChoiceAssignment(), AnyValue():
                    if not self._assign(node, code) or flow is Flow.SERIAL:
                        return
                case syntax.ChoiceBlock(), AnyBlock() if self._chosen:
                    self.names[code.variable] = self._chosen.pop(0)
                    self.follow(node.body, code.block, flow, is_end=is_last)
                    return
                case syntax.If(branches=(branch,), otherwise=None), Choose() if is_last:
                    ((condition_code, inner),) = code.branches
                    if not self._counts and self._test(branch.condition, condition_code):
                        self.statements.append(code)
                        self.follow(branch.body, inner, flow, is_end=True)
                    return
                case _:
                    return

    def _assign(self, node: syntax.ChoiceAssignment, code: AnyValue) -> bool:
        """Note what a choice assigns; return whether it is known and a local variable."""
        if not self._chosen or not isinstance(node.target, Name):
            return False
        if node.target.name in self._variables:
            return False
        self._counts = True
        self.names[node.target.name] = self._chosen.pop(0)
        if node.condition is None or code.condition is None:
            return True
        return self._test(node.condition, code.condition)

    def _test(self, node: Expression, condition: Condition) -> bool:
        """Add the tests of a condition; return whether it leaves everything as it is."""
        if not self._footprints.is_reading(node):
            return False
        self.tests.extend(code for _, code in condition)
        return True
