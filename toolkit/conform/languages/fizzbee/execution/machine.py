"""The machine: runs one thread from one yield point to the next, making choices on the way.

Follows modelchecker/thread.go of FizzBee (executeEndOfStatement, executeEndOfBlock) in what a step
is: a statement that ends in a serial or parallel flow ends the step, if the step has done something
that counts by then and there is anything left to run. Ends of blocks belong to the statement before
them, and a condition to the statement after it.
"""

from __future__ import annotations

from typing import assert_never

from conform.languages.fizzbee.evaluation.faults import FAULTS, FaultError, located
from conform.languages.fizzbee.evaluation.functions import Arguments
from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.calling import called, heed_where, passed
from conform.languages.fizzbee.execution.choices import DisabledError, Script
from conform.languages.fizzbee.execution.code import (
    AnyBlock,
    AnyValue,
    BlockCode,
    Choose,
    Demand,
    GiveBack,
    Invoke,
    Iterate,
    Leave,
    Nested,
    Program,
    Repeat,
    RoleCode,
    Routine,
    Simple,
    StatementCode,
    is_straight,
)
from conform.languages.fizzbee.execution.performing import Performer
from conform.languages.fizzbee.execution.process import (
    Activation,
    Frame,
    Process,
    Role,
    Thread,
)
from conform.languages.fizzbee.execution.recorder import Recorder
from conform.languages.fizzbee.execution.straight import run_straight
from conform.languages.fizzbee.role_crashes import Crash
from conform.languages.fizzbee.syntax import Flow
from conform.text import Source

_PAUSING = (Flow.SERIAL, Flow.PARALLEL)


