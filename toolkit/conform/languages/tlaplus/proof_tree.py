"""What proofs say: their steps, the formulas in these, and what BY, USE and HIDE name.

Proofs mean nothing to evaluation: they are kept so that their names can be checked. None of this is
a node of the syntax tree, so that no walk over a module meets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from conform.text import Span

if TYPE_CHECKING:
    from conform.languages.tlaplus import syntax


@dataclass(frozen=True, slots=True)
class Cited:
    """`BY`, `USE` or `HIDE`, the `word`, with facts and, after DEF, names of definitions.

    An Identifier among them is the name of a module, from `MODULE M`.
    """

    span: Span
    word: str
    facts: tuple[syntax.Expression | syntax.Identifier, ...]
    definitions: tuple[syntax.Expression | syntax.Identifier, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A formula or ASSUME/PROVE that is to be shown; after SUFFICES, what is shown instead."""

    body: syntax.Expression
    is_sufficient: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """`PICK x \\in S : P`; the names are Identifiers where they have no set."""

    names: tuple[syntax.Identifier, ...] | tuple[syntax.Bound, ...]
    body: syntax.Expression


@dataclass(frozen=True, slots=True)
class Taken:
    """`TAKE x \\in S`; the names are Identifiers where they have no set."""

    names: tuple[syntax.Identifier, ...] | tuple[syntax.Bound, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The formulas of CASE, HAVE or WITNESS; none for QED."""

    expressions: tuple[syntax.Expression, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """The definitions or the INSTANCE of a step."""

    units: tuple[syntax.Unit, ...]


Content: TypeAlias = Stated | Picked | Taken | Said | Defined | Cited
"""What a step says."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `name` is `<1>2` without its dots, or only the level, `<1>`."""

    span: Span
    name: str
    content: Content
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Steps:
    """A list of steps, which ends with QED."""

    span: Span
    steps: tuple[Step, ...]


Proof: TypeAlias = Cited | Steps
"""A proof that names something; OBVIOUS and OMITTED are none."""
