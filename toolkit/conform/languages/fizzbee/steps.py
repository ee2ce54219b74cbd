"""The steps of a FizzBee model: what each action instance leads to, in the words of the domain."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from enum import Enum

from msgspec import Struct

from conform.domain.actions import Successor
from conform.domain.states import Slots, State
from conform.domain.values import Bindings, Value
from conform.errors import UnsupportedError
from conform.languages.fizzbee.encoding import Encoder, SharingError
from conform.languages.fizzbee.evaluation.faults import FAULTS, FaultError, located
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.choices import DisabledError, RepeatedError, Script
from conform.languages.fizzbee.execution.code import Routine
from conform.languages.fizzbee.execution.machine import Machine
from conform.languages.fizzbee.execution.process import Process, Role
from conform.languages.fizzbee.execution.recorder import Recorder
from conform.languages.fizzbee.guards import Guard
from conform.languages.fizzbee.layout import THREADS, Layout, thread_count
from conform.languages.fizzbee.repeats import Repeats
from conform.text import Source, Span


class StepKind(Enum):
    """What a step begins with."""

    START = "start"
    RESUME = "resume"
    CRASH = "crash"
    ROLE_CRASH = "role crash"

    @property
    def is_fault(self) -> bool:
        """Whether nobody means to take such a step."""
        return self in (StepKind.CRASH, StepKind.ROLE_CRASH)


class ThreadLimit(Struct, frozen=True):
    """At most `most` live threads of the actions that go by one of `links`, as `Node#0.Send`."""

    links: frozenset[str]
    most: int


class StepCode(Struct, frozen=True):
    """One way to step: an action of a role instance with its first choices made, or a thread.

    `place` is that of the thread, or the number of the role instance, -1 outside roles; `role` is
    the role of one that crashes. `given` are
    the places of the choices in what there is to choose from. An action starts only with fewer
    than `most_threads` live threads, and within `limits`, and not where its `guard` fails.
    """

    kind: StepKind
    routine: Routine | None
    place: int
    given: tuple[int, ...]
    most_threads: int
    limits: tuple[ThreadLimit, ...]
    reads: Slots | None
    writes: Slots
    guard: Guard | None = None
    role: str = ""


class Run(Struct, frozen=True):
    """What one way through a step gave: a state, the choices, what was tested on the way."""

    state: State | None
    recorder: Recorder


class Steps:
    """Runs code on states of one layout.

    `most_roles` bounds the instances of each role, and threads of `uncrashable` actions, as in
    `Node#0.Send`, do not vanish. `repeats` are the loops that choose.
    """

    def __init__(
        self,
        layout: Layout,
        source: Source,
        most_roles: dict[str, int],
        uncrashable: frozenset[str] = frozenset(),
        repeats: Repeats | None = None,
    ) -> None:
        self._layout = layout
        self._uncrashable = uncrashable
        self._whole = source.whole()
        self.variables = frozenset((*layout.program.variables, *layout.program.roles))
        self._source = source
        self._most_roles = most_roles
        self._repeats = repeats or Repeats()

    def initial_states(self) -> Iterator[State]:
        """Yield each initial state, as often as choices lead to it."""
        init = self._layout.program.init
        if init is None:
            yield self._encode(Process(), None, self._layout.everything, None)
            return
        script = self._repeats.script()
        while True:
            process, recorder = Process(), Recorder()
            machine = self._machine(process, script, recorder)
            try:
                machine.start(init)
                self._heed_end(process, init.span)
                yield self._encode(process, None, self._layout.everything, init.span)
                script.has_ended = True
            except RepeatedError:
                pass
            except DisabledError:
                script.has_ended = True
            if not script.advance():
                break
        self._repeats.heed(script, self._source, init.span)

    def _heed_end(self, process: Process, span: Span) -> None:
        """Raise UnsupportedError for an Init that stops in its middle."""
        if process.threads:
            raise UnsupportedError(
                "Init can be interrupted: a block in it, or a func that it calls, is not atomic",
                span=span,
                excerpt=self._source.excerpt(span),
                hint="write `atomic:` above the block, or `atomic func`",
            )

    def successors(self, code: StepCode, state: State) -> Iterator[Successor]:
        """Yield the successors of a state by one way to step."""
        for run in self.ways_out(code, state):
            if run.state is not None:
                yield Successor(run.state, _bindings(run.recorder))

    def ways_out(self, code: StepCode, state: State) -> Iterator[Run]:
        """Yield what the ways through a step give, none of them where its guard fails."""
        guard = code.guard
        holds = None if guard is None else guard.holds(self._layout, state)
        if guard is not None and holds:
            yield from self.runs(code, state, met=guard.statements)
        elif holds is None:
            yield from self.runs(code, state)

    def stages(self, code: StepCode, state: State) -> Iterator[tuple[State, ...]]:
        """Yield what each way through a step passes: `state`, the states at choices, the last one.

        The states at choices are those of the variables and roles, without threads.
        """
        passed = [state]
        for run in self.runs(
            code, state, lambda process: passed.append(self._half(process, state))
        ):
            if run.state is not None:
                yield (*passed, run.state)
            del passed[1:]

    def _half(self, process: Process, before: State) -> State:
        half = Process()
        half.state, half.roles = process.state, process.roles
        return self._layout.encode(half, before, self._layout.everything, is_half_done=True)

    def runs(
        self,
        code: StepCode,
        state: State,
        at_choice: Callable[[Process], None] | None = None,
        met: Container[int] = (),
    ) -> Iterator[Run]:
        """Yield what each way through a step gives; a `state` of None where it leads nowhere.

        The conditions of the statements `met` are known to hold.
        """
        if not self._can_begin(code, state):
            return
        if code.kind.is_fault:
            process = self._layout.decode(state)
            if self._fails(code, process):
                after = self._encode(process, state, self._layout.everything, None)
                yield Run(after, Recorder())
            return
        script = self._repeats.script(code.given)
        while True:
            yield self._run(code, state, script, Recorder(at_choice), met)
            if not script.advance():
                break
        span = code.routine.span if code.routine else self._whole
        self._repeats.heed(script, self._source, span)

    def _fails(self, code: StepCode, process: Process) -> bool:
        """Let a thread vanish or a role instance crash; return whether that can happen."""
        if code.kind is StepKind.CRASH:
            if self._uncrashable and process.threads[process.current].action in self._uncrashable:
                return False
            process.remove_current()
            process.returns = {}
            return True
        role = process.role(code.role, code.place)
        if role is None or role.code.crash is None:
            return False
        try:
            self._machine(process, Script(), Recorder()).crash(role, role.code.crash)
        except DisabledError:  # a `require` of its Init fails by now
            return False
        return True

    def _can_begin(self, code: StepCode, state: State) -> bool:
        live = 0
        if self._layout.has_threads:
            live = thread_count(state[self._layout.places[THREADS]])
        match code.kind:
            case StepKind.RESUME:
                return code.place < live
            case StepKind.CRASH:
                return live > 0
            case StepKind.START:
                return live < code.most_threads
            case StepKind.ROLE_CRASH:
                return True

    def _run(
        self,
        code: StepCode,
        state: State,
        script: Script,
        recorder: Recorder,
        met: Container[int],
    ) -> Run:
        process = self._layout.decode(state, None if code.reads is None else code.writes)
        machine = self._machine(process, script, recorder)
        machine.met = met
        role: Role | None = None
        try:
            if code.kind is StepKind.RESUME:
                thread = process.threads[code.place]
                recorder.chose("continues", thread.action)
                machine.resume(code.place)
            else:
                assert code.routine is not None, "an action is started"
                if code.place >= 0:
                    role = process.role(code.routine.role, code.place)
                    if role is None:
                        return Run(None, recorder)
                if not _is_within(code.limits, process):
                    return Run(None, recorder)
                machine.start(code.routine, role)
        except RepeatedError:
            return Run(None, recorder)
        except DisabledError:
            script.has_ended = True
            return Run(None, recorder)
        script.has_ended = True
        if not machine.is_enabled:
            return Run(None, recorder)
        span = code.routine.span if code.routine else None
        return Run(self._encode(process, state, code.writes, span), recorder)

    def evaluate(self, routine: Routine, process: Process, variables: dict[str, Datum]) -> Datum:
        """Return what an assertion returns in a process, which it may change; None for nothing."""
        script = Script()
        machine = self._machine(process, script, Recorder())
        try:
            value = machine.evaluate(routine, variables)
        except DisabledError:
            fault = FaultError(
                f"the assertion {routine.name} comes to a `require` that fails, or to a choice"
                " from nothing",
                "return False, or True, where it does not apply",
            )
            raise located(fault, self._source, routine.span) from None
        if script.advance():
            fault = FaultError(
                f"the assertion {routine.name} makes a choice",
                "say it of every value: return all([… for v in S])",
            )
            raise located(fault, self._source, routine.span)
        return value

    def _machine(self, process: Process, script: Script, recorder: Recorder) -> Machine:
        machine = Machine(self._layout.program, self._source, process, script, recorder)
        if self._repeats.has_loops:
            machine.situation = self._layout.situation
        return machine

    def _encode(
        self, process: Process, before: State | None, slots: Slots, span: Span | None
    ) -> State:
        place = span or self._whole
        self._heed_roles(process, place)
        try:
            return self._layout.encode(process, before, slots)
        except FAULTS as fault:
            raise located(fault, self._source, place) from None
        except SharingError as error:
            error.span, error.excerpt = place, self._source.excerpt(place)
            raise

    def _heed_roles(self, process: Process, span: Span) -> None:
        for role in process.roles:
            most = self._most_roles.get(role.code.name)
            if most is not None and role.number >= most:
                raise UnsupportedError(
                    f"more than {most} instances of role {role.code.name}",
                    span=span,
                    excerpt=self._source.excerpt(span),
                    hint="make all role instances in Init",
                )


def _is_within(limits: tuple[ThreadLimit, ...], process: Process) -> bool:
    return all(
        sum(thread.action in limit.links for thread in process.threads) < limit.most
        for limit in limits
    )


def _bindings(recorder: Recorder) -> Bindings:
    encoder = Encoder({})
    found: list[tuple[str, Value]] = []
    for name, value in recorder.choices:
        try:
            found.append((name, encoder.encode(value)))
        except FaultError:
            continue  # what no state can hold no trace can show
    return tuple(found)
