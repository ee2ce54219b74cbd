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

from collections.abc import Iterable, Iterator, Sequence

from conform.domain.model import (
    ActionSteps,
    Always,
    Eventually,
    FairnessCondition,
    FairnessKind,
    Not,
    Or,
    PropertyKind,
    Slots,
    StepAtom,
    Temporal,
    Unchecked,
)
from conform.domain.values import Bindings
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.encoding import Encoder
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.code import AnyBlock, AnyValue, Program
from conform.languages.fizzbee.fair_candidates import FairCandidates
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.layout import Layout
from conform.languages.fizzbee.predicates import CanStep, IsNoFault, IsOffered, IsStep, Taking
from conform.languages.fizzbee.step_memory import StepMemory
from conform.languages.fizzbee.steps import StepKind
from conform.languages.fizzbee.syntax_expressions import Node
from conform.languages.fizzbee.walking import descendants
from conform.text import Span


class FairnessMaker:
    """Makes the conditions of one model from its instances."""

    def __init__(
        self,
        module: syntax.Module,
        program: Program,
        instances: Sequence[FizzInstance],
        layout: Layout,
        memory: StepMemory,
    ) -> None:
        self._module = module
        self._instances = instances
        self._everything = layout.everything
        self._memory = memory
        self._candidates = FairCandidates(module, program, layout, memory.steps)
        self._choices = [each for each in program.choices if each.fairness is not None]

    def conditions(self) -> tuple[FairnessCondition, ...]:
        """Return the conditions of each link that is fair, and of the fair choices on its way."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[FairnessCondition]:
        for group, level in self._by_link():
            if level is not None:
                name = group[0].link.name
                yield self._condition(level, name, (), Taking(group, self._memory))
                yield from self._of_leading_choices(level, group)
                yield from self._of_inner_choices(level, group)

    def _by_link(self) -> Iterator[tuple[list[FizzInstance], FairnessKind | None]]:
        """Yield the instances that are one link to FizzBee, with its level."""
        found: dict[str, list[FizzInstance]] = {}
        for one in self._instances:
            found.setdefault(one.link.name, []).append(one)
        for group in found.values():
            link = group[0].link
            if link.kind is StepKind.RESUME:
                yield group, FairnessKind.STRONG
            else:
                yield group, link.routine.fairness if link.routine else None

    def _of_leading_choices(
        self, action: FairnessKind, group: Sequence[FizzInstance]
    ) -> Iterator[FairnessCondition]:
        """Yield a condition for each combination of values of the first choices that are fair."""
        leading = group[0].link.leading
        fair = [place for place, choice in enumerate(leading) if _level(choice) is not None]
        if not fair:
            return
        kind = _weakest(action, *(_level(leading[place]) for place in fair))
        parts: dict[tuple[int, ...], list[FizzInstance]] = {}
        for one in group:
            parts.setdefault(tuple(one.code.given[place] for place in fair), []).append(one)
        for part in parts.values():
            parameters = part[0].instance.parameters
            chosen = parameters[len(parameters) - len(leading) :]
            values = tuple(chosen[place] for place in fair)
            yield self._condition(kind, part[0].link.name, values, Taking(part, self._memory))

    def _of_inner_choices(
        self, action: FairnessKind, group: Sequence[FizzInstance]
    ) -> Iterator[FairnessCondition]:
        """Yield a condition for each value of the fair choices that come later in a step."""
        leading = {choice.span for choice in group[0].link.leading}
        for choice, value in self._values(group):
            if choice.span not in leading:
                kind = _weakest(action, choice.fairness)
                taking = Taking(group, self._memory, (choice.span, value))
                shown = ((choice.shown, Encoder({}).encode(value)),)
                yield self._condition(kind, group[0].link.name, shown, taking)

    def _values(self, group: Sequence[FizzInstance]) -> Iterator[tuple[AnyValue, Datum]]:
        """Yield the fair choices that steps of one link can pass, each with its values."""
        spans = self._spans_of(group)
        for choice in self._choices:
            if choice.span not in spans:
                continue
            for value in self._candidates.of(choice):
                yield choice, value

    def _spans_of(self, group: Sequence[FizzInstance]) -> set[Span]:
        """Return where the choices of a link are: in its action, or in a function it may call."""
        routine, module = group[0].link.routine, self._module
        nodes: list[Node] = list(module.functions)
        actions = list(module.actions)
        for role in module.roles:
            nodes += role.functions
            actions += role.actions
        nodes += [each for each in actions if routine is None or each.name.span == routine.span]
        return {part.span for node in nodes for part in descendants(node)}

    def _condition(
        self, kind: FairnessKind, action: str, parameters: Bindings, taking: Taking
    ) -> FairnessCondition:
        group = taking.instances
        span: Span = group[0].instance.span
        touched = _union(one.instance.reads for one in group)
        touched |= _union(one.instance.writes for one in group)
        is_strong = kind is FairnessKind.STRONG
        steps = None
        if taking.choice is None:
            numbers = frozenset(one.instance.number for one in group)
            steps = ActionSteps(numbers, self._everything, counts_staying=True)
        return FairnessCondition(
            kind,
            action,
            parameters,
            span,
            CanStep(f"{action} can be taken", span, touched, taking),
            IsStep(f"{action} is taken", span, self._everything, taking, counts_staying=is_strong),
            steps,
        )

    # ------------------------------------------------------------------- of whole behaviours

    def assumptions(self) -> tuple[Temporal, ...]:
        """Return what behaviours are looked at: those without crashes, as FizzBee does it.

        And those in which an unfair action makes its strongly fair choices: where it is taken again
        and again and could choose a value, it does so again and again.
        """
        found: list[Temporal] = []
        others = [one for one in self._instances if not one.link.kind.is_fault]
        if len(others) < len(self._instances):
            taking = Taking(others, self._memory)
            step = IsNoFault("no crash", self._module.span, self._everything, taking)
            found.append(Always(StepAtom(step)))
        for group, level in self._by_link():
            if level is None and group[0].link.kind is StepKind.START:
                found.extend(self._of_unfair(group))
        return tuple(found)

    def _of_unfair(self, group: Sequence[FizzInstance]) -> Iterator[Temporal]:
        for choice, value in self._values(group):
            if choice.fairness is FairnessKind.STRONG:
                taking = Taking(group, self._memory, (choice.span, value))
                name, span = f"{choice.shown} of {group[0].link.name}", choice.span
                rest = [one for one in self._instances if one not in group]
                others = Taking(rest, self._memory)
                offered = IsOffered(f"{name} is offered", span, self._everything, taking, others)
                taken = IsStep(f"{name} is taken", span, self._everything, taking)
                often = Always(Eventually(StepAtom(offered)))
                yield Or((Not(often), Always(Eventually(StepAtom(taken)))))

    def unchecked(self, names: Iterable[tuple[str, Span]]) -> list[Unchecked]:
        """Return why the liveness properties `names` cannot be checked under some fair choices."""
        changing = [each for each in self._choices if not self._candidates.of(each)]
        if not changing:
            return []
        reason = (
            f"the fair choice in line {changing[0].span.line} is from what a state can change:"
            " its fairness is not treated"
        )
        return [Unchecked(name, PropertyKind.LIVENESS, reason, span) for name, span in names]


def _level(choice: AnyBlock | AnyValue) -> FairnessKind | None:
    return choice.fairness if isinstance(choice, AnyValue) else None


def _weakest(*levels: FairnessKind | None) -> FairnessKind:
    """Return STRONG only if all are."""
    return FairnessKind.WEAK if FairnessKind.WEAK in levels else FairnessKind.STRONG


def _union(slots: Iterable[Slots | None]) -> Slots:
    return frozenset().union(*(each or frozenset() for each in slots))
