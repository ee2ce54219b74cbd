"""Where the parts of a FizzBee state stand in the state of a model, and how they are encoded.

A slot for each state variable, in the order of first assignment; one for each role, a function from
the numbers of its instances to their fields; `__threads__` if an action can be interrupted; and
`__returns__` if one returns a value.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import partial

from conform.domain.states import Slot, Slots, State
from conform.domain.values import (
    Domain,
    FunctionValue,
    ModelValue,
    Value,
    record,
    record_domain,
    sequence,
)
from conform.languages.fizzbee.encoding import (
    NONE,
    Decoder,
    Encoder,
    Marks,
    SharingError,
    Typed,
)
from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.values import Datum
from conform.languages.fizzbee.execution.code import Program, Routine
from conform.languages.fizzbee.execution.process import (
    Frame,
    Process,
    Role,
    Thread,
    Variables,
)
from conform.languages.fizzbee.kept_objects import KeptObjects
from conform.languages.fizzbee.positions import Positions

THREADS = "__threads__"
RETURNS = "__returns__"

UNSET = ModelValue("(unset)")
"""The value of a state variable that Init has not assigned on some way through it."""


@dataclass(eq=False)
class Layout:
    """The slots of one program, and the coding of states.

    `has_sharing` says that states may have objects with several references; where it is False, to
    meet one raises SharingError. Only those count of which one is in a variable or field of a name
    in `changed_names`; None is for all.
    """

    program: Program
    has_threads: bool
    has_returns: bool
    has_sharing: bool
    changed_names: frozenset[str] | None = None

    def __post_init__(self) -> None:
        program = self.program
        names = [*program.variables, *program.roles]
        names += [THREADS] * self.has_threads + [RETURNS] * self.has_returns
        self.slots = tuple(map(Slot, names))
        self.places = {name: place for place, name in enumerate(names)}
        self.everything: Slots = frozenset(range(len(names)))
        self._routines = dict(_routines(program))
        self._keys = {id(routine): key for key, routine in self._routines.items()}
        self._domains: dict[tuple[Value, ...], tuple[Domain, tuple[int, ...]]] = {}
        self._marks = Marks()
        self._positions = Positions(program)
        self._last_read: tuple[State, Variables] | None = None
        self.kept = {self.places[name]: KeptObjects() for name in program.variables}
        self._variable_places = {name: self.places[name] for name in sorted(program.variables)}

    # ---------------------------------------------------------------------------- decoding

    def decode(self, state: State, changing: Slots | None = None) -> Process:
        """Return the process of a state; its variables are decoded when they are first named.

        Of slots that are not `changing` nothing may be changed: their objects are frozen and kept.
        None is for all.
        """
        process = Process()
        roles: dict[str, Role] = {}
        decoder = Decoder(roles, by_parts=not self.has_sharing)

        def fill(role: Role) -> None:
            self._fill(role, state, decoder)

        for name, code in self.program.roles.items():
            instances = state[self.places[name]]
            assert isinstance(instances, FunctionValue), "a role's slot is a function"
            for number in range(len(instances.values)):
                role = Role(code, number, {}, fill)
                roles[role.name] = role
                process.roles.append(role)
        process.state = self._variables(state, decoder, changing)
        if self.has_threads:
            self._decode_threads(process, state[self.places[THREADS]], decoder, roles)
        if self.has_sharing and self._marks.are_in(state):
            self._look_at_shared(process, state)
        if self.has_returns:
            returns = state[self.places[RETURNS]]
            assert isinstance(returns, FunctionValue), "what is returned is a function"
            process.returns = {str(key): decoder.decode(each) for key, each in returns.items()}
        return process

    def _look_at_shared(self, process: Process, state: State) -> None:
        """Make what shares objects with other parts of a state: who changes one changes the others.

        All other parts may be left alone until code looks at them.
        """
        is_in = self._marks.is_in
        for name, place in self._variable_places.items():
            if is_in(state[place]):
                process.state.some((name,))
        for role in process.roles:
            if is_in(_instances(state[self.places[role.code.name]])[role.number]):
                role.look_into()
        if process.threads:
            threads = _threads_of(state[self.places[THREADS]])
            for thread, value in zip(process.threads, threads, strict=True):
                if is_in(value):
                    thread.look_at()

    def reading(self, state: State) -> Variables:
        """Return the variables of a state of a program without roles, for code that only reads.

        Those of the state asked about last are kept: one after another, all actions ask about it.
        """
        if self._last_read is None or self._last_read[0] is not state:
            self._last_read = (state, self._variables(state, Decoder(), frozenset()))
        return self._last_read[1]

    def _variables(self, state: State, decoder: Decoder, changing: Slots | None) -> Variables:
        places, kept = self._variable_places, self.kept
        if changing is None:
            changing = self.everything

        def make(name: str) -> Datum:
            place = places[name]
            value = state[place]
            if value is UNSET:
                raise KeyError(name)
            if place in changing:
                return decoder.decode(value)
            return kept[place].object_of(value)

        return Variables(make, places)

    def _fill(self, role: Role, state: State, decoder: Decoder) -> None:
        instances = state[self.places[role.code.name]]
        assert isinstance(instances, FunctionValue), "a role's slot is a function"
        value = instances.values[role.number]
        assert isinstance(value, Typed), "an instance is a typed record"
        parameters = value.kind.partition(":")[2].split(",")
        for name, inner in value.items():
            target = role.parameters if name in parameters else role.fields
            target[str(name)] = decoder.decode(inner)

    def _decode_threads(
        self, process: Process, value: Value, decoder: Decoder, roles: dict[str, Role]
    ) -> None:
        if not thread_count(value):
            return
        assert isinstance(value, FunctionValue), "threads are a record"
        process.current = _integer(value.get("current")) - 1
        for place, thread in enumerate(_sequence(value.get("threads"))):
            make = partial(self._decode_frames, thread, decoder, roles)
            process.threads.append(Thread([], place, make))

    def _decode_frames(
        self, thread: Value, decoder: Decoder, roles: dict[str, Role]
    ) -> list[Frame]:
        frames = [self._decode_frame(frame, decoder, roles) for frame in _sequence(thread)]
        for frame in frames[:-1]:
            frame.pending = _statement_at(frame)
        return frames

    def _decode_frame(self, value: Value, decoder: Decoder, roles: dict[str, Role]) -> Frame:
        assert isinstance(value, FunctionValue), "a frame is a record"
        routine = self._routines[str(value.get("runs"))]
        variables = value.get("locals")
        assert isinstance(variables, FunctionValue), "local variables are a record"
        names = {str(name): decoder.decode(each) for name, each in variables.items()}
        role = value.get("self")
        frame = Frame(routine, names, None if role in (None, NONE) else roles[str(role)])
        for each in _sequence(value.get("at")):
            frame.stack.append(self._positions.decode(each, decoder))
        return frame

    # ---------------------------------------------------------------------------- encoding

    def encode(
        self,
        process: Process,
        before: State | None,
        slots: Slots,
        *,
        is_half_done: bool = False,
    ) -> State:
        """Return the state of a process: that of `before` but in `slots`, and where unnamed.

        Raises FaultError for what cannot be part of a state, and SharingError, but not inside a
        step (`is_half_done`), where two names may well refer to one object for a while.
        """
        encoder = Encoder(self._domains, self._changing(process))
        self._look_through(process, encoder, before, slots)
        if encoder.has_sharing and not self.has_sharing and not is_half_done:
            raise SharingError("two places of the state refer to one object that can be changed")
        state = [UNSET] * len(self.slots) if before is None else list(before)
        encoded: list[Value] = list(state)
        named: Iterable[tuple[str, Datum]] = process.state.items()
        if encoder.has_sharing:  # what is shared is numbered as it comes, whoever named it first
            named = sorted(named, key=lambda pair: self.places[pair[0]])
        for name, value in named:
            place = self.places[name]
            if place in slots:
                encoded[place] = encoder.encode(value)
        for name in self.program.roles:
            encoded[self.places[name]] = self._roles(process, name, encoder, before)
        if self.has_threads:
            encoded[self.places[THREADS]] = self._threads(process, encoder, before)
        if self.has_returns:
            returns = {name: encoder.encode(each) for name, each in process.returns.items()}
            encoded[self.places[RETURNS]] = record(returns)
        return tuple(encoded)

    def situation(self, process: Process) -> Hashable:
        """Return what is equal inside two runs of one step only if all that follows is.

        It is told from what the runs have looked at; None where that cannot be part of a state.
        """
        encoder = Encoder(self._domains)
        try:
            self._look_through(process, encoder, None, self.everything)
            variables = [
                (name, encoder.encode(process.state[name])) for name in sorted(process.state)
            ]
            fields = [
                (role.name, name, encoder.encode(role.fields[name]))
                for role in process.roles
                if not role.is_untouched
                for name in sorted(role.fields)
            ]
            frames = [
                self._frame(each, encoder) for each in process.threads[process.current].frames
            ]
        except FaultError:
            return None
        told = ((*names, type(value) is bool, value) for *names, value in (*variables, *fields))
        return tuple(told), len(process.roles), tuple(frames)

    def _look_through(
        self, process: Process, encoder: Encoder, before: State | None, slots: Slots
    ) -> None:
        for name, value in process.state.items():
            if self.places[name] in slots:
                encoder.look_through(value)
        for role in process.roles:
            if not role.is_untouched:
                for value in (*role.parameters.values(), *role.fields.values()):
                    encoder.look_through(value)
        for thread in process.threads:
            for frame in () if thread.is_untouched else thread.frames:
                for value in frame.locals.values():
                    encoder.look_through(value)
                for activation in frame.stack:
                    encoder.look_through(tuple(activation.rest))
        for value in process.returns.values():
            encoder.look_through(value)
        for name, value in process.state.items():
            place = self.places[name]
            if before is not None and place not in slots:
                encoder.look_past(value, self.kept[place].parts(before[place], value))

    def _changing(self, process: Process) -> set[int] | None:
        """Return the identities of the objects that may be changed in place, None for all."""
        names = self.changed_names
        if names is None:
            return None
        found = {id(value) for name, value in process.state.items() if name in names}
        for role in process.roles:
            if not role.is_untouched:
                parts = (*role.parameters.items(), *role.fields.items())
                found.update(id(value) for name, value in parts if name in names)
        return found

    def _roles(self, process: Process, name: str, encoder: Encoder, before: State | None) -> Value:
        instances = [role for role in process.roles if role.code.name == name]
        known = () if before is None else _instances(before[self.places[name]])
        if before is not None and all(role.is_untouched for role in instances):
            return before[self.places[name]]
        values = []
        for role in instances:
            if role.is_untouched:
                values.append(known[role.number])
                continue
            fields = {**role.parameters, **role.fields}
            domain = record_domain(tuple(fields))
            kind = f"instance:{','.join(sorted(set(role.parameters) - set(role.fields)))}"
            inner = tuple(encoder.encode(fields[str(field)]) for field in domain.elements)
            values.append(Typed(kind, domain, inner))
        return FunctionValue(Domain(tuple(range(len(values)))), tuple(values))

    def _threads(self, process: Process, encoder: Encoder, before: State | None) -> Value:
        if not process.threads:
            return sequence(())
        known = () if before is None else _threads_of(before[self.places[THREADS]])
        threads = [
            known[thread.place]
            if thread.is_untouched and thread.place is not None
            else sequence(self._frame(frame, encoder) for frame in thread.frames)
            for thread in process.threads
        ]
        return record({"current": process.current + 1, "threads": sequence(threads)})

    def _frame(self, frame: Frame, encoder: Encoder) -> Value:
        names = {name: value for name, value in frame.locals.items() if name != "self"}
        domain = record_domain(tuple(names))
        values = tuple(encoder.encode(names[str(name)]) for name in domain.elements)
        fields: dict[str, Value] = {
            "runs": self._keys.get(id(frame.routine), frame.routine.name),
            "locals": FunctionValue(domain, values),
            "at": sequence([self._positions.encode(each, encoder) for each in frame.stack]),
        }
        if frame.role is not None:
            fields["self"] = ModelValue(frame.role.name)
        return self._positions.same(record(fields))


def _instances(value: Value) -> tuple[Value, ...]:
    assert isinstance(value, FunctionValue), "a role's slot is a function"
    return value.values


def thread_count(threads: Value) -> int:
    """Return how many threads the value of the threads' slot has."""
    return len(_threads_of(threads))


def _threads_of(threads: Value) -> tuple[Value, ...]:
    known = threads.get("threads") if isinstance(threads, FunctionValue) else None
    return () if known is None else _sequence(known)


def _routines(program: Program) -> Iterable[tuple[str, Routine]]:
    for routine in (*program.actions, *program.functions.values()):
        yield routine.name, routine
    for role in program.roles.values():
        for routine in (*role.actions, *role.functions.values()):
            yield f"{role.name}.{routine.name}", routine


def _statement_at(frame: Frame) -> Datum:
    activation = frame.stack[-1]
    assert activation.block is not None, "a call is a statement of a block"
    return activation.block.statements[activation.index or 0]


def _sequence(value: Value | None) -> tuple[Value, ...]:
    assert isinstance(value, FunctionValue), "a sequence is a function"
    return value.values


def _integer(value: Value | None) -> int:
    assert isinstance(value, int), "an integer"
    return value
