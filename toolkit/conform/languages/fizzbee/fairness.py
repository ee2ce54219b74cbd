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

from conform.domain.fairness import (
    ActionSteps,
    ChoiceMoment,
    ChoiceSteps,
    ChoiceWay,
    FairnessCondition,
    FairnessKind,
)
from conform.domain.model import PropertyKind, Unchecked
from conform.domain.states import Slots
from conform.domain.temporal import Always, Eventually, Not, Or, StepAtom, Temporal
from conform.domain.values import Bindings
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.encoding import Encoder
from conform.languages.fizzbee.evaluation.values import Datum, equal
from conform.languages.fizzbee.execution.code import AnyValue, Program
from conform.languages.fizzbee.fair_candidates import FairCandidates
from conform.languages.fizzbee.fair_choices import (
    Choosing,
    IsChosen,
    IsPassed,
    MustChoose,
    Ways,
)
from conform.languages.fizzbee.instances import FizzInstance, constant_elements
from conform.languages.fizzbee.layout import Layout
from conform.languages.fizzbee.predicates import CanStep, IsNoFault, IsStep, Taking
from conform.languages.fizzbee.settled_choices import settled_choices
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
        self._program = program
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
                yield self._of_steps(level, name, (), group)
                yield from self._of_choices(level, group)

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

    def _of_choices(
        self, action: FairnessKind, group: Sequence[FizzInstance]
    ) -> Iterator[FairnessCondition]:
        """Yield a condition for each value of the fair choices that steps of a fair link make.

        A choice that each step makes is due when the step is. Of others only the weak condition can
        be told from states: what is on offer in all of them whatever way a step takes.
        """
        ways, settled = Ways((group,), self._memory), self._settled(group)
        for choice, value in self._values(group):
            is_settled = choice.span in settled
            part = _choosing(group, choice, value) if is_settled else []
            ways_in = _ways_in([group], choice, value)
            kind = _weakest(action, choice.fairness) if is_settled else FairnessKind.WEAK
            shown = ((choice.shown, Encoder({}).encode(value)),)
            if part:
                yield self._of_steps(kind, group[0].link.name, shown, part)
            else:
                choosing = Choosing(ways, choice.span, value)
                yield self._of_choice(kind, group, shown, choosing, ways_in)

    def _settled(self, group: Sequence[FizzInstance]) -> frozenset[Span]:
        """Return the choices that each step of a link makes from all their values."""
        link = group[0].link
        if link.kind is not StepKind.START or link.routine is None:
            return frozenset()
        leading = [choice.span for choice in link.leading]
        changing = set(self._program.variables)
        constant = [each.span for each in self._choices if constant_elements(each, changing)]
        node = next(each for each in self._actions() if each.name.span == link.routine.span)
        return settled_choices(node, leading, constant)

    def _actions(self) -> list[syntax.Action]:
        return [
            *self._module.actions,
            *(each for role in self._module.roles for each in role.actions),
        ]

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

    def _of_steps(
        self, kind: FairnessKind, action: str, parameters: Bindings, group: Sequence[FizzInstance]
    ) -> FairnessCondition:
        span: Span = group[0].instance.span
        touched = _union(one.instance.reads for one in group)
        touched |= _union(one.instance.writes for one in group)
        is_strong = kind is FairnessKind.STRONG
        taking = Taking(group, self._memory)
        return FairnessCondition(
            kind,
            action,
            parameters,
            span,
            CanStep(f"{action} can be taken", span, touched, taking),
            IsStep(f"{action} is taken", span, self._everything, taking, counts_staying=is_strong),
            ActionSteps(_numbers(group), self._everything, counts_staying=True),
        )

    def _of_choice(
        self,
        kind: FairnessKind,
        group: Sequence[FizzInstance],
        parameters: Bindings,
        choosing: Choosing,
        ways: tuple[ChoiceWay, ...] | None,
    ) -> FairnessCondition:
        span, action, every = group[0].instance.span, group[0].link.name, self._everything
        is_strong = kind is FairnessKind.STRONG
        chosen = ChoiceMoment.CHOSEN_OR_STAYING if is_strong else ChoiceMoment.CHOSEN
        return FairnessCondition(
            kind,
            action,
            parameters,
            span,
            MustChoose(
                f"{action} can be taken",
                span,
                every,
                choosing,
                _choice_steps(ChoiceMoment.DUE, ways),
            ),
            IsChosen(
                f"{action} is taken",
                span,
                every,
                choosing,
                counts_staying=is_strong,
                choice_steps=_choice_steps(chosen, ways),
            ),
        )

    # ------------------------------------------------------------------- of whole behaviours

    def assumptions(self) -> tuple[Temporal, ...]:
        """Return what behaviours are looked at: those without crashes, as FizzBee does it.

        And those in which actions make their strongly fair choices: where one is passed again and
        again and could choose a value, it does so again and again.
        """
        found: list[Temporal] = []
        if len(self._acting()) < len(self._instances):
            taking = Taking(self._acting(), self._memory)
            step = IsNoFault("no crash", self._module.span, self._everything, taking)
            found.append(Always(StepAtom(step)))
        for choice in self._choices:
            if choice.fairness is FairnessKind.STRONG:
                found.extend(self._of_passing(choice))
        return tuple(found)

    def _of_passing(self, choice: AnyValue) -> Iterator[Temporal]:
        """Yield for each value of a choice that it is chosen often where it is on offer often.

        FizzBee does not ask how a step came by a choice; but each role instance has its own.
        """
        links = [
            group
            for group, level in self._by_link()
            if choice.span in self._spans_of(group)
            and not group[0].link.kind.is_fault
            and not (level is FairnessKind.STRONG and choice.span in self._settled(group))
        ]
        for groups in [[each] for each in links] if self._module.roles else [links]:
            ways = Ways(groups, self._memory)
            mine = _numbers(one for group in groups for one in group)
            rest = [one for one in self._acting() if one.instance.number not in mine]
            for value in self._candidates.of(choice) if groups else ():
                choosing = Choosing(ways, choice.span, value)
                yield self._of_passed(groups, choice, choosing, rest)

    def _of_passed(
        self,
        groups: Sequence[Sequence[FizzInstance]],
        choice: AnyValue,
        choosing: Choosing,
        rest: Sequence[FizzInstance],
    ) -> Temporal:
        """Return that a value is chosen often where it is on offer often; `rest` offer it never."""
        name, span = f"{choice.shown} of {groups[0][0].link.name}", choice.span
        others = _numbers(rest)
        ways = _ways_in(groups, choice, choosing.value)
        offered = IsPassed(
            f"{name} is offered",
            span,
            self._everything,
            choosing,
            Taking(rest, self._memory),
            _choice_steps(ChoiceMoment.PASSED, ways, others),
        )
        taken = IsChosen(
            f"{name} is taken",
            span,
            self._everything,
            choosing,
            counts_staying=True,
            choice_steps=_choice_steps(ChoiceMoment.CHOSEN_OR_STAYING, ways),
        )
        often = Always(Eventually(StepAtom(offered)))
        return Or((Not(often), Always(Eventually(StepAtom(taken)))))

    def _acting(self) -> list[FizzInstance]:
        """Return the instances that are no faults."""
        return [one for one in self._instances if not one.link.kind.is_fault]

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


