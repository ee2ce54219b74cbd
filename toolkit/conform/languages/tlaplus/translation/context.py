"""Where a formula is translated: what its names mean and how the state is reached from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, Union

from msgspec import Struct, field
from msgspec.structs import replace

from conform.errors import UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.translation.fragments import Fragment
from conform.languages.tlaplus.translation.naming import local_name
from conform.languages.tlaplus.translation.types import Type
from conform.text import Span


class Delayed(Struct, frozen=True):
    """An expression of the caller, translated where it is used: call by name."""

    node: syntax.Expression
    context: Context


class LocalDefinition(Struct, frozen=True):
    """An operator defined by LET, inlined where it is used."""

    parameters: tuple[syntax.Declaration, ...]
    body: syntax.Expression
    context: Context


class Chosen(Struct, frozen=True):
    """An operator given as an argument: a LAMBDA, a name or a symbol."""

    node: syntax.Expression
    context: Context


Meaning: TypeAlias = Union[Fragment, Delayed, LocalDefinition, Chosen]  # noqa: UP007


class Context(Struct, frozen=True):
    """The place of a formula.

    `names` are those bound outside the module's own scope. `state` is how the present state is
    written, `machine` who answers for helpers. `primed` has the values after the step of variables
    as far as an action has given them; None where a prime has no meaning. `after` is how the state
    after the step is written where it exists as a whole.
    """

    names: Mapping[str, Meaning] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    state: str = "self.state"
    machine: str = "self"
    primed: Mapping[str, Fragment] | None = None
    after: str = ""
    depth: int = 0

    def with_names(self, names: Mapping[str, Meaning]) -> Context:
        """Return the context inside a binder or a definition."""
        return replace(self, names={**self.names, **names})

    def of_body(self, names: Mapping[str, Meaning], span: Span) -> Context:
        """Return the context of the body of an operator of the module that is inlined here."""
        if self.depth > MAX_INLINED:
            raise UnsupportedError("definitions are nested too deeply here", span=span)
        return replace(self, names=names, depth=self.depth + 1)

    def bind(
        self, name: str, of: Type, domain: str = "", identifier: str = ""
    ) -> tuple[str, Context]:
        """Bind a name to a new local variable; return its identifier and the inner context."""
        chosen = identifier or local_name(name, self.taken)
        bound = Fragment(chosen, of, domain=domain)
        inner = replace(self.with_names({name: bound}), taken=self.taken | {chosen})
        return chosen, inner


MAX_INLINED = 60
"""Operators inlined into one another: far more than any specification that is meant to be read."""
