"""What runs: threads of frames over one state, and the instances of roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from conform.languages.fizzbee.evaluation.faults import CALLED_ACTION, FaultError
from conform.languages.fizzbee.evaluation.functions import no_attribute
from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import Datum, Opaque
from conform.languages.fizzbee.execution.code import (
    BlockCode,
    Invoke,
    Iterate,
    Owner,
    RoleCode,
    Routine,
)
from conform.languages.fizzbee.syntax import Flow


class Role(Opaque):
    """An instance of a role: its parameters for good, its fields.

    One of a state is filled by `fill` when code first looks into it.
    """

    __slots__ = ("_fields", "_fill", "_parameters", "code", "number")
    kind = "role"

    def __init__(
        self,
        code: RoleCode,
        number: int,
        parameters: dict[str, Datum],
        fill: Callable[[Role], None] | None = None,
    ) -> None:
        self.code = code
        self.number = number
        self._parameters = parameters
        self._fields: dict[str, Datum] = {}
        self._fill = fill

    @property
    def is_untouched(self) -> bool:
        """Whether no code has looked into it, so that it is as it was in the state."""
        return self._fill is not None

    @property
    def parameters(self) -> dict[str, Datum]:
        """What it was made with."""
        self.look_into()
        return self._parameters

    @property
    def fields(self) -> dict[str, Datum]:
        """Its fields, which may be assigned to."""
        self.look_into()
        return self._fields

    def look_into(self) -> None:
        """Fill it, if nothing has looked into it before."""
        if self._fill is not None:
            fill, self._fill = self._fill, None
            fill(self)

    @property
    def name(self) -> str:
        """How the instance is called: `Node#0`."""
        return f"{self.code.name}#{self.number}"

    def field(self, name: str) -> Datum:
        """Return the value of a field or parameter; raise FaultError if there is none."""
        for known in (self.fields, self.parameters, self.code.names):
            if name in known:
                return known[name]
        if name == "__id__":
            return self.number
        if name in self.code.functions:
            raise FaultError(
                f"{self.code.name}.{name} is a func, which only a statement of its own can call",
                f"write x = r.{name}(...) first, with r a plain name, and use x",
            )
        if any(name == each.name.rpartition(".")[2] for each in self.code.actions):
            fault = f"{self.code.name}.{name} is an action, which nothing calls"
            raise FaultError(fault, CALLED_ACTION)
        raise no_attribute(self, name, (*self.fields, *self.parameters))

    def store_field(self, name: str, value: Datum) -> None:
        """Assign to a field; raise FaultError for a parameter."""
        if name in self.parameters and name not in self.fields:
            raise FaultError(f"{self.name}.{name} is a parameter, which cannot be assigned to")
        self.fields[name] = value

    def __repr__(self) -> str:
        return self.name


_IN_ORDER = (Flow.ATOMIC, Flow.SERIAL)


class Activation:
    """A block, or a loop between two rounds, that is being run.

    `index` is the statement at hand or, in a parallel or oneof block, None while none is chosen.
    `done` are the statements of a parallel block that have run. A loop has a `loop` in place of
    a `block`, and in `rest` the elements that are left.
    """

    __slots__ = ("block", "done", "flow", "index", "loop", "rest")

    def __init__(
        self,
        flow: Flow,
        block: BlockCode | None = None,
        loop: Iterate | None = None,
        rest: Iterable[Datum] = (),
    ) -> None:
        self.flow = flow
        self.block = block
        self.loop = loop
        self.rest = list(rest)
        self.index: int | None = 0 if flow in _IN_ORDER else None
        self.done: tuple[int, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to run."""
        if self.block is None:
            return not self.rest
        count = len(self.block.statements)
        match self.flow:
            case Flow.PARALLEL:
                return len(self.done) == count
            case Flow.ONEOF:
                return bool(self.done) or not count
            case _:
                return self.index is None or self.index >= count

    @property
    def is_round(self) -> bool:
        """Whether this is the body of a `while`, which is asked again after it."""
        return self.block is not None and self.block.owner is Owner.WHILE

    def advance(self) -> bool:
        """Note that the statement at hand has run; return whether nothing is left."""
        block, index = self.block, self.index or 0
        assert block is not None, "a statement stands in a block"
        if self.flow in _IN_ORDER:
            self.index = index + 1
            return index + 1 >= len(block.statements)
        self.done = tuple(sorted((*self.done, index)))
        self.index = None
        return self.is_finished


