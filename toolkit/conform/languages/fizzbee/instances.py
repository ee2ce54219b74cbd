"""The action instances of a FizzBee model, and the fairness that links of their names have.

An instance is an action of a role instance together with the values of its first choices, as far
as these are from collections that no state can change: so one StartAppend(w) for each writer. Each
place in the list of threads has an instance that goes on with the thread there, and a crash of the
thread that ran last is one, as is that of each role instance with ephemeral fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.actions import ActionInstance
from conform.domain.states import Slots
from conform.domain.values import Bindings, ModelValue, Value
from conform.errors import EvaluationError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.action_bounds import ActionBounds, link_names
from conform.languages.fizzbee.encoding import Encoder
from conform.languages.fizzbee.evaluation.conversions import elements_of, representation
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    key_of,
)
from conform.languages.fizzbee.execution.code import AnyBlock, AnyValue, Program, Routine
from conform.languages.fizzbee.footprints import Footprints
from conform.languages.fizzbee.guards import GuardFinder
from conform.languages.fizzbee.layout import RETURNS, Layout
from conform.languages.fizzbee.options import Options
from conform.languages.fizzbee.steps import StepCode, StepKind
from conform.languages.fizzbee.syntax import Flow
from conform.languages.fizzbee.syntax_expressions import Name
from conform.languages.fizzbee.walking import descendants
from conform.text import Span

MAX_INSTANCES = 400
"""Instances of one action: with more values to choose from, a choice is left inside the step."""

CRASH = "crash"
SELF = "self"


class Link(Struct, frozen=True):
    """What an instance is for fairness: FizzBee tells links apart by `name`.

    `leading` are the choices that are part of the instance, in order.
    """

    name: str
    kind: StepKind
    routine: Routine | None
    leading: tuple[AnyBlock | AnyValue, ...]


class FizzInstance(Struct, frozen=True):
    """An action instance of the domain, the code of its steps, and its link."""

    instance: ActionInstance
    code: StepCode
    link: Link


class InstanceMaker:
    """Makes the instances of one program; `role_counts` bounds the instances of each role."""

    def __init__(
        self,
        module: syntax.Module,
        program: Program,
        layout: Layout,
        footprints: Footprints,
        options: Options,
        role_counts: dict[str, int],
        bounds: ActionBounds,
    ) -> None:
        self._bounds = bounds
        self._module = module
        self._program = program
        self._layout = layout
        self._options = options
        self._role_counts = role_counts
        self._footprints = footprints
        self._guards = GuardFinder(self._footprints, program.variables)
        self._is_whole = layout.has_threads or bool(program.roles) or layout.has_sharing
        self._made: list[FizzInstance] = []

    def instances(self) -> tuple[FizzInstance, ...]:
        """Return all instances: crashes, threads, then actions in the order of the text.

        FizzBee makes the fork for a crash when it makes the state, before it goes on from there.
        """
        if self._layout.has_threads:
            span = self._module.span
            self._add_crash(span)
            most = min(self._options.max_concurrent_actions, self._options.max_actions)
            for place in range(most):
                code = self._code(StepKind.RESUME, None, place, (), None)
                link = Link(f"thread-{place}", StepKind.RESUME, None, ())
                self._add(link.name, (), span, code, link)
        self._add_role_crashes()
        for node, routine in zip(self._module.actions, self._program.actions, strict=True):
            self._of_action(node, routine, "", -1)
        for role in self._module.roles:
            made = self._program.roles[role.name.name]
            for number in range(self._role_counts[role.name.name]):
                for node, routine in zip(role.actions, made.actions, strict=True):
                    self._of_action(node, routine, role.name.name, number)
        return tuple(self._made)

    def _add_crash(self, span: Span) -> None:
        if len(self._bounds.uncrashable()) < len(link_names(self._module, self._role_counts)):
            code = self._code(StepKind.CRASH, None, 0, (), None)
            link = Link(CRASH, StepKind.CRASH, None, ())
            self._add(CRASH, (), span, code, link)

    def _add_role_crashes(self) -> None:
        for code in self._program.roles.values():
            if code.crash is None or not self._options.crash_on_yield:
                continue
            for number in range(self._role_counts[code.name]):
                parameters = ((SELF, ModelValue(f"{code.name}#{number}")),)
                step = self._code(StepKind.ROLE_CRASH, None, number, (), None)
                link = Link(f"{CRASH} {code.name}#{number}", StepKind.ROLE_CRASH, None, ())
                step = replace(step, role=code.name)
                self._add(f"{CRASH}-{code.name}", parameters, code.span, step, link)

    def _of_action(self, node: syntax.Action, routine: Routine, role: str, number: int) -> None:
        name = f"{role}.{routine.name}" if role else routine.name
        link_name = f"{role}#{number}.{routine.name}" if role else routine.name
        leading = self._leading(routine)
        chosen = tuple(choice for choice, _ in leading)
        link = Link(link_name, StepKind.START, routine, chosen)
        elements = [constant_elements(choice, set()) for choice in chosen]
        for given, values in _combinations(leading):
            parameters: Bindings = ((SELF, ModelValue(f"{role}#{number}")),) if role else ()
            code = self._code(StepKind.START, routine, number, given, node, link_name)
            if not self._program.roles:
                picked = [each[place] for each, place in zip(elements, given, strict=True)]
                code = replace(code, guard=self._guards.guard(node, routine, picked))
            self._add(name, (*parameters, *values), routine.span, code, link)

    def _add(self, name: str, parameters: Bindings, span: Span, code: StepCode, link: Link) -> None:
        number = len(self._made)
        reads = self._layout.everything if code.reads is None else code.reads
        instance = ActionInstance(number, name, parameters, span, reads, code.writes)
        self._made.append(FizzInstance(instance, code, link))

    def _code(
        self,
        kind: StepKind,
        routine: Routine | None,
        place: int,
        given: tuple[int, ...],
        node: syntax.Action | None,
        link: str = "",
    ) -> StepCode:
        limits = self._bounds.limits(link)
        most = self._options.max_concurrent_actions
        everything = self._layout.everything
        if self._is_whole or node is None:
            return StepCode(kind, routine, place, given, most, limits, None, everything)
        footprint = self._footprints.of(node)
        places = self._layout.places
        reads: Slots = frozenset(places[name] for name in footprint.reads)
        writes = frozenset(places[name] for name in footprint.writes)
        if self._layout.has_returns:
            writes |= {places[RETURNS]}
        return StepCode(kind, routine, place, given, most, limits, reads, writes)

    def _leading(
        self, routine: Routine
    ) -> list[tuple[AnyBlock | AnyValue, list[tuple[int, str, Value]]]]:
        """Return the choices that an action begins with, with the values of each."""
        found: list[tuple[AnyBlock | AnyValue, list[tuple[int, str, Value]]]] = []
        statements = list(routine.body.statements)
        flow = routine.body.flow or routine.flow
        count = 1
        while statements and flow in (Flow.ATOMIC, Flow.SERIAL):
            first = statements.pop(0)
            if not isinstance(first, AnyBlock | AnyValue):
                break
            values = self._values(first, {choice_name(each) for each, _ in found})
            count *= len(values)
            if not values or count > MAX_INSTANCES:
                break
            found.append((first, values))
            if isinstance(first, AnyBlock):
                statements, flow = list(first.block.statements), first.block.flow or flow
            elif flow is Flow.SERIAL:
                break  # the step ends with it
        return found

    def _values(self, choice: AnyBlock | AnyValue, bound: set[str]) -> list[tuple[int, str, Value]]:
        """Return what a choice is from: the place, the name and the value of each, each once.

        Empty where a state can change it, or where it has none.
        """
        elements = constant_elements(choice, {*self._program.variables, *bound})
        encoder, known, found = Encoder({}), set(), []
        try:
            for place, element in enumerate(elements):
                key = key_of(element), representation(element)  # 1 and 1.0 are two states
                if key not in known:
                    known.add(key)
                    found.append((place, choice_name(choice), encoder.encode(element)))
        except FaultError:
            return []
        return found


def constant_elements(choice: AnyBlock | AnyValue, changing: set[str]) -> list[Datum]:
    """Return what a choice is from; empty where that depends on a name in `changing`, or on local
    variables, or where it has no value.
    """
    named = {part.name for part in descendants(choice.domain_node) if isinstance(part, Name)}
    if named & {*changing, SELF}:
        return []
    try:
        return elements_of(choice.domain(Scope({}, {})))
    except (FaultError, EvaluationError):
        return []


def choice_name(choice: AnyBlock | AnyValue) -> str:
    """Return the name of what is chosen."""
    return choice.variable if isinstance(choice, AnyBlock) else choice.shown


def _combinations(
    leading: list[tuple[AnyBlock | AnyValue, list[tuple[int, str, Value]]]],
) -> Iterator[tuple[tuple[int, ...], Bindings]]:
    if not leading:
        yield (), ()
        return
    *before, (_, values) = leading
    for given, bindings in _combinations(before):
        for place, name, value in values:
            yield (*given, place), (*bindings, (name, value))