def _choosing(group: Sequence[FizzInstance], choice: AnyValue, value: Datum) -> list[FizzInstance]:
    """Return the instances of a link that have a value of one of its first choices."""
    for place, leading in enumerate(group[0].link.leading):
        if leading.span == choice.span:
            elements = constant_elements(leading, set())
            return [one for one in group if equal(elements[one.code.given[place]], value)]
    return []


def _ways_in(
    groups: Sequence[Sequence[FizzInstance]], choice: AnyValue, value: Datum
) -> tuple[ChoiceWay, ...] | None:
    """Return the ways to a choice, which differ in the link and in what was chosen before.

    None where a step may come to it later than at its beginning.
    """
    members: dict[tuple[int, tuple[int, ...]], list[FizzInstance]] = {}
    for number, group in enumerate(groups):
        link = group[0].link
        spans = [leading.span for leading in link.leading]
        if link.kind is not StepKind.START or choice.span not in spans:
            return None
        place = spans.index(choice.span)
        for one in group:
            members.setdefault((number, one.code.given[:place]), []).append(one)
    return tuple(
        ChoiceWay(_numbers(each), _numbers(_choosing(each, choice, value)))
        for each in members.values()
    )


def _choice_steps(
    moment: ChoiceMoment,
    ways: tuple[ChoiceWay, ...] | None,
    others: frozenset[int] = frozenset(),
) -> ChoiceSteps | None:
    return None if ways is None else ChoiceSteps(moment, ways, others)


def _numbers(instances: Iterable[FizzInstance]) -> frozenset[int]:
    return frozenset(one.instance.number for one in instances)


def _weakest(*levels: FairnessKind | None) -> FairnessKind:
    """Return STRONG only if all are."""
    return FairnessKind.WEAK if FairnessKind.WEAK in levels else FairnessKind.STRONG


def _union(slots: Iterable[Slots | None]) -> Slots:
    return frozenset().union(*(each or frozenset() for each in slots))