class Frame:
    """A call: what is run, its local variables (`self` among them), where it is.

    `pending` is the call statement that waits for another frame to return; `scope` is what its
    code sees, None before any of it has run.
    """

    __slots__ = ("locals", "pending", "role", "routine", "scope", "stack")

    def __init__(self, routine: Routine, variables: dict[str, Datum], role: Role | None) -> None:
        self.routine = routine
        self.locals = variables
        self.role = role
        if role is not None:
            self.locals["self"] = role
        self.stack: list[Activation] = []
        self.pending: Invoke | None = None
        self.scope: Scope | None = None


class Thread:
    """An action under way; the last frame is the one that runs.

    One that a state has stands at `place` there, from 0, and its frames are made by `make` when
    code first looks at them.
    """

    __slots__ = ("_frames", "_make", "place")

    def __init__(
        self,
        frames: list[Frame],
        place: int | None = None,
        make: Callable[[], list[Frame]] | None = None,
    ) -> None:
        self._frames = frames
        self.place = place
        self._make = make

    @property
    def is_untouched(self) -> bool:
        """Whether no code has looked at its frames, so that it is as it was in the state."""
        return self._make is not None

    @property
    def frames(self) -> list[Frame]:
        """Its calls, the outermost first."""
        self.look_at()
        return self._frames

    def look_at(self) -> None:
        """Make its frames, if nothing has looked at them before."""
        if self._make is not None:
            make, self._make = self._make, None
            self._frames = make()

    @property
    def action(self) -> str:
        """The name of the action, with its role instance."""
        first = self.frames[0]
        return f"{first.role.name}.{first.routine.name}" if first.role else first.routine.name


class Variables(dict[str, Datum]):
    """The state variables; one that code has not named yet is made when it first is.

    `make` gives the value of a variable and raises KeyError for what is none; `names` are all.
    """

    def __init__(
        self, make: Callable[[str], Datum] | None = None, names: Iterable[str] = ()
    ) -> None:
        super().__init__()
        self._make = make
        self._names = names

    def __missing__(self, name: str) -> Datum:
        if self._make is None:
            raise KeyError(name)
        value = self[name] = self._make(name)
        return value

    def complete(self) -> dict[str, Datum]:
        """Return all variables, made."""
        return {**self, **self.some(self._names)}

    def some(self, names: Iterable[str]) -> dict[str, Datum]:
        """Return those of some variables that there are, made."""
        found = {}
        for name in names:
            with suppress(KeyError):
                found[name] = self[name]
        return found


class Process:
    """A state as code sees it. `current` is the place in `threads` of the one that ran last."""

    __slots__ = ("current", "returns", "roles", "state", "threads")

    def __init__(self) -> None:
        self.state = Variables()
        self.roles: list[Role] = []
        self.threads: list[Thread] = []
        self.current = 0
        self.returns: dict[str, Datum] = {}

    def role(self, name: str, number: int) -> Role | None:
        """Return an instance of a role, None where it has not been made."""
        for role in self.roles:
            if role.number == number and role.code.name == name:
                return role
        return None

    def remove_current(self) -> None:
        """End the thread that ran last; the oldest one left takes its place."""
        del self.threads[self.current]
        self.current = 0

    def remove_threads_of(self, role: Role) -> None:
        """End the threads that run code of a role instance, in any of their calls."""
        current = self.threads[self.current] if self.threads else None
        self.threads = [
            thread
            for thread in self.threads
            if all(frame.role is not role for frame in thread.frames)
        ]
        places = [place for place, thread in enumerate(self.threads) if thread is current]
        self.current = places[0] if places else 0
