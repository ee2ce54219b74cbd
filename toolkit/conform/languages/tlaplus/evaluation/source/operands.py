"""What emitters hand to one another: operands, delayed values, and the place of a formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.values import ModelValue
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.dispatch import Context


class _Absent:
    """Stands for the value of an operand that has none before the code runs."""


ABSENT: Final = _Absent()


class Operand(Struct, frozen=True):
    """A computed value: the name that holds it, and what is known of it before the code runs.

    `kind` is its Python class, None if unknown; `is_settled` says that it may be stored as it is;
    `constant` is the value itself, or ABSENT.
    """

    name: str
    kind: type | None = None
    is_settled: bool = False
    constant: Any = ABSENT

    @property
    def is_constant(self) -> bool:
        """Whether the value is known before the code runs."""
        return self.constant is not ABSENT


class Kept(Struct, frozen=True):
    """In place of an operand: what the variable of this slot was before the step."""

    slot: int


After = tuple[Operand | Kept | None, ...]
"""For each slot what it becomes, None where the action has not said it yet."""


@dataclass(slots=True, eq=False)
class Delayed:
    """An argument or LET definition: computed where it is first wanted, held by `name`."""

    name: str
    node: syntax.Expression
    place: Place
    values: list[Operand] = field(default_factory=list)

    @property
    def operand(self) -> Operand:
        """The value, once it is computed: what is known of it wherever that may have been."""
        kinds = {value.kind for value in self.values}
        kind = kinds.pop() if len(kinds) == 1 else None
        return Operand(self.name, kind, all(value.is_settled for value in self.values))


class Place(Struct, frozen=True):
    """Where a formula stands: its context, the bound names' operands, and the step so far.

    `environment` is parallel to that of the closures. `after` is None where primed variables are
    those of a given successor, which is the code's second argument.
    """

    context: Context
    environment: tuple[Operand | Delayed, ...] = ()
    after: After | None = None

    def within(self, context: Context, *added: Operand | Delayed) -> Place:
        """Return the place in `context`, with more bound names."""
        return Place(context, (*self.environment, *added), self.after)

    def at(self, context: Context) -> Place:
        """Return the same place with other names."""
        return Place(context, self.environment, self.after)

    def with_after(self, after: After) -> Place:
        """Return the same place further on in the step."""
        return replace(self, after=after)


def is_untyped(value: object) -> bool:
    """Return whether a value is a model value without a type: by its name, all else differs."""
    return isinstance(value, ModelValue) and not value.is_typed


def kind_of_all(values: tuple[Any, ...]) -> type | None:
    """Return the class of all values, None if they have several or there is none."""
    kinds = set(map(type, values))
    return kinds.pop() if len(kinds) == 1 else None
