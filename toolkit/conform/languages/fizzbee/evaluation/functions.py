"""What can be called: builtins, methods, functions of the specification; and their arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from conform.languages.fizzbee.evaluation.faults import FaultError
from conform.languages.fizzbee.evaluation.scopes import Scope
from conform.languages.fizzbee.evaluation.values import Datum, Opaque, type_name
from conform.text import nearest


@dataclass(slots=True, eq=False)
class Arguments:
    """The values of a call, those with names apart."""

    positional: list[Datum]
    named: dict[str, Datum]

    def only(self, name: str, least: int, most: int | None = None) -> list[Datum]:
        """Return `least` to `most` (or exactly `least`) positional arguments and no named ones."""
        if self.named:
            raise FaultError(f"{name}: unexpected keyword argument {next(iter(self.named))}")
        count, top = len(self.positional), least if most is None else most
        if not least <= count <= top:
            wanted = f"{least}" if top == least else f"{least} to {top}"
            raise FaultError(f"{name}: got {count} arguments, want {wanted}")
        return self.positional

    def bound(self, name: str, *parameters: str, least: int = 0) -> dict[str, Datum]:
        """Return the arguments by parameter; the first `least` are required."""
        if len(self.positional) > len(parameters):
            raise FaultError(
                f"{name}: got {len(self.positional)} arguments, want at most {len(parameters)}"
            )
        found = dict(zip(parameters, self.positional, strict=False))
        for word, value in self.named.items():
            if word not in parameters:
                raise FaultError(f"{name}: unexpected keyword argument {word}")
            if word in found:
                raise FaultError(f"{name}: got multiple values for parameter {word}")
            found[word] = value
        for parameter in parameters[:least]:
            if parameter not in found:
                raise FaultError(f"{name}: missing argument for {parameter}")
        return found


Method: TypeAlias = Callable[[Datum, Arguments], Datum]
"""What a value is asked to do: a function of the receiver and the arguments."""


class Function(Opaque):
    """A value that can be called."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def call(self, arguments: Arguments) -> Datum:
        """Return the value of a call; raise FaultError if it has none."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"


class Builtin(Function):
    """A function of the language, or a method bound to its receiver."""

    __slots__ = ("_compute",)
    kind = "builtin_function_or_method"

    def __init__(self, name: str, compute: Callable[[Arguments], Datum]) -> None:
        super().__init__(name)
        self._compute = compute

    def call(self, arguments: Arguments) -> Datum:
        return self._compute(arguments)


class HostFunction(Function):
    """A function that needs to know who runs the code that calls it: to make a role, for one."""

    __slots__ = ()

    def call(self, arguments: Arguments) -> Datum:
        raise FaultError(f"{self.name} can be called in actions alone")

    def call_in(self, scope: Scope, arguments: Arguments) -> Datum:
        """Return the value of a call from code that runs in `scope`."""
        raise NotImplementedError


class Module(Opaque):
    """Named values under one name, such as `math`."""

    __slots__ = ("fields", "name")
    kind = "module"

    def __init__(self, name: str, fields: Mapping[str, Datum]) -> None:
        self.name = name
        self.fields = dict(fields)

    def __repr__(self) -> str:
        return f"<module {self.name}>"


def call(function: Datum, arguments: Arguments) -> Datum:
    """Return `function(arguments)`."""
    if not isinstance(function, Function):
        raise FaultError(f"a value of type {type_name(function)} cannot be called")
    return function.call(arguments)


def call_with(function: Datum, *values: Datum) -> Datum:
    """Return `function(*values)`."""
    return call(function, Arguments(list(values), {}))


def no_attribute(value: Datum, name: str, known: Iterable[str]) -> FaultError:
    """Return the fault for an attribute that is not there."""
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else ""
    return FaultError(f"a value of type {type_name(value)} has no attribute {name}", hint)
