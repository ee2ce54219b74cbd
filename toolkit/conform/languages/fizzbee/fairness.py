"""The fairness of a FizzBee model as conditions of the domain.

FizzBee keeps a level of fairness for each link by name: a global action, an action of one role
instance, a live thread (always strong), a choice with `fair`. A behaviour that goes round a cycle
is fair if every strongly fair name that could be taken from the cycle is taken in it, and no weakly
fair one is on offer all along and never taken (modelchecker/markovchain.go, isFairCycle). Staying
in a state for ever is fair where no fair link leaves it. Both are what the domain's conditions say
of steps that change the state, but for links that lead back to where they begin: these are taken by
staying. So a condition is due only where the action cannot come back (`CanStep`), and for strong
fairness, leaving a state where it can counts as having taken it (`IsStep`).

The search behind it (explore.liveness) decides fair cycles by strongly connected components, and so
finds those that FizzBee's search, which is bounded, may miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conform.domain.model import (
    ActionSteps,
    Always,
    FairnessCondition,
    FairnessKind,
    PropertyKind,
    Slots,
    StepAtom,
    Temporal,
    Unchecked,
)
from conform.domain.values import Bindings
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.execution.code import AnyBlock, AnyValue
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.layout import Layout
from conform.languages.fizzbee.predicates import CanStep, IsNoFault, IsStep
from conform.languages.fizzbee.steps import StepKind, Steps
from conform.languages.fizzbee.walking import descendants
from conform.text import Span


class FairnessMaker:
    """Makes the conditions of one model from its instances."""

    def __init__(
        self, module: syntax.Module, instances: Sequence[FizzInstance], layout: Layout, steps: Steps
    ) -> None:
        self._module = module
        self._instances = instances
        self._layout = layout
        self._steps = steps

    def conditions(self) -> tuple[FairnessCondition, ...]:
        """Return one condition for each link that is fair."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterable[FairnessCondition]:
        for group in self._by_link():
            first = group[0]
            if first.link.kind is StepKind.RESUME:
                yield self._condition(FairnessKind.STRONG, first.link.name, (), group)
                continue
            routine = first.link.routine
            if routine is None or routine.fairness is None:
                continue
            yield self._condition(routine.fairness, first.link.name, (), group)
            yield from self._of_choices(routine.fairness, group)

    def _by_link(self) -> list[list[FizzInstance]]:
        found: dict[str, list[FizzInstance]] = {}
        for one in self._instances:
            found.setdefault(one.link.name, []).append(one)
        return list(found.values())

    def _of_choices(
        self, action: FairnessKind, group: Sequence[FizzInstance]
    ) -> Iterable[FairnessCondition]:
        """Yield a condition for each combination of values of the choices that are fair.

        It is strong only if both the action and all these choices are.
        """
        leading = group[0].link.leading
        fair = [place for place, choice in enumerate(leading) if _level(choice) is not None]
        if not fair:
            return
        levels = {action, *(_level(leading[place]) for place in fair)}
        kind = FairnessKind.WEAK if FairnessKind.WEAK in levels else FairnessKind.STRONG
        parts: dict[tuple[int, ...], list[FizzInstance]] = {}
        for one in group:
            parts.setdefault(tuple(one.code.given[place] for place in fair), []).append(one)
        for part in parts.values():
            parameters = part[0].instance.parameters
            chosen = parameters[len(parameters) - len(leading) :]
            values = tuple(chosen[place] for place in fair)
            yield self._condition(kind, part[0].link.name, values, part)

    def _condition(
        self, kind: FairnessKind, action: str, parameters: Bindings, group: Sequence[FizzInstance]
    ) -> FairnessCondition:
        span: Span = group[0].instance.span
        reads = _union(one.instance.reads for one in group)
        touched = reads | _union(one.instance.writes for one in group)
        steps = None
        is_strong = kind is FairnessKind.STRONG
        if len(group) == 1 and group[0].link.is_deterministic and not is_strong:
            numbers = frozenset({group[0].instance.number})
            steps = ActionSteps(numbers, self._layout.everything)
        return FairnessCondition(
            kind,
            action,
            parameters,
            span,
            CanStep(f"{action} can be taken", span, touched, group, self._steps),
            IsStep(
                f"{action} is taken",
                span,
                self._layout.everything,
                group,
                self._steps,
                counts_staying=is_strong,
            ),
            steps,
        )

    def assumptions(self) -> tuple[Temporal, ...]:
        """Return what behaviours are looked at: those without crashes, as FizzBee does it."""
        others = [one for one in self._instances if one.link.kind is not StepKind.CRASH]
        if len(others) == len(self._instances):
            return ()
        span = self._module.span
        step = IsNoFault("no crash", span, self._layout.everything, others, self._steps)
        return (Always(StepAtom(step)),)

    def unchecked(self, names: Iterable[tuple[str, Span]]) -> list[Unchecked]:
        """Return why the liveness properties `names` cannot be checked under some fair choices."""
        reason = _fair_choice_inside(self._module, self._instances)
        if not reason:
            return []
        return [Unchecked(name, PropertyKind.LIVENESS, reason, span) for name, span in names]


def _level(choice: AnyBlock | AnyValue) -> FairnessKind | None:
    return choice.fairness if isinstance(choice, AnyValue) else None


def _union(slots: Iterable[Slots | None]) -> Slots:
    return frozenset().union(*(each or frozenset() for each in slots))


def _fair_choice_inside(module: syntax.Module, instances: Sequence[FizzInstance]) -> str:
    """Return why a fair choice is not one of an action's instances; empty if there is none."""
    leading = {
        choice.span
        for one in instances
        for choice in one.link.leading
        if one.link.routine is not None and one.link.routine.fairness is not None
    }
    for part in descendants(module):
        is_fair = isinstance(part, syntax.ChoiceAssignment) and part.fairness is not None
        if is_fair and part.span not in leading:
            return (
                f"the fair choice in line {part.span.line} is not at the beginning of a fair"
                " action, from a collection of constants: its fairness is not treated"
            )
    return ""