class Machine(Performer):
    """Runs code on a process, thread by thread."""

    def __init__(
        self,
        program: Program,
        source: Source,
        process: Process,
        script: Script,
        recorder: Recorder,
    ) -> None:
        super().__init__(source, process, script, recorder)
        self._program = program
        self._is_pausing = False
        self._returned: Datum = None

    # --------------------------------------------------------------------- what can be run

    def start(self, routine: Routine, role: Role | None = None) -> None:
        """Run an action as a new thread, up to its first yield point or its end.

        Raises DisabledError where it cannot go on.
        """
        self.process.returns = {}
        self.process.threads.append(Thread([]))
        self.process.current = len(self.process.threads) - 1
        self._enter(routine, {}, role)
        self._run()

    def resume(self, place: int) -> None:
        """Go on with a thread, which is progress by itself."""
        self.process.returns = {}
        self.process.current = place
        self.is_enabled = True
        self._run()

    def evaluate(self, routine: Routine, variables: dict[str, Datum]) -> Datum:
        """Return what an assertion returns, None if it ends without; its flow is atomic.

        A serial `func` that it calls has nobody to give way to.
        """
        threads, current = self.process.threads, self.process.current
        self.process.threads = [Thread([])]
        self.process.current = 0
        try:
            self._enter(routine, variables, None)
            self._run_through()
            return self._returned
        finally:
            self.process.threads, self.process.current = threads, current

    def make_role(self, code: RoleCode, arguments: Arguments) -> Role:
        """Return a new instance of a role, its Init run; raise FaultError for a second at once."""
        if arguments.positional:
            raise FaultError(
                f"{code.name}: parameters of a role are given by name", f"write {code.name}(k=v)"
            )
        self.roles_made += 1
        if self.roles_made > 1:
            raise FaultError(
                f"{code.name}: a second role instance in one statement",
                "FizzBee makes one in each statement: use one statement for each",
            )
        number = sum(role.code is code for role in self.process.roles)
        role = Role(code, number, arguments.named)
        self.process.roles.append(role)
        if code.init is not None:
            self._run_init(code.init, role)
        return role

    def _run_init(self, routine: Routine, role: Role) -> None:
        process, was_enabled, was_made = self.process, self.is_enabled, self.roles_made
        threads, current, situation = process.threads, process.current, self.situation
        process.threads, process.current, self.situation = [Thread([])], 0, None
        self._enter(routine, {}, role)
        self._run_through()
        process.threads, process.current, self.situation = threads, current, situation
        self.is_enabled, self.roles_made = was_enabled, was_made
        self._is_pausing = False

    def crash(self, role: Role, crash: Crash) -> None:
        """Take the threads of a role instance away, and what its fields do not keep."""
        process = self.process
        process.returns = {}
        process.remove_threads_of(role)
        kept = {name: value for name, value in role.fields.items() if crash.keeps(name)}
        role.fields.clear()
        if role.code.init is not None:
            self._run_init(role.code.init, role)
        fresh = {name: value for name, value in role.fields.items() if not crash.keeps(name)}
        role.fields.clear()
        role.fields.update({**fresh, **kept})

    # ---------------------------------------------------------------------------- stepping

    @property
    def _thread(self) -> Thread:
        return self.process.threads[self.process.current]

    def _run(self) -> None:
        frames = self._thread.frames
        self._is_pausing = False
        while frames and not self._is_pausing:
            frame = frames[-1]
            activation = frame.stack[-1]
            if activation.loop is not None:
                self._begin_round(frame, activation, activation.loop)
                continue
            self._execute(frame, self._statement(activation))
        if not frames:
            self.process.remove_current()

    def _run_through(self) -> None:
        """Run the only thread to its end, whatever pauses there are."""
        while self.process.threads:
            self._run()

    def _statement(self, activation: Activation) -> StatementCode:
        block = activation.block
        assert block is not None, "a loop has been dealt with"
        if activation.index is None:
            open_ = [n for n in range(len(block.statements)) if n not in activation.done]
            activation.index = open_[self.choose(len(open_))]
            line = block.statements[activation.index].span.line
            self.recorder.chose(str(activation.flow), f"line {line}")
        return block.statements[activation.index]

    def _execute(self, frame: Frame, statement: StatementCode) -> None:
        self.begin(statement.span)
        scope = frame.scope
        if scope is None:
            scope = frame.scope = Scope(frame.locals, self.process.state, None, self)
        match statement:
            case Simple():
                self.do(statement, scope)
                self._complete()
            case Nested() | Choose() | Iterate() | Repeat() if self._is_straight(frame, statement):
                self._run_straight(frame, scope, statement)
            case Nested(block=block):
                self._open(frame, block)
            case Choose():
                self._branch(frame, scope, statement)
            case Iterate():
                self._iterate(frame, scope, statement)
            case Repeat():
                if self.holds(statement.condition, scope):
                    flow = statement.flow or frame.stack[-1].flow
                    self._open(frame, statement.block, flow)
                else:
                    self._complete()
            case AnyBlock():
                self._choose_in_block(frame, scope, statement)
            case AnyValue():
                self._choose_value(scope, statement)
            case Demand(condition=condition):
                if id(statement) not in self.met and not self.holds(condition, scope):
                    raise DisabledError
                self._complete()
            case Leave(goes_on=goes_on):
                self._leave_loop(frame, goes_on=goes_on)
            case GiveBack(value=value):
                self._return(None if value is None else value(scope))
            case Invoke():
                self._invoke(frame, scope, statement)
            case _:
                assert_never(statement)

    def _is_straight(self, frame: Frame, statement: Nested | Choose | Iterate | Repeat) -> bool:
        flow = frame.stack[-1].flow
        match statement:
            case Nested(block=block):
                flow = block.flow or flow
            case Iterate(flow=own) | Repeat(flow=own):
                flow = own or flow
        return flow is Flow.ATOMIC and is_straight(statement)

    def _run_straight(self, frame: Frame, scope: Scope, statement: StatementCode) -> None:
        match run_straight(self, statement, scope):
            case None:
                self._complete()
            case Leave(goes_on=goes_on):
                self._leave_loop(frame, goes_on=goes_on)
            case GiveBack(value=value):
                self._return(None if value is None else value(scope))

    # --------------------------------------------------------------- blocks, loops, choices

    def _open(self, frame: Frame, block: BlockCode, flow: Flow | None = None) -> None:
        inherited = flow or frame.stack[-1].flow
        activation = Activation(block.flow or inherited, block)
        frame.stack.append(activation)
        if activation.is_finished:
            self._close(frame)

    def _branch(self, frame: Frame, scope: Scope, statement: Choose) -> None:
        for condition, block in statement.branches:
            if id(statement) in self.met or self.holds(condition, scope):
                self._open(frame, block)
                return
        if statement.otherwise is not None:
            self._open(frame, statement.otherwise)
        else:
            self._complete()

    def _iterate(self, frame: Frame, scope: Scope, statement: Iterate) -> None:
        elements = self.elements(statement.iterable(scope), statement.iterable_span)
        if not elements:
            self._complete()
            return
        flow = statement.flow or frame.stack[-1].flow
        frame.stack.append(Activation(flow, None, statement, elements))

    def _begin_round(self, frame: Frame, activation: Activation, loop: Iterate) -> None:
        self.begin(loop.span)
        place = 0
        if activation.flow is Flow.PARALLEL:
            place = self.choose(len(activation.rest))
        value = activation.rest.pop(place)
        if activation.flow is Flow.PARALLEL:
            self.recorder.chose(loop.variable, value)
        frame.locals[loop.variable] = value
        self._open(frame, loop.block)

    def _choose_in_block(self, frame: Frame, scope: Scope, statement: AnyBlock) -> None:
        elements = self.elements(statement.domain(scope), statement.domain_node.span)
        if not elements:
            self._complete()
            return
        is_given = self.script.is_given
        value = elements[self.choose(len(elements))]
        if not is_given:
            self.recorder.chose(statement.variable, value)
        frame.locals[statement.variable] = value
        self._open(frame, statement.block)

    def _choose_value(self, scope: Scope, statement: AnyValue) -> None:
        elements = self.elements(statement.domain(scope), statement.domain_node.span)
        is_given, made = self.script.is_given, self.script.made()
        value = elements[self.choose(len(elements))]
        if not is_given:
            self.recorder.chose(statement.shown, value)
        if statement.fairness is not None:
            self.recorder.taken.append((statement.span, value, made))
        statement.store(scope, value)
        if statement.condition is not None and not self.holds(statement.condition, scope):
            raise DisabledError
        self.is_enabled = True
        self._complete()

    def _leave_loop(self, frame: Frame, *, goes_on: bool) -> None:
        while True:
            activation = frame.stack[-1]
            if activation.loop is not None:
                if goes_on:
                    self._after_round(frame)
                else:
                    frame.stack.pop()
                    self._complete()
                return
            frame.stack.pop()
            if activation.is_round:
                if goes_on:
                    self._pause_between_rounds(frame)
                else:
                    self._pause(activation.flow)
                    self._complete()
                return

    # --------------------------------------------------------------------- ends of things

    def _pause(self, flow: Flow) -> None:
        if flow in _PAUSING and self.is_enabled:
            self._is_pausing = True

    def _complete(self) -> None:
        """Go past the statement at hand, and past all that ends with it."""
        frame = self._thread.frames[-1]
        activation = frame.stack[-1]
        is_finished = activation.advance()
        self._pause(activation.flow)
        if is_finished:
            self._close(frame)

    def _close(self, frame: Frame) -> None:
        """Leave the innermost block, all of which has run."""
        closed = frame.stack.pop()
        if not frame.stack:
            self._return_from(None)
        elif closed.is_round:
            self._pause_between_rounds(frame)  # the condition of the loop is asked again
        elif frame.stack[-1].loop is not None:
            self._after_round(frame)
        else:
            self._complete()

    def _pause_between_rounds(self, frame: Frame) -> None:
        """Give way after a round of a `while`, whatever the flow of a block that is its body."""
        around = frame.stack[-1]
        loop = self._statement(around)
        assert isinstance(loop, Repeat), "the body of a while has been left"
        self._pause(loop.flow or around.flow)

    def _after_round(self, frame: Frame) -> None:
        loop = frame.stack[-1]
        self._pause(loop.flow)
        if loop.is_finished:
            frame.stack.pop()
            self._complete()

    # ------------------------------------------------------------------------------- calls

    def _enter(self, routine: Routine, variables: dict[str, Datum], role: Role | None) -> None:
        frame = Frame(routine, variables, role)
        self._thread.frames.append(frame)
        frame.stack.append(Activation(routine.body.flow or routine.flow, routine.body))
        if frame.stack[-1].is_finished:
            self._close(frame)

    def _invoke(self, frame: Frame, scope: Scope, statement: Invoke) -> None:
        routine, role = called(self._program, frame, scope, statement)
        if routine is None:
            self.do(statement, scope)
            self._complete()
            return
        try:
            heed_where(self._thread.frames, role, routine)
            variables = passed(routine, statement, scope)
        except FAULTS as fault:
            raise located(fault, self.source, statement.span) from None
        frame.pending = statement
        self._enter(routine, variables, role)

    def _return(self, value: Datum) -> None:
        self._return_from(value)

    def _return_from(self, value: Datum) -> None:
        thread = self._thread
        frame = thread.frames.pop()
        if not thread.frames:
            self._returned = value
            if value is not None:
                name = f"{frame.role.name}.{frame.routine.name}" if frame.role else ""
                self.process.returns[name or frame.routine.name] = value
                self.is_enabled = True
            return
        caller = thread.frames[-1]
        pending, caller.pending = caller.pending, None
        if pending is not None and pending.store is not None:
            pending.store(Scope(caller.locals, self.process.state, None, self), value)
            self.is_enabled = True
        self._complete()
