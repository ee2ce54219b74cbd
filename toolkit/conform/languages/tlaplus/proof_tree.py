"""What proofs say: their steps, the formulas in these, and what BY, USE and HIDE name.

Proofs mean nothing to evaluation: they are kept so that their names can be checked. None of this is
a node of the syntax tree, so that no walk over a module meets it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from conform.text import Span

if TYPE_CHECKING:
    from conform.languages.tlaplus import syntax


class Cited(Struct, frozen=True):
    """`BY`, `USE` or `HIDE`, the `word`, with facts and, after DEF, names of definitions.

    An Identifier among them is the name of a module, from `MODULE M`.
    """

    span: Span
    word: str
    facts: tuple[syntax.Expression | syntax.Identifier, ...]
    definitions: tuple[syntax.Expression | syntax.Identifier, ...]


class Stated(Struct, frozen=True):
    """A formula or ASSUME/PROVE that is to be shown; after SUFFICES, what is shown instead."""

    body: syntax.Expression
    is_sufficient: bool


class Picked(Struct, frozen=True):
    """`PICK x \\in S : P`; the names are Identifiers where they have no set."""

    names: tuple[syntax.Identifier, ...] | tuple[syntax.Bound, ...]
    body: syntax.Expression


class Taken(Struct, frozen=True):
    """`TAKE x \\in S`; the names are Identifiers where they have no set."""

    span: Span
    names: tuple[syntax.Identifier, ...] | tuple[syntax.Bound, ...]


class Said(Struct, frozen=True):
    """The formulas of CASE, HAVE or WITNESS, the `word`; none for QED."""

    word: str
    span: Span
    expressions: tuple[syntax.Expression, ...]


class Defined(Struct, frozen=True):
    """The definitions or the INSTANCE of a step."""

    units: tuple[syntax.Unit, ...]


Content: TypeAlias = Stated | Picked | Taken | Said | Defined | Cited
"""What a step says."""


class Step(Struct, frozen=True):
    """One step; `name` is `<1>2` without its dots, or only the level, `<1>`."""

    span: Span
    name: str
    content: Content
    proof: Proof | None


class Steps(Struct, frozen=True):
    """A list of steps, which ends with QED."""

    span: Span
    steps: tuple[Step, ...]


Proof: TypeAlias = Cited | Steps
"""A proof that names something; OBVIOUS and OMITTED are none."""
